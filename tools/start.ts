// Start-up of an executable beside the same program compiled natively: `make bench-start`. Builds
// testdata/start/line.c statically with musl, line.wasm with `ingot build`, and lets tools/start.c
// run both in turns.
//
//   node dist/tools/start.js [--rounds 2000]

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { ingot } from "./ingot.ts";

const OUT = "build/bench";
const LIMIT = 300;

function main(): number {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "2000" } } });
  if (spawnSync("musl-gcc", ["--version"]).error !== undefined) {
    console.log("skipped: musl-gcc is not on the PATH (Debian: apt-get install musl-tools)");
    return 0;
  }
  mkdirSync(OUT, { recursive: true });
  const start = `${OUT}/start`;
  execFileSync("cc", ["-O2", "-o", start, "tools/start.c"]);
  const native = `${OUT}/line-musl`;
  execFileSync("musl-gcc", ["-O2", "-static", "-o", native, "testdata/start/line.c"]);
  const ours = `${OUT}/line-ingot`;
  const built = ingot(["build", "testdata/start/line.wasm", "-o", ours]);
  if (built.code !== 0) throw new Error(built.stderr);
  const output = execFileSync(start, [values.rounds, native, ours], { encoding: "utf8" });
  const rows = output.trim().split("\n");
  console.log(
    `${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} cores, ${values.rounds} runs`,
  );
  console.log("microseconds        median     10 %     90 %    bytes");
  const medians = [native, ours].map((path, k) => {
    const numbers = rows[k]!.split(" ");
    const columns = [...numbers, String(statSync(path).size)].map((n) => n.padStart(9));
    console.log(path.slice(OUT.length + 1).padEnd(17) + columns.join(""));
    return Number(numbers[0]);
  });
  const difference = medians[1]! - medians[0]!;
  console.log(`difference ${difference.toFixed(1)} us (at most ${LIMIT} us wanted)`);
  return difference <= LIMIT ? 0 : 1;
}

process.exitCode = main();
