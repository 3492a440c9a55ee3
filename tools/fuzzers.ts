// The fuzzers: each makes an input from a seed and holds it against an oracle. In: a seed. Out:
// nothing, or an exception that says what is wrong. An input is text or bytes, so that one that
// failed can be kept as a file and checked again without the generator.
//
//   allocator   random LIR: the allocation is proved, and run beside the vregs
//   ir          random SSA: verifier, text form and outcome after every pass
//   module      random modules through the whole compiler, everything verified on the way
//   binary      mangled bytes of modules: an error, or a run that both engines agree on
//   text        the same for mangled texts

import { Allocator } from "../backend/alloc/alloc.ts";
import { checkAllocation } from "../backend/alloc/checker.ts";
import { runsAlike } from "../backend/alloc/execute.ts";
import { generateLir, testRegisters } from "../backend/alloc/generate.ts";
import { printLir } from "../backend/alloc/text.ts";
import { Lir } from "../backend/lir.ts";
import { Pipeline } from "../src/engine/pipeline.ts";
import { Random as Draw, drawWords } from "../src/ir/draw.ts";
import { Func } from "../src/ir/func.ts";
import { GeneratedWorld, Generator } from "../src/ir/generate.ts";
import { parseFunc } from "../src/ir/parse.ts";
import { printFunc } from "../src/ir/print.ts";
import { run } from "../src/ir/run.ts";
import { V128 } from "../src/ir/types.ts";
import type { Type } from "../src/ir/types.ts";
import { Verify } from "../src/ir/verify.ts";
import { Trap } from "../src/support/errors.ts";
import type { Bounds } from "../src/translate/env.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { flipBytes, mangle, mangleText, readSamples } from "./corpus.ts";
import { HOST } from "./ingot.ts";
import { Judge, open } from "./judge.ts";
import { mutate } from "./mutate.ts";
import { PASSES, passesFor, runPass } from "./passes.ts";
import { Random } from "./random.ts";
import { ModuleGenerator } from "./wasmgen.ts";

export interface Fuzzer {
  readonly name: string;
  /** Of files that hold its inputs. */
  readonly extension: string;
  /** Makes the input of a seed; equal seeds make equal inputs. */
  make(seed: number): Uint8Array;
  /**
   * Answers what became of the input, in a word; throws if something is wrong. `seed` chooses
   * between equally good ways of checking.
   */
  check(input: Uint8Array, seed: number): Promise<string>;
  close(): Promise<void>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const nothing = (): Promise<void> => Promise.resolve();
const boundsOf = (seed: number): Bounds => (seed % 2 === 0 ? "guard" : "explicit");

function fail(what: string): never {
  throw new Error(what);
}

// ---- allocator ---------------------------------------------------------------------------------

const registerFiles = [testRegisters(4, 4, 1), testRegisters(6, 5, 2), testRegisters(14, 15, 5)];

/** LIR has no text form that is read back: the input is the printed function, to be looked at. */
class AllocatorFuzzer implements Fuzzer {
  readonly name = "allocator";
  readonly extension = "lir";
  private readonly lir = new Lir();
  private readonly allocators = registerFiles.map((file) => new Allocator(file));
  readonly close = nothing;

  private generate(seed: number): number {
    const r = new Random(seed);
    const k = r.below(registerFiles.length);
    const shape = {
      size: r.oneIn(40) ? 400 + r.below(800) : 10 + r.below(120),
      coldLast: r.oneIn(4),
      reach: r.pick([5, 20, 50]),
      constrained: r.pick([5, 25, 60]),
    };
    generateLir(this.lir, seed, registerFiles[k]!, shape);
    return k;
  }

  make(seed: number): Uint8Array {
    const k = this.generate(seed);
    return encoder.encode(printLir(this.lir, registerFiles[k]!));
  }

  async check(_input: Uint8Array, seed: number): Promise<string> {
    const k = this.generate(seed);
    const { lir } = this;
    const alloc = this.allocators[k]!.run(lir);
    checkAllocation(lir, alloc, registerFiles[k]!);
    if (!runsAlike(lir, alloc, registerFiles[k]!, seed)) fail("the allocation runs differently");
    return "proved";
  }
}

// ---- IR ----------------------------------------------------------------------------------------

const verify = new Verify();

/** Results or trap, and a digest of all effects. */
function outcome(f: Func, seed: number, args: Int32Array): string {
  const world = new GeneratedWorld(seed);
  try {
    return `${run(f, args, world).join(" ")} | ${world.digest()}`;
  } catch (error) {
    if (!(error instanceof Trap)) throw error;
    return `${error.message} | ${world.digest()}`;
  }
}

/** Words of arguments (ir/types.ts wordCount). */
const argsOf = (types: readonly Type[], r: Draw): Int32Array =>
  Int32Array.from(types.flatMap((type) => drawWords(r, type)));

class IrFuzzer implements Fuzzer {
  readonly name = "ir";
  readonly extension = "ir";
  private readonly f = new Func();
  /** What `f` was made as: checking begins with it and not with what the parser makes of it. */
  private made: Uint8Array | undefined;
  readonly close = nothing;

  make(seed: number): Uint8Array {
    const r = new Random(seed);
    const size = r.pick([15, 40, 80, 200]);
    const without = { calls: !r.oneIn(5), floats: !r.oneIn(4) };
    new Generator(seed, { size, ...without, vectors: r.oneIn(2) }).run(this.f);
    this.made = encoder.encode(printFunc(this.f));
    return this.made;
  }

  async check(input: Uint8Array, seed: number): Promise<string> {
    const f = input === this.made ? this.f : parseFunc(decoder.decode(input));
    this.made = undefined;
    verify.run(f, "built");
    const r = new Draw(seed);
    const args = [argsOf(f.signature.params, r), argsOf(f.signature.params, r)];
    const before = args.map((a) => outcome(f, seed, a));
    const vectors = f.ty.subarray(0, f.count).includes(V128);
    for (const name of passesFor(vectors)) {
      runPass(name, f);
      const text = printFunc(f);
      const back = parseFunc(text);
      if (printFunc(back) !== text) fail(`the text after ${name} does not give itself back`);
      verify.run(back, PASSES[name]!.after);
      args.forEach((a, k) => {
        const now = outcome(f, seed, a);
        if (now !== before[k]) fail(`${name} changed "${before[k]}" to "${now}"`);
      });
    }
    return "unchanged";
  }
}

// ---- modules -----------------------------------------------------------------------------------

/** Compiles every function with all verifiers between the phases. */
export function compileChecked(bytes: Uint8Array, bounds: Bounds): void {
  const m = open(bytes);
  if (typeof m === "string") return fail(`the module is ${m}`);
  const p = new Pipeline(m, { target: HOST, features: defaultFeatures, bounds });
  const { registers } = p.target;
  m.bodies.forEach((_, k) => {
    p.compile(m.importedFuncs + k, (phase) => {
      if (phase === "build") verify.run(p.func, "built");
      if (phase === "tidy") verify.run(p.func, "tidied");
      if (phase === "place") verify.run(p.func, "placed");
      if (phase !== "allocate") return;
      checkAllocation(p.lir, p.allocation!, registers);
      if (!runsAlike(p.lir, p.allocation!, registers, k)) fail("the allocation runs differently");
    });
  });
}

class ModuleFuzzer implements Fuzzer {
  readonly name = "module";
  readonly extension = "module.wasm";
  readonly close = nothing;

  make(seed: number): Uint8Array {
    const bytes = new ModuleGenerator(seed >> 1).generate();
    return seed % 2 === 0 ? bytes : mutate(bytes, new Random(seed));
  }

  async check(input: Uint8Array, seed: number): Promise<string> {
    compileChecked(input, boundsOf(seed >> 2));
    return "compiled";
  }
}

// ---- damaged modules ---------------------------------------------------------------------------

const samples = readSamples();

class BinaryFuzzer implements Fuzzer {
  readonly name = "binary";
  readonly extension = "wasm";
  private readonly judge = new Judge("compare");

  make(seed: number): Uint8Array {
    const r = new Random(seed);
    const whole = r.oneIn(8) ? new ModuleGenerator(seed).generate() : r.pick(samples).bytes;
    if (r.oneIn(4)) return mangle(whole, r);
    const bytes = mutate(whole, r);
    if (!r.oneIn(4)) flipBytes(bytes, r);
    return bytes;
  }

  async check(input: Uint8Array, seed: number): Promise<string> {
    const verdict = await this.judge.binary(input, boundsOf(seed));
    const isCompiled = verdict !== "unsupported" && typeof open(input) !== "string";
    if (isCompiled) compileChecked(input, boundsOf(seed + 1));
    return verdict;
  }

  close(): Promise<void> {
    return this.judge.close();
  }
}

class TextFuzzer implements Fuzzer {
  readonly name = "text";
  readonly extension = "wat";
  private readonly judge = new Judge("compare");

  make(seed: number): Uint8Array {
    const r = new Random(seed);
    const { text } = r.pick(samples);
    return r.oneIn(10) ? mangle(text, r) : encoder.encode(mangleText(decoder.decode(text), r));
  }

  async check(input: Uint8Array, seed: number): Promise<string> {
    return this.judge.text(input, boundsOf(seed));
  }

  close(): Promise<void> {
    return this.judge.close();
  }
}

export const newFuzzers = (): readonly Fuzzer[] => [
  new AllocatorFuzzer(),
  new IrFuzzer(),
  new ModuleFuzzer(),
  new BinaryFuzzer(),
  new TextFuzzer(),
];
