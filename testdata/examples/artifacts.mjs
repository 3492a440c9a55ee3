// Compiling here, running there: an artifact is native code in a file.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Instance, Module, compileArtifact, loadArtifact } from "ingot";

const bytes = await readFile(new URL("embed.wasm", import.meta.url));

// `embed` keeps the module in it: then it runs on machines of another kind too, interpreted.
const artifact = compileArtifact(bytes, { embed: true });
const directory = await mkdtemp(join(tmpdir(), "artifact-"));
const path = join(directory, "gcd.cwasm");
await writeFile(path, artifact);

// The file is mapped, not read: nothing is decoded and nothing compiled.
const module = loadArtifact(path);
console.log(
  Module.exports(module)
    .map(({ name }) => name)
    .join(),
);
console.log(new Instance(module).exports.gcd(48, 36));

// Bytes will do as well. One that is damaged is refused.
artifact[artifact.length >> 1] ^= 1;
try {
  loadArtifact(artifact);
} catch {
  console.log("refused");
}

// For another machine than this one.
const foreign = compileArtifact(bytes, { target: "arm64" });
console.log(foreign.length > 0);
await rm(directory, { recursive: true });
