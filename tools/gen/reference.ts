// Prints the reference of the public interface, src/api/reference.gen.md, from its types: whatever
// src/index.ts exports, chapter by chapter (a comment line right above an export is the heading of
// one), as declarations without bodies, with the documentation comments that stand in the source.
//
// Names are followed from re-export to declaration; nothing is inferred, so that loading TypeScript
// is most of the time that this takes. What needs inference has a rule here instead:
//
//   const { compile, Module } = ingot    members of the interface that `ingot` is declared to be
//   readonly Module: ModuleConstructor   a class, whose instances are what its prototype is
//   f(options: Options = {})             the parameter is optional
//   keyof typeof TABLE                   the names of its rows
//
// Interfaces that are mentioned but not exported are printed at the end. A name or a member that
// nobody has documented is an error; `@internal` keeps one out.

import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Node, Project } from "ts-morph";
import type {
  BindingElement,
  ClassDeclaration,
  ExportDeclaration,
  InterfaceDeclaration,
  JSDocableNode,
  ParameterDeclaration,
  SourceFile,
  TypeAliasDeclaration,
  TypeParameterDeclaration,
} from "ts-morph";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const INDEX = join(root, "src/index.ts");
const OUT = join(root, "src/api/reference.gen.md");
const WIDTH = 100;

const project = new Project({ skipFileDependencyResolution: true, skipLoadingLibFiles: true });
const problems: string[] = [];

// ---- names -------------------------------------------------------------------------------------

const fileAt = (path: string): SourceFile =>
  project.getSourceFile(path) ?? project.addSourceFileAtPath(path);

/** The file that an export or import names; undefined for a package. */
function target(from: SourceFile, specifier: string | undefined): SourceFile | undefined {
  if (specifier?.startsWith(".") !== true) return undefined;
  return fileAt(resolve(dirname(from.getFilePath()), specifier));
}

/** What a statement declares, by name. */
function declared(statement: Node): [string, Node][] {
  if (Node.isVariableStatement(statement)) {
    return statement.getDeclarations().flatMap((d): [string, Node][] => {
      const name = d.getNameNode();
      if (!Node.isObjectBindingPattern(name)) return [[d.getName(), d]];
      return name.getElements().map((e) => [e.getName(), e]);
    });
  }
  const isNamed =
    Node.isFunctionDeclaration(statement) ||
    Node.isClassDeclaration(statement) ||
    Node.isInterfaceDeclaration(statement) ||
    Node.isTypeAliasDeclaration(statement);
  return isNamed ? [[statement.getName() ?? "", statement]] : [];
}

/** Where a name that a file knows is declared: there, or where it has it from. */
function find(file: SourceFile, name: string): Node | undefined {
  for (const statement of file.getStatements()) {
    const found = declared(statement).find(([known]) => known === name);
    if (found !== undefined) return found[1];
  }
  for (const link of [...file.getExportDeclarations(), ...file.getImportDeclarations()]) {
    const named = Node.isExportDeclaration(link) ? link.getNamedExports() : link.getNamedImports();
    const one = named.find((n) => (n.getAliasNode()?.getText() ?? n.getName()) === name);
    if (one === undefined) continue;
    const specifier = link.getModuleSpecifierValue();
    if (specifier === undefined) continue; // a list of what is imported or declared here
    const next = target(file, specifier);
    return next === undefined ? undefined : find(next, one.getName());
  }
  return undefined;
}

/** The interface that a type names, if it names one. */
function interfaceOf(type: Node | undefined): InterfaceDeclaration | undefined {
  if (type === undefined) return undefined;
  const name = /^(?:\w+\.)?(\w+)/.exec(type.getText())?.[1] ?? "";
  const found = find(type.getSourceFile(), name);
  return Node.isInterfaceDeclaration(found) ? found : undefined;
}

/** Members of an interface by a name, its own or inherited. */
function membersNamed(owner: InterfaceDeclaration, name: string): Node[] {
  const own = owner.getMembers().filter((m) => {
    const isNamed = Node.isMethodSignature(m) || Node.isPropertySignature(m);
    return isNamed && m.getName() === name;
  });
  if (own.length > 0) return own;
  return owner.getExtends().flatMap((e) => {
    const above = interfaceOf(e);
    return above === undefined ? [] : membersNamed(above, name);
  });
}

// ---- documentation -----------------------------------------------------------------------------

const isDocable = (node: Node): node is Node & JSDocableNode => Node.isJSDocable(node);

const isInternal = (node: Node): boolean =>
  isDocable(node) && node.getJsDocs().some((d) => d.getText().includes("@internal"));

/** Prose of the comment of a declaration. */
function docOf(node: Node, name: string): string {
  const docs = isDocable(node) ? node.getJsDocs() : [];
  if (docs.length === 0) problems.push(`${name} is not documented`);
  return docs.map((d) => d.getDescription().trim()).join("\n\n");
}

/** The comment of a member as it stands there, as lines of a code block. */
function comment(node: Node, name: string): string[] {
  const docs = isDocable(node) ? node.getJsDocs() : [];
  if (docs.length === 0) problems.push(`${name} is not documented`);
  // Its lines but the first are indented as in the source; they begin with an asterisk.
  return docs.flatMap((d) => d.getText().replace(/\n\s*/g, "\n ").split("\n"));
}

// ---- types -------------------------------------------------------------------------------------

/** Interfaces and aliases that are mentioned. */
const mentioned = new Set<Node>();

/** Names of the rows of a constant object. */
function rowsOf(file: SourceFile, name: string): string[] | undefined {
  const table = find(file, name);
  if (!Node.isVariableDeclaration(table)) return undefined;
  const init = table.getInitializer();
  const rows = Node.isAsExpression(init) ? init.getExpression() : init;
  if (!Node.isObjectLiteralExpression(rows)) return undefined;
  return rows.getProperties().map((p) => (Node.isPropertyAssignment(p) ? p.getName() : "?"));
}

/** What an alias is, where that is shorter than its name: literals. */
function literals(alias: TypeAliasDeclaration): string | undefined {
  const text = alias.getTypeNode()?.getText() ?? "";
  if (/^(?:\| )?"[^"]*"(?:\s*\| "[^"]*")*$/.test(text)) return text;
  const table = /^keyof typeof (\w+)$/.exec(text)?.[1];
  if (table === undefined) return undefined;
  return rowsOf(alias.getSourceFile(), table)
    ?.map((row) => `"${row}"`)
    .join(" | ");
}

/** A type as written, on one line; names that nobody can import are replaced where they can be. */
function typeText(type: Node | undefined): string {
  if (type === undefined) return "unknown";
  const names = new Set([type, ...type.getDescendants()].filter(Node.isIdentifier));
  let text = type
    .getText()
    .replace(/\s+/g, " ")
    .replace(/\btypes\.(?=[A-Z])/g, "");
  for (const name of new Set([...names].map((n) => n.getText()))) {
    const found = find(type.getSourceFile(), name);
    if (Node.isTypeAliasDeclaration(found) && !exported.has(found)) {
      const plain = literals(found);
      if (plain === undefined) mentioned.add(found);
      else text = text.replace(new RegExp(`\\b${name}\\b`, "g"), plain);
    } else if (Node.isInterfaceDeclaration(found) || Node.isTypeAliasDeclaration(found)) {
      mentioned.add(found);
    }
  }
  return text;
}

// ---- signatures --------------------------------------------------------------------------------

interface Signature {
  getTypeParameters(): TypeParameterDeclaration[];
  getParameters(): ParameterDeclaration[];
  getReturnTypeNode(): Node | undefined;
}

function parameterText(p: ParameterDeclaration): string {
  const isPattern = Node.isObjectBindingPattern(p.getNameNode());
  const name = isPattern ? "options" : p.getName();
  const isOptional = p.hasInitializer() || p.hasQuestionToken();
  const before = p.isRestParameter() ? `...${name}` : name;
  return `${before}${isOptional ? "?" : ""}: ${typeText(p.getTypeNode())}`;
}

const genericsOf = (node: Pick<Signature, "getTypeParameters">): string => {
  const texts = node.getTypeParameters().map((t) => typeText(t));
  return texts.length === 0 ? "" : `<${texts.join(", ")}>`;
};

/** A signature behind a name, a parameter per line where it is too long for one. */
function signature(name: string, s: Signature): string[] {
  const isMaker = name === "constructor"; // has the parameters of its class, and no result
  const head = `${name}${isMaker ? "" : genericsOf(s)}(`;
  const parameters = s.getParameters().map(parameterText);
  const tail = `)${isMaker ? "" : `: ${typeText(s.getReturnTypeNode())}`};`;
  const line = head + parameters.join(", ") + tail;
  if (line.length <= WIDTH - 2) return [line];
  return [head, ...parameters.map((p) => `  ${p},`), tail];
}

const isReadonly = (node: Node): boolean => Node.isReadonlyable(node) && node.isReadonly();

function property(name: string, node: Node): string[] {
  const type = Node.isTyped(node) ? node.getTypeNode() : undefined;
  const isOptional = Node.isQuestionTokenable(node) && node.hasQuestionToken();
  return [
    `${isReadonly(node) ? "readonly " : ""}${name}${isOptional ? "?" : ""}: ${typeText(type)};`,
  ];
}

/** A member as declared, without its comment; nothing for what is not a user's. */
function memberText(member: Node, before: string): string[] {
  if (Node.isConstructSignatureDeclaration(member)) return signature("constructor", member);
  if (Node.isConstructorDeclaration(member)) return signature("constructor", member);
  if (Node.isCallSignatureDeclaration(member)) return signature(before, member);
  if (Node.isMethodSignature(member) || Node.isMethodDeclaration(member)) {
    const isOptional = member.hasQuestionToken();
    return signature(`${before}${member.getName()}${isOptional ? "?" : ""}`, member);
  }
  if (Node.isPropertySignature(member) || Node.isPropertyDeclaration(member)) {
    return property(before + member.getName(), member);
  }
  if (Node.isGetAccessorDeclaration(member)) {
    return [`readonly ${before}${member.getName()}: ${typeText(member.getReturnTypeNode())};`];
  }
  return Node.isIndexSignatureDeclaration(member) ? [member.getText()] : [];
}

const isHidden = (member: Node): boolean => {
  const isPrivate = Node.isModifierable(member) && member.hasModifier("private");
  return isPrivate || isInternal(member) || /^(?:readonly )?[#[]/.test(member.getText());
};

/** A member that is a class, which is printed and documented elsewhere. */
function isClass(member: Node): boolean {
  if (!Node.isPropertySignature(member)) return false;
  const maker = interfaceOf(member.getTypeNode());
  return maker !== undefined && instanceOf(maker) !== undefined;
}

/** Lines of a member with its comment. */
function memberLines(owner: string, member: Node, before = ""): string[] {
  if (isHidden(member)) return [];
  const text = memberText(member, before);
  if (text.length === 0) return [];
  const name = /[\w$]+/.exec(text[0]!.replace(/^(?:readonly |static )+/, ""))![0];
  const above = isClass(member) ? [] : comment(member, `${owner}.${name}`);
  return [...above, ...text].map((line) => `  ${line.trimEnd()}`);
}

// ---- entries -----------------------------------------------------------------------------------

/** What a reader sees of a name. */
interface Entry {
  readonly name: string;
  readonly kind: "function" | "class" | "type";
  readonly doc: string;
  readonly code: readonly string[];
}

const block = (head: string, body: readonly string[]): string[] =>
  body.length === 0 ? [`${head} {}`] : [`${head} {`, ...body, "}"];

/** Type of what a constructor makes. */
function prototypeOf(maker: InterfaceDeclaration): Node | undefined {
  const member = maker.getProperty("prototype");
  return member?.getTypeNode();
}

/** The interface of what a constructor makes, if it is one of ours. */
const instanceOf = (maker: InterfaceDeclaration): InterfaceDeclaration | undefined =>
  interfaceOf(prototypeOf(maker));

/**
 * A class that is written as two interfaces, of the constructor and of what it makes; `property` is
 * the member of a namespace that it is.
 */
function classOf(name: string, maker: InterfaceDeclaration, property: Node): Entry {
  const made = instanceOf(maker);
  const rest = maker.getMembers().filter((m) => m !== maker.getProperty("prototype"));
  const isNew = (m: Node): boolean => Node.isConstructSignatureDeclaration(m);
  const body = [
    ...rest.filter(isNew).flatMap((m) => memberLines(name, m)),
    ...rest.filter((m) => !isNew(m)).flatMap((m) => memberLines(name, m, "static ")),
    ...(made?.getMembers() ?? []).flatMap((m) => memberLines(name, m)),
  ];
  folded.add(maker);
  if (made !== undefined) folded.add(made);
  const generics = made === undefined ? "" : genericsOf(made);
  const above = made === undefined ? ` extends ${typeText(prototypeOf(maker))}` : "";
  const doc = docOf(made ?? property, name);
  return { name, kind: "class", doc, code: block(`class ${name}${generics}${above}`, body) };
}

/** Interfaces that have been printed as part of a class. */
const folded = new Set<Node>();

/** A member of a namespace that has a name of its own. */
function memberEntry(name: string, element: BindingElement): Entry | undefined {
  const init = element.getFirstAncestor(Node.isVariableDeclaration)?.getInitializer();
  const holder = init === undefined ? undefined : find(element.getSourceFile(), init.getText());
  const owner = Node.isVariableDeclaration(holder) ? interfaceOf(holder.getTypeNode()) : undefined;
  const members = owner === undefined ? [] : membersNamed(owner, name);
  const [first] = members;
  if (first === undefined) return undefined;
  if (Node.isPropertySignature(first)) {
    const maker = interfaceOf(first.getTypeNode());
    return maker === undefined ? undefined : classOf(name, maker, first);
  }
  const texts = members.map((m) => memberText(m, "function "));
  if (members.length === 1)
    return { name, kind: "function", doc: docOf(first, name), code: texts[0]! };
  const code = members.flatMap((m, k) => [...comment(m, name), ...texts[k]!]);
  return { name, kind: "function", doc: "", code };
}

function classEntry(name: string, node: ClassDeclaration): Entry {
  const made = [
    ...node.getConstructors(),
    ...node.getMembers().filter((m) => !Node.isConstructorDeclaration(m)),
  ];
  const body = made.flatMap((m) =>
    memberLines(name, m, Node.isStaticable(m) && m.isStatic() ? "static " : ""),
  );
  const above = node.getExtends();
  const base = above === undefined ? "" : ` extends ${typeText(above)}`;
  const head = `class ${name}${genericsOf(node)}${base}`;
  return { name, kind: "class", doc: docOf(node, name), code: block(head, body) };
}

function interfaceEntry(name: string, node: InterfaceDeclaration): Entry {
  const body = node.getMembers().flatMap((m) => memberLines(name, m));
  const above = node.getExtends().map((e) => typeText(e));
  const bases = above.length === 0 ? "" : ` extends ${above.join(", ")}`;
  const head = `interface ${name}${genericsOf(node)}${bases}`;
  return { name, kind: "type", doc: docOf(node, name), code: block(head, body) };
}

function aliasEntry(name: string, node: TypeAliasDeclaration): Entry {
  // As written: prettier has laid it out.
  typeText(node.getTypeNode());
  const from = node.getTypeNode()!.getFullText();
  const code = `type ${name}${genericsOf(node)} =${from};`.split("\n");
  return { name, kind: "type", doc: docOf(node, name), code };
}

/** The entry of a name; undefined if this file does not know what it is. */
function entryOf(name: string, node: Node | undefined): Entry | undefined {
  if (Node.isBindingElement(node)) return memberEntry(name, node);
  if (Node.isClassDeclaration(node)) return classEntry(name, node);
  if (Node.isInterfaceDeclaration(node)) return interfaceEntry(name, node);
  if (Node.isTypeAliasDeclaration(node)) return aliasEntry(name, node);
  if (Node.isFunctionDeclaration(node)) {
    const code = signature(`function ${name}`, node);
    return { name, kind: "function", doc: docOf(node, name), code };
  }
  if (!Node.isVariableDeclaration(node)) return undefined;
  const doc = docOf(node.getVariableStatementOrThrow(), name);
  const init = node.getInitializer();
  if (Node.isArrowFunction(init)) {
    return { name, kind: "function", doc, code: signature(`function ${name}`, init) };
  }
  return { name, kind: "function", doc, code: [`const ${name}: ${typeText(node.getTypeNode())};`] };
}

// ---- chapters ----------------------------------------------------------------------------------

interface Chapter {
  readonly heading: string;
  readonly entries: Entry[];
}

/** The comment line right above an export, if there is one and no other above it. */
function heading(link: ExportDeclaration): string | undefined {
  const above = link.getFullText().slice(0, link.getStart() - link.getFullStart());
  const paragraph = above
    .trim()
    .split(/\n\s*\n/)
    .at(-1)!;
  return /^\/\/ (.*)$/.exec(paragraph)?.[1];
}

const index = fileAt(INDEX);

/** Every export of the index: its name, and what it is. */
const links = index.getExportDeclarations().map((link) => {
  const file = target(index, link.getModuleSpecifierValue());
  const names = link.getNamedExports().map((named) => ({
    name: named.getAliasNode()?.getText() ?? named.getName(),
    node: file === undefined ? undefined : find(file, named.getName()),
  }));
  return { heading: heading(link), names };
});
const exported = new Set(links.flatMap(({ names }) => names.map(({ node }) => node)));

const chapters: Chapter[] = [];
for (const link of links) {
  if (link.heading !== undefined || chapters.length === 0) {
    chapters.push({ heading: link.heading ?? "", entries: [] });
  }
  for (const { name, node } of link.names) {
    const entry = entryOf(name, node);
    if (entry === undefined)
      problems.push(`${name} is exported, but not declared in a way known here`);
    else chapters.at(-1)!.entries.push(entry);
  }
}

/** Interfaces and aliases that are mentioned by what is printed, what those mention, and so on. */
function others(): Entry[] {
  const done = new Set<Node | undefined>([...exported, ...folded]);
  const entries: Entry[] = [];
  for (const node of mentioned) {
    if (done.has(node)) continue;
    done.add(node);
    if (!Node.isInterfaceDeclaration(node) && !Node.isTypeAliasDeclaration(node)) continue;
    entries.push(entryOf(node.getName(), node)!);
  }
  return entries.sort((x, y) => (x.name < y.name ? -1 : 1));
}

const rest = others();
if (rest.length > 0) chapters.push({ heading: "Shapes without a name to import", entries: rest });

const ORDER: Readonly<Record<Entry["kind"], number>> = { function: 0, class: 1, type: 2 };

/** Functions, then classes, then types; as they are exported otherwise. */
for (const { entries } of chapters) entries.sort((x, y) => ORDER[x.kind] - ORDER[y.kind]);

const print = ({ heading: title, entries }: Chapter): string[] => [
  ...(title === "" ? [] : [`## ${title}`, ""]),
  ...entries.flatMap(({ name, doc, code }) => [
    `### ${name}`,
    "",
    "```ts",
    ...code,
    "```",
    "",
    ...(doc === "" ? [] : [doc, ""]),
  ]),
];

// What there is to call comes first.
const isShapes = ({ entries }: Chapter): boolean => entries.every(({ kind }) => kind === "type");
chapters.sort((x, y) => Number(isShapes(x)) - Number(isShapes(y)));

/** Names of the headings so far, as links know them: capitals are small, the second is NAME-1. */
const anchors = new Map<string, number>();
function anchor(title: string): string {
  const name = title.toLowerCase().replaceAll(" ", "-");
  const count = anchors.get(name) ?? 0;
  anchors.set(name, count + 1);
  return count === 0 ? name : `${name}-${count}`;
}

function contents({ heading: title, entries }: Chapter): string {
  const above = title === "" ? "Names" : `[${title}](#${anchor(title)})`;
  const names = entries.map(({ name }) => `[${name}](#${anchor(name)})`);
  return `- ${above}: ${names.join(", ")}`;
}

const out = [
  "# Reference",
  "",
  "What `ingot` exports, printed from its types by `make gen`.",
  "[The guide](guide.md) shows how to use it.",
  "",
  ...chapters.map(contents),
  "",
  ...chapters.flatMap(print),
];

if (problems.length > 0) {
  console.error(problems.map((p) => `reference: ${p}`).join("\n"));
  process.exitCode = 1;
} else {
  writeFileSync(OUT, `${out.join("\n").trimEnd()}\n`);
}
