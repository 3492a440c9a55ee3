// Text that is too large for the calls in it: on arm64 a call reaches 128 MiB either way, and what
// is farther away is called over veneers. A compiled module is stretched by 130 MiB of zeros behind
// one of its functions, so that neither making nor running it takes long; the file is sparse.
// Then programs whose calls, branches and loads of constants reach a few bytes (nearsighted.ts).

import { spawnSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compileModule } from "../src/engine/compile.ts";
import { Pipeline } from "../src/engine/pipeline.ts";
import type { Blob } from "../src/object/blob.ts";
import { parseWat } from "../src/text/wat.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { arm64 } from "./handmade-arm64.ts";
import { assemble } from "./handmade.ts";
import { compileNearsighted } from "./nearsighted.ts";
import { everywhere } from "./runtime-kit.ts";

const FAR = 130 << 20;

/** The same function with `size` bytes of nothing behind it. */
const stretched = (blob: Blob, size: number): Blob => {
  const bytes = new Uint8Array(blob.bytes.length + size);
  bytes.set(blob.bytes);
  return { ...blob, bytes };
};

/** Writes what is not zero. */
function writeSparse(path: string, bytes: Uint8Array): void {
  const UNIT = 65536;
  const zeros = new Uint8Array(UNIT);
  const file = openSync(path, "w");
  ftruncateSync(file, bytes.length);
  for (let at = 0; at < bytes.length; at += UNIT) {
    const piece = Buffer.from(bytes.buffer, at, Math.min(UNIT, bytes.length - at));
    if (!piece.equals(zeros.subarray(0, piece.length))) writeSync(file, piece, 0, undefined, at);
  }
  closeSync(file);
}

/** Places that look like a veneer: adrp x16; add x16, x16, #low; br x16. */
function countVeneers(artifact: Uint8Array): number {
  const words = new Uint32Array(artifact.buffer, artifact.byteOffset, artifact.length >> 2);
  return words.filter((w, k) => {
    return (w & 0x9f00001f) >>> 0 === 0x90000010 && words[k + 2] === 0xd61f0200;
  }).length;
}

// The gap lies behind its function: calls of $five and the trap stubs cross it forwards and
// backwards.
const names = ["near", "gap", "five", "dies", "six"];
const WAT = `(module
  (memory 1)
  (table funcref (elem $near $gap $five))
  (func $near (result i32) call $five)
  (func $gap (result i32) i32.const 1)
  (func $five (result i32)
    (i32.store (i32.const 8) (i32.trunc_f64_s (f64.const 5.5)))
    (i32.load (i32.const 8)))
  (func $dies (export "dies") (result i32)
    (i32.div_s (call $near) (i32.load (i32.const 16))))
  (func $six (export "six") (result i32)
    (i32.add (call_indirect (result i32) (i32.const 0)) (call $gap))))`;

function compiled(): Uint8Array {
  const m = decodeModule(parseWat(WAT), defaultFeatures);
  const options = { target: "arm64", features: defaultFeatures, bounds: "guard" } as const;
  const pipeline = new Pipeline(m, options);
  const blobs = m.bodies.map((_, k) => pipeline.compile(k));
  blobs[1] = stretched(blobs[1]!, FAR);
  const machine = { target: "arm64", link: pipeline.target } as const;
  return assemble(machine, m, () => blobs, { name: (f) => names[f]! });
}

everywhere(
  ({ command }) => {
    const directory = mkdtempSync(join(tmpdir(), "ingot-far-"));
    const path = join(directory, "far.cwasm");
    beforeAll(() => {
      const bytes = compiled();
      expect(bytes.length).toBeGreaterThan(FAR);
      writeSparse(path, bytes);
    });
    afterAll(() => rmSync(directory, { recursive: true }));

    const run = (name: string): { status: number | null; stdout: string; stderr: string } => {
      const [program = "", ...words] = [...command, "--invoke", name, path];
      return spawnSync(program, words, { encoding: "utf8" });
    };

    it("calls over 130 MiB, forwards and backwards", () => {
      expect(run("six").stdout).toBe("6\n");
    });

    it("traps over 130 MiB, with a trace", () => {
      const { status, stderr } = run("dies");
      const [reason, frame] = stderr.split("\n");
      expect(reason).toBe("ingot: trap: integer divide by zero");
      expect(frame).toMatch(/^ {2}at dies \(wasm-function\[3\]:0x\w+\)$/);
      expect(status).toBe(134);
    });

    it.each(["chess", "json", "ray", "vm"])("runs %s, everything being far away", (name) => {
      const program = `testdata/programs/${name}`;
      const m = decodeModule(readFileSync(`${program}.wasm`));
      const near = compileModule(m, {
        target: "arm64",
        features: defaultFeatures,
        bounds: "guard",
      });
      const far = compileNearsighted(m, "guard");
      expect(countVeneers(near.artifact)).toBe(0);
      expect(countVeneers(far)).toBeGreaterThan(5);
      const file = join(directory, `${name}.cwasm`);
      writeFileSync(file, far);
      const [loader = "", ...words] = [...command, file];
      const { stdout } = spawnSync(loader, words, { encoding: "utf8" });
      expect(stdout).toBe(readFileSync(`${program}.expected`, "utf8"));
    });
  },
  [arm64],
);
