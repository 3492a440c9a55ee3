// What of an artifact is read here rather than mapped: the module that may be embedded in it.

import { readFileSync } from "node:fs";
import { readArtifact } from "../object/artifact.ts";

/**
 * The module in an artifact, which is given by its path or its bytes; a copy. Undefined if it was
 * made without. Throws an Error that says what is wrong with the artifact.
 */
export function embeddedModule(artifact: string | Uint8Array): Uint8Array | undefined {
  const bytes = typeof artifact === "string" ? new Uint8Array(readFileSync(artifact)) : artifact;
  return readArtifact(bytes).wasm?.slice();
}
