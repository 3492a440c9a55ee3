// The house check: what tsc and prettier cannot see. `node dist/tools/house.js [root]` reads every
// source file once and prints `path:line: message` per violation, exit 1 if there is one.
//
//   rooms    who may import whom: a table below, one row per room. A room is a folder or a single
//            file; the longest matching path wins. Tests may import anything.
//   purity   the compiler is bytes in, bytes out: no node:*, no host globals, no clock, no dice, no
//            byte order of the machine it runs on.
//   manners  width, opening comment, named exports, erasable syntax, no `any`, nothing skipped.
//
// It reads text, not types: comments and the inside of strings are blanked first, position for
// position, so that regular expressions see code only. Imports of types count as imports: a tangle
// of types is a tangle.

import { readFileSync, readdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, posix, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export interface Source {
  readonly path: string;
  readonly text: string;
}

export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

interface Room {
  readonly path: string;
  /** Rooms whose files this one may import, besides its own. */
  readonly sees: readonly string[];
  /** May touch the host: node:* modules, process, Buffer, clocks. */
  readonly host: boolean;
  /** Packages from the registry it may import; "*" for any. */
  readonly packages: string;
}

const pure = (path: string, sees: string): Room => ({
  path,
  sees: sees === "" ? [] : sees.split(" "),
  host: false,
  packages: "",
});

const hosted = (path: string, sees: string, packages = ""): Room => ({
  ...pure(path, sees),
  host: true,
  packages,
});

const base = "src/support src/abi.ts src/semantics.ts src/lanes.ts src/lanes.gen.ts";
const arch = `${base} src/ir src/object backend backend/alloc`;

const front = `${base} src/wasm src/text src/translate`;
const stages = "src/ir src/opt backend backend/alloc"; // what `ingot dump` shows

// From the bottom of the house to its roof.
// prettier-ignore
const rooms: readonly Room[] = [
  pure("src/support",      ""),
  pure("src/abi.ts",       "src/support"),
  pure("src/semantics.ts", "src/abi.ts"),
  pure("src/lanes.ts",     ""),
  pure("src/lanes.gen.ts", "src/semantics.ts src/lanes.ts"),
  pure("src/wasm",         base),
  pure("src/text",         `${base} src/wasm`),
  pure("src/interp",       `${base} src/wasm`),
  pure("src/ir",           base),
  pure("src/opt",          `${base} src/ir`),
  pure("src/translate",    `${base} src/wasm src/ir src/opt`),
  pure("src/object",       `${base} src/wasm`),
  pure("backend",          `${base} src/ir src/object backend/alloc`),
  pure("backend/alloc",    `${base} src/ir backend`),
  pure("backend/amd64",    arch),
  pure("backend/arm64",    arch),
  hosted("src/wasi",       "src/support src/abi.ts"),
  hosted("src/engine",     `${front} src/interp src/object src/wasi ${stages}`),
  hosted("src/api",        "src/support src/abi.ts src/wasm src/wasi src/engine"),
  hosted("src/index.ts",   "src/api"),
  hosted("src/early.ts",   "src/api src/index.ts"),
  hosted("src/register.ts","src/support src/api src/engine"),
  hosted("src/earlyregister.ts", "src/engine src/register.ts"),
  hosted("src/cli",        `${front} src/interp src/object src/wasi src/engine ${stages}`, "yargs"),
  hosted("tools",          "*", "*"),
];

// Files that see more than their room: the registry of targets names each of them.
const registries: ReadonlyMap<string, readonly string[]> = new Map([
  ["backend/targets.ts", ["backend/amd64", "backend/arm64"]],
]);

// Rows of these files are wider than the page because a row is one fact.
const tables =
  /^(?:src\/(?:wasm|ir)\/ops|src\/abi|tools\/gen\/interp|backend\/\w+\/(?:insts|regs|rules))\.ts$/;

// prettier-ignore
const topLevel: ReadonlySet<string> = new Set([
  "package.json", "package-lock.json", "tsconfig.json", "Makefile", "README.md", "RATIONALE.md",
  "LICENSE", "src", "backend", "runtime-support", "tools", "testdata",
  "node_modules", "dist", "build",
]);

const isTest = (path: string): boolean => path.endsWith(".test.ts");
const isGenerated = (path: string): boolean => /\.gen\.\w+$/.test(path);
const isScript = (path: string): boolean => path.endsWith(".ts");

// ---- text --------------------------------------------------------------------------------------

const wordBeforeRegex = /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|do)$/;

/** Whether a `/` after `before` opens a regular expression rather than dividing. */
function opensRegex(before: string): boolean {
  const s = before.trimEnd();
  return s === "" || !/[\w$)\]}"'`]$/.test(s) || wordBeforeRegex.test(s);
}

/** Index just past the string or regular expression that opens at `i` with `close` ending it. */
function pastQuoted(text: string, i: number, close: string): number {
  let inClass = false;
  for (let k = i + 1; k < text.length; k++) {
    const c = text[k];
    if (c === "\\") k++;
    else if (c === "\n") return k;
    else if (close === "/" && c === "[") inClass = true;
    else if (close === "/" && c === "]") inClass = false;
    else if (c === close && !inClass) return k + 1;
  }
  return text.length;
}

const blank = (s: string): string => s.replace(/[^\n]/g, " ");

/** Inside of a string blanked, its quotes kept. */
const hollow = (s: string): string => s[0] + blank(s.slice(1, -1)) + s.slice(-1);

/**
 * The code of a TypeScript file: comments, and what stands between quotes, become spaces; every
 * other character keeps its position. Template literals are followed into their `${}` parts.
 */
export function codeOf(text: string): string {
  let out = "";
  const holes: number[] = []; // depth of braces at which each open `${` closes
  let depth = 0;
  let i = 0;
  const take = (end: number, write: (s: string) => string): void => {
    out += write(text.slice(i, end));
    i = end;
  };
  const template = (): void => {
    let k = i;
    while (k < text.length && text[k] !== "`" && !text.startsWith("${", k)) {
      k += text[k] === "\\" ? 2 : 1;
    }
    take(Math.min(k, text.length), blank);
    if (text[i] === "$") holes.push(depth);
    take(Math.min(i + (text[i] === "$" ? 2 : 1), text.length), String);
  };
  while (i < text.length) {
    const c = text[i];
    const two = text.slice(i, i + 2);
    if (two === "//") {
      const end = text.indexOf("\n", i);
      take(end < 0 ? text.length : end, blank);
    } else if (two === "/*") {
      const end = text.indexOf("*/", i + 2);
      take(end < 0 ? text.length : end + 2, blank);
    } else if (c === '"' || c === "'") {
      take(pastQuoted(text, i, c), hollow);
    } else if (c === "/" && opensRegex(out.slice(-40))) {
      take(pastQuoted(text, i, "/"), hollow);
    } else if (c === "`") {
      take(i + 1, String);
      template();
    } else if (c === "}" && holes.at(-1) === depth) {
      holes.pop();
      take(i + 1, String);
      template();
    } else {
      if (c === "{") depth++;
      if (c === "}") depth--;
      take(i + 1, String);
    }
  }
  return out;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let k = text.indexOf("\n"); k >= 0 && k < offset; k = text.indexOf("\n", k + 1)) line++;
  return line;
}

// ---- imports -----------------------------------------------------------------------------------

interface Import {
  readonly spec: string;
  readonly line: number;
}

function importsOf(text: string, code: string): Import[] {
  const found: Import[] = [];
  for (const m of code.matchAll(/(?<![\w$.])(?:from|import)\s*\(?\s*(["'])( *)\1/g)) {
    const end = m.index + m[0].length - 1;
    found.push({ spec: text.slice(end - m[2]!.length, end), line: lineAt(text, m.index) });
  }
  return found;
}

function roomOf(path: string): Room | undefined {
  // A test belongs to the room of what it tests.
  const file = path.replace(/\.test\.ts$/, ".ts");
  let best: Room | undefined;
  for (const r of rooms) {
    const inside = file === r.path || file.startsWith(r.path + "/");
    if (inside && (best === undefined || r.path.length > best.path.length)) best = r;
  }
  return best;
}

/** Why a file may not import another, or "" if it may. */
function objection(path: string, target: string): string {
  const from = roomOf(path);
  const to = roomOf(target);
  if (from === undefined) return "stands in no room of the house";
  if (to === undefined) return `imports ${target}, which stands in no room of the house`;
  if (isTest(target)) return `imports a test, ${target}`;
  if (from === to || from.sees.includes("*") || from.sees.includes(to.path)) return "";
  if (registries.get(path)?.includes(to.path)) return "";
  return to.path === "tools"
    ? "imports tools, which nothing may"
    : `${from.path} may not import ${to.path}`;
}

function objectionToPackage(path: string, spec: string): string {
  const room = roomOf(path);
  if (room === undefined || room.packages === "*") return "";
  if (spec.startsWith("node:")) return room.host ? "" : `${room.path} may not import ${spec}`;
  if (builtinModules.includes(spec)) return `write node:${spec}`;
  const name = spec.split("/")[0]!;
  return room.packages.split(" ").includes(name) ? "" : `${room.path} may not import ${spec}`;
}

/** Strongly connected files of the import graph, by Tarjan; each cycle in import order. */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (v: string): void => {
    order.set(v, order.size);
    low.set(v, order.get(v)!);
    stack.push(v);
    for (const w of graph.get(v) ?? []) {
      if (!order.has(w)) visit(w);
      if (stack.includes(w)) low.set(v, Math.min(low.get(v)!, low.get(w)!));
    }
    if (low.get(v) !== order.get(v)) return;
    const component = stack.splice(stack.indexOf(v));
    if (component.length > 1 || graph.get(v)?.includes(v)) cycles.push(component);
  };
  for (const v of graph.keys()) if (!order.has(v)) visit(v);
  return cycles;
}

function checkImports(sources: readonly Source[], codes: ReadonlyMap<string, string>): Problem[] {
  const problems: Problem[] = [];
  const graph = new Map<string, string[]>();
  for (const { path, text } of sources) {
    const targets: string[] = [];
    graph.set(path, targets);
    for (const { spec, line } of importsOf(text, codes.get(path)!)) {
      const relative = spec.startsWith(".");
      const target = posix.join(posix.dirname(path), spec);
      if (relative) targets.push(target);
      if (isTest(path)) continue;
      const message = relative ? objection(path, target) : objectionToPackage(path, spec);
      if (message !== "") problems.push({ path, line, message });
    }
  }
  for (const cycle of cyclesOf(graph)) {
    const path = cycle[0]!;
    problems.push({ path, line: 1, message: `import cycle: ${[...cycle, path].join(" -> ")}` });
  }
  return problems;
}

// ---- manners -----------------------------------------------------------------------------------

interface Rule {
  readonly message: string;
  readonly pattern: RegExp;
  readonly applies: (path: string) => boolean;
}

const isHand = (path: string): boolean => isScript(path) && !isGenerated(path);
const isDeclared = (path: string): boolean => path.endsWith(".d.ts");
const isPure = (path: string): boolean =>
  isHand(path) && !isTest(path) && roomOf(path)?.host === false;

/** Rules that see code only. */
// prettier-ignore
const codeRules: readonly Rule[] = [
  { message: "default export: name it",
    pattern: /\bexport\s+default\b|\bas\s+default\b/g,
    applies: (path) => isHand(path) && !path.endsWith(".config.ts") },
  { message: "enum: use a frozen table or a union of literals",
    pattern: /^[ ]*(?:export\s+)?(?:declare\s+)?(?:const\s+)?enum\s+[A-Za-z_$]/gm,
    applies: isHand },
  { message: "namespace: a file is the module",
    pattern: /^[ ]*(?:export\s+)?(?:declare\s+)?namespace\s+[A-Za-z_$]/gm,
    applies: (path) => isHand(path) && !isDeclared(path) },
  { message: "the type that switches types off: use unknown or say what it is",
    pattern: /(?::|\bas\b|\bsatisfies\b|<|\||&|=>|\btype \w+ =)\s*any\b(?!\s*[:(.?])|\bany\[\]/g,
    applies: isHand },
  { message: "focused or skipped test",
    pattern: /\b(?:it|test|describe|suite|bench)(?:\.\w+)*\.(?:only|skip|todo)\b/g,
    applies: isTest },
  { message: "host global in a room that must run anywhere",
    pattern: /(?<![\w$.])(?:process|Buffer|require|__dirname|__filename)\s*[.([]/g,
    applies: isPure },
  { message: "clock, dice or locale: output must be a function of the input",
    pattern: /\bMath\.random\b|\bnew Date\b|\bDate\.now\b|\blocaleCompare\b|\btoLocale\w+/g,
    applies: isPure },
  { message: "byte order of the host: words and bytes meet in a DataView",
    pattern: /\bnew \w+Array\(\s*[\w.]+\.buffer\b/g,
    applies: (path) => isPure(path) && !path.startsWith("src/interp/") },
];

/** Rules that see the raw text, comments and strings included. */
// prettier-ignore
const textRules: readonly Rule[] = [
  { message: "note to self: do it or drop it",
    pattern: /\b(?:TO[D]O|FIX[M]E|XX[X])\b/g,
    applies: (path) => !isGenerated(path) },
  { message: "compiler check switched off",
    pattern: /@ts-(?:ignore|nocheck|expect-error)\b/g,
    applies: isHand },
  { message: "tab",
    pattern: /\t/g,
    applies: (path) => !isGenerated(path) },
  { message: "trailing space",
    pattern: /[ \r]+$/gm,
    applies: (path) => !isGenerated(path) },
];

const opening = /^(?:#!.*\n)?\s*(?:\/\/|\/\*)/;

function checkManners({ path, text }: Source, code: string): Problem[] {
  const problems: Problem[] = [];
  const report = (line: number, message: string): number => problems.push({ path, line, message });
  if (isGenerated(path)) return problems;
  if (!opening.test(text)) report(1, "no opening comment: say what the file is for");
  if (isScript(path) && roomOf(path) === undefined) report(1, "stands in no room of the house");
  if (!tables.test(path)) {
    text.split("\n").forEach((line, k) => {
      const width = line.length > 100 ? [...line].length : 0;
      if (width > 100) report(k + 1, `${width} columns, at most 100`);
    });
  }
  const apply = (rules: readonly Rule[], within: string): void => {
    for (const rule of rules) {
      if (!rule.applies(path)) continue;
      for (const m of within.matchAll(rule.pattern)) report(lineAt(text, m.index), rule.message);
    }
  };
  apply(textRules, text);
  if (isScript(path)) apply(codeRules, code);
  return problems;
}

// ---- all of it ---------------------------------------------------------------------------------

/** Problems of a set of files, by path and line. Paths are relative to the root, with `/`. */
export function checkSources(sources: readonly Source[]): Problem[] {
  const codes = new Map<string, string>();
  for (const { path, text } of sources) codes.set(path, isScript(path) ? codeOf(text) : text);
  const problems = checkImports(
    sources.filter((s) => isScript(s.path)),
    codes,
  );
  for (const s of sources) problems.push(...checkManners(s, codes.get(s.path)!));
  const key = (p: Problem): string => `${p.path}:${String(p.line).padStart(7)}`;
  return problems.sort((x, y) => (key(x) < key(y) ? -1 : key(x) > key(y) ? 1 : 0));
}

/** Problems of the root folder's own entries: its contents are fixed, dot files aside. */
export function checkTop(entries: readonly string[]): Problem[] {
  return entries
    .filter((name) => !name.startsWith(".") && !name.endsWith(".cwasm") && !topLevel.has(name))
    .map((path) => ({ path, line: 1, message: "not part of the fixed top level" }));
}

/** Every hand-written or generated source file under the root. */
export function readSources(root: string): Source[] {
  const sources: Source[] = [];
  const walk = (dir: string): void => {
    for (const entry of readdirSync(join(root, dir), { withFileTypes: true })) {
      const path = `${dir}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (/\.(?:ts|c|h|S)$/.test(entry.name)) {
        sources.push({ path, text: readFileSync(join(root, path), "utf8") });
      }
    }
  };
  const present = readdirSync(root);
  for (const dir of ["src", "backend", "runtime-support", "tools"]) {
    if (present.includes(dir)) walk(dir);
  }
  return sources.sort((x, y) => (x.path < y.path ? -1 : 1));
}

function main(root: string): number {
  const sources = readSources(root);
  const problems = [...checkTop(readdirSync(root)), ...checkSources(sources)];
  for (const p of problems) console.log(`${p.path}:${p.line}: ${p.message}`);
  console.log(`house: ${sources.length} files, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && resolve(process.argv[1]) === self) {
  process.exitCode = main(process.argv[2] ?? resolve(dirname(self), "../.."));
}
