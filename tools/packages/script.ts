// One script of the corpus, run in a process of its own. In: the folder with its packages and a
// way: under V8, or under the preload on one of the engines. Out: what it printed, how it ended,
// how long it took to its first result, and what the preload reported of each module.
//
// A script prints one line, `OK name: ...`, and on standard error `# name: N ms since process
// start` when it has its result. The preload writes, with INGOT_REGISTER=report (which costs time:
// V8 compiles each module as well),
//
//   ingot: SOURCE  SIZE  kept|hit|miss|foreign N ms  ...

import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { NODE } from "../node.ts";

export type Engine = "V8" | "native" | "interpreter";

/** A way of running scripts. */
export interface Way {
  readonly name: string;
  readonly engine: Engine;
  /** How long a script may take, in seconds. */
  readonly seconds: number;
}

export interface Setting {
  /** Where scripts and packages are. */
  readonly folder: string;
  /** The module that `--import` loads. */
  readonly preload: string;
  /** The directory of the cache. */
  readonly cache: string;
  /** Whether the preload is to report. */
  readonly report: boolean;
}

/** A module as the preload reported it. */
export interface ModuleReport {
  /** Where in the program it was made. */
  readonly source: string;
  /** As in "2.5 MiB". */
  readonly size: string;
  /** Where it came from; `foreign` ones ran on V8. */
  readonly origin: "kept" | "hit" | "miss" | "foreign";
  /** Milliseconds from bytes to module. */
  readonly ms: number;
  readonly more: string;
}

export interface Outcome {
  /** Exit code, or the name of the signal that ended it, or "timeout". */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from the start of the process to its end. */
  readonly total: number;
  /** Milliseconds from the start of the process to its result; total if it had none. */
  readonly result: number;
  readonly modules: readonly ModuleReport[];
}

export const PRELOAD = "dist/src/bundle/register.js";

const LINE =
  /^ingot: (.+?) {2}(\d\S* [KM]?i?B) {2}(kept|hit|miss|foreign) (\S+) ms(?:, [^,]+?)? {2}(.*)$/gm;

/** What a preload reported on standard error. */
export function reportsIn(stderr: string): ModuleReport[] {
  return [...stderr.matchAll(LINE)].map(([, source = "", size = "", origin, ms, more = ""]) => ({
    source,
    size,
    origin: origin as ModuleReport["origin"],
    ms: Number(ms),
    more,
  }));
}

/** Milliseconds that a script needed for its result, if it says so. */
export function resultIn(stderr: string): number | undefined {
  const said = /^# .*: (\d+) ms since process start$/m.exec(stderr);
  return said === null ? undefined : Number(said[1]);
}

function environment(way: Way, s: Setting): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of Object.keys(env)) {
    if (name.startsWith("INGOT_") || name === "NODE_OPTIONS") delete env[name];
  }
  if (way.engine === "V8") return env;
  const ours = { ...env, INGOT_ENGINE: way.engine, INGOT_CACHE: s.cache };
  return s.report ? { ...ours, INGOT_REGISTER: "report" } : ours;
}

/** Runs a script; a process that takes too long is killed. */
export function runScript(name: string, way: Way, s: Setting): Promise<Outcome> {
  const preload = ["--import", pathToFileURL(resolve(s.preload)).href];
  const argv = [...(way.engine === "V8" ? [] : preload), `${name}.mjs`];
  const start = performance.now();
  return new Promise((done) => {
    const child = spawn(NODE, argv, {
      cwd: s.folder,
      env: environment(way, s),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, way.seconds * 1000);
    const texts = ["", ""];
    [child.stdout, child.stderr].forEach((stream, k) => {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => (texts[k] += text));
    });
    const end = (code: number | string): void => {
      clearTimeout(timer);
      const [stdout = "", stderr = ""] = texts;
      const total = performance.now() - start;
      const result = resultIn(stderr) ?? total;
      done({ code, stdout, stderr, total, result, modules: reportsIn(stderr) });
    };
    child.on("error", (e) => end(e.message));
    child.on("close", (code, signal) => end(late ? "timeout" : (code ?? signal ?? "?")));
  });
}
