// Options of `run` that say what a guest is given and how far it may go: directories, variables, a
// socket, time, memory, a clock and dice. In: the words of the command line. Out: values that are
// checked, for the interpreter, and words for the loader in the one spelling that it reads. What
// does not fit is a UsageError of one sentence.

import type { Argv } from "yargs";
import { UsageError } from "./report.ts";

export interface SandboxOptions {
  readonly dir?: readonly string[];
  readonly env?: readonly string[];
  readonly listen?: string;
  readonly timeout?: string;
  readonly "max-memory"?: string;
  readonly "fixed-clock"?: string;
  readonly seed?: string;
}

const VALUED: Readonly<Record<keyof SandboxOptions, string>> = {
  dir: "let the guest see a directory: HOST or HOST::GUEST, :ro at the end to read only",
  env: "set a variable: NAME=VALUE",
  listen: "let the guest accept connections: HOST:PORT",
  timeout: "stop the guest after this time: 500ms, 2s, 5m",
  "max-memory": "most that memories may have together: 64KiB, 16MiB, 1GiB",
  "fixed-clock": "what every clock says, in nanoseconds since 1970",
  seed: "make random numbers a function of this one",
};

/** Their names on the command line; each takes a value. */
export const SANDBOX_WORDS: readonly string[] = Object.keys(VALUED).map((name) => `--${name}`);

/** Adds the options. */
export function sandboxOptions<T>(y: Argv<T>): Argv<T & SandboxOptions> {
  let all: Argv<T> = y;
  for (const [name, describe] of Object.entries(VALUED)) {
    const isList = name === "dir" || name === "env";
    const how = isList ? ({ array: true, nargs: 1 } as const) : ({ requiresArg: true } as const);
    all = all.option(name, { type: "string", describe, ...how }) as unknown as Argv<T>;
  }
  return all as unknown as Argv<T & SandboxOptions>;
}

/** A directory of the host and the guest's name for it. */
export interface Mount {
  readonly host: string;
  readonly guest: string;
  readonly readOnly: boolean;
}

export interface Sandbox {
  readonly dirs: readonly Mount[];
  /** NAME=VALUE. */
  readonly env: readonly string[];
  readonly listen?: string | undefined;
  /** Milliseconds, whole, at least 1. */
  readonly timeout?: number | undefined;
  /** Bytes. */
  readonly maxMemory?: number | undefined;
  /** Nanoseconds. */
  readonly fixedClock?: bigint | undefined;
  readonly seed?: bigint | undefined;
}

const PAGE = 65_536;

function wrong(option: string, takes: string, given: string): never {
  throw new UsageError(`--${option} takes ${takes}, not "${given}"`);
}

/** HOST[::GUEST][:ro] */
export function parseDir(given: string): Mount {
  const readOnly = given.endsWith(":ro");
  const rest = readOnly ? given.slice(0, -3) : given;
  const at = rest.indexOf("::");
  const host = at < 0 ? rest : rest.slice(0, at);
  const guest = at < 0 ? rest : rest.slice(at + 2);
  if (host === "" || guest === "") wrong("dir", "HOST, HOST::GUEST or either with :ro", given);
  return { host, guest, readOnly };
}

function parseEnv(given: string): string {
  return given.indexOf("=") < 1 ? wrong("env", "NAME=VALUE", given) : given;
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Whole milliseconds, rounded up. */
export function parseDuration(option: string, given: string): number {
  const [, amount = "", unit = ""] = /^(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)$/.exec(given) ?? [];
  const milliseconds = Math.ceil(Number(amount) * (MILLISECONDS[unit] ?? 0));
  if (milliseconds >= 1 && milliseconds < 2 ** 53) return milliseconds;
  return wrong(option, "a time above zero such as 500ms or 2s", given);
}

/** Bytes; a suffix counts powers of 1024. */
export function parseSize(option: string, given: string): number {
  const [, amount = "", unit = ""] = /^(\d+)([KMG]?)(?:i?B)?$/.exec(given) ?? [];
  const bytes = Number(amount) * 1024 ** " KMG".indexOf(unit === "" ? " " : unit);
  if (bytes >= PAGE && bytes <= Number.MAX_SAFE_INTEGER) return bytes;
  return wrong(option, "a size of 64KiB or more, such as 16MiB", given);
}

/** A number below 2^64. */
function parseNumber(option: string, given: string): bigint {
  const n = /^(?:\d+|0[xX][0-9a-fA-F]+)$/.test(given) ? BigInt(given) : -1n;
  return n >= 0n && n < 2n ** 64n ? n : wrong(option, "a number below 2^64", given);
}

function parseListen(given: string): string {
  const [, port = ""] = /^\S+:(\d{1,5})$/.exec(given) ?? [];
  return port !== "" && Number(port) < 65_536 ? given : wrong("listen", "HOST:PORT", given);
}

const maybe = <T>(given: string | undefined, read: (given: string) => T): T | undefined =>
  given === undefined ? undefined : read(given);

/** Reads all of them. */
export function parseSandbox(o: SandboxOptions): Sandbox {
  return {
    dirs: (o.dir ?? []).map(parseDir),
    env: (o.env ?? []).map(parseEnv),
    listen: maybe(o.listen, parseListen),
    timeout: maybe(o.timeout, (s) => parseDuration("timeout", s)),
    maxMemory: maybe(o["max-memory"], (s) => parseSize("max-memory", s)),
    fixedClock: maybe(o["fixed-clock"], (s) => parseNumber("fixed-clock", s)),
    seed: maybe(o.seed, (s) => parseNumber("seed", s)),
  };
}

/** The same for the loader. */
export function loaderWords(s: Sandbox): string[] {
  const dirs = s.dirs.map((d) => `${d.host}::${d.guest}${d.readOnly ? ":ro" : ""}`);
  const word = (name: string, value: unknown): string[] =>
    value === undefined ? [] : [`--${name}`, String(value)];
  return [
    ...dirs.flatMap((d) => word("dir", d)),
    ...s.env.flatMap((e) => word("env", e)),
    ...word("listen", s.listen),
    ...word("timeout", s.timeout === undefined ? undefined : `${s.timeout}ms`),
    ...word("max-memory", s.maxMemory),
    ...word("fixed-clock", s.fixedClock),
    ...word("seed", s.seed),
  ];
}
