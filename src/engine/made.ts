// What the code of an artifact depends on besides the module: the compiler's version, the format of
// artifacts, the options. As one sentence, hashed, it stands in the artifact's header (`made`) and
// is a part of the key under which a cache finds the artifact. Whoever compiles without being told
// otherwise uses `defaultOptions`, so that what one has made the other finds.

import { createHash } from "node:crypto";
import { EPOCH } from "../abi.ts";
import type { TargetName } from "../abi.ts";
import { defaultFeatures } from "../wasm/features.ts";
import type { CompileOptions } from "./job.ts";
import { versionText } from "./version.ts";

/** What an artifact is made with where nothing else is asked for. */
export const defaultOptions = (target: TargetName): CompileOptions => ({
  target,
  features: defaultFeatures,
  bounds: "guard",
  cpu: 0,
  facts: true,
  embed: false,
});

/** The sentence; equal ones make equal artifacts of equal modules. */
export function madeText(options: CompileOptions): string {
  const {
    target,
    features,
    bounds,
    cpu = 0,
    facts = true,
    embed = false,
    order,
    ...rest
  } = options;
  void order; // the order of compilation leaves no trace
  rest satisfies Record<string, never>; // a new option belongs into the sentence
  return (
    `ingot ${versionText()}, format ${EPOCH}, for ${target}; ` +
    `features ${[...features].sort().join()}; bounds ${bounds}; cpu ${cpu}; ` +
    `facts ${facts}; embed ${embed}`
  );
}

/** SHA-256 of the sentence. */
export const madeHash = (options: CompileOptions): Uint8Array =>
  createHash("sha256").update(madeText(options)).digest();
