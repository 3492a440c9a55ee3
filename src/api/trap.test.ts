// What traps say: the same modules on every engine and on the WebAssembly of this process, whose
// words programs know and look for.

import { describe, expect, it } from "vitest";
import { ENGINES, host, newBench, thrown } from "../../tools/engines.ts";
import type { Namespace } from "./types.ts";

const FUNCS = `
  (type $t (func)) (type $i (func (result i32)))
  (memory 1 2) (data $d "abc") (data $dropped "x")
  (table $t 2 funcref) (elem $e func $fine $fine) (elem (table $t) (i32.const 1) func $fine)
  (table $x 2 externref)
  (func $fine (result i32) (i32.const 1))
  (func (export "unreachable") unreachable)
  (func (export "i32.div_s") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "i32.div_u") (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
  (func (export "i32.rem_s") (param i32 i32) (result i32) (i32.rem_s (local.get 0) (local.get 1)))
  (func (export "i32.rem_u") (param i32 i32) (result i32) (i32.rem_u (local.get 0) (local.get 1)))
  (func (export "i64.div_s") (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
  (func (export "i64.div_u") (param i64 i64) (result i64) (i64.div_u (local.get 0) (local.get 1)))
  (func (export "i64.rem_s") (param i64 i64) (result i64) (i64.rem_s (local.get 0) (local.get 1)))
  (func (export "i64.rem_u") (param i64 i64) (result i64) (i64.rem_u (local.get 0) (local.get 1)))
  (func (export "by zero") (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 0)))
  (func (export "rest by zero") (param i64) (result i64) (i64.rem_u (local.get 0) (i64.const 0)))
  (func (export "constant") (result i32) (i32.rem_s (i32.const 7) (i32.const 0)))
  (func (export "least") (result i64) (i64.div_s (i64.const 0x8000000000000000) (i64.const -1)))
  (func (export "i32.trunc_f32_s") (param f32) (result i32) (i32.trunc_f32_s (local.get 0)))
  (func (export "i32.trunc_f32_u") (param f32) (result i32) (i32.trunc_f32_u (local.get 0)))
  (func (export "i32.trunc_f64_s") (param f64) (result i32) (i32.trunc_f64_s (local.get 0)))
  (func (export "i32.trunc_f64_u") (param f64) (result i32) (i32.trunc_f64_u (local.get 0)))
  (func (export "i64.trunc_f32_s") (param f32) (result i64) (i64.trunc_f32_s (local.get 0)))
  (func (export "i64.trunc_f32_u") (param f32) (result i64) (i64.trunc_f32_u (local.get 0)))
  (func (export "i64.trunc_f64_s") (param f64) (result i64) (i64.trunc_f64_s (local.get 0)))
  (func (export "i64.trunc_f64_u") (param f64) (result i64) (i64.trunc_f64_u (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "load64") (param i32) (result i64) (i64.load offset=65536 (local.get 0)))
  (func (export "store") (param i32) (i32.store8 (local.get 0) (i32.const 1)))
  (func (export "memory.fill") (param i32 i32)
    (memory.fill (local.get 0) (i32.const 0) (local.get 1)))
  (func (export "memory.copy") (param i32 i32 i32)
    (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "memory.init") (param i32 i32 i32)
    (memory.init $d (local.get 0) (local.get 1) (local.get 2)))
  (func (export "dropped") (data.drop $dropped)
    (memory.init $dropped (i32.const 0) (i32.const 0) (i32.const 1)))
  (func (export "table.get") (param i32) (drop (table.get $t (local.get 0))))
  (func (export "table.set") (param i32) (table.set $t (local.get 0) (ref.null func)))
  (func (export "extern.get") (param i32) (drop (table.get $x (local.get 0))))
  (func (export "table.fill") (param i32 i32)
    (table.fill $t (local.get 0) (ref.null func) (local.get 1)))
  (func (export "table.copy") (param i32 i32 i32)
    (table.copy $t $t (local.get 0) (local.get 1) (local.get 2)))
  (func (export "table.init") (param i32 i32 i32)
    (table.init $t $e (local.get 0) (local.get 1) (local.get 2)))
  (func (export "elem.drop") (elem.drop $e)
    (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1)))
  (func (export "call") (param i32) (call_indirect $t (type $t) (local.get 0)))
  (func $deep (export "deep") (param i32) (result i32)
    (i32.add (i32.const 1) (call $deep (local.get 0))))`;

const LEAST = -(2 ** 31);
const WIDE = -(2n ** 63n);
// prettier-ignore
const CALLS: readonly (readonly [string, ...unknown[]])[] = [
  ["unreachable"],
  ["i32.div_s", 1, 0], ["i32.div_u", 1, 0], ["i32.rem_s", 1, 0], ["i32.rem_u", 1, 0],
  ["i64.div_s", 1n, 0n], ["i64.div_u", 1n, 0n], ["i64.rem_s", 1n, 0n], ["i64.rem_u", 1n, 0n],
  ["i64.div_s", WIDE, 0n], ["i64.rem_s", WIDE, 0n], ["i32.div_s", LEAST, -1],
  ["i64.div_s", WIDE, -1n], ["by zero", 1], ["rest by zero", 1n], ["constant"], ["least"],
  ["i32.trunc_f32_s", NaN], ["i32.trunc_f32_u", NaN], ["i32.trunc_f64_s", NaN],
  ["i32.trunc_f64_u", NaN], ["i64.trunc_f32_s", NaN], ["i64.trunc_f32_u", NaN],
  ["i64.trunc_f64_s", NaN], ["i64.trunc_f64_u", NaN],
  ["i32.trunc_f32_s", 1e30], ["i32.trunc_f32_u", -1], ["i32.trunc_f64_s", -1e30],
  ["i32.trunc_f64_u", 1e30], ["i64.trunc_f32_s", 1e30], ["i64.trunc_f32_u", -1],
  ["i64.trunc_f64_s", -1e30], ["i64.trunc_f64_u", 1e30],
  ["load", 65533], ["load", -1], ["load64", 0], ["store", 65536],
  ["memory.fill", 65536, 1], ["memory.copy", 65535, 0, 2], ["memory.copy", 0, 65535, 2],
  ["memory.init", 65535, 0, 2], ["memory.init", 0, 2, 2], ["dropped"],
  ["table.get", 2], ["table.get", -1], ["table.set", 2], ["extern.get", 2],
  ["table.fill", 2, 1], ["table.copy", 1, 0, 2], ["table.copy", 0, 1, 2],
  ["table.init", 1, 0, 2], ["table.init", 0, 1, 2], ["elem.drop"],
  ["call", 0], ["call", 1], ["call", 2], ["call", -1],
  ["deep", 0],
];

// prettier-ignore
const STARTS = [
  '(module (memory 1) (data (i32.const 65536) "a"))',
  '(module (memory 1) (data (i32.const 0) "a") (data (i32.const 65534) "abc"))',
  "(module (table 1 funcref) (func $f) (elem (i32.const 1) $f))",
  "(module (table 1 funcref) (func $f) (elem (i32.const 0) $f) (elem (i32.const 0) $f $f))",
  "(module (func $f unreachable) (start $f))",
  "(module (func $f (drop (i32.rem_u (i32.const 1) (i32.const 0)))) (start $f))",
];

// Newer versions say more of a segment, and less of what is wrong with a callee.
const told = ({ name, message }: Error): string =>
  `${name}: ${message}`
    .replace(/segment \d+ is out of bounds \(.*\)/, "segment is out of bounds")
    .replace(/: function signature mismatch/, ": null function or function signature mismatch");

type Callable = (...args: readonly unknown[]) => unknown;

function endsOf(wasm: Namespace, bytes: Uint8Array): string[] {
  const { exports } = new wasm.Instance(new wasm.Module(bytes));
  return CALLS.map(([name, ...args]) => {
    const error = thrown(() => (exports[name] as Callable)(...args));
    const isTrap = name !== "deep";
    expect(error).toBeInstanceOf(isTrap ? host.WebAssembly.RuntimeError : RangeError);
    return `${name}(${args.join(", ")}): ${told(error)}`;
  });
}

describe.each(ENGINES)("traps on the $name engine", ({ newProvider }) => {
  const { wasm, bytes } = newBench(newProvider());

  it("have V8's words", () => {
    const module = bytes(`(module ${FUNCS})`);
    expect(endsOf(wasm, module)).toEqual(endsOf(host.WebAssembly, module));
  });

  it.each(STARTS)("have V8's words when %s starts", (wat) => {
    const start = (w: Namespace): Error => thrown(() => new w.Instance(new w.Module(bytes(wat))));
    const ours = start(wasm);
    expect(ours).toBeInstanceOf(host.WebAssembly.RuntimeError);
    expect(told(ours)).toBe(told(start(host.WebAssembly)));
  });
});
