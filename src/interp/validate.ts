// What the interpreter asks of a module before it runs any of it: that all of it is valid, as the
// standard demands, and that it uses nothing the interpreter lacks. One walk does both.

import { Unsupported } from "../support/errors.ts";
import { newDialect } from "../wasm/dialect.ts";
import type { Features } from "../wasm/features.ts";
import { firstError } from "../wasm/form.ts";
import type { Module } from "../wasm/module.ts";
import { OPS } from "../wasm/ops.ts";
import type { Immediates, Sink } from "../wasm/sink.ts";
import { V128 } from "../wasm/types.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import { validateModule } from "../wasm/validate.ts";
import { BodyWalker, nullSink } from "../wasm/walk.ts";
import { NO_SIMD } from "./instance.ts";

const isSimd = Uint8Array.from(OPS, (row) => (row.feature === "simd" ? 1 : 0));

function refuse(offset: number, func: number): never {
  throw new Unsupported(NO_SIMD, offset, func);
}

/** Refuses bodies with vectors. */
function newGate(): Sink {
  let imm: Immediates;
  let at = -1;
  return {
    ...nullSink,
    begin(_m: Module, func: number, type: FuncType, locals: readonly ValType[], i: Immediates) {
      at = func;
      imm = i;
      if (locals.includes(V128) || type.results.includes(V128)) refuse(imm.offset, func);
    },
    op(op: number) {
      if (isSimd[op] === 1) refuse(imm.offset, at);
    },
  };
}

const checked = new WeakMap<Module, Features>();

/** Validates a module and all its bodies, once. Throws Malformed, Invalid or Unsupported. */
export function checkModule(m: Module, features: Features): void {
  if (checked.get(m) === features) return;
  validateModule(m, features, { bodies: false });
  const walker = new BodyWalker(m, features);
  const gate = newGate();
  try {
    for (let i = 0; i < m.bodies.length; i++) walker.walk(m.importedFuncs + i, gate);
  } catch (error) {
    throw firstError(error, m, m.importedFuncs, newDialect(features));
  }
  checked.set(m, features);
}
