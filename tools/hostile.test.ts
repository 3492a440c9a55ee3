// Hostile input as a test: hostile.ts in processes of their own, so that a hang or an abort is a
// failure and not the end of the tests; what fuzzing once found (testdata/fuzz/); and single
// artifacts that no writer would make.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ModuleHeader, REPLY, REQUEST, TABLE_MAX, TypeInfo } from "../src/abi.ts";
import { FrameWriter } from "../src/engine/frames.ts";
import { readArtifact } from "../src/object/artifact.ts";
import { getField } from "../src/object/struct.ts";
import type { Module } from "../src/wasm/module.ts";
import { F64, FUNCREF, I32, newFuncType } from "../src/wasm/types.ts";
import { amd64 } from "./handmade-amd64.ts";
import { arm64 } from "./handmade-arm64.ts";
import { assemble, newModule } from "./handmade.ts";
import type { Report } from "./hostile.ts";
import { HOST, LOADER } from "./ingot.ts";
import { Session } from "./session.ts";

const FLIPS = 100_000;
const MEMORY = 1 << 30;
const CHILD_MEMORY = 1 << 28;

function run(part: string): Promise<Report> {
  const argv = ["dist/tools/hostile.js", part, "--flips", String(FLIPS)];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let complaint = "";
    child.stdout.on("data", (text: Buffer) => (out += String(text)));
    child.stderr.on("data", (text: Buffer) => (complaint += String(text)));
    child.on("close", (code, signal) => {
      const line = out.trim().split("\n").at(-1) ?? "";
      if (line.startsWith("{")) resolve(JSON.parse(line) as Report);
      else reject(new Error(`${part} ended with ${signal ?? code}: ${complaint}`));
    });
  });
}

describe("damage", () => {
  it.concurrent.each(["binary", "text", "reader", "loader", "hashed"])("%s", async (part) => {
    const report = await run(part);
    const { truncations, flips, outcomes, slowest, memory, childMemory, seconds } = report;
    const kb = (bytes: number): string => `${Math.round(bytes / 1024)} KiB`;
    console.log(
      `${part}: ${truncations} truncations and ${flips} flips in ${seconds} s; slowest ` +
        `${slowest.ms} ms; ${kb(memory)}, loader ${kb(childMemory)}`,
      outcomes,
    );
    expect(report.failures).toEqual([]);
    expect(Object.values(outcomes).reduce((n, m) => n + m)).toBe(truncations + flips);
    expect(memory).toBeLessThan(MEMORY);
    expect(childMemory).toBeLessThan(CHILD_MEMORY);
    expect(Object.keys(outcomes).length).toBeGreaterThan(1);
  });
});

it("runs the samples, and what fuzzing found, alike on both engines", () => {
  const files = ["testdata/hostile", "testdata/fuzz"].flatMap((folder) =>
    readdirSync(folder).map((name) => join(folder, name)),
  );
  const inputs = files.filter((path) => /\.(wat|wasm|ir)$/.test(path));
  const argv = ["dist/tools/fuzz.js", ...inputs];
  const { status, stdout } = spawnSync(process.execPath, argv, { encoding: "utf8" });
  expect(stdout.trim()).toBe(`${inputs.length} passed, 0 failed`);
  expect(status).toBe(0);
});

// ---- artifacts that no writer makes ------------------------------------------------------------

const machine = HOST === "amd64" ? amd64 : arm64;
const none = { min: 0, max: -1, shared: false };
const small: Module = newModule({
  types: [newFuncType([I32], [I32])],
  funcs: [0],
  exports: [{ name: "f", kind: "func", index: 0, offset: 0 }],
});
const trapping = (m: Module): Uint8Array =>
  assemble(machine, m, (layout) => m.bodies.map(() => machine.newCode(layout).stop().blob()));

describe("the loader", () => {
  let session: Session;
  beforeEach(() => {
    session = new Session([LOADER], ["--no-hash"]);
  });
  afterEach(() => session.end());

  it("refuses a function type whose spelling differs from its types", async () => {
    const m = { ...small, bodies: [{ start: 0, end: 0 }] };
    const bytes = trapping(m);
    const section = readArtifact(bytes).sections.find((s) => s.name === ".ingot.module")!.bytes;
    const view = new DataView(section.buffer, section.byteOffset, section.length);
    const types = getField(view, 0, ModuleHeader, "types");
    const strings = getField(view, 0, ModuleHeader, "strings");
    const params = getField(view, types, TypeInfo, "params");
    section[strings + params] = F64;
    const { message, read } = await session.load(bytes);
    expect([message, read.text()]).toEqual([REPLY.error, "damaged: function type 0 is malformed"]);
  });

  it("survives an instance that fails when its second memory is made", async () => {
    const m = newModule({
      imports: [{ module: "", name: "", kind: "memory", index: 0, offset: 0 }],
      importedMemories: 1,
      memories: [{ limits: none }, { limits: { min: 1, max: 2, shared: false } }],
      tables: [{ elem: FUNCREF, limits: { min: TABLE_MAX + 1, max: -1, shared: false } }],
    });
    const loaded = await session.load(trapping(m));
    expect(loaded.message).toBe(REPLY.ok);
    const memory = await session.ok(new FrameWriter(REQUEST.newMemory).u32(0).u64(-1));
    const made = await session.instantiate(loaded.read.u32(), [{ kind: 2, id: memory.u64() }]);
    expect(made.message).toBe(REPLY.error);
    await session.ok(new FrameWriter(REQUEST.freeAll));
    expect((await session.load(trapping(m))).message).toBe(REPLY.ok);
  });
});

describe("the command line of the loader", () => {
  it("refuses damaged files in one sentence", () => {
    const whole = trapping({ ...small, bodies: [{ start: 0, end: 0 }] });
    const directory = mkdtempSync(join(tmpdir(), "ingot-test-"));
    const path = join(directory, "a.cwasm");
    try {
      for (let size = 0; size <= whole.length; size += size < 40 ? 1 : 4096 * 3 + 5) {
        writeFileSync(path, whole.subarray(0, size));
        for (const options of [["--check-only"], ["--check-only", "--no-hash"], []]) {
          const ran = spawnSync(LOADER, [...options, path], { encoding: "utf8" });
          expect([size, ran.signal, ran.status]).toEqual([size, null, 1]);
          expect(ran.stderr).toMatch(/^[^\n]+\n$/);
        }
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
