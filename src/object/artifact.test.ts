// The artifact format against two readers that are not ours (elfy, and readelf where it is
// installed), and our reader against damage: every truncation and thousands of flipped bytes end in
// a sentence.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import elfy from "elfy";
import { describe, expect, it } from "vitest";
import type { TargetName } from "../abi.ts";
import { EPOCH, OSABI, SECTIONS, TEXT_ALIGN } from "../abi.ts";
import { parseWat } from "../text/wat.ts";
import { decodeModule } from "../wasm/decode.ts";
import { layoutRecord } from "../wasm/layout.ts";
import { ArtifactError, isArtifact, readArtifact, writeArtifact } from "./artifact.ts";
import type { ArtifactParts } from "./artifact.ts";
import { describeData, describeModule, describeNames } from "./describe.ts";
import { link } from "./link.ts";
import type { LinkTarget } from "./link.ts";
import { bug } from "../support/errors.ts";

const target: LinkTarget = {
  stubSize: 16,
  writeStub: (out, code) => out.fill(code, 0, 16),
  patch: (text, at, to) => text.setInt32(at, to - (at + 4), true),
  reach: 0x7fffffff,
  veneerSize: 0,
  writeVeneer: () => bug("nothing is too far"),
};

const WAT = `(module
  (import "env" "f" (func (param i32)))
  (memory (export "memory") 1 2)
  (table 4 8 funcref)
  (global $g (mut i64) (i64.const -2))
  (func $double (export "double") (param i32) (result i32) local.get 0)
  (func $other (param f32))
  (elem (i32.const 1) $double $other)
  (data (i32.const 8) "hello"))`;

function sample(name: TargetName = "amd64"): ArtifactParts {
  const wasm = parseWat(WAT);
  const m = decodeModule(wasm);
  const layout = layoutRecord(m);
  const blob = (fill: number) => ({
    bytes: new Uint8Array(40).fill(fill),
    align: 16,
    relocs: Int32Array.of(4, 1, 2),
    sites: Int32Array.of(8, 0x30, 0, 20, 0x34, 2),
    frame: 24,
    codeSize: 32,
    cpu: 0,
  });
  const linked = link(target, [blob(0x90), blob(0xcc)], 1, layout.distance);
  return {
    target: name,
    cpu: 1,
    model: 2,
    distance: layout.distance,
    recordSize: layout.size,
    wasm,
    embed: true,
    text: linked.text,
    funcs: linked.funcs,
    sites: linked.sites,
    module: describeModule(m, layout),
    data: describeData(m),
    names: describeNames(3, (k) => ["", "double", "other"][k]!),
    symbols: ["double", "other"],
  };
}

const MACHINES = {
  amd64: { cpu: "popcnt", elfy: "amd64", readelf: "Advanced Micro Devices X86-64" },
  arm64: { cpu: "lse", elfy: "AArch64", readelf: "AArch64" },
} as const;

describe.each(["amd64", "arm64"] as const)("writer for %s", (target) => {
  const expected = MACHINES[target];

  it("is read back by our reader", () => {
    const bytes = writeArtifact(sample(target));
    const a = readArtifact(bytes);
    expect(isArtifact(bytes)).toBe(true);
    expect(a.target).toBe(target);
    expect(a.cpu).toEqual([expected.cpu]);
    expect(a.names).toEqual(["", "double", "other"]);
    expect(a.funcs.map((f) => f.index)).toEqual([1, 2]);
    expect([...a.sites.source]).toEqual([0x30, 0x34, 0x30, 0x34]);
    expect(a.wasm).toEqual(parseWat(WAT));
    expect(a.sections.map((s) => s.name).slice(0, SECTIONS.length)).toEqual(
      SECTIONS.map(([name]) => name),
    );
    expect(a.text.byteOffset % TEXT_ALIGN).toBe(0);
  });

  it("gives equal bytes for equal parts", () => {
    expect(writeArtifact(sample(target))).toEqual(writeArtifact(sample(target)));
  });

  it("is read by elfy", () => {
    const bytes = writeArtifact(sample(target));
    const elf = elfy.parse(Buffer.from(bytes));
    expect(elf.class).toBe("64");
    expect(elf.machine).toBe(expected.elfy);
    const names = elf.body.sections.map((s) => s.name);
    for (const [name] of SECTIONS) expect(names).toContain(name);
    const text = elf.body.sections.find((s) => s.name === ".text")!;
    expect(new Uint8Array(text.data)).toEqual(readArtifact(bytes).text);
  });

  const hasReadelf = spawnSync("readelf", ["--version"]).status === 0;
  it.runIf(hasReadelf)("is read by readelf", () => {
    const directory = mkdtempSync(join(tmpdir(), "ingot-test-"));
    try {
      const path = join(directory, "a.cwasm");
      writeFileSync(path, writeArtifact(sample(target)));
      const options = { encoding: "utf8" } as const;
      const header = execFileSync("readelf", ["-h", "-S", "-W", "-s", path], options);
      expect(header).toMatch(new RegExp(`Machine:\\s+${expected.readelf}`));
      expect(header).toContain(`<unknown: ${OSABI.toString(16)}>`);
      expect(header).toMatch(/FUNC\s+LOCAL\s+DEFAULT\s+2\s+double/);
      expect(header).not.toMatch(/[Ww]arning|Error/);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe("reader", () => {
  const whole = writeArtifact(sample());

  it("refuses another epoch with a sentence of its own", () => {
    const bytes = whole.slice();
    bytes[64 + 8] = EPOCH + 1;
    expect(() => readArtifact(bytes)).toThrow(/epoch/);
  });

  it("refuses every truncation", () => {
    for (let n = 0; n < whole.length; n += n < 2000 || n > whole.length - 2000 ? 1 : 997) {
      expect(() => readArtifact(whole.subarray(0, n)), `${n} bytes`).toThrow(ArtifactError);
    }
  });

  it("notices flipped bytes", () => {
    for (let k = 0; k < 300; k++) {
      const bytes = whole.slice();
      const at = (k * 7919) % bytes.length;
      bytes[at]! ^= 1 << (k & 7);
      expect(() => readArtifact(bytes), `byte ${at}`).toThrow(ArtifactError);
    }
  });
});
