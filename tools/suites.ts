// `make test`: runs every suite one after another, shows what each prints, and ends with one line,
// `N passed, N failed, N skipped`, over all of them. `node dist/tools/suites.js [PART]...` runs the
// parts named: unit, spec, diff, corpus. A suite is a child process that ends its output with
// `N passed, N failed`, or vitest, which is asked for a report in JSON. One that ends badly without
// naming a failure counts as one. A suite that cannot run here says why and counts as skipped;
// exit 1 if anything failed or nothing ran.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { hostFeatures } from "./host.ts";
import { HOST, WAYS } from "./ingot.ts";
import type { Way } from "./ingot.ts";
import { findCorpus } from "./packages/install.ts";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Suite {
  readonly part: string;
  readonly name: string;
  /** Why it cannot run here, or "". */
  readonly missing: string;
  readonly argv: readonly string[];
  /** Where it leaves a vitest report; without one its output is read. */
  readonly report?: string;
}

const none: Tally = { passed: 0, failed: 0, skipped: 0 };

const sum = (x: Tally, y: Tally): Tally => ({
  passed: x.passed + y.passed,
  failed: x.failed + y.failed,
  skipped: x.skipped + y.skipped,
});

/** Last `N passed, N failed[, N skipped]` in an output, or undefined. */
export function tallyOfText(output: string): Tally | undefined {
  const found = [...output.matchAll(/\b(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/g)].at(-1);
  if (found === undefined) return undefined;
  return { passed: Number(found[1]), failed: Number(found[2]), skipped: Number(found[3] ?? 0) };
}

/** Totals of vitest's JSON report. A file that could not be loaded counts as a failed test. */
export function tallyOfVitest(json: string): Tally {
  const r = JSON.parse(json) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: readonly { status: string; assertionResults: readonly { status: string }[] }[];
  };
  const broken = r.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every((t) => t.status !== "failed"),
  );
  return {
    passed: r.numPassedTests,
    failed: r.numFailedTests + broken.length,
    skipped: r.numPendingTests + r.numTodoTests,
  };
}

const EXPLICIT = "--bounds-checks=explicit";
const ingot = [process.execPath, "dist/src/cli/main.js"];

interface Mode {
  readonly name: string;
  readonly words: readonly string[];
}

/** How native code may be made: by its bounds, and with all that this machine has. */
function modesOf({ name, target, words }: Way): Mode[] {
  if (target === undefined) return [{ name, words }];
  const modes = [
    { name: `${name}, guard pages`, words },
    { name: `${name}, explicit checks`, words: [...words, EXPLICIT] },
  ];
  const newer = target === HOST ? hostFeatures() : [];
  if (newer.length === 0) return modes;
  const features = `--cpu-features=${newer.join()}`;
  return [...modes, { name: `${name}, every feature`, words: [...words, features] }];
}

/** The spec suites: each standard under each engine and bounds mode. */
function specSuites(root: string): Suite[] {
  const dir = process.env["SPEC_DIR"] ?? "";
  if (dir === "") {
    const missing = "SPEC_DIR is unset: it names the folder with 1.0/ and 2.0/ of the spec suite";
    return [{ part: "spec", name: "spec", missing, argv: [] }];
  }
  const scripts = (version: string): string[] => {
    const folder = resolve(root, dir, version);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter((name) => name.endsWith(".wast"));
    return names.sort().map((name) => join(folder, name));
  };
  // Vectors have a folder of their own.
  const allScripts = (version: string): string[] => [
    ...scripts(version),
    ...scripts(join(version, "simd")),
  ];
  return ["1.0", "2.0"].flatMap((version) =>
    WAYS.flatMap((way) =>
      modesOf(way).map(({ name, words }) => {
        const files = allScripts(version);
        return {
          part: "spec",
          name: `spec ${version}, ${name}`,
          missing: files.length === 0 ? `no scripts in ${join(dir, version)}` : way.missing,
          argv: [...ingot, "wast", ...words, "--features", version, ...files],
        };
      }),
    ),
  );
}

/** The differential test on each machine's code, shorter where that is emulated. */
function diffSuites(): Suite[] {
  return WAYS.flatMap(({ name, target, missing }) => {
    if (target === undefined) return [];
    const seconds = target === HOST ? 20 : 15;
    const options = ["--target", target, "--seconds", String(seconds)];
    const argv = [process.execPath, "dist/tools/diff.js", ...options];
    const title = `differential test, ${name}, ${seconds} s`;
    return [
      { part: "diff", name: title, missing, argv },
      { part: "diff", name: `${title}, vectors`, missing, argv: [...argv, "--vectors"] },
    ];
  });
}

/** Seconds after which no script of the corpus is begun any more. */
const CORPUS_SECONDS = 300;

/** Packages from the npm registry; they are installed on the way, or skipped without a network. */
function corpusSuite(root: string): Suite {
  return {
    part: "corpus",
    name: "npm packages on both engines",
    missing: findCorpus(root).missing,
    argv: [process.execPath, "dist/tools/packages/check.js", "--seconds", String(CORPUS_SECONDS)],
  };
}

function suitesOf(root: string, reports: string): Suite[] {
  const report = join(reports, "vitest.json");
  const vitest = ["run", "--config", "tools/vitest.config.ts", "--reporter=default"];
  const json = ["--reporter=json", `--outputFile.json=${report}`];
  const unit = ["node_modules/.bin/vitest", ...vitest, ...json];
  return [
    { part: "unit", name: "unit, file and program tests", missing: "", argv: unit, report },
    ...specSuites(root),
    ...diffSuites(),
    corpusSuite(root),
  ];
}

interface Ended {
  readonly status: number;
  readonly tail: string;
}

/** Runs a child, passing its output on, and keeps the end of it. */
function runChild(root: string, argv: readonly string[]): Promise<Ended> {
  const env = { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) };
  return new Promise((done) => {
    const child = spawn(argv[0]!, argv.slice(1), {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let tail = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text: string) => {
      process.stdout.write(text);
      tail = (tail + text).slice(-4096);
    });
    child.on("error", (e) => done({ status: 127, tail: String(e) }));
    child.on("close", (status) => done({ status: status ?? 128, tail }));
  });
}

async function runSuite(root: string, s: Suite): Promise<Tally> {
  if (s.report !== undefined) rmSync(s.report, { force: true });
  const { status, tail } = await runChild(root, s.argv);
  const reported = s.report !== undefined && existsSync(s.report);
  const found = reported ? tallyOfVitest(readFileSync(s.report, "utf8")) : tallyOfText(tail);
  const tally = found ?? none;
  if (status !== 0 && tally.failed === 0) {
    console.log(`${s.name}: ended with status ${status}`);
    return sum(tally, { ...none, failed: 1 });
  }
  if (found === undefined) {
    console.log(`${s.name}: printed no "N passed, N failed"`);
    return { ...none, failed: 1 };
  }
  return tally;
}

async function main(parts: readonly string[]): Promise<number> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const reports = join(root, "build", "test");
  mkdirSync(reports, { recursive: true });
  const all = suitesOf(root, reports);
  const wrong = parts.find((part) => all.every((s) => s.part !== part));
  if (wrong !== undefined) {
    console.error(`no suite is called ${wrong}`);
    return 2;
  }
  const rows: string[] = [];
  let total = none;
  for (const s of all) {
    if (parts.length > 0 && !parts.includes(s.part)) continue;
    console.log(`\n==== ${s.name}`);
    if (s.missing !== "") {
      console.log(`skipped: ${s.missing}`);
      rows.push(`  ${s.name}: skipped, ${s.missing}`);
      total = sum(total, { ...none, skipped: 1 });
      continue;
    }
    const start = performance.now();
    const t = await runSuite(root, s);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    rows.push(
      `  ${s.name}: ${t.passed} passed, ${t.failed} failed, ${t.skipped} skipped; ${seconds} s`,
    );
    total = sum(total, t);
  }
  // Tests in vitest's files are skipped for the same reasons, which it does not show.
  for (const { name, missing } of WAYS) {
    if (missing !== "") rows.push(`  no test could run ${name} code: ${missing}`);
  }
  console.log(`\n==== all\n${rows.join("\n")}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
