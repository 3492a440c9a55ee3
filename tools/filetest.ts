// File tests: input, directives and expected output in one file, testdata/**/*.{ir,wat}. In: the
// text of such a file. Out: what is wrong with it, and the text with the expected output brought up
// to date, which `BLESS=1` (make bless) writes back.
//
//   ;; test tidy,place           passes to run, in the head of the file; `test` alone runs none.
//                                A file without this line is no file test
//   ;; bounds: explicit          how a .wat is translated; guard is the default
//   ;; run: %3(1, i64 2) == 7    runs function 3 at every stage; results separated by commas
//   ;; run: %3(0) traps integer divide by zero
//   ;; run: %3(vec 1 2 3 4) == vec 0x1 0x2 0x3 0x4
//   ;; error: not defined        what is thrown must contain this; there is no output then
//   ;; | v4: i32 = add v1, 5     expected output
//
// In an .ir file (src/ir/print.ts) the directives `run` and `error` and the output stand behind the
// function they belong to; a call of function n means the n-th of the file, any other call gives
// zeros. Memory is 64 KiB of zeros. A .wat is a module; `%n` or `%name` is a function or an export
// of it, and everything stands behind the last line of the module. Values are constants of the IR,
// whose type may be left out.

import { f32OfBits, f64OfBits } from "../src/semantics.ts";
import { describe as sentence } from "../src/support/errors.ts";
import type { Func } from "../src/ir/func.ts";
import { IR } from "../src/ir/ops.ts";
import { parseFunc } from "../src/ir/parse.ts";
import { constText, typeName } from "../src/ir/print.ts";
import { MEMORY, RECORD, Runner } from "../src/ir/run.ts";
import type { World } from "../src/ir/run.ts";
import { F32, F64, I32, NONE, V128, wordCount } from "../src/ir/types.ts";
import type { Type } from "../src/ir/types.ts";
import { Verify } from "../src/ir/verify.ts";
import { parseWat } from "../src/text/wat.ts";
import { Instance } from "./instance.ts";
import { PASSES, copyOf, openModule, runPass, show, translate } from "./passes.ts";

export interface Outcome {
  /** One sentence per thing that is wrong. */
  readonly problems: readonly string[];
  /** The file with its expected output replaced by the real one. */
  readonly blessed: string;
}

const verify = new Verify();
const STEPS = 1_000_000;
const EXPECTED = ";; |";

// ---- values ------------------------------------------------------------------------------------

/** Splits at commas; constants hold none. */
const commas = (text: string): string[] => (text.trim() === "" ? [] : text.split(","));

/** Words of constants, by way of the IR parser; a missing type is taken from `types`. */
function wordsOf(text: string, types: readonly Type[]): Int32Array {
  const values = commas(text).map((part, k) => {
    const bare = /^[-\d]|^inf|^nan/.test(part.trim());
    const ty = types[k] ?? I32;
    return bare && ty !== I32 && ty !== V128 ? `${typeName(ty)} ${part.trim()}` : part.trim();
  });
  const names = types.map(typeName).join(", ");
  const f = parseFunc(`func %0 () -> (${names}) { b1: ret ${values.join(", ")} }`);
  verify.run(f, "built");
  const list = f.a[f.term[1]!]!;
  const words = types.flatMap((ty, k) => {
    const v = f.pool[list + 1 + k]!;
    const at = f.a[v]!;
    return ty === V128 ? [...f.pool.subarray(at, at + 4)] : [at, f.b[v]!];
  });
  return Int32Array.from(words);
}

/** Values as the IR prints them; every NaN is the canonical one. */
function textOf(words: ArrayLike<number>, types: readonly Type[]): string {
  const list = Array.from(words);
  const parts = types.map((ty) => {
    const [lo, hi, ...upper] = list.splice(0, wordCount(ty)) as [number, number, ...number[]];
    const value = ty === F32 ? f32OfBits(lo) : ty === F64 ? f64OfBits(lo, hi) : 0;
    if (value !== value) return `${typeName(ty)} nan`;
    const f = parseFunc("func %0 () -> () { b1: v2: i32 = clz 1 ret }");
    f.ty[1] = ty;
    f.a[1] = ty === V128 ? f.words(4) : lo;
    f.b[1] = hi;
    if (ty === V128) f.pool.set([lo, hi, ...upper], f.a[1]);
    return constText(f, 1);
  });
  return parts.join(", ");
}

// ---- directives --------------------------------------------------------------------------------

interface Directives {
  readonly passes: readonly string[];
  readonly explicit: boolean;
  readonly runs: readonly string[];
  readonly errors: readonly string[];
}

function directivesOf(lines: readonly string[]): Directives {
  const all = (name: RegExp): string[] =>
    lines.flatMap((line) => {
      const m = name.exec(line);
      return m === null ? [] : [m[1]!.trim()];
    });
  const passes = all(/^;;\s*test\b(.*)$/).flatMap((text) => commas(text).map((p) => p.trim()));
  for (const name of passes) {
    if (PASSES[name] === undefined) throw new Error(`no pass is called ${name}`);
  }
  return {
    passes,
    explicit: all(/^;;\s*bounds:(.*)$/).includes("explicit"),
    runs: all(/^;;\s*run:(.*)$/),
    errors: all(/^;;\s*error:(.*)$/),
  };
}

interface Invocation {
  readonly callee: string;
  readonly args: string;
  readonly relation: string;
  readonly expected: string;
}

function invocationOf(text: string): Invocation {
  const m = /^%([^\s(]+)\(([^)]*)\)\s*(==|traps)\s*(.*)$/.exec(text);
  if (m === null) throw new Error(`run: expected %f(values) == values, found ${text}`);
  return { callee: m[1]!, args: m[2]!, relation: m[3]!, expected: m[4]!.trim() };
}

/** Compares one call with what the directive says; "" if it holds. */
function checkRun(
  text: string,
  { relation, expected }: Invocation,
  results: readonly Type[],
  call: () => ArrayLike<number>,
): string {
  let found: string;
  try {
    const words = call();
    found = relation === "traps" ? `== ${textOf(words, results)}` : textOf(words, results);
  } catch (e) {
    found = sentence(e);
    if (relation === "traps") return found.includes(expected) ? "" : `${text}: ${found}`;
  }
  if (relation === "traps") return `${text}: ${found}`;
  const wanted = /\bnan\b(?!:)/.test(expected)
    ? expected
    : textOf(wordsOf(expected, results), results);
  return found === wanted ? "" : `${text}: ${found}`;
}

/** Marks lines as expected output. */
const asExpected = (text: string): string[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => `${EXPECTED} ${line}`.trimEnd());

const isExpected = (line: string): boolean => line.startsWith(EXPECTED);

/** `lines` with the expected output, which ends them, replaced. */
function bless(lines: readonly string[], output: string): string[] {
  const kept = lines.filter((line) => !isExpected(line));
  const tail: string[] = [];
  while (kept.length > 0 && kept.at(-1)!.trim() === "") tail.push(kept.pop()!);
  if (output === "") return [...kept, ...tail];
  return [...kept, ...asExpected(output), ...tail];
}

function difference(lines: readonly string[], output: string): string {
  const expected = lines.filter(isExpected);
  const found = output === "" ? [] : asExpected(output);
  const at = found.findIndex((line, k) => line !== expected[k]);
  if (at < 0 && found.length === expected.length) return "";
  const k = at < 0 ? found.length : at;
  const wanted = expected[k]?.slice(EXPECTED.length) ?? " nothing";
  const got = found[k]?.slice(EXPECTED.length) ?? " nothing";
  return `output line ${k + 1}: expected${wanted}, found${got}`;
}

// ---- .ir ---------------------------------------------------------------------------------------

/** A function of the file: the remarks before it, its text, the comment lines behind it. */
interface Section {
  readonly remarks: readonly string[];
  readonly text: string[];
  readonly comments: string[];
}

/** Takes the remarks about the next function off the comments of the last one. */
function takeRemarks(comments: string[]): string[] {
  let at = comments.length;
  while (at > 0 && /^(?:$|;;(?! \||\s*(?:test|run|error|bounds)\b))/.test(comments[at - 1]!)) at--;
  // A blank line stands between the two.
  while (at < comments.length && comments[at] !== "") at++;
  return comments.splice(at);
}

function sectionsOf(lines: readonly string[]): { head: string[]; sections: Section[] } {
  const head: string[] = [];
  const sections: Section[] = [];
  let inside = false;
  for (const line of lines) {
    const opens = /^(?:type|func)\b/.test(line) && !inside;
    const last = sections.at(-1);
    if (opens && (last === undefined || last.text.at(-1) === "}")) {
      sections.push({ remarks: takeRemarks(last?.comments ?? []), text: [line], comments: [] });
    } else if (last !== undefined && (inside || opens)) last.text.push(line);
    else (last?.comments ?? head).push(line);
    if (/^func\b/.test(line)) inside = true;
    if (line === "}") inside = false;
  }
  return { head, sections };
}

/** Memory of zeros; calls of functions in the file run them, all others give zeros. */
function newWorld(funcs: ReadonlyMap<number, Func>): World {
  const regions: (DataView | undefined)[] = [];
  regions[RECORD] = new DataView(new ArrayBuffer(4096));
  regions[MEMORY] = new DataView(new ArrayBuffer(65536));
  const world: World = {
    regions,
    call: (op, lo, _hi, args) => {
      const f = op === IR.call ? funcs.get(lo) : undefined;
      return f === undefined ? new Int32Array(64) : new Runner(world, STEPS).run(f, args);
    },
  };
  return world;
}

function runAll(
  runs: readonly string[],
  stage: string,
  funcs: ReadonlyMap<number, Func>,
): string[] {
  return runs.flatMap((text) => {
    const invocation = invocationOf(text);
    const f = funcs.get(Number(invocation.callee));
    if (f === undefined) return [`${text}: no such function`];
    const { params, results } = f.signature;
    const args = wordsOf(invocation.args, params);
    const call = (): Int32Array => new Runner(newWorld(funcs), STEPS).run(f, args);
    const problem = checkRun(text, invocation, results, call);
    return problem === "" ? [] : [`${stage}: ${problem}`];
  });
}

function checkSection(
  section: Section,
  passes: readonly string[],
  inputs: Map<number, Func>,
): string[] {
  const problems: string[] = [];
  const { runs, errors } = directivesOf(section.comments);
  let output = "";
  let thrown = "";
  try {
    const f = parseFunc(section.text.join("\n"));
    verify.run(f, f.orderCount > 0 ? "placed" : "built");
    inputs.set(f.index, copyOf(f));
    problems.push(...runAll(runs, "input", inputs));
    for (const name of passes) {
      runPass(name, f);
      problems.push(...runAll(runs, name, new Map(inputs).set(f.index, f)));
    }
    output = show(passes, f);
  } catch (e) {
    thrown = sentence(e);
  }
  problems.push(...checkErrors(errors, thrown));
  if (errors.length > 0) output = "";
  const differs = thrown === "" ? difference(section.comments, output) : "";
  if (differs !== "") problems.push(differs);
  if (thrown === "") section.comments.splice(0, Infinity, ...bless(section.comments, output));
  return problems;
}

function checkErrors(errors: readonly string[], thrown: string): string[] {
  if (errors.length === 0) return thrown === "" ? [] : [thrown];
  const missing = errors.filter((e) => !thrown.includes(e));
  return missing.map((e) => `expected the error "${e}", found ${thrown || "none"}`);
}

function checkIr(text: string): Outcome {
  const { head, sections } = sectionsOf(text.split("\n"));
  const { passes } = directivesOf(head);
  const inputs = new Map<number, Func>();
  const problems = sections.flatMap((s) => checkSection(s, passes, inputs));
  const lines = [...head, ...sections.flatMap((s) => [...s.remarks, ...s.text, ...s.comments])];
  return { problems, blessed: lines.join("\n") };
}

// ---- .wat --------------------------------------------------------------------------------------

/** Index of a function by number or export name. */
function calleeOf(source: ReturnType<typeof openModule>, name: string): number {
  if (/^\d+$/.test(name)) return Number(name);
  return source.module.exports.find((e) => e.kind === "func" && e.name === name)?.index ?? NONE;
}

function translateAll(source: ReturnType<typeof openModule>, passes: readonly string[]): Func[] {
  const { module } = source;
  return module.bodies.map((_, k) => translate(source, module.importedFuncs + k, passes));
}

function runModule(source: ReturnType<typeof openModule>, runs: readonly string[], funcs: Func[]) {
  const { module, env } = source;
  const zeros = (): Int32Array => new Int32Array(64);
  return runs.flatMap((text) => {
    const invocation = invocationOf(text);
    const index = calleeOf(source, invocation.callee);
    const { params, results } = env.types[module.funcs[index]!]!;
    const args = wordsOf(invocation.args, params);
    const host = Array.from({ length: module.importedFuncs }, () => zeros);
    const call = (): ArrayLike<number> => new Instance(source, funcs, host).invoke(index, args);
    return checkRun(text, invocation, results, call);
  });
}

function checkWat(text: string): Outcome {
  const lines = text.split("\n");
  const { passes, explicit, runs, errors } = directivesOf(lines);
  const problems: string[] = [];
  let output = "";
  let thrown = "";
  try {
    const source = openModule(parseWat(text), explicit ? "explicit" : "guard");
    for (let k = 0; k <= passes.length; k++) {
      const done = passes.slice(0, k);
      const funcs = translateAll(source, done);
      const stage = done.at(-1) ?? "input";
      problems.push(
        ...runModule(source, runs, funcs).flatMap((p) => (p ? [`${stage}: ${p}`] : [])),
      );
      output = funcs.map((f) => show(done, f)).join("");
    }
  } catch (e) {
    thrown = sentence(e);
  }
  problems.push(...checkErrors(errors, thrown));
  if (errors.length > 0) output = "";
  const differs = thrown === "" ? difference(lines, output) : "";
  if (differs !== "") problems.push(differs);
  return { problems, blessed: thrown === "" ? bless(lines, output).join("\n") : text };
}

/** True for what asks to be tested; testdata/ has other modules as well. */
export const isFileTest = (text: string): boolean => /^;;\s*test\b/m.test(text);

/** Checks one file; `path` tells its kind. */
export function checkFile(path: string, text: string): Outcome {
  return path.endsWith(".wat") ? checkWat(text) : checkIr(text);
}
