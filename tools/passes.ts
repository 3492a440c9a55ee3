// The passes that the file tests, the fuzzers and `make bisect` can name. A row per pass: what
// stage it leaves the function in, and a function that runs it. The workspaces of the passes are
// shared, as a worker shares them.

import { amd64 } from "../backend/amd64/target.ts";
import { arm64 } from "../backend/arm64/target.ts";
import { printLir } from "../backend/alloc/text.ts";
import { Lir } from "../backend/lir.ts";
import { Lowering } from "../backend/lower.ts";
import type { Target } from "../backend/target.ts";
import { verifyLir } from "../backend/verify.ts";
import { Cfg } from "../src/ir/cfg.ts";
import { Func } from "../src/ir/func.ts";
import { parseFunc } from "../src/ir/parse.ts";
import { printFunc } from "../src/ir/print.ts";
import type { Stage } from "../src/ir/print.ts";
import { Verify } from "../src/ir/verify.ts";
import { PASSES as MIDDLE, Workspace } from "../src/opt/passes.ts";
import { Rebuild } from "../src/opt/rebuild.ts";
import { Builder } from "../src/translate/build.ts";
import { newEnv } from "../src/translate/env.ts";
import type { Bounds, Env } from "../src/translate/env.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Module } from "../src/wasm/module.ts";
import { BodyWalker, validateModule } from "../src/wasm/validate.ts";

export interface Pass {
  readonly after: Stage;
  readonly run: (f: Func) => void;
  /** What a file test shows if this is the last pass; absent: the function. */
  readonly print?: (f: Func) => string;
}

const cfg = new Cfg();
const workspace = new Workspace();
const lir = new Lir();
/** What code is made for: R is 16 MiB behind the record, no CPU features. */
const machine = { distance: 1 << 24, cpu: 0, explicitBounds: false };

function lowerFor(target: Target): Pass {
  const { insts, registers } = target;
  const lowering = new Lowering(target);
  return {
    after: "placed",
    run: (f) => {
      cfg.compute(f);
      lowering.run(f, cfg, lir, machine);
      verifyLir(lir, insts, registers);
    },
    print: () => printLir(lir, registers, (op) => insts.names[op] ?? ""),
  };
}

/** Passes by name, in the order in which the compiler runs them. */
export const PASSES: Readonly<Record<string, Pass>> = {
  gvn: { after: "built", run: (f) => new Rebuild(copyOf(f), f, true).run() },
  ...Object.fromEntries(
    MIDDLE.map(({ name, after, run }) => [name, { after, run: (f: Func) => run(f, workspace) }]),
  ),
  lower: lowerFor(amd64),
  "lower-arm64": lowerFor(arm64),
};

/** Names of the passes that a function with or without vectors goes through: none of a machine. */
export const passesFor = (vectors: boolean): readonly string[] =>
  Object.keys(PASSES).filter((name) => !vectors || !name.startsWith("lower"));

const verify = new Verify();

/** Runs one pass and verifies what it leaves. */
export function runPass(name: string, f: Func): void {
  const pass = PASSES[name];
  if (pass === undefined) throw new Error(`no pass is called ${name}`);
  pass.run(f);
  verify.run(f, pass.after);
}

/** What a file test shows after `passes`. */
export const show = (passes: readonly string[], f: Func): string =>
  (PASSES[passes.at(-1) ?? ""]?.print ?? printFunc)(f);

/** A copy of a function that later passes over `f` do not touch. */
export const copyOf = (f: Func): Func => parseFunc(printFunc(f));

/** A valid module and what is needed to translate its functions. */
export interface Source {
  readonly module: Module;
  readonly env: Env;
}

/** Decodes and validates a module. */
export function openModule(bytes: Uint8Array, bounds: Bounds): Source {
  const module = decodeModule(bytes, defaultFeatures);
  validateModule(module, defaultFeatures, { bodies: false });
  return { module, env: newEnv(module, bounds) };
}

/** Translates the function with index `index` and runs `passes` over it, verifying all the way. */
export function translate(source: Source, index: number, passes: readonly string[]): Func {
  const f = new Func();
  new BodyWalker(source.module, defaultFeatures).walk(index, new Builder(source.env, f));
  verify.run(f, "built");
  for (const name of passes) runPass(name, f);
  return f;
}
