// The pipeline with parts that can be exchanged, for bisect.ts: the same passes as
// src/engine/pipeline.ts, made function by function in a variant, and functions of different
// variants linked into one artifact.

import { Allocator } from "../backend/alloc/alloc.ts";
import { checkAllocation } from "../backend/alloc/checker.ts";
import { runsAlike } from "../backend/alloc/execute.ts";
import { Emitter } from "../backend/emit.ts";
import { Lir } from "../backend/lir.ts";
import type { Allocation, Registers } from "../backend/lir.ts";
import { Lowering } from "../backend/lower.ts";
import { targets } from "../backend/targets.ts";
import type { Target } from "../backend/target.ts";
import { verifyLir } from "../backend/verify.ts";
import { Cfg } from "../src/ir/cfg.ts";
import { Func } from "../src/ir/func.ts";
import { Verify } from "../src/ir/verify.ts";
import type { Blob } from "../src/object/blob.ts";
import { Place } from "../src/opt/place.ts";
import { Tidy } from "../src/opt/tidy.ts";
import { describe } from "../src/support/errors.ts";
import { Builder } from "../src/translate/build.ts";
import { newEnv } from "../src/translate/env.ts";
import type { Bounds, Env } from "../src/translate/env.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Module } from "../src/wasm/module.ts";
import { BodyWalker } from "../src/wasm/validate.ts";
import { assemble } from "./handmade.ts";
import { HOST } from "./ingot.ts";

/** What is done differently. */
export interface Variant {
  readonly name: string;
  readonly facts: boolean;
  /** Bounds checks by code, whatever the module has. */
  readonly explicit: boolean;
  readonly registers: (all: Registers) => Registers;
}

const same = (all: Registers): Registers => all;
const normal: Variant = { name: "", facts: true, explicit: false, registers: same };

/** The first is how the compiler does it. */
export const VARIANTS: readonly Variant[] = [
  normal,
  { ...normal, name: "address facts off", facts: false },
  { ...normal, name: "explicit bounds checks", explicit: true },
  {
    ...normal,
    name: "registers in another order",
    registers: (all) => ({ ...all, ints: all.ints.toReversed(), vecs: all.vecs.toReversed() }),
  },
  {
    ...normal,
    name: "few registers",
    registers: (all) => ({ ...all, ints: all.ints.slice(0, 8), vecs: all.vecs.slice(0, 8) }),
  },
];

const target: Target = targets[HOST]!;

export class Workshop {
  readonly func = new Func();
  readonly lir = new Lir();
  readonly registers: Registers;
  private readonly env: Env;
  private readonly cfg = new Cfg();
  private readonly walker: BodyWalker;
  private readonly builder: Builder;
  private readonly tidy = new Tidy();
  private readonly place = new Place();
  private readonly lowering = new Lowering(target);
  private readonly allocator: Allocator;
  private readonly emitter = new Emitter(target);
  private readonly explicitBounds: boolean;

  constructor(m: Module, bounds: Bounds, variant: Variant) {
    this.explicitBounds = variant.explicit || bounds === "explicit";
    this.env = newEnv(m, this.explicitBounds ? "explicit" : bounds, variant.facts);
    this.walker = new BodyWalker(m, defaultFeatures);
    this.builder = new Builder(this.env, this.func);
    this.registers = variant.registers(target.registers);
    this.allocator = new Allocator(this.registers);
  }

  /** Translates and lowers function `index`; `see` is told when a stage is complete. */
  lower(
    index: number,
    see: (stage: "built" | "tidied" | "placed") => void = () => undefined,
  ): void {
    const { func, cfg } = this;
    this.walker.walk(index, this.builder);
    see("built");
    this.tidy.run(func);
    see("tidied");
    cfg.compute(func);
    this.place.run(func, cfg);
    see("placed");
    const { explicitBounds } = this;
    const { distance } = this.env.layout;
    this.lowering.run(func, cfg, this.lir, { distance, cpu: 0, explicitBounds });
  }

  allocate(): Allocation {
    return this.allocator.run(this.lir);
  }

  compile(index: number): Blob {
    this.lower(index);
    const { distance } = this.env.layout;
    return this.emitter.run(this.lir, this.allocate(), { distance });
  }

  /** The artifact of a module whose functions are these. */
  static link(m: Module, bounds: Bounds, blobs: readonly Blob[]): Uint8Array {
    const cpu = blobs.reduce((bits, blob) => bits | blob.cpu, 0);
    return assemble({ target: target.name, link: target }, m, () => blobs, {
      cpu,
      explicitBounds: bounds === "explicit",
    });
  }
}

/** What the verifiers say about one function, a sentence each. */
export function complaintsOf(m: Module, bounds: Bounds, index: number): string[] {
  const shop = new Workshop(m, bounds, normal);
  const verify = new Verify();
  const complaints: string[] = [];
  const attempt = (what: string, check: () => void): void => {
    try {
      check();
    } catch (error) {
      complaints.push(`${what}: ${describe(error)}`);
    }
  };
  attempt("lowering", () =>
    shop.lower(index, (stage) => attempt(stage, () => verify.run(shop.func, stage))),
  );
  attempt("lir", () => verifyLir(shop.lir, target.insts, shop.registers));
  attempt("allocation", () => {
    const alloc = shop.allocate();
    checkAllocation(shop.lir, alloc, shop.registers);
    for (let path = 1; path < 50; path++) {
      if (runsAlike(shop.lir, alloc, shop.registers, path)) continue;
      throw new Error("it runs differently from its vregs");
    }
  });
  return complaints;
}
