// Turns calls of the functions of src/semantics.ts into statements and an expression, so that the
// interpreter's loop contains the meanings instead of calling them. A meaning is an expression, or
// a block of `const`, `if` with a call that traps, one assignment of wide.hi, and `return`.

import { Node } from "ts-morph";
import type { Expression, SourceFile, Statement } from "ts-morph";

/** How the loop is left instead of calling these. */
const NEVER: Readonly<Record<string, string>> = {
  divideByZero: "@divide",
  remainderByZero: "@remainder",
  badQuotient: "@quotient",
};

export interface Inlined {
  readonly before: readonly string[];
  readonly value: string;
  /** High word of an i64 result. */
  readonly hi: string | undefined;
}

interface Body {
  readonly params: readonly string[];
  readonly body: Node;
}

export class Inliner {
  private readonly source: SourceFile;
  private temporaries = 0;

  constructor(source: SourceFile) {
    this.source = source;
  }

  restart(): void {
    this.temporaries = 0;
  }

  private find(name: string): Body {
    const variable = this.source.getVariableDeclaration(name);
    const init = variable?.getInitializer();
    if (init !== undefined && Node.isIdentifier(init)) return this.find(init.getText());
    const fn =
      init !== undefined && Node.isArrowFunction(init) ? init : this.source.getFunction(name);
    const body = fn?.getBody();
    if (fn === undefined || body === undefined) throw new Error(`semantics.ts has no ${name}`);
    return { params: fn.getParameters().map((p) => p.getName()), body };
  }

  /** How often a function reads each of its parameters. */
  uses(name: string): number[] {
    const { params, body } = this.find(name);
    const nodes = [body, ...body.getDescendants()].filter(Node.isIdentifier);
    const names = nodes.map((n) => n.getText());
    return params.map((p) => names.filter((n) => n === p).length);
  }

  inline(name: string, args: readonly string[]): Inlined {
    const { params, body } = this.find(name);
    const scope = new Map(params.map((p, i) => [p, args[i] ?? "0"]));
    const before: string[] = [];
    if (!Node.isBlock(body)) {
      return { before, value: this.result(body as Expression, scope, before), hi: undefined };
    }
    let hi: string | undefined;
    let value = "";
    for (const s of body.getStatements()) {
      if (Node.isReturnStatement(s)) value = this.result(s.getExpressionOrThrow(), scope, before);
      else hi = this.statement(s, scope, before) ?? hi;
    }
    return { before, value, hi };
  }

  // Returns the expression where the statement sets wide.hi.
  private statement(s: Statement, scope: Map<string, string>, out: string[]): string | undefined {
    if (Node.isVariableStatement(s)) {
      for (const d of s.getDeclarations()) {
        const temporary = this.temporary();
        out.push(`const ${temporary} = ${this.render(d.getInitializerOrThrow(), scope, out)};`);
        scope.set(d.getName(), temporary);
      }
      return undefined;
    }
    if (Node.isIfStatement(s)) {
      const then = s.getThenStatement();
      const call = Node.isExpressionStatement(then) ? this.never(then.getExpression(), scope) : "";
      if (call === "") throw new Error(`cannot inline ${s.getText()}`);
      out.push(`if (${this.render(s.getExpression(), scope, out)}) ${call}`);
      return undefined;
    }
    const e = Node.isExpressionStatement(s) ? s.getExpression() : undefined;
    if (e !== undefined && Node.isBinaryExpression(e) && e.getLeft().getText() === "wide.hi") {
      return this.render(e.getRight(), scope, out);
    }
    throw new Error(`cannot inline ${s.getText()}`);
  }

  private temporary(): string {
    return `t${this.temporaries++}`;
  }

  /** The jump that stands for a call which does not return, or "". */
  private never(e: Node, scope: ReadonlyMap<string, string>): string {
    if (!Node.isCallExpression(e)) return "";
    const name = e.getExpression().getText();
    if (name !== "badConversion") return NEVER[name] ?? "";
    const operand = scope.get(e.getArguments()[0]!.getText())!;
    return `{ if (${operand} !== ${operand}) @conversion @overflow }`;
  }

  // Traps in the arms of a conditional become statements before it.
  private result(e: Expression, scope: Map<string, string>, out: string[]): string {
    if (Node.isParenthesizedExpression(e)) return this.result(e.getExpression(), scope, out);
    if (!Node.isConditionalExpression(e)) return this.render(e, scope, out);
    const whenTrue = this.never(e.getWhenTrue(), scope);
    const whenFalse = this.never(e.getWhenFalse(), scope);
    if (whenTrue === "" && whenFalse === "") return this.render(e, scope, out);
    const condition = this.render(e.getCondition(), scope, out);
    out.push(
      whenTrue !== "" ? `if (${condition}) ${whenTrue}` : `if (!(${condition})) ${whenFalse}`,
    );
    return this.result(whenTrue !== "" ? e.getWhenFalse() : e.getWhenTrue(), scope, out);
  }

  /** The text of an expression with names replaced and calls inlined. */
  private render(e: Node, scope: ReadonlyMap<string, string>, out: string[]): string {
    if (Node.isIdentifier(e)) return scope.get(e.getText()) ?? this.constant(e.getText());
    if (Node.isCallExpression(e) && Node.isIdentifier(e.getExpression())) {
      const args = e.getArguments().map((a) => this.render(a, scope, out));
      const { before, value } = this.inline(e.getExpression().getText(), args);
      out.push(...before);
      return `(${value})`;
    }
    if (Node.isPropertyAccessExpression(e)) return e.getText();
    const start = e.getStart();
    let text = e.getText();
    for (const child of e.forEachChildAsArray().reverse()) {
      const at = child.getStart() - start;
      text =
        text.slice(0, at) + this.render(child, scope, out) + text.slice(child.getEnd() - start);
    }
    return text;
  }

  private constant(name: string): string {
    const init = this.source.getVariableDeclaration(name)?.getInitializer();
    return init === undefined ? name : init.getText();
  }
}
