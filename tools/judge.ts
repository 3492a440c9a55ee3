// What becomes of bytes or text that may be a module: decoded, validated, compiled and, if that went
// well, interpreted with a limit. The answer is one word; whatever is neither an error that a
// module may cause nor a run is thrown.

import { compileModule } from "../src/engine/compile.ts";
import { InterpreterStore } from "../src/engine/interpreter.ts";
import type { Extern, Store, Value } from "../src/engine/store.ts";
import { Exhaustion, LinkError, Trap, Unsupported, WasmError } from "../src/support/errors.ts";
import { decodeText, parseWat } from "../src/text/wat.ts";
import type { Bounds } from "../src/translate/env.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Module } from "../src/wasm/module.ts";
import type { ValType } from "../src/wasm/types.ts";
import { validateModule } from "../src/wasm/validate.ts";

/** Malformed and Invalid: refused; the others are about modules that are valid. */
export type Verdict = "malformed" | "invalid" | "unsupported" | "unlinkable" | "trapped" | "ran";

/** Operators that a run may take. */
const LIMIT = 20_000;

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

const value = (type: ValType, n: number): Value => ({ type, lo: n, hi: 0 });

export class Judge {
  private readonly store: Store = new InterpreterStore(defaultFeatures, { limit: LIMIT });

  /** Judges the bytes of a module; `bounds` is how it is compiled. */
  async binary(bytes: Uint8Array, bounds: Bounds): Promise<Verdict> {
    const m = open(bytes);
    if (typeof m === "string") return m;
    try {
      compileModule(m, { target: "amd64", features: defaultFeatures, bounds });
    } catch (error) {
      if (error instanceof Unsupported) return "unsupported";
      throw error;
    }
    return this.interpret(m);
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

  /** Instantiates a module with imports that fit, and calls its exports. */
  async interpret(m: Module): Promise<Verdict> {
    const { store } = this;
    let verdict: Verdict = "ran";
    try {
      const { exports } = await store.instantiate(m, await this.imports(m));
      for (const { name, kind, index } of m.exports) {
        if (kind !== "func") continue;
        const { params } = m.types[m.funcs[index]!]!;
        for (const n of [0, 3, -1]) {
          const args = params.map((t) => value(t, t > 0x7b ? n : 0));
          if (await this.traps(exports.get(name)!, args)) verdict = "trapped";
        }
      }
    } catch (error) {
      if (error instanceof LinkError) verdict = "unlinkable";
      else if (error instanceof Trap) verdict = "trapped";
      else if (error instanceof Unsupported) verdict = "unsupported";
      else throw error;
    }
    await store.clear();
    return verdict;
  }

  private async traps(func: Extern, args: readonly Value[]): Promise<boolean> {
    try {
      await this.store.invoke(func, args);
      return false;
    } catch (error) {
      if (error instanceof Trap || error instanceof Exhaustion) return true;
      throw error;
    }
  }

  private imports(m: Module): Promise<Extern[]> {
    const { store } = this;
    const made = m.imports.map(({ kind, index }) => {
      switch (kind) {
        case "func": {
          const type = m.types[m.funcs[index]!]!;
          return store.newFunc(type, () => type.results.map((t) => value(t, 0)));
        }
        case "table":
          return store.newTable(m.tables[index]!, value(m.tables[index]!.elem, 0));
        case "memory":
          return store.newMemory(m.memories[index]!.limits);
        default:
          return store.newGlobal(m.globals[index]!, value(m.globals[index]!.type, 0));
      }
    });
    return Promise.all(made);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
