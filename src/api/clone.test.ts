// What the host sees of the objects of a namespace when it is to clone, post, print or tag them:
// the same as of its own.

import { inspect } from "node:util";
import { serialize } from "node:v8";
import { MessageChannel } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { ENGINES, host, newBench, thrown } from "../../tools/engines.ts";
import type { Exports, Imports, Namespace } from "./types.ts";

const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** One object of each interface. */
function objectsOf(w: Namespace): Readonly<Record<string, object>> {
  const module = new w.Module(EMPTY);
  const tag = new w.Tag({ parameters: ["i32"] });
  class Derived extends w.Memory {}
  return {
    Memory: new w.Memory({ initial: 1 }),
    Table: new w.Table({ initial: 1, element: "anyfunc" }),
    Global: new w.Global({ value: "i32", mutable: true }, 1),
    Instance: new w.Instance<Exports>(module, {} as Imports),
    Tag: tag,
    Exception: new w.Exception(tag, [1]),
    Derived: new Derived({ initial: 1 }),
  };
}

describe.each(ENGINES)("objects of the $name engine", ({ newProvider }) => {
  const { wasm, run } = newBench(newProvider());
  const ours = objectsOf(wasm);
  const theirs = objectsOf(host.WebAssembly);
  const { port1, port2 } = new MessageChannel();
  const ways: Readonly<Record<string, (value: unknown) => unknown>> = {
    structuredClone: (value) => structuredClone(value),
    postMessage: (value) => port1.postMessage({ value }),
    serialize: (value) => serialize(value),
  };
  port1.close();
  port2.close();

  it.each(Object.keys(ours))("%s can neither be cloned nor posted", (name) => {
    for (const [way, send] of Object.entries(ways)) {
      const error = thrown(() => send(ours[name]));
      const other = thrown(() => send(theirs[name]));
      expect(`${error.name}: ${error.message}`, way).toBe(`${other.name}: ${other.message}`);
      expect(error.constructor).toBe(other.constructor);
      expect(error.message).toBe(`#<${name}> could not be cloned.`);
    }
  });

  it.each(Object.keys(ours))("%s looks like the host's", (name) => {
    const [a, b] = [ours[name]!, theirs[name]!];
    expect(inspect(a)).toBe(inspect(b));
    expect(Object.prototype.toString.call(a)).toBe(Object.prototype.toString.call(b));
    expect(Reflect.ownKeys(a)).toEqual(Reflect.ownKeys(b));
    expect(Object.isExtensible(a)).toBe(true);
  });

  it("what a guest exports is no different", () => {
    const exports = run<Record<string, object>>(
      `(module (memory (export "Memory") 1) (table (export "Table") 1 funcref)
        (global (export "Global") i32 (i32.const 1)))`,
    );
    for (const [name, value] of Object.entries(exports)) {
      expect(thrown(() => structuredClone(value)).message).toBe(`#<${name}> could not be cloned.`);
      expect(inspect(value)).toBe(inspect(theirs[name]));
    }
  });

  it("a module that cannot travel is not cloned to nothing", () => {
    const { Module } = wasm;
    expect(thrown(() => structuredClone(new Module(EMPTY))).message).toBe(
      "#<Module> could not be cloned.",
    );
  });

  it.each(
    Object.keys(theirs)
      .filter((name) => name !== "Derived")
      .concat("Module"),
  )("%s as a constructor is like the host's", (name) => {
    const key = name as "Memory";
    const [a, b] = [wasm[key] as unknown as () => void, host.WebAssembly[key] as never];
    expect(Object.getPrototypeOf(a)).toBe(Function.prototype);
    expect(Object.getPrototypeOf(a.prototype)).toBe(Object.prototype);
    expect(a.prototype.constructor).toBe(a);
    expect(a.name).toBe(name);
    for (const property of ["prototype", "name", "length"]) {
      const { value: _a, ...ours } = Object.getOwnPropertyDescriptor(a, property)!;
      const { value: _b, ...theirs } = Object.getOwnPropertyDescriptor(b, property)!;
      expect(ours, property).toEqual(theirs);
    }
    const error = thrown(a);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(thrown(b).message);
  });
});
