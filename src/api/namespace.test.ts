// The shape of a namespace: names, lengths and attributes of properties, tags, brand checks,
// derived classes; and the operations of the namespace itself.

import { describe, expect, it } from "vitest";
import { ENGINES, host, newBench, thrown } from "../../tools/engines.ts";
import type { Namespace } from "./types.ts";

const EMPTY = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const BROKEN = Uint8Array.of(0, 97, 115, 109, 2, 0, 0, 0);

const INTERFACES = [
  ...(["Module", "Instance", "Memory", "Table", "Global", "Tag", "Exception"] as const),
  "Suspending",
] as const;
const ERRORS = ["CompileError", "LinkError", "RuntimeError"] as const;

// Operations and attributes: name, and parameters that must be given; "get" or "set" as well.
const MEMBERS: Readonly<Record<string, Readonly<Record<string, number | "get" | "get set">>>> = {
  Module: {},
  Instance: { exports: "get" },
  Memory: { grow: 1, buffer: "get" },
  Table: { grow: 1, get: 1, set: 1, length: "get" },
  Global: { valueOf: 0, value: "get set" },
  Tag: {},
  Exception: { is: 1, getArg: 2, stack: "get" },
  Suspending: {},
};
const STATICS = { imports: 1, exports: 1, customSections: 2 };
const OPERATIONS = {
  validate: 1,
  compile: 1,
  instantiate: 1,
  compileStreaming: 1,
  instantiateStreaming: 1,
  promising: 1,
};

type Callable = (...args: unknown[]) => unknown;
type Class = (new (...args: unknown[]) => object) & { readonly prototype: object };
const classOf = (wasm: Namespace, name: string): Class =>
  wasm[name as keyof Namespace] as unknown as Class;

const describeProperty = (o: object, name: PropertyKey): PropertyDescriptor =>
  Object.getOwnPropertyDescriptor(o, name)!;

function expectFunction(value: unknown, name: string, length: number): void {
  expect(typeof value).toBe("function");
  const hidden = { writable: false, enumerable: false, configurable: true };
  expect(describeProperty(value as object, "name")).toEqual({ value: name, ...hidden });
  expect(describeProperty(value as object, "length")).toEqual({ value: length, ...hidden });
  expect(Object.getPrototypeOf(value)).toBe(Function.prototype);
}

function expectOperation(o: object, name: string, length: number): void {
  const { value, ...attributes } = describeProperty(o, name);
  expect(attributes).toEqual({ writable: true, enumerable: true, configurable: true });
  expectFunction(value, name, length);
  expect(Object.hasOwn(value as object, "prototype")).toBe(false);
  expect(() => new (value as Class)()).toThrow(TypeError);
}

function expectAttribute(o: object, name: string, isWritable: boolean): void {
  const { get, set, ...attributes } = describeProperty(o, name);
  expect(attributes).toEqual({ enumerable: true, configurable: true });
  expectFunction(get, `get ${name}`, 0);
  if (isWritable) expectFunction(set, `set ${name}`, 1);
  else expect(set).toBeUndefined();
}

const NOBODY = [undefined, null, true, "", Symbol("s"), 1, 1n, {}, () => 0];

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm } = newBench(newProvider());

  describe(`namespace over the ${engine}`, () => {
    it("is an ordinary object with a tag", () => {
      expect(Object.getPrototypeOf(wasm)).toBe(Object.prototype);
      expect(Object.prototype.toString.call(wasm)).toBe("[object WebAssembly]");
      expect(describeProperty(wasm, Symbol.toStringTag)).toEqual({
        value: "WebAssembly",
        writable: false,
        enumerable: false,
        configurable: true,
      });
      expect(Object.keys(wasm)).toEqual(expect.arrayContaining(Object.keys(OPERATIONS)));
      expect(Object.keys(wasm)).toHaveLength(Object.keys(OPERATIONS).length);
    });

    it("has the host's error classes", () => {
      for (const name of ERRORS) {
        expect(wasm[name]).toBe(host.WebAssembly[name]);
        expect(describeProperty(wasm, name)).toMatchObject({ enumerable: false, writable: true });
      }
    });

    it("lets nothing be constructed that is no class", () => {
      for (const [name, length] of Object.entries(OPERATIONS)) expectOperation(wasm, name, length);
    });

    it("does not mind what its operations are called on", async () => {
      for (const self of NOBODY) {
        expect((wasm.validate as Callable).call(self, EMPTY)).toBe(true);
        expect(await (wasm.compile as Callable).call(self, EMPTY)).toBeInstanceOf(wasm.Module);
      }
    });
  });

  describe.each(INTERFACES)(`%s over the ${engine}`, (name) => {
    const made = classOf(wasm, name);
    it("is a class as WebIDL has it", () => {
      const { value, ...attributes } = describeProperty(wasm, name);
      expect(value).toBe(made);
      expect(attributes).toEqual({ writable: true, enumerable: false, configurable: true });
      expectFunction(made, name, name === "Exception" ? 2 : 1);
      const fixed = { writable: false, enumerable: false, configurable: false };
      expect(describeProperty(made, "prototype")).toEqual({ value: made.prototype, ...fixed });
      const hidden = { writable: true, enumerable: false, configurable: true };
      expect(describeProperty(made.prototype, "constructor")).toEqual({ value: made, ...hidden });
      expect(describeProperty(made.prototype, Symbol.toStringTag)).toEqual({
        value: `WebAssembly.${name}`,
        writable: false,
        enumerable: false,
        configurable: true,
      });
      expect(() => (made as unknown as Callable)()).toThrow(TypeError);
      expect(() => new made()).toThrow(TypeError);
    });

    it("has its members and no others", () => {
      const own = Object.getOwnPropertyNames(made.prototype).filter((n) => n !== "constructor");
      expect(own.sort()).toEqual(Object.keys(MEMBERS[name]!).sort());
      for (const [member, what] of Object.entries(MEMBERS[name]!)) {
        if (typeof what === "number") expectOperation(made.prototype, member, what);
        else expectAttribute(made.prototype, member, what === "get set");
      }
      const statics = name === "Module" ? STATICS : {};
      const known = ["length", "name", "prototype", ...Object.keys(statics)];
      expect(Object.getOwnPropertyNames(made).sort()).toEqual(known.sort());
      expect(Object.getOwnPropertySymbols(made)).toEqual([]);
      for (const [member, length] of Object.entries(statics)) {
        expectOperation(made, member, length as number);
      }
    });

    it("checks what its members are called on", () => {
      const members = Object.getOwnPropertyDescriptors(made.prototype);
      const strangers = [...NOBODY, made, made.prototype, Object.create(made.prototype)];
      for (const [member, { value, get, set }] of Object.entries(members)) {
        if (member === "constructor") continue;
        for (const self of strangers) {
          for (const f of [value, get, set] as (Callable | undefined)[]) {
            if (f !== undefined) expect(() => f.call(self, 0, 0)).toThrow(TypeError);
          }
        }
      }
    });
  });

  describe(`derived classes over the ${engine}`, () => {
    it("give objects of their own class", () => {
      class M extends wasm.Memory {
        twice(): number {
          return 2 * this.buffer.byteLength;
        }
      }
      const memory = new M({ initial: 1 });
      expect(memory.twice()).toBe(131_072);
      expect(memory).toBeInstanceOf(wasm.Memory);
      class G extends wasm.Global {}
      expect(new G({ value: "i32" }, 7).value).toBe(7);
      class T extends wasm.Table {}
      expect(new T({ element: "anyfunc", initial: 3 }).length).toBe(3);
      class Mod extends wasm.Module {}
      const module = new Mod(EMPTY);
      expect(module).toBeInstanceOf(Mod);
      class I extends wasm.Instance {}
      const instance = new I(module);
      expect(instance).toBeInstanceOf(I);
      expect(Object.keys(instance.exports)).toEqual([]);
    });
  });

  describe(`validate over the ${engine}`, () => {
    it("tells valid modules from all else", () => {
      expect(wasm.validate(EMPTY)).toBe(true);
      expect(wasm.validate(EMPTY.buffer)).toBe(true);
      expect(wasm.validate(new DataView(EMPTY.buffer))).toBe(true);
      expect(wasm.validate(BROKEN)).toBe(false);
      expect(wasm.validate(new Uint8Array(0))).toBe(false);
      const shared = new Uint8Array(new SharedArrayBuffer(8));
      expect(wasm.validate(shared)).toBe(false);
      shared.set(EMPTY);
      expect(wasm.validate(shared)).toBe(true);
    });

    it("reads no further than a view", () => {
      const padded = Uint8Array.of(9, 9, ...EMPTY, 9);
      expect(wasm.validate(padded.subarray(2, 10))).toBe(true);
      expect(wasm.validate(padded.subarray(2))).toBe(false);
      expect(wasm.validate(new Uint16Array(padded.slice(2, 10).buffer))).toBe(true);
    });

    it("wants bytes", () => {
      for (const value of [...NOBODY, [...EMPTY], wasm.Module]) {
        const error = thrown(() => wasm.validate(value as never));
        expect(error).toBeInstanceOf(TypeError);
        expect(error.message).toBe("WebAssembly.validate(): Argument 0 must be a buffer source");
      }
    });

    it("takes detached bytes for none", () => {
      const bytes = EMPTY.slice();
      const view = new DataView(bytes.buffer);
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      expect(wasm.validate(bytes)).toBe(false);
      expect(wasm.validate(view)).toBe(false);
      expect(wasm.validate(bytes.buffer)).toBe(false);
    });
  });

  describe(`compile over the ${engine}`, () => {
    it("answers a promise of a module", async () => {
      const promise = wasm.compile(EMPTY);
      expect(Object.getPrototypeOf(promise)).toBe(Promise.prototype);
      const module = await promise;
      expect(Object.getPrototypeOf(module)).toBe(wasm.Module.prototype);
    });

    it("rejects, and never throws", async () => {
      for (const value of [...NOBODY, [...EMPTY], wasm.Module.prototype]) {
        await expect(wasm.compile(value as never)).rejects.toThrow(TypeError);
      }
      await expect((wasm.compile as Callable)()).rejects.toThrow(
        "WebAssembly.compile(): Argument 0 must be a buffer source",
      );
      await expect(wasm.compile(new Uint8Array(0))).rejects.toThrow(
        new wasm.CompileError("WebAssembly.compile(): BufferSource argument is empty"),
      );
      await expect(wasm.compile(BROKEN)).rejects.toThrow(
        /^WebAssembly\.compile\(\): unknown binary version @\+4$/,
      );
    });

    it("looks at the bytes as they were", async () => {
      const bytes = EMPTY.slice();
      const promise = wasm.compile(bytes);
      bytes.fill(0);
      expect(await promise).toBeInstanceOf(wasm.Module);
    });
  });
}
