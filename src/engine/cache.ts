// The cache of compiled modules: a directory of artifacts that outlives the process. In: the bytes
// of a module and how it is to be compiled. Out: the path of its artifact, or nothing; whatever
// goes wrong is a warning, never an error, because the caller can compile.
//
//   KEY.cwasm           an entry: an artifact as `ingot compile` writes it (key: entry.ts)
//   .PID-RANDOM.tmp     an entry that is being written, renamed when it is whole
//
// There is no index and no lock. Entries never change: what is renamed into place was whole, equal
// keys mean equal bytes, and who comes second finds the first one's. After a loss of power a file
// may lack what was written to it; nothing waits for the disk (fsync) to prevent that, because
// every hit checks the whole entry anyway, and dropping one costs a compilation.
//
// Recency is the time of modification, set anew on a hit when it is more than RECENT old, so that
// hits write next to nothing. Before an entry is written that does not fit, the least recently used
// ones go until a tenth of the bound is free.

import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  fstatSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import type { Stats } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { ArtifactError, readHeader } from "../object/header.ts";
import { codeOf, reasonOf } from "../support/errno.ts";
import { bug } from "../support/errors.ts";
import type { CompileOptions } from "./job.ts";
import { checkWhole, identify, keyOf } from "./entry.ts";
import type { Entry } from "./entry.ts";
import { madeHash } from "./made.ts";
import { foreign, openFile } from "./trust.ts";

/** Where compiled modules are kept. */
export interface CacheOptions {
  /** Where it is; made, for nobody but the user, when something is put into it. */
  readonly directory: string;
  /** Nothing is ever written, not even times: for caches that are part of an image. */
  readonly readOnly?: boolean;
  /** Bound on the bytes of all entries, 2 GiB if not given. */
  readonly maxBytes?: number;
  /** Is told, in a sentence, what went wrong; prints to standard error if not given. */
  readonly warn?: (sentence: string) => void;
}

export const DEFAULT_BYTES = 2 * 2 ** 30;

/** Milliseconds for which a time of use is recent enough. */
const RECENT = 10 * 60_000;
/** Milliseconds after which a temporary file is left over, if no process has its number... */
const STALE = 10 * 60_000;
/** ...and after which it is in any case. */
const ABANDONED = 24 * 3_600_000;

/** The part of the bound to which least recently used entries are evicted. */
const KEPT = 0.9;

const ENDING = ".cwasm";
const ENTRY_NAME = /^([0-9a-f]{64})\.cwasm$/;
const TEMPORARY_NAME = /^\.(\d+)-[0-9a-f]{16}\.tmp$/;

const complain = (sentence: string): void => void process.stderr.write(`ingot: ${sentence}\n`);

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

function sizeOf(text: string): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([KMG]?)(?:i?B)?$/i.exec(text.trim()) ?? [];
  return digits === undefined ? undefined : Number(digits) * UNITS[unit!.toUpperCase()]!;
}

/**
 * What the environment says: INGOT_CACHE (a directory, or "off"), INGOT_CACHE_READONLY (1),
 * INGOT_CACHE_SIZE (500M, 2G), else XDG_CACHE_HOME and HOME. Undefined if there is to be no cache.
 */
export function cacheOptions(
  env: NodeJS.ProcessEnv,
  warn: (sentence: string) => void = complain,
): CacheOptions | undefined {
  const named = env["INGOT_CACHE"] ?? "";
  if (named === "off") return undefined;
  const readOnly = !["", "0", undefined].includes(env["INGOT_CACHE_READONLY"]);
  const size = env["INGOT_CACHE_SIZE"] ?? "";
  const maxBytes = size === "" ? DEFAULT_BYTES : sizeOf(size);
  if (maxBytes === undefined) warn(`INGOT_CACHE_SIZE is no size like 500M or 2G: "${size}"`);
  const directory = named === "" ? defaultDirectory(env) : resolve(named);
  if (directory === undefined) {
    warn("there is no cache, because there is no home directory: INGOT_CACHE can name another");
    return undefined;
  }
  return { directory, readOnly, maxBytes: maxBytes ?? DEFAULT_BYTES, warn };
}

/** $XDG_CACHE_HOME/ingot, which counts only if it is absolute, or ~/.cache/ingot. */
function defaultDirectory(env: NodeJS.ProcessEnv): string | undefined {
  const xdg = env["XDG_CACHE_HOME"] ?? "";
  if (isAbsolute(xdg)) return join(xdg, "ingot");
  const home = env["HOME"] ?? "";
  try {
    return join(isAbsolute(home) ? home : homedir(), ".cache", "ingot");
  } catch {
    return undefined; // a user whom the system does not know
  }
}

/** An entry as `list` sees it. */
export interface Listed {
  readonly key: string;
  readonly bytes: number;
  /** Milliseconds since 1970 of the last use, exact to RECENT. */
  readonly used: number;
}

/** Removes a file that others may be removing too. */
const remove = (path: string): void => rmSync(path, { force: true });

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
};

/** The key of a module compiled with these options, in every cache. */
export const cacheKey = (wasm: Uint8Array, options: CompileOptions): string =>
  keyOf(createHash("sha256").update(wasm).digest(), madeHash(options));

/** A directory of entries; it may be used by any number of processes and threads at once. */
export class Cache {
  readonly directory: string;
  readonly readOnly: boolean;
  private readonly maxBytes: number;
  private readonly warn: (sentence: string) => void;
  private readonly warned = new Set<string>();
  private state: "unknown" | "usable" | "refused" = "unknown";
  /** Entries can be read by whoever can read the directory. */
  private mode = 0o600;
  /** Bytes that may be added before somebody must look at the directory. */
  private room = -1;

  constructor(options: CacheOptions) {
    this.directory = resolve(options.directory);
    this.readOnly = options.readOnly ?? false;
    this.maxBytes = options.maxBytes ?? DEFAULT_BYTES;
    this.warn = options.warn ?? complain;
  }

  /** The key of a module compiled with these options, and of the artifact of that. */
  key(wasm: Uint8Array, options: CompileOptions): string {
    return cacheKey(wasm, options);
  }

  /** Path of the entry of a key, whether there is one or not. */
  pathOf(key: string): string {
    return join(this.directory, key + ENDING);
  }

  /** Path of the entry, which has been read and is whole; a bad one is dropped. */
  find(key: string): string | undefined {
    return this.use(key, (path, entry) => {
      checkWhole(entry);
      return path;
    });
  }

  /**
   * What `load` makes of an entry, undefined if there is none. While `load` runs the file is open,
   * and it is what its name says. Whether its checksum is right is for `load` to see (as the C
   * loader does while it maps the file); an ArtifactError that it throws drops the entry, any other
   * error passes through.
   */
  use<T>(key: string, load: (path: string, entry: Entry) => T): T | undefined {
    if (!this.isUsable()) return undefined;
    const path = this.pathOf(key);
    const fd = this.open(path);
    if (fd === undefined) return undefined;
    const stats = fstatSync(fd);
    try {
      const entry = identify(fd, stats, key);
      const result = load(path, entry);
      this.touch(entry);
      return result;
    } catch (error) {
      if (!(error instanceof ArtifactError)) throw error;
      this.drop(path, stats, error.message);
      return undefined;
    } finally {
      closeSync(fd);
    }
  }

  /**
   * Keeps the artifact under its key: answers the path of its entry, or undefined if it could not
   * be kept, which is not an error.
   */
  put(key: string, artifact: Uint8Array): string | undefined {
    const head = readHeader(artifact);
    if (keyOf(head.wasmHash, head.made) !== key) bug("an artifact is kept under another's key");
    if (this.readOnly) {
      return this.fail(`the cache ${this.directory} is read-only and lacks a module in use`);
    }
    const bytes = artifact.length;
    if (bytes > this.maxBytes) {
      return this.fail(
        `a module of ${bytes} bytes is larger than the cache ${this.directory} may be`,
      );
    }
    const path = this.pathOf(key);
    try {
      if (!this.isReady()) return undefined;
      if (this.has(key, artifact)) return path;
      if (bytes > this.room) this.makeRoom(bytes);
      this.write(path, artifact);
      this.room -= bytes;
      return path;
    } catch (error) {
      return this.fail(`cannot write to the cache ${this.directory}: ${reasonOf(error)}`);
    }
  }

  /** All entries, the most recently used first. */
  list(): Listed[] {
    if (!this.isUsable()) return [];
    return this.scan().sort((x, y) => y.used - x.used || (x.key < y.key ? -1 : 1));
  }

  /** Removes all entries and whatever was left over; answers how many entries went. */
  clear(): number {
    if (!this.isUsable()) return 0;
    const entries = this.scan();
    for (const { key } of entries) remove(this.pathOf(key));
    return entries.length;
  }

  // ---- the directory ---------------------------------------------------------------------------

  /** Whether the directory is there and nobody else may write to it. */
  private isUsable(): boolean {
    if (this.state !== "unknown") return this.state === "usable";
    const refuse = (why: string): boolean => {
      this.state = "refused";
      this.fail(`the cache ${this.directory} is not used: ${why}`);
      return false;
    };
    try {
      const stats = statSync(this.directory);
      const why = stats.isDirectory() ? foreign(stats) : "it is not a directory";
      if (why !== undefined) return refuse(why);
      this.mode = 0o600 | (stats.mode & 0o044);
      this.state = "usable";
      return true;
    } catch (error) {
      // What is not there yet may be there later, unless nobody makes it.
      return codeOf(error) === "ENOENT" && !this.readOnly ? false : refuse(reasonOf(error));
    }
  }

  /** Makes the directory if there is none; whether it can be used. */
  private isReady(): boolean {
    if (!this.isUsable() && this.state === "refused") return false;
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    return this.isUsable();
  }

  /** Warns, once per sentence. */
  private fail(sentence: string): undefined {
    if (!this.warned.has(sentence)) this.warn(sentence);
    this.warned.add(sentence);
    return undefined;
  }

  // ---- entries ---------------------------------------------------------------------------------

  /** Opens what has the name of an entry; undefined if there is nothing that could be one. */
  private open(path: string): number | undefined {
    try {
      return openFile(path);
    } catch (error) {
      const code = codeOf(error);
      if (code === "ELOOP" || code === "ENXIO") this.drop(path, undefined, "it is not a file");
      else if (code !== "ENOENT") this.fail(`cannot read the entry ${path}: ${reasonOf(error)}`);
      return undefined;
    }
  }

  /**
   * Takes away what was found under the name of an entry (undefined: what cannot even be opened),
   * unless something else has taken its place.
   */
  private drop(path: string, seen: Stats | undefined, why: string): void {
    if (this.readOnly) {
      this.fail(`the cache entry ${path} is not used: ${why}`);
      return;
    }
    try {
      const now = lstatSync(path);
      if (seen === undefined ? now.isFile() : now.ino !== seen.ino) return;
      rmSync(path, { recursive: now.isDirectory() });
      this.warn(`the cache entry ${path} was dropped: ${why}`);
    } catch (error) {
      if (codeOf(error) === "ENOENT") return;
      this.fail(`the cache entry ${path} is not used (${why}), and stays: ${reasonOf(error)}`);
    }
  }

  /** Notes that an entry is in use. */
  private touch({ fd, stats }: Entry): void {
    const now = Date.now();
    if (this.readOnly || Math.abs(now - stats.mtimeMs) < RECENT) return;
    try {
      futimesSync(fd, now / 1000, now / 1000);
    } catch {
      // Somebody else's, or a file system that does not want it: it will look unused.
    }
  }

  /** Whether the same artifact is there already. */
  private has(key: string, artifact: Uint8Array): boolean {
    const same = this.use(
      key,
      (_, { stats, bytes }) =>
        stats.size === artifact.length && bytes.every((byte, k) => byte === artifact[k]),
    );
    return same === true;
  }

  private write(path: string, artifact: Uint8Array): void {
    const name = `.${process.pid}-${randomBytes(8).toString("hex")}.tmp`;
    const temporary = join(this.directory, name);
    try {
      writeFileSync(temporary, artifact, { flag: "wx", mode: this.mode });
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }

  // ---- room ------------------------------------------------------------------------------------

  /** Looks at every file: sweeps up what was left over, answers the entries. */
  private scan(): Listed[] {
    const found: Listed[] = [];
    for (const name of readdirSync(this.directory)) {
      const key = ENTRY_NAME.exec(name)?.[1];
      const writer = TEMPORARY_NAME.exec(name)?.[1];
      if (key === undefined && writer === undefined) continue;
      const path = join(this.directory, name);
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats === undefined || !stats.isFile()) continue;
      if (key !== undefined) found.push({ key, bytes: stats.size, used: stats.mtimeMs });
      else this.sweep(path, Number(writer), stats);
    }
    return found;
  }

  private sweep(path: string, pid: number, { mtimeMs }: Stats): void {
    const age = Math.abs(Date.now() - mtimeMs);
    if (age > ABANDONED || (age > STALE && !isAlive(pid))) remove(path);
  }

  /** Makes room for so many bytes. */
  private makeRoom(bytes: number): void {
    const entries = this.list();
    let total = entries.reduce((n, e) => n + e.bytes, 0);
    if (total + bytes > this.maxBytes) {
      while (entries.length > 0 && total + bytes > this.maxBytes * KEPT) {
        const { key, bytes: gone } = entries.pop()!;
        remove(this.pathOf(key));
        total -= gone;
      }
    }
    this.room = this.maxBytes - total;
  }
}
