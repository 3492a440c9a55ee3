// What it costs to cross between JavaScript and a guest, natively and in V8's own WebAssembly, in
// one run: `node dist/tools/boundary.js [ROUNDS]`. A loop of JavaScript calls an export; a loop of
// the guest calls an import. Both engines run the same modules, in turns, so that neither meets the
// machine in a better mood; a figure is the median of the rounds, in nanoseconds per call, the loop
// included. For comparison, a function of the addon that does nothing: what Node-API itself costs.

import { NativeEngine } from "../src/engine/addon.ts";
import { AREA_AT, openAddon } from "../src/engine/binding.ts";
import type { Callable } from "../src/engine/engine.ts";
import { parseWat } from "../src/text/wat.ts";
import { link } from "./addon-kit.ts";

const CALLS = 20_000;
const WARM = 20;
const rounds = Number(process.argv[2] ?? 201);

interface Row {
  readonly name: string;
  /** Value types, with a space between; of the result, or none. */
  readonly params: string;
  readonly result: string;
  readonly args: readonly unknown[];
  readonly host: Callable;
}

const sum: Callable = (a, b) => (a as number) + (b as number);
const first: Callable = (a) => a;

// prettier-ignore
const ROWS: readonly Row[] = [
  { name: "no values",  params: "",                result: "",    args: [],           host: first },
  { name: "two i32",    params: "i32 i32",         result: "i32", args: [3, 4],       host: sum },
  { name: "two f64",    params: "f64 f64",         result: "f64", args: [1.5, 2.5],   host: sum },
  { name: "two i64",    params: "i64 i64",         result: "i64", args: [3n, 4n],     host: first },
  { name: "four mixed", params: "i32 f64 i32 f32", result: "i32", args: [1, 2, 3, 4], host: first },
];

/** Exports `call`, which answers its first argument, and `loop`, which calls the import. */
function textOf({ params, result }: Row): string {
  const type = `(param ${params}) ${result === "" ? "" : `(result ${result})`}`;
  const list = params === "" ? [] : params.split(" ");
  const constants = list.map((t, k) => `(${t}.const ${k + 1})`).join(" ");
  return `(module (import "m" "a" (func $a ${type}))
    (func (export "call") ${type} ${result === "" ? "" : "(local.get 0)"})
    (func (export "loop") (param $n i32)
      (loop $l ${constants} (call $a) ${result === "" ? "" : "drop"}
        (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))`;
}

/** A loop as a program would write it. */
function loopOver(f: Callable, args: readonly unknown[]): () => void {
  const [a, b, c, d] = args;
  switch (args.length) {
    case 0:
      return () => {
        for (let k = 0; k < CALLS; k++) f();
      };
    case 2:
      return () => {
        for (let k = 0; k < CALLS; k++) f(a, b);
      };
    default:
      return () => {
        for (let k = 0; k < CALLS; k++) f(a, b, c, d);
      };
  }
}

interface V8 {
  readonly WebAssembly: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object, imports: object) => { exports: Record<string, Callable> };
  };
}

function inV8(row: Row): Record<string, Callable> {
  const { WebAssembly } = globalThis as never as V8;
  const module = new WebAssembly.Module(parseWat(textOf(row)));
  return new WebAssembly.Instance(module, { m: { a: row.host } }).exports;
}

/** A loop of CALLS calls, and how long it took in each round. */
class Timed {
  private readonly run: () => void;
  private readonly times: number[] = [];

  constructor(run: () => void) {
    this.run = run;
  }

  round(): void {
    const began = process.hrtime.bigint();
    this.run();
    this.times.push(Number(process.hrtime.bigint() - began) / CALLS);
  }

  median(): number {
    const sorted = this.times.slice(WARM).sort((a, b) => a - b);
    return sorted[sorted.length >> 1]!;
  }
}

const engine = new NativeEngine();
const { native, desk } = openAddon();
desk[AREA_AT] = 0;
const nothing = new Timed(loopOver(native.collect, []));
const table = ROWS.map((row) => {
  const own = link(engine, textOf(row), [row.host]);
  const theirs = inV8(row);
  const timed = [
    new Timed(loopOver(own.func("call").callable, row.args)),
    new Timed(loopOver(theirs["call"]!, row.args)),
    new Timed(() => own.call("loop", CALLS)),
    new Timed(() => theirs["loop"]!(CALLS)),
  ];
  return { name: row.name, timed };
});

for (let k = 0; k < WARM + rounds; k++) {
  nothing.round();
  for (const { timed } of table) for (const t of timed) t.round();
}

console.log(`${"ns per call".padEnd(14)}   export       V8   import       V8`);
for (const { name, timed } of table) {
  const cells = timed.map((t) => t.median().toFixed(1).padStart(9));
  console.log(name.padEnd(14) + cells.join(""));
}
console.log(`a call of Node-API that does nothing: ${nothing.median().toFixed(1)}`);
