// A command for WASI that is given a directory, and whose output is caught.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Instance, MemoryFileSystem, WASI, compile } from "ingot";

const module = await compile(await readFile(new URL("wasi.wasm", import.meta.url)));

/** Runs the command in a world of its own; its exit code, and what it printed. */
function run(directory) {
  let output = "";
  const decoder = new TextDecoder();
  const wasi = new WASI({
    args: ["shout"],
    preopens: { "/": directory }, // the guest's name for it, and what it is
    stdout: (bytes) => void (output += decoder.decode(bytes, { stream: true })),
  });
  const code = wasi.start(new Instance(module, wasi.getImportObject()));
  return { code, output };
}

// A directory of this machine.
const path = await mkdtemp(join(tmpdir(), "shout-"));
await writeFile(join(path, "in.txt"), "make some noise");
console.log(run(path), await readFile(join(path, "out.txt"), "utf8"));

// The same, but nothing in it can be changed: the guest ends with WASI's code for that.
console.log(run({ path, readOnly: true }));
await rm(path, { recursive: true });

// A directory in memory, which is there for this guest alone.
const files = new MemoryFileSystem();
files.writeFile("/in.txt", "in memory");
console.log(run(files), new TextDecoder().decode(files.readFile("/out.txt")));
