// The C runtime by itself: what it makes of artifacts that are no good, and its command line.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { PAGE, REPLY, REQUEST, TARGETS } from "../src/abi.ts";
import type { Layout } from "../src/wasm/layout.ts";
import { F32, F64, I32, I64, newFuncType } from "../src/wasm/types.ts";
import { assemble, i32Const, newModule } from "./handmade.ts";
import {
  everywhere,
  kitBytes,
  linkKit,
  newFunc,
  request,
  result,
  toI32,
  types,
  utf8,
} from "./runtime-kit.ts";
import { Session } from "./session.ts";

everywhere(({ machine, command, fewer }) => {
  let session: Session;
  const bytes = kitBytes(machine);
  beforeEach(() => {
    session = new Session(command);
  });
  afterEach(() => session.end());

  describe("artifacts", () => {
    const errorOf = async (bytes: Uint8Array): Promise<string> => {
      const { message, read } = await session.load(bytes);
      return message === REPLY.error ? read.text() : "";
    };

    it("says in one sentence what is wrong", async () => {
      const changed = (at: number, byte: number): Uint8Array => {
        const copy = bytes.slice();
        copy[at] = byte;
        return copy;
      };
      expect(await errorOf(utf8("hello"))).toMatch(/^not an ingot artifact/);
      expect(await errorOf(bytes.subarray(0, 1000))).toMatch(/^truncated/);
      expect(await errorOf(changed(64 + 8, 99))).toMatch(/another version of ingot \(format 99/);
      const other = machine.target === "amd64" ? "arm64" : "amd64";
      const sentence = `made for ${other}, but this loader runs ${machine.target}`;
      expect(await errorOf(changed(64 + 12, TARGETS[other]))).toBe(sentence);
      expect(await errorOf(changed(64 + 12, 9))).toMatch(/^made for an unknown machine/);
      expect(await errorOf(changed(64 + 17, 1))).toMatch(/^needs CPU features .* lacks: unknown/);
      expect(await errorOf(changed(0x20000, 1))).toMatch(/its checksum is wrong/);
      expect(await errorOf(bytes)).toBe("");
    });

    it("notices every flipped bit", async () => {
      for (
        let at = 0;
        at < bytes.length;
        at += at < 400 || at > 130_000 ? 3 * fewer : 1999 * fewer
      ) {
        const copy = bytes.slice();
        copy[at]! ^= 1 << (at % 8);
        expect(await errorOf(copy)).not.toBe("");
      }
    });

    it("refuses every truncation", async () => {
      const cuts = [
        ...Array(400).keys(),
        ...Array.from({ length: 400 }, (_, k) => bytes.length - 1 - k),
      ];
      for (let at = 400; at < bytes.length - 400; at += 997) cuts.push(at);
      for (const at of cuts) expect(await errorOf(bytes.subarray(0, at))).not.toBe("");
    });

    it("survives random bytes in the structure without the hash's help", async () => {
      await session.end();
      session = new Session(command, ["--no-hash"]);
      let seed = 12345;
      const random = (n: number): number => {
        seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
        return Math.floor((seed / 0x80000000) * n);
      };
      const text = 2 * 65536; // header and code come first; nothing to check in code
      let refused = 0;
      for (let round = 0; round < 3000 / fewer; round++) {
        const copy = bytes.slice();
        const flips = 1 + random(3);
        for (let k = 0; k < flips; k++) {
          const at = random(8) === 0 ? random(64 + 104) : text + random(copy.length - text);
          copy[at] = random(2) === 0 ? copy[at]! ^ (1 << random(8)) : random(256);
        }
        const host = await newFunc(session, toI32);
        const { message, read } = await session.load(copy);
        if (message === REPLY.error) {
          expect(read.text()).toMatch(/^[a-z].*[^.]$/);
          refused++;
          continue;
        }
        expect(message).toBe(REPLY.ok);
        const made = await session.instantiate(read.u32(), [host]);
        if (made.message === REPLY.ok) await session.exports(made.read.u32());
        await session.ok(request(REQUEST.freeAll));
      }
      expect(refused).toBeGreaterThan(1000 / fewer);
    });

    it("survives requests that make no sense", async () => {
      const k = await linkKit(session, bytes);
      for (let message = 0; message < 64; message++) {
        if (message === REQUEST.quit || message === REQUEST.freeAll) continue;
        for (const size of [0, 1, 4, 9, 40]) {
          const frame = request(message).raw(new Uint8Array(size).fill(message * 37 + size));
          const reply = await session.request(frame);
          expect([REPLY.ok, REPLY.error]).toContain(reply.message);
        }
      }
      expect(await result(k.call("add", 2, 3))).toBe(5);
    });
  });

  describe("ingot-rt", () => {
    const dir = mkdtempSync(join(tmpdir(), "ingot-rt-"));
    afterAll(() => rmSync(dir, { recursive: true }));

    const [program = "", ...before] = command;
    const run = (...args: string[]): { status: number | null; out: string; err: string } => {
      const { status, stdout, stderr } = spawnSync(program, [...before, ...args], {
        encoding: "utf8",
      });
      return { status, out: stdout, err: stderr };
    };
    const file = (name: string, bytes: Uint8Array): string => {
      const path = join(dir, name);
      writeFileSync(path, bytes);
      return path;
    };
    const plain = newModule({
      types: [...types, newFuncType([F64, F32, I64, I32], [F64, F32, I64, I32])],
      funcs: [1, 1, 4, 0],
      memories: [{ limits: { min: 1, max: 1, shared: false } }],
      exports: ["_start", "outer", "echo", "add"].map((name, index) => ({
        name,
        kind: "func" as const,
        index,
        offset: 0,
      })),
    });
    const plainBytes = assemble(
      machine,
      plain,
      (layout) => [
        machine.newCode(layout).enter(8).clear(PAGE).blob(),
        machine.newCode(layout).enter(8).call(0).blob(),
        machine.newCode(layout).echo().ret().blob(),
        machine.newCode(layout).add("r0", "a0", "a1").ret().blob(),
      ],
      { name: (f) => ["_start", "outer\u001b", "echo", "add"][f]! },
    );

    it("prints a trap with its stack and exits 134", () => {
      const path = file("plain.cwasm", plainBytes);
      const started = run(path);
      expect(started.status).toBe(134);
      expect(started.err).toBe(
        "ingot: trap: out of bounds memory access\n  at _start (wasm-function[0]:0x100)\n",
      );
      const invoked = run("--invoke", "outer", path);
      expect(invoked.status).toBe(134);
      expect(invoked.err.split("\n")).toContain("  at outer? (wasm-function[1]:0x100)");
    });

    it("invokes an export with arguments", () => {
      const path = file("plain.cwasm", plainBytes);
      expect(run("--invoke", "add", path, "0xffffffff", "-2").out).toBe("-3\n");
      const echo = (...args: string[]): string => run("--invoke", "echo", path, ...args).out;
      const numbers: [string, string][] = [
        ["0.1", "0.1"],
        ["-0", "-0"],
        ["1e21", "1e+21"],
        ["123456789012345680000", "123456789012345680000"],
        ["1e-7", "1e-7"],
        ["0.000001", "0.000001"],
        ["5e-324", "5e-324"],
        ["1.7976931348623157e308", "1.7976931348623157e+308"],
        ["2e308", "inf"],
        ["-inf", "-inf"],
        ["nan", "nan"],
        ["0x1.8p3", "12"],
        ["9007199254740993", "9007199254740992"],
        ["2.2250738585072011e-308", "2.225073858507201e-308"],
        [".5", "0.5"],
        ["100.", "100"],
        ["0.3", "0.3"],
      ];
      for (const [input, output] of numbers.filter((_, k) => k % fewer === 0)) {
        expect(echo(input, "0.1", "-9223372036854775808", "7")).toBe(
          `${output}\n0.1\n-9223372036854775808\n7\n`,
        );
      }
      for (let k = 0; k < 60 / fewer; k++) {
        const x = new Float64Array(
          Uint32Array.of(Math.imul(k, 0x9e3779b1), Math.imul(k + 7, 0x45d9f3b)).buffer,
        )[0]!;
        if (!Number.isFinite(x) || x === 0) continue;
        const f = Math.fround(x);
        const [double, single] = echo(String(x), String(x), "0", "0").split("\n");
        expect(double).toBe(String(x));
        if (Number.isFinite(f)) expect(Math.fround(Number(single))).toBe(f);
      }
    });

    it("runs a program that writes and exits", () => {
      const wasi = (name: string, index: number) => ({
        module: "wasi_snapshot_preview1",
        name,
        kind: "func" as const,
        index,
        offset: 0,
      });
      const four = newFuncType([I32, I32, I32, I32], [I32]);
      const m = newModule({
        types: [four, newFuncType([I32], []), newFuncType([], [])],
        imports: [wasi("fd_write", 0), wasi("proc_exit", 1)],
        importedFuncs: 2,
        funcs: [0, 1, 2],
        memories: [{ limits: { min: 1, max: 1, shared: false } }],
        datas: [
          {
            mode: "active",
            memory: 0,
            start: i32Const(0),
            bytes: Uint8Array.of(8, 0, 0, 0, 6, 0, 0, 0, ...utf8("hello\n")),
            offset: 0,
          },
        ],
        exports: [
          { name: "_start", kind: "func", index: 2, offset: 0 },
          { name: "memory", kind: "memory", index: 0, offset: 0 },
        ],
      });
      const write = (layout: Layout) => [
        machine // fd_write(1, 0, 1, 64); proc_exit(263)
          .newCode(layout)
          .enter(24)
          .saveBase()
          .constant("a0", 1)
          .constant("a1", 0)
          .constant("a2", 1)
          .constant("a3", 64)
          .callImport(0)
          .loadBase()
          .constant("a0", 263)
          .callImport(1)
          .stop()
          .blob(),
      ];
      const path = file("hello.cwasm", assemble(machine, m, write));
      expect(run(path)).toEqual({ status: 7, out: "hello\n", err: "" });
      expect(run("--stack", "64M", path).status).toBe(7);
      expect(run("--stack", "64K", path).status).toBe(7);
    });

    it("explains wrong usage with exit code 2, unusable files with 1", () => {
      const path = file("plain.cwasm", plainBytes);
      const cases: [number, RegExp, string[]][] = [
        [2, /which file\?/, []],
        [2, /unknown option --what/, ["--what"]],
        [2, /--dir needs a value/, ["--dir"]],
        [2, /--env needs NAME=VALUE/, ["--env", "x", path]],
        [2, /--stack needs a size/, ["--stack", "1G", path]],
        [2, /no such file/, [join(dir, "none.cwasm")]],
        [2, /directory ".*nowhere" cannot be opened/, ["--dir", join(dir, "nowhere"), path]],
        [2, /exports no function "nothing"/, ["--invoke", "nothing", path]],
        [2, /add takes 2 arguments, not 1/, ["--invoke", "add", path, "1"]],
        [2, /argument 2, "1x", is not/, ["--invoke", "add", path, "1", "1x"]],
        [1, /not a file/, [dir]],
        [1, /not an ingot artifact/, [file("empty", new Uint8Array())]],
        [1, /unknown import: "env" "h"/, [file("kit.cwasm", bytes)]],
      ];
      for (const [status, message, args] of cases) {
        const { status: code, err } = run(...args);
        expect(err).toMatch(message);
        expect(err.startsWith("ingot: ")).toBe(true);
        expect(code).toBe(status);
      }
      expect(run("--check-only", path)).toEqual({ status: 0, out: "", err: "" });
      expect(run("--check-only", file("cut", plainBytes.subarray(0, 5000))).status).toBe(1);
    });
  });
});
