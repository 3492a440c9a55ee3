// The passes, one function at a time: the pipeline of DESIGN as straight-line calls on one reused
// workspace. In: a module and the options that code depends on. Out: a Blob per function. Whoever
// wants to see a stage passes `observe`, which is called between the passes.

import { Allocator } from "../../backend/alloc/alloc.ts";
import { Emitter } from "../../backend/emit.ts";
import { Lir } from "../../backend/lir.ts";
import type { Allocation } from "../../backend/lir.ts";
import { Lowering } from "../../backend/lower.ts";
import type { LowerEnv } from "../../backend/lower.ts";
import type { Target } from "../../backend/target.ts";
import { targets } from "../../backend/targets.ts";
import { Cfg } from "../ir/cfg.ts";
import { Func } from "../ir/func.ts";
import type { Blob } from "../object/blob.ts";
import { Place } from "../opt/place.ts";
import { Tidy } from "../opt/tidy.ts";
import { Bug, Invalid, Unsupported } from "../support/errors.ts";
import { Builder } from "../translate/build.ts";
import { newEnv } from "../translate/env.ts";
import type { Env } from "../translate/env.ts";
import { newDialect } from "../wasm/dialect.ts";
import { firstError } from "../wasm/form.ts";
import type { Module } from "../wasm/module.ts";
import { BodyWalker } from "../wasm/validate.ts";
import { newTimes } from "./job.ts";
import type { CodeOptions, Phase, PhaseTimes } from "./job.ts";

/** Called after each phase; the workspace holds what it made. */
export type Observer = (phase: Phase) => void;

export class Pipeline {
  readonly module: Module;
  readonly env: Env;
  readonly target: Target;
  readonly times: PhaseTimes = newTimes();

  // The workspace.
  readonly func = new Func();
  readonly cfg = new Cfg();
  readonly lir = new Lir();
  allocation: Allocation | undefined;

  private readonly options: CodeOptions;
  private readonly walker: BodyWalker;
  private readonly builder: Builder;
  private readonly tidy = new Tidy();
  private readonly place = new Place();
  private readonly lowerEnv: LowerEnv;
  private readonly lowering: Lowering;
  private readonly allocator: Allocator;
  private readonly emitter: Emitter;
  private phase: Phase = "build";
  private started = 0;

  /** `target` stands in for the one that the options name, in tests. */
  constructor(m: Module, options: CodeOptions, target = targets[options.target]) {
    if (target === undefined) throw new Unsupported(`the target ${options.target}`);
    this.module = m;
    this.options = options;
    this.target = target;
    this.env = newEnv(m, options.bounds, options.facts ?? true);
    this.walker = new BodyWalker(m, options.features);
    this.builder = new Builder(this.env, this.func);
    this.lowerEnv = {
      distance: this.env.layout.distance,
      cpu: options.cpu ?? 0,
      explicitBounds: options.bounds === "explicit",
    };
    this.lowering = new Lowering(target);
    this.allocator = new Allocator(target.registers);
    this.emitter = new Emitter(target);
  }

  /** Compiles function `index` of the module's index space. */
  compile(index: number, observe?: Observer): Blob {
    this.started = performance.now();
    try {
      return this.run(index, observe);
    } catch (error) {
      throw this.explain(error, index);
    }
  }

  private run(index: number, observe: Observer | undefined): Blob {
    const { func, cfg, lir } = this;
    this.phase = "build";
    this.walker.walk(index, this.builder);
    this.next("tidy", observe);
    this.tidy.run(func);
    this.next("place", observe);
    cfg.compute(func);
    this.place.run(func, cfg);
    this.next("lower", observe);
    this.lowering.run(func, cfg, lir, this.lowerEnv);
    this.next("allocate", observe);
    const allocation = this.allocator.run(lir);
    this.allocation = allocation;
    this.next("emit", observe);
    const blob = this.emitter.run(lir, allocation, this.lowerEnv);
    this.next("emit", observe);
    return blob;
  }

  /** Ends the phase under way. */
  private next(phase: Phase, observe: Observer | undefined): void {
    const now = performance.now();
    this.times[this.phase] += now - this.started;
    observe?.(this.phase);
    this.phase = phase;
    this.started = observe === undefined ? now : performance.now();
  }

  /** A malformed body further on comes before an invalid one; a bug says where it happened. */
  private explain(error: unknown, index: number): unknown {
    const { module, options } = this;
    if (error instanceof Invalid) {
      return firstError(error, module, module.importedFuncs, newDialect(options.features));
    }
    if (error instanceof Bug || error instanceof RangeError || error instanceof TypeError) {
      const bug = new Bug(`${this.phase}, function ${index}: ${error.message}`);
      if (error.stack !== undefined) bug.stack = error.stack;
      return bug;
    }
    return error;
  }
}
