// What becomes of bytes or text that may be a module: decoded, validated, compiled and, if that
// went well, interpreted with a limit. The answer is one word; whatever is neither an error that a
// module may cause nor a run is thrown. With `compare`, what the interpreter saw must also be what
// the native engine sees, as far as the limit let it see.

import { compileModule } from "../src/engine/compile.ts";
import { InterpreterStore } from "../src/engine/interpreter.ts";
import { NativeStore } from "../src/engine/native.ts";
import type { Extern, Store, Value } from "../src/engine/store.ts";
import { Exhaustion, LinkError, Trap, Unsupported, WasmError } from "../src/support/errors.ts";
import { decodeText, parseWat } from "../src/text/wat.ts";
import type { Bounds } from "../src/translate/env.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Module } from "../src/wasm/module.ts";
import { OPS } from "../src/wasm/ops.ts";
import { F32, F64, I32, V128, isRef } from "../src/wasm/types.ts";
import type { ValType } from "../src/wasm/types.ts";
import { BodyWalker, nullSink, validateModule } from "../src/wasm/validate.ts";
import { HOST, LOADER } from "./ingot.ts";

/**
 * The first two are refusals; the others are about modules that are valid. "agreed": it ran, and on
 * both engines alike.
 */
export type Verdict =
  "malformed" | "invalid" | "unsupported" | "unlinkable" | "trapped" | "ran" | "agreed";

/** Operators that a run may take. */
const LIMIT = 20_000;
/** Pages of memory above which a module is not run. */
const PAGES = 1024;
/** What a trace ends with where the rest depends on the engine. */
const CUT = "cut";
const INTERRUPTED = "interrupted";

/** The module in these bytes, or what is wrong with it. */
export function open(bytes: Uint8Array): Module | Verdict {
  try {
    const m = decodeModule(bytes, defaultFeatures);
    validateModule(m, defaultFeatures, { bodies: true });
    return m;
  } catch (error) {
    return refusal(error);
  }
}

function refusal(error: unknown): Verdict {
  if (!(error instanceof WasmError)) throw error;
  if (error instanceof Unsupported) return "unsupported";
  if (error.name === "Malformed") return "malformed";
  if (error.name === "Invalid") return "invalid";
  throw error;
}

// ---- running -----------------------------------------------------------------------------------

const argument = (type: ValType, n: number): Value => {
  const lo = isRef(type) ? 0 : n;
  return { type, lo, hi: type === I32 || type === F32 ? 0 : lo >> 31 };
};

function show({ type, lo, hi, w2, w3 }: Value): string {
  if (type === V128) return `${w3}:${w2}:${hi}:${lo}`;
  if (isRef(type)) return lo === 0 && hi === 0 ? "null" : "ref";
  const high = type === F32 ? lo : hi;
  const exponent = type === F32 ? 0x7f800000 : 0x7ff00000;
  const isNan = (high & exponent) === exponent && ((high & ~exponent) << 1 !== 0 || lo !== 0);
  if ((type === F64 || (type === F32 && (lo & 0x7fffff) !== 0)) && isNan) return "nan";
  return type === I32 || type === F32 ? `${lo}` : `${hi}:${lo}`;
}

function importsOf(store: Store, m: Module): Promise<Extern[]> {
  const made = m.imports.map(({ kind, index }) => {
    switch (kind) {
      case "func": {
        const type = m.types[m.funcs[index]!]!;
        return store.newFunc(type, () => type.results.map((t) => argument(t, 0)));
      }
      case "table":
        return store.newTable(m.tables[index]!, argument(m.tables[index]!.elem, 0));
      case "memory":
        return store.newMemory(m.memories[index]!.limits);
      default:
        return store.newGlobal(m.globals[index]!, argument(m.globals[index]!.type, 5));
    }
  });
  return Promise.all(made);
}

/** How a call or an instantiation ended, if not well. */
function endOf(error: unknown): string {
  if (error instanceof Exhaustion) return CUT;
  if (error instanceof Trap) return error.reason === INTERRUPTED ? CUT : error.reason;
  if (error instanceof LinkError || error instanceof Unsupported) return error.name;
  throw error;
}

async function call(store: Store, func: Extern, args: readonly Value[]): Promise<string> {
  try {
    return (await store.invoke(func, args)).map(show).join(" ");
  } catch (error) {
    return endOf(error);
  }
}

/**
 * Everything that can be seen of a module with imports that fit, up to what ends early or `most`
 * calls.
 */
export async function traceOf(store: Store, m: Module, most = Infinity): Promise<string[]> {
  const lines: string[] = [];
  try {
    const { exports } = await store.instantiate(m, await importsOf(store, m));
    for (const { name, kind, index } of m.exports) {
      if (kind !== "func") continue;
      const { params } = m.types[m.funcs[index]!]!;
      for (const n of [0, 3, -1]) {
        if (lines.length >= most) return lines;
        const args = params.map((t) => argument(t, n));
        lines.push(await call(store, exports.get(name)!, args));
        if (lines.at(-1) === CUT) return lines;
      }
    }
    for (const { name, kind } of m.exports) {
      if (kind === "global") lines.push(show(await store.globalGet(exports.get(name)!)));
      if (kind === "memory") lines.push(`${await store.memorySize(exports.get(name)!)} bytes`);
    }
    return lines;
  } catch (error) {
    return [...lines, endOf(error)];
  } finally {
    await store.clear();
  }
}

const exact = /^f..\.(const|load|store|reinterpret)/;
// Vectors of floats have bits that all other operators see.
const ofLanes = /^f\d\dx/;
const revealing = /^f..\.store|^i..\.reinterpret/;

/** True where results may differ in the bits of a NaN, which only arithmetic leaves open. */
function revealsNaNs(m: Module): boolean {
  let computed = false;
  let revealed = false;
  const sink = {
    ...nullSink,
    op: (op: number): void => {
      const { name } = OPS[op]!;
      if (name.startsWith("f") && !exact.test(name)) computed = true;
      if (revealing.test(name) || ofLanes.test(name)) revealed = true;
    },
  };
  const walker = new BodyWalker(m, defaultFeatures);
  m.bodies.forEach((_, k) => walker.walk(m.importedFuncs + k, sink));
  return computed && revealed;
}

// ---- judging -----------------------------------------------------------------------------------

export class Judge {
  private readonly store: Store = new InterpreterStore(defaultFeatures, { limit: LIMIT });
  private readonly native: NativeStore | undefined;
  private bounds: Bounds = "guard";

  constructor(mode: "alone" | "compare") {
    if (mode === "alone") return;
    const compile = async (m: Module): Promise<Uint8Array> => this.compile(m);
    this.native = new NativeStore({ command: [LOADER], compile });
  }

  private compile(m: Module): Uint8Array {
    const { bounds } = this;
    return compileModule(m, { target: HOST, features: defaultFeatures, bounds }).artifact;
  }

  /** Judges the bytes of a module; `bounds` is how it is compiled. */
  async binary(bytes: Uint8Array, bounds: Bounds): Promise<Verdict> {
    const m = open(bytes);
    if (typeof m === "string") return m;
    this.bounds = bounds;
    try {
      if (this.native === undefined) this.compile(m);
      if (m.memories.some(({ limits }) => limits.min > PAGES)) return "unsupported";
      return await this.run(m);
    } catch (error) {
      if (error instanceof Unsupported) return "unsupported";
      throw error;
    }
  }

  /** Judges the bytes of a text. */
  async text(text: Uint8Array, bounds: Bounds): Promise<Verdict> {
    let bytes: Uint8Array;
    try {
      bytes = parseWat(decodeText(text));
    } catch (error) {
      return refusal(error);
    }
    return this.binary(bytes, bounds);
  }

  private async run(m: Module): Promise<Verdict> {
    const lines = await traceOf(this.store, m);
    const compared = this.native !== undefined && (await this.compare(m, lines));
    if (lines.at(-1) === "LinkError") return "unlinkable";
    if (lines.at(-1) === "Unsupported") return "unsupported";
    return lines.some((line) => /^[-\d:. nulref]*$/.test(line))
      ? compared
        ? "agreed"
        : "ran"
      : "trapped";
  }

  /** Throws if the native engine sees something else; false if there was nothing to compare. */
  private async compare(m: Module, expected: readonly string[]): Promise<boolean> {
    // What the interpreter had to cut short, native code would run for ever.
    const isCut = expected.at(-1) === CUT;
    const calls = isCut ? expected.length - 1 : Infinity;
    if (calls === 0) {
      this.compile(m);
      return false;
    }
    const actual = await traceOf(this.native!, m, calls);
    const at = expected.findIndex((line, k) => line !== actual[k] && line !== CUT);
    if (at < 0) return true;
    if (actual[at] === CUT || revealsNaNs(m)) return false;
    throw new Error(`interpreter: "${expected[at]}", native: "${actual[at] ?? ""}" (line ${at})`);
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.native?.close();
  }
}
