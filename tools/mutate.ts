// Mutants of a module: a few plain operators replaced by others of the same signature, so that the
// module stays valid and structured and does something that its generator would not have written.

import { BodyWalker } from "../src/wasm/validate.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { OPS } from "../src/wasm/ops.ts";
import type { Sink } from "../src/wasm/sink.ts";
import { nullSink } from "../src/wasm/walk.ts";
import type { Random } from "./random.ts";

/** One-byte operators without immediates that need no newer feature, by signature. */
const bySignature = new Map<string, number[]>();
for (const { code, sig, imm, feature } of OPS) {
  if (imm !== 0 || sig === "" || code > 0xff || !/^[iIfF]+:[iIfF]$/.test(sig)) continue;
  if (feature !== "mvp" || /[fF]/.test(sig)) continue;
  const list = bySignature.get(sig) ?? [];
  list.push(code);
  bySignature.set(sig, list);
}

/**
 * Byte offsets of the operators that may be replaced. Floats stay: their NaNs are guarded in place.
 */
function candidates(bytes: Uint8Array): { readonly offset: number; readonly sig: string }[] {
  const m = decodeModule(bytes, defaultFeatures);
  const found: { offset: number; sig: string }[] = [];
  let offset = (): number => 0;
  const sink: Sink = {
    ...nullSink,
    begin: (_m, _func, _type, _locals, imm) => {
      offset = () => imm.offset;
    },
    op: (op) => {
      const { sig, code } = OPS[op]!;
      if (code <= 0xff && bySignature.get(sig)?.includes(code))
        found.push({ offset: offset(), sig });
    },
  };
  const walker = new BodyWalker(m, defaultFeatures);
  m.bodies.forEach((_, k) => walker.walk(m.importedFuncs + k, sink));
  return found;
}

/** A mutant with up to eight replaced operators. */
export function mutate(bytes: Uint8Array, r: Random): Uint8Array {
  const places = candidates(bytes);
  const mutant = bytes.slice();
  for (let k = 1 + r.below(8); k > 0 && places.length > 0; k--) {
    const { offset, sig } = r.pick(places);
    mutant[offset] = r.pick(bySignature.get(sig)!);
  }
  return mutant;
}
