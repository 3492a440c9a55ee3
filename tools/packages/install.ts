// Where the packages of the corpus come from. In: the folder that CORPUS_DIR names (or
// ../shared/corpus), with a package.json and scripts, NAME.mjs each; those that begin with _ are
// their helpers. Out: a folder outside of this repository, below INGOT_PACKAGES or the user's
// cache, with the packages installed and the scripts beside them. Nothing of it is ever committed.
//
// The folder is named by what is in package.json, so that it is reused as long as that stays the
// same, and it gets its name when it is complete: an installation that was interrupted, or two at
// the same time, leave nothing half-done behind a good name.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** A folder, or why there is none, in one sentence. */
export type Found =
  | { readonly folder: string; readonly missing: "" }
  | { readonly folder: ""; readonly missing: string };

const found = (folder: string): Found => ({ folder, missing: "" });
const none = (missing: string): Found => ({ folder: "", missing });

const BESIDE = "../shared/corpus";
/** How long npm may take, in milliseconds. */
const LIMIT = 240_000;

/** The folder of the scripts; CORPUS_DIR may be set to "" to have none. */
export function findCorpus(root: string): Found {
  const named = process.env["CORPUS_DIR"] ?? BESIDE;
  const folder = resolve(root, named);
  if (named !== "" && existsSync(join(folder, "package.json"))) return found(folder);
  if (process.env["CORPUS_DIR"] !== undefined && named !== "") {
    return none(`CORPUS_DIR is ${named}, which has no package.json`);
  }
  return none("CORPUS_DIR is unset: it names a folder with package.json and scripts, NAME.mjs");
}

/** Names of the scripts in a folder, sorted. */
export function scriptsOf(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => /^[^_.].*\.mjs$/.test(name));
  return files.map((name) => name.replace(/\.mjs$/, "")).sort();
}

function installRoot(): string {
  const named = process.env["INGOT_PACKAGES"] ?? "";
  if (named !== "") return resolve(named);
  const cache = process.env["XDG_CACHE_HOME"] ?? "";
  return join(cache === "" ? join(homedir(), ".cache") : cache, "ingot-corpus");
}

/** Installs what the corpus needs, if that has not been done; never takes longer than LIMIT. */
export function installCorpus(corpus: string): Found {
  const json = readFileSync(join(corpus, "package.json"));
  const key = createHash("sha256").update(json).digest("hex").slice(0, 12);
  const folder = join(installRoot(), key);
  if (!existsSync(folder)) {
    const missing = installInto(folder, corpus);
    if (missing !== "") return none(missing);
  }
  for (const name of readdirSync(corpus)) {
    if (name.endsWith(".mjs")) refresh(join(corpus, name), join(folder, name));
  }
  return found(folder);
}

/** Copies a file unless the same bytes are there. Sources may be read-only, the copy is not. */
function refresh(from: string, to: string): void {
  if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) return;
  rmSync(to, { force: true });
  copyFileSync(from, to);
}

/** Answers what is missing, or "". */
function installInto(folder: string, corpus: string): string {
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    copyFileSync(join(corpus, "package.json"), join(draft, "package.json"));
    // One question first: without a network an installation takes minutes to give up.
    const away = npm(draft, ["view", firstPackage(corpus), "version", "--fetch-retries=0"]);
    if (away !== "") return away;
    console.log(`installing packages into ${folder}`);
    const missing = npm(draft, ["install", "--ignore-scripts", "--no-audit", "--no-fund"]);
    if (missing === "" && !existsSync(folder)) renameSync(draft, folder);
    return missing;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function firstPackage(corpus: string): string {
  const { devDependencies = {} } = JSON.parse(
    readFileSync(join(corpus, "package.json"), "utf8"),
  ) as { devDependencies?: Record<string, string> };
  const [first] = Object.entries(devDependencies);
  return first === undefined ? "npm" : `${first[0]}@${first[1]}`;
}

const PATIENCE = ["--fetch-timeout=30000", "--fetch-retry-mintimeout=1000"];

/** Runs npm; answers why it could not do it, or "". */
function npm(folder: string, words: readonly string[]): string {
  const ran = spawnSync("npm", [...words, ...PATIENCE, "--fetch-retry-maxtimeout=3000"], {
    cwd: folder,
    encoding: "utf8",
    timeout: LIMIT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return ran.status === 0 ? "" : whyNot(ran.status, ran.stderr ?? "", ran.error);
}

// What npm says when it is the network's fault, or the registry's, and not that of package.json.
const OUTSIDE = new RegExp(
  "\\b(?:ENOTFOUND|EAI_AGAIN|ECONN(?:REFUSED|RESET)|E(?:NET|HOST)UNREACH|ETIMEDOUT|EIDLETIMEOUT|" +
    "ERR_SOCKET_TIMEOUT|ENOTCACHED|E[45]\\d\\d|ETARGET|EINTEGRITY)\\b",
);

/** A sentence for the reasons that nobody here can help; throws for the others. */
export function whyNot(status: number | null, stderr: string, error: Error | undefined): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === "ENOENT") return "there is no npm on the PATH";
  if (code === "ETIMEDOUT") return `npm did not install the packages within ${LIMIT / 1000} s`;
  const fault = OUTSIDE.exec(stderr);
  if (fault !== null) return `npm could not get the packages from its registry (${fault[0]})`;
  throw new Error(`npm ended with ${status}: ${stderr.trim().slice(0, 500)}`);
}
