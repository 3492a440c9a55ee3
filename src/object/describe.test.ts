// What the runtime is told of constants: every bit of them, sixteen bytes of a vector.

import { expect, test } from "vitest";
import { Init, ModuleHeader } from "../abi.ts";
import { parseWat } from "../text/wat.ts";
import { decodeModule } from "../wasm/decode.ts";
import { defaultFeatures } from "../wasm/features.ts";
import { layoutRecord } from "../wasm/layout.ts";
import { describeModule } from "./describe.ts";

test("initial values of globals", () => {
  const m = decodeModule(
    parseWat(`(module
      (global v128 (v128.const i32x4 1 0x80000002 0xfffffffd 4))
      (global i32 (i32.const -1))
      (global f64 (f64.const nan:0x8000000000123))
      (global (mut v128) (v128.const f64x2 1 -0)))`),
    defaultFeatures,
  );
  const bytes = describeModule(m, layoutRecord(m));
  const view = new DataView(bytes.buffer);
  const first = view.getUint32(ModuleHeader.inits, true);
  const words = (k: number): number[] => {
    const at = first + k * Init.$size + Init.bits;
    return [0, 4, 8, 12].map((w) => view.getUint32(at + w, true));
  };
  expect(words(0)).toEqual([1, 0x80000002, 0xfffffffd, 4]);
  expect(words(1)).toEqual([0xffffffff, 0, 0, 0]);
  expect(words(2)).toEqual([0x123, 0x7ff80000, 0, 0]);
  expect(words(3)).toEqual([0, 0x3ff00000, 0, 0x80000000]);
});
