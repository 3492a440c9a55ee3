// The scripts of the specification's test suite played on a namespace in the shape of
// `WebAssembly`: that of this process, as a check of the text reader (if it gets a label, an index
// or a constant wrong, results differ), or one of ours, as a check of all below it. Numbers and
// vectors pass through the memory of a small module, because JavaScript has no vectors and may
// change the bits of a NaN. In: a namespace and the text of a script. Out: what went wrong, and how
// much was played.

import {
  matchesWords,
  parseScript,
  type Action,
  type Command,
  type Const,
  type Pattern,
} from "../src/text/wast.ts";
import { parseWat } from "../src/text/wat.ts";

type Namespace = Pick<
  typeof WebAssembly,
  "Module" | "Instance" | "Memory" | "Table" | "Global" | "RuntimeError"
>;

type Callee = (...args: unknown[]) => unknown;

const typeOf = (p: Const | Pattern): string =>
  p.kind === "num" || p.kind === "nan" ? p.type : p.kind === "vector" ? "v128" : "ref";

/** References and a NaN of unknown type go by JavaScript, everything else by memory. */
const byMemory = (p: Const | Pattern): boolean => !["ref", "any"].includes(typeOf(p));

const RESULTS = 256;

/** A caller that loads arguments of 16 bytes each from its memory and stores results at RESULTS. */
function callerText(args: readonly string[], results: readonly string[]): string {
  const loads = args.map((t, i) => `(${t}.load offset=${16 * i} (i32.const 0))`);
  const locals = results.map((t, i) => `(local $${i} ${t})`);
  const sets = results.map((_, i) => `local.set ${results.length - 1 - i}`);
  const stores = results.map(
    (t, i) => `(${t}.store offset=${RESULTS + 16 * i} (i32.const 0) (local.get ${i}))`,
  );
  return `(module
    (import "m" "f" (func $f (param ${args.join(" ")}) (result ${results.join(" ")})))
    (memory (export "memory") 1)
    (func (export "go") ${locals.join(" ")}
      ${loads.join("\n")} call $f ${sets.join(" ")} ${stores.join("\n")}))`;
}

/** Calls functions by way of memory. */
class Callers {
  private readonly wasm: Namespace;
  private readonly modules = new Map<string, WebAssembly.Module>();

  constructor(wasm: Namespace) {
    this.wasm = wasm;
  }

  private newCaller(f: Callee, args: string[], results: string[]): WebAssembly.Instance {
    const key = `${args.join(" ")} -> ${results.join(" ")}`;
    let module = this.modules.get(key);
    if (module === undefined) {
      module = new this.wasm.Module(Uint8Array.from(parseWat(callerText(args, results))));
      this.modules.set(key, module);
    }
    return new this.wasm.Instance(module, { m: { f: f as () => unknown } });
  }

  /** True if every result fits. */
  call(f: Callee, args: readonly Const[], results: readonly Pattern[]): boolean {
    const { exports } = this.newCaller(f, args.map(typeOf), results.map(typeOf));
    const words = new Uint32Array((exports["memory"] as WebAssembly.Memory).buffer);
    args.forEach((a, i) => {
      if (a.kind === "num") words.set([a.lo, a.hi], 4 * i);
      else if (a.kind === "vector") words.set(a.words, 4 * i);
    });
    (exports["go"] as Callee)();
    const at = (i: number): Uint32Array => words.subarray(RESULTS / 4 + 4 * i);
    return results.every((p, i) => matchesWords(p, typeOf(p), at(i)));
  }
}

function toHost(c: Const): unknown {
  if (c.kind === "null") return null;
  if (c.kind === "vector") throw new TypeError("JavaScript has no vectors");
  if (c.kind !== "num") return `${c.kind} ${c.value}`;
  const view = new DataView(Uint32Array.of(c.lo, c.hi).buffer);
  if (c.type === "i32") return c.lo | 0;
  if (c.type === "i64") return view.getBigInt64(0, true);
  return c.type === "f32" ? view.getFloat32(0, true) : view.getFloat64(0, true);
}

function fits(p: Pattern, value: unknown): boolean {
  switch (p.kind) {
    case "num":
      return value === toHost(p);
    case "nan":
      return Number.isNaN(value);
    case "null":
      return value === null;
    case "ref":
      return p.heap === "func" ? typeof value === "function" : value === `${p.heap} ${p.value}`;
    default:
      return false;
  }
}

function spectest(wasm: Namespace): WebAssembly.Imports[string] {
  const print = (): void => undefined;
  return {
    print,
    print_i32: print,
    print_i64: print,
    print_f32: print,
    print_f64: print,
    print_i32_f32: print,
    print_f64_f64: print,
    global_i32: new wasm.Global({ value: "i32" }, 666),
    global_i64: new wasm.Global({ value: "i64" }, 666n),
    global_f32: new wasm.Global({ value: "f32" }, 666.6),
    global_f64: new wasm.Global({ value: "f64" }, 666.6),
    table: new wasm.Table({ initial: 10, maximum: 20, element: "anyfunc" }),
    memory: new wasm.Memory({ initial: 1, maximum: 2 }),
  };
}

/** Plays one script; `problems` and `played` tell how it went. */
export class Player {
  readonly problems: string[] = [];
  played = 0;
  private readonly wasm: Namespace;
  private readonly callers: Callers;
  private readonly registry: WebAssembly.Imports;
  private readonly named = new Map<string, WebAssembly.Instance>();
  private last: WebAssembly.Instance | undefined;

  constructor(wasm: Namespace) {
    this.wasm = wasm;
    this.callers = new Callers(wasm);
    this.registry = { spectest: spectest(wasm) };
  }

  playAll(text: string): void {
    for (const command of parseScript(text).commands) this.play(command);
  }

  private play(command: Command): void {
    try {
      this.step(command);
    } catch (e) {
      this.problems.push(`line ${command.line}, ${command.kind}: ${String(e)}`);
    }
  }

  private step(command: Command): void {
    switch (command.kind) {
      case "module": {
        this.last = undefined;
        this.last = this.instantiate(command.module.encode());
        if (command.module.name !== undefined) this.named.set(command.module.name, this.last);
        return;
      }
      case "register": {
        this.registry[command.as] = this.instance(command.module)
          .exports as WebAssembly.Imports[string];
        return;
      }
      case "action":
        this.run(command.action);
        return;
      case "assert_unlinkable":
      case "assert_uninstantiable": {
        if (!this.fails(() => this.instantiate(command.module.encode()))) {
          throw new Error("was instantiated");
        }
        return;
      }
      case "assert_return":
        return this.assertReturn(command.action, command.results);
      case "assert_trap":
        return this.assertTrap(command.action);
      default:
        return;
    }
  }

  private instantiate(bytes: Uint8Array): WebAssembly.Instance {
    const module = new this.wasm.Module(Uint8Array.from(bytes));
    return new this.wasm.Instance(module, this.registry);
  }

  private fails(work: () => unknown): boolean {
    try {
      work();
      return false;
    } catch {
      return true;
    }
  }

  private instance(name: string | undefined): WebAssembly.Instance {
    const instance = name === undefined ? this.last : this.named.get(name);
    if (instance === undefined) throw new Error("no such instance");
    return instance;
  }

  private callee(action: Action): Callee {
    return this.instance(action.module).exports[action.name] as Callee;
  }

  private run(action: Action): unknown {
    const found = this.instance(action.module).exports[action.name];
    if (action.kind === "get") return (found as WebAssembly.Global).value;
    return (found as Callee)(...action.args.map(toHost));
  }

  private assertTrap(action: Action): void {
    let thrown: unknown;
    try {
      this.run(action);
    } catch (e) {
      thrown = e;
    }
    // A vector in its type: it cannot be called from JavaScript.
    if (thrown instanceof TypeError) return;
    if (!(thrown instanceof this.wasm.RuntimeError)) {
      throw new Error(`no trap: ${String(thrown)}`);
    }
    this.played++;
  }

  private assertReturn(action: Action, results: readonly Pattern[]): void {
    this.played++;
    if (action.kind === "invoke" && [...action.args, ...results].every(byMemory)) {
      if (this.callers.call(this.callee(action), action.args, results)) return;
      throw new Error(`${action.name} gives something else`);
    }
    const value = this.run(action);
    const values = results.length > 1 ? (value as unknown[]) : [value];
    const good = results.every((p, i) => fits(p, values[i]));
    if (!good) throw new Error(`${action.name} gives ${String(value)}`);
  }
}
