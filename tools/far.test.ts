// Text that is too large for the calls in it: on arm64 a call reaches 128 MiB either way, and what
// is farther away is called over veneers. A module is stretched by a function of 130 MiB, nearly
// all of it zeros, so that neither making nor running it takes long; the file on disk is sparse.
// Then programs whose calls, branches and loads of constants reach a few bytes (nearsighted.ts).

import { spawnSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compileModule } from "../src/engine/compile.ts";
import type { Blob } from "../src/object/blob.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Layout } from "../src/wasm/layout.ts";
import { I32, newFuncType } from "../src/wasm/types.ts";
import { arm64 } from "./handmade-arm64.ts";
import { assemble, newModule } from "./handmade.ts";
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

const names = ["near", "gap", "five", "dies", "six"];
const m = newModule({
  types: [newFuncType([], [I32])],
  funcs: names.map(() => 0),
  exports: names.map((name, index) => ({ name, kind: "func" as const, index, offset: 0 })),
});

const write = (layout: Layout): Blob[] => {
  const code = () => arm64.newCode(layout);
  return [
    code().enter(8).call(2).leave().blob(),
    stretched(code().constant("r0", 1).ret().blob(), FAR),
    code().constant("r0", 5).ret().blob(),
    code().enter(8).trap("unreachable").blob(),
    code().enter(8).call(0).constant("t", 1).add("r0", "r0", "t").leave().blob(),
  ];
};

everywhere(
  ({ command }) => {
    const directory = mkdtempSync(join(tmpdir(), "ingot-far-"));
    const path = join(directory, "far.cwasm");
    beforeAll(() => {
      const bytes = assemble(arm64, m, write, { name: (f) => names[f]! });
      expect(bytes.length).toBeGreaterThan(FAR);
      writeSparse(path, bytes);
    });
    afterAll(() => rmSync(directory, { recursive: true }));

    const run = (name: string): { status: number | null; stdout: string; stderr: string } => {
      const [program = "", ...words] = [...command, "--invoke", name, path];
      return spawnSync(program, words, { encoding: "utf8" });
    };

    it("calls over veneers, forwards and backwards", () => {
      expect(run("six").stdout).toBe("6\n");
    });

    it("traps over a veneer, with a trace", () => {
      const { status, stderr } = run("dies");
      expect(status).toBe(134);
      expect(stderr).toBe("ingot: trap: unreachable\n  at dies (wasm-function[3]:0x100)\n");
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
