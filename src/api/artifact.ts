// Artifacts: what native code is compiled to, as bytes that can be kept and loaded again, in
// another process or on another machine. In: bytes of modules, or artifacts. Out: artifacts, or
// modules.

import { fileURLToPath } from "node:url";
import { CPU } from "../abi.ts";
import type { TargetName } from "../abi.ts";
import { embeddedModule } from "../engine/artifacts.ts";
import { compiler } from "../engine/choose.ts";
import type { EngineModule } from "../engine/engine.ts";
import { hostTarget } from "../engine/host.ts";
import type { CompileOptions } from "../engine/job.ts";
import { defaultOptions } from "../engine/made.ts";
import { defaultFeatures, parseFeatures } from "../wasm/features.ts";
import { compileError } from "./failure.ts";
import { bytesOf, copyOf, steady } from "./idl.ts";
import type { Realm } from "./realm.ts";
import { customSections } from "./sections.ts";
import type { BufferSource, Module } from "./types.ts";

const COMPILE = "compileArtifact()";

/** How an artifact is made. */
export interface ArtifactOptions {
  /** The machine; this one by default. */
  readonly target?: TargetName;
  /** 1.0 or 2.0 (the default), then ,+name or ,-name of proposals. */
  readonly features?: string;
  /** Catches accesses out of bounds by guard pages (the default) or by compares. */
  readonly boundsChecks?: "guard" | "explicit";
  /** Instructions beyond the target's baseline, e.g. ["popcnt", "bmi1"]. */
  readonly cpuFeatures?: readonly string[];
  /** Keeps the module in the artifact, so that the interpreter can run it anywhere. */
  readonly embed?: boolean;
}

function targetOf({ target }: ArtifactOptions): TargetName {
  const named = target ?? hostTarget();
  if (named !== undefined && Object.hasOwn(CPU, named)) return named;
  if (target !== undefined) throw new TypeError(`${COMPILE}: there is no target "${target}"`);
  throw new TypeError(
    `${COMPILE}: there is no native code for ${process.platform} on ${process.arch}: name a target`,
  );
}

function cpuBits(target: TargetName, names: readonly string[]): number {
  const known: Readonly<Record<string, number>> = CPU[target];
  return names.reduce((bits, name) => {
    if (Object.hasOwn(known, name)) return bits | known[name]!;
    throw new TypeError(`${COMPILE}: ${target} has no CPU feature "${name}"`);
  }, 0);
}

function compileOptions(options: ArtifactOptions): CompileOptions {
  const { features, boundsChecks = "guard", cpuFeatures = [], embed = false } = options;
  const target = targetOf(options);
  return {
    ...defaultOptions(target),
    features: features === undefined ? defaultFeatures : parseFeatures(features),
    bounds: boundsChecks,
    cpu: cpuBits(target, cpuFeatures),
    embed,
  };
}

/** Compiles a module to an artifact. Throws CompileError. */
export function compileArtifact(bytes: BufferSource, options: ArtifactOptions = {}): Uint8Array {
  const given = bytesOf(bytes);
  if (given === undefined) throw new TypeError(`${COMPILE}: Argument 0 must be a buffer source`);
  const wanted = compileOptions(options);
  try {
    return compiler.compileNow(steady(given), wanted);
  } catch (error) {
    throw compileError(error, COMPILE);
  }
}

/** An artifact: a path, a file URL, or bytes. */
export type ArtifactSource = string | URL | BufferSource;

function sourceOf(source: ArtifactSource): string | Uint8Array {
  if (typeof source === "string") return source;
  if (source instanceof URL) return fileURLToPath(source);
  const bytes = bytesOf(source);
  if (bytes !== undefined) return copyOf(bytes);
  throw new TypeError("loadArtifact(): Argument 0 must be a path, a file URL or a buffer source");
}

function load({ provider }: Realm, artifact: string | Uint8Array): EngineModule {
  const what = typeof artifact === "string" ? `the artifact ${artifact}` : "the artifact";
  if (provider.load === undefined)
    throw new Error(`cannot load ${what}: there is no engine for it`);
  try {
    return provider.load(artifact);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot load ${what}: ${why}`, { cause: error });
  }
}

/** The module of an artifact. */
export function loadArtifact(realm: Realm, source: ArtifactSource): Module {
  const artifact = sourceOf(source);
  const code = load(realm, artifact);
  const customs = (): ReturnType<typeof customSections> => {
    const bytes = embeddedModule(artifact);
    return bytes === undefined ? [] : customSections(bytes);
  };
  return realm.modules.wrap({ code, customs }) as Module;
}
