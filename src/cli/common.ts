// Options that several verbs share, and what they mean: which engine, which target, which features,
// how out-of-bounds accesses are caught.

import type { Argv } from "yargs";
import { targets } from "../../backend/targets.ts";
import { CPU } from "../abi.ts";
import type { TargetName } from "../abi.ts";
import { compileModule } from "../engine/compile.ts";
import { InterpreterStore } from "../engine/interpreter.ts";
import { NativeStore } from "../engine/native.ts";
import type { Store } from "../engine/store.ts";
import type { Bounds } from "../translate/env.ts";
import { parseFeatures } from "../wasm/features.ts";
import type { Features } from "../wasm/features.ts";
import { canRun, hostTarget, requireLoader } from "./loader.ts";
import { UsageError } from "./report.ts";

/** The targets there is a back end for. */
export const TARGET_NAMES = Object.keys(targets) as TargetName[];

export const ENGINES = ["auto", "native", "interpreter"] as const;
export type EngineName = (typeof ENGINES)[number];

export interface CommonOptions {
  readonly engine?: EngineName;
  readonly target?: string;
  readonly features?: string;
  readonly "bounds-checks"?: Bounds;
  readonly "cpu-features"?: string;
}

/** Adds --engine, --target, --features, --bounds-checks and --cpu-features. */
export const commonOptions = (y: Argv): Argv<CommonOptions> =>
  y
    .option("engine", { choices: ENGINES, default: "auto", describe: "what runs the code" })
    .option("target", { choices: TARGET_NAMES, describe: "machine of native code" })
    .option("features", {
      type: "string",
      requiresArg: true,
      describe: "1.0 or 2.0, then ,+name or ,-name of proposals",
    })
    .option("bounds-checks", {
      choices: ["guard", "explicit"],
      default: "guard",
      describe: "catch accesses out of bounds by guard pages or by compares",
    })
    .option("cpu-features", {
      type: "string",
      requiresArg: true,
      describe: "instructions beyond the baseline, e.g. popcnt,lzcnt,bmi1",
    }) as unknown as Argv<CommonOptions>;

export const featuresOf = (o: { readonly features?: string }): Features =>
  parseFeatures(o.features ?? "");

/** The bits of a list of CPU feature names. */
export function cpuBits(target: TargetName, list: string): number {
  const known: Readonly<Record<string, number>> = CPU[target];
  return list
    .split(",")
    .filter((name) => name !== "")
    .reduce((bits, name) => {
      const bit = known[name];
      if (bit !== undefined) return bits | bit;
      throw new UsageError(
        `${target} has no CPU feature "${name}" here; there are ${Object.keys(known).join(", ")}`,
      );
    }, 0);
}

/** The target asked for, or this machine's. */
export function targetOf(o: { readonly target?: string }): TargetName {
  const target = o.target ?? hostTarget();
  if (target === undefined || !(target in targets)) {
    throw new UsageError(
      `there is no native code for ${process.platform} on ${process.arch}: name a --target`,
    );
  }
  return target as TargetName;
}

/** The engine to use: `auto` is native where that can run, and where a target is named. */
export function engineOf(o: CommonOptions): "native" | "interpreter" {
  if (o.engine === "native" || o.engine === "interpreter") return o.engine;
  if (o.target !== undefined) return "native";
  const target = hostTarget();
  return target !== undefined && canRun(target) ? "native" : "interpreter";
}

/** Opens a store of the engine. */
export async function openStore(
  engine: "native" | "interpreter",
  o: CommonOptions,
): Promise<Store> {
  const features = featuresOf(o);
  if (engine === "interpreter") return new InterpreterStore(features);
  const target = targetOf(o);
  return new NativeStore({
    command: requireLoader(target),
    compile: async (m) =>
      compileModule(m, {
        target,
        features,
        bounds: o["bounds-checks"] ?? "guard",
        cpu: cpuBits(target, o["cpu-features"] ?? ""),
      }).artifact,
  });
}
