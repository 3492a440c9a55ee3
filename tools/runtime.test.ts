// The C runtime by itself, on artifacts with hand-written machine code: calls in both directions,
// traps and their traces, guard pages, stack exhaustion.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PAGE, REPLY, REQUEST, TRAP } from "../src/abi.ts";
import type { Value } from "../src/engine/store.ts";
import type { Layout } from "../src/wasm/layout.ts";
import { EXTERNREF, F32, F64, I32, I64, V128, newFuncType } from "../src/wasm/types.ts";
import { assemble, newModule } from "./handmade.ts";
import {
  everywhere,
  hostReturn,
  i32,
  kitBytes,
  linkKit,
  newFunc,
  request,
  result,
  trap,
} from "./runtime-kit.ts";
import { Session } from "./session.ts";

everywhere(({ machine, command }) => {
  let session: Session;
  const bytes = kitBytes(machine);
  beforeEach(() => {
    session = new Session(command);
  });
  afterEach(() => session.end());

  describe("calls", () => {
    it("returns the result of a function", async () => {
      const k = await linkKit(session, bytes);
      expect(await result(k.call("add", 2, 3))).toBe(5);
      expect(await result(k.call("add", -1, -1))).toBe(-2);
    });

    it("refuses arguments of other types and handles that are none", async () => {
      const k = await linkKit(session, bytes);
      expect((await session.invoke(k.id("add"), [i32(1)])).message).toBe(REPLY.error);
      const wrong = [i32(1), { type: I64, lo: 1, hi: 0 }];
      expect((await session.invoke(k.id("add"), wrong)).message).toBe(REPLY.error);
      for (const handle of [0, 1, 8, 4096, k.id("add") + 8, k.id("memory"), 2 ** 46]) {
        expect((await session.invoke(handle, [])).message).toBe(REPLY.error);
      }
      expect(await result(k.call("add", 2, 3))).toBe(5);
    });

    it("calls the host and goes on", async () => {
      const k = await linkKit(session, bytes);
      session.onHost = (_, args) => hostReturn(i32(args[0]!.lo * 2));
      expect(await result(k.call("callHost", 20))).toBe(41);
      expect(await result(k.call("h", 20))).toBe(40);
    });

    it("lets the host call the guest meanwhile, to any depth", async () => {
      const k = await linkKit(session, bytes);
      session.onHost = async (_, [n]) => {
        if (n!.lo === 0) return hostReturn(i32(0));
        const inner = await result(k.call("callHost", n!.lo - 1));
        return hostReturn(i32(await result(k.call("add", inner, 1))));
      };
      expect(await result(k.call("callHost", 50))).toBe(101);
    });

    it("ends endless recursion through the host with a trap", async () => {
      const k = await linkKit(session, bytes);
      let code = -1;
      session.onHost = async () => {
        const reply = await session.invoke(k.id("callHost"), [i32(0)]);
        if (reply.message === REPLY.trap) code = reply.read.u32();
        return request(REQUEST.hostTrap).text("enough");
      };
      expect((await k.call("callHost", 1)).message).toBe(REPLY.hostError);
      expect(code).toBe(TRAP.stack);
      expect(await result(k.call("add", 2, 3))).toBe(5);
    });

    it("goes on after a trap in a nested call", async () => {
      const k = await linkKit(session, bytes);
      session.onHost = async () => {
        const { code, frames } = await trap(k.call("outer"));
        expect(code).toBe(TRAP.unreachable);
        expect(frames.map((f) => f.func)).toEqual([4, 5, 2]);
        return hostReturn(i32(6));
      };
      expect(await result(k.call("callHost", 1))).toBe(7);
    });

    it("unwinds the guest when the host fails", async () => {
      const k = await linkKit(session, bytes);
      session.onHost = () => Promise.resolve(request(REQUEST.hostTrap).text("not today"));
      const { message, read } = await k.call("callHost", 1);
      expect(message).toBe(REPLY.hostError);
      expect(read.text()).toBe("not today");
      session.onHost = () => hostReturn();
      expect((await k.call("callHost", 1)).message).toBe(REPLY.hostError);
      expect(await result(k.call("add", 2, 3))).toBe(5);
    });

    it("passes many values of all types both ways", async () => {
      const all = [I64, F64, I32, F32, V128, EXTERNREF];
      const list = Array.from({ length: 60 }, (_, k) => all[k % all.length]!);
      const type = newFuncType(list, [...list].reverse());
      const value = (t: number, k: number): Value => {
        const wide = t !== I32 && t !== F32;
        const base = { type: t, lo: 1000 + k, hi: wide ? ~k : 0 };
        return t === V128 ? { ...base, w2: k * k, w3: ~k } : base;
      };
      const args = list.map(value);
      const func = await newFunc(session, type, 7);
      session.onHost = (number, given) => {
        expect(number).toBe(7);
        expect(given).toEqual(args);
        return hostReturn(...[...given].reverse());
      };
      const { message, read } = await session.invoke(func.id, args);
      expect(message).toBe(REPLY.ok);
      expect(read.values()).toEqual([...args].reverse());
    });

    it("puts stack arguments and results where the convention says", async () => {
      const over = machine.ints + 2;
      const many = Array.from({ length: over }, () => I64);
      const m = newModule({
        types: [newFuncType(many, many), newFuncType([F32, F64, V128], [V128, F64, F32])],
        funcs: [0, 1],
        exports: [
          { name: "ints", kind: "func", index: 0, offset: 0 },
          { name: "floats", kind: "func", index: 1, offset: 0 },
        ],
      });
      const write = (layout: Layout) => [
        machine.newCode(layout).copyStack(0, 16).copyStack(1, 16).echo().ret(16).blob(),
        machine.newCode(layout).swapVectors().blob(),
      ];
      const exports = await session.link(assemble(machine, m, write), []);
      const ints = many.map((type, k) => ({ type, lo: k + 1, hi: ~k }));
      const reply = await session.invoke(exports.get("ints")!.id, ints);
      expect(reply.read.values()).toEqual(ints);
      const v = { type: V128, lo: 1, hi: 2, w2: 3, w3: 4 };
      const [f, d] = [
        { type: F32, lo: 0x7fa00001, hi: 0 },
        { type: F64, lo: 5, hi: 0x7ff00000 },
      ];
      const swapped = await session.invoke(exports.get("floats")!.id, [f, d, v]);
      expect(swapped.read.values()).toEqual([v, d, f]);
    });
  });

  describe("traps", () => {
    it("names the functions and places of an explicit trap", async () => {
      const k = await linkKit(session, bytes);
      const { code, frames } = await trap(k.call("outer"));
      expect(code).toBe(TRAP.unreachable);
      expect(frames).toEqual([
        { func: 4, source: 0x100, name: "" },
        { func: 5, source: 0x100, name: "outer" },
      ]);
      expect(await result(k.call("add", 2, 3))).toBe(5);
    });

    it("turns an access beyond the memory into a trap, up to its last byte", async () => {
      const k = await linkKit(session, bytes);
      expect(await result(k.call("load", 16))).toBe(0x6c6c6568);
      expect(await result(k.call("load", PAGE - 4))).toBe(0);
      for (const at of [PAGE - 3, PAGE, -4, -1]) {
        const { code, frames } = await trap(k.call("load", at));
        expect(code).toBe(TRAP.memory);
        expect(frames).toEqual([{ func: 3, source: 0x100, name: "load" }]);
      }
    });

    it("traps at a null function reference", async () => {
      const k = await linkKit(session, bytes);
      session.onHost = (_, args) => hostReturn(args[0]!);
      expect(await result(k.call("through", 0, 7))).toBe(8);
      expect(await result(k.call("through", 1, 16))).toBe(0x6c6c6568);
      expect(await result(k.call("through", 2, 7))).toBe(7);
      const { code, frames } = await trap(k.call("through", 3, 7));
      expect(code).toBe(TRAP.null);
      expect(frames.map((f) => f.name)).toEqual(["through"]);
    });

    it("traps inside library calls, at the caller's place", async () => {
      const k = await linkKit(session, bytes);
      expect((await k.call("fill", 100, 0x41, 4)).message).toBe(REPLY.ok);
      expect(await result(k.call("load", 100))).toBe(0x41414141);
      const { code, frames } = await trap(k.call("fill", PAGE - 1, 0, 2));
      expect(code).toBe(TRAP.memory);
      expect(frames).toEqual([{ func: 9, source: 0x100, name: "fill" }]);
    });

    it("ends at every kind of stack exhaustion, again and again", async () => {
      const k = await linkKit(session, bytes);
      for (let round = 0; round < 3; round++) {
        for (const name of ["recurse", "deep"]) {
          const { code, frames } = await trap(k.call(name));
          expect(code).toBe(TRAP.stack);
          expect(new Set(frames.map((f) => f.name))).toEqual(new Set([name]));
          // Where the call itself does not touch the stack, the next function finds out.
          const deep = machine.target === "amd64" ? 5 : 6;
          expect(frames.length).toBe(name === "recurse" ? 64 : deep);
        }
      }
      const { code, frames } = await trap(k.call("huge"));
      expect(code).toBe(TRAP.stack);
      expect(frames.map((f) => f.name)).toEqual(["huge"]);
    });

    it("finds its way back from a fault at any word of the stack", async () => {
      const frames = [0x10, 0x20, 0x30, 0x40, 0x60, 0xf0, 0x150];
      const m = newModule({
        types: [newFuncType([], [])],
        funcs: frames.map(() => 0),
        exports: frames.map((_, index) => ({ name: `f${index}`, kind: "func", index, offset: 0 })),
      });
      const write = (layout: Layout) =>
        frames.map((n, k) => machine.newCode(layout).enter(n, 3).pass(0x20).call(k, 0x20).blob());
      const exports = await session.link(assemble(machine, m, write), []);
      for (let k = 0; k < frames.length; k++) {
        const found = await trap(session.invoke(exports.get(`f${k}`)!.id, []));
        expect(found.code).toBe(TRAP.stack);
        expect(found.frames.length).toBe(64);
      }
    });

    it("finds its way back when a library call runs out of stack", async () => {
      const frames = [0x10, 0x30, 0x50, 0x70, 0x90, 0x1f0];
      const m = newModule({
        types: [newFuncType([], [])],
        funcs: frames.map(() => 0),
        memories: [{ limits: { min: 1, max: 2, shared: false } }],
        exports: frames.map((_, index) => ({ name: `f${index}`, kind: "func", index, offset: 0 })),
      });
      const write = (layout: Layout) =>
        frames.map((n, k) =>
          machine // memory_grow(0, 0)
            .newCode(layout)
            .enter(n, 1)
            .constant("a1", 0)
            .constant("a2", 0)
            .library(0)
            .call(k)
            .blob(),
        );
      const exports = await session.link(assemble(machine, m, write), []);
      for (let k = 0; k < frames.length; k++) {
        const found = await trap(session.invoke(exports.get(`f${k}`)!.id, []));
        expect(found.code).toBe(TRAP.stack);
        expect(found.frames.length).toBe(64);
        expect(found.frames.every((f) => f.func === k)).toBe(true);
      }
    });
  });
});
