// Sets times of files on the host. Node takes seconds as a double and cuts them to microseconds.
// Finer times are set by running `touch`, which must be one that reads "@SECONDS.NANOSECONDS"
// (GNU's does); where it is not there, or does not, times are cut after all.

import { spawnSync } from "node:child_process";
import { futimesSync, lutimesSync } from "node:fs";
import { Buffer } from "node:buffer";
import { hasProc } from "./host.ts";
import type { Stat, Times } from "./fs.ts";

/** Where to set times: an entry (a path with one byte per character), or an open descriptor. */
export type Timed =
  { readonly path: string; readonly fd?: never } | { readonly fd: number; readonly path?: never };

const THOUSAND = 1000n;

/** The double that the host's library cuts to this many nanoseconds, as microseconds. */
export function secondsOf(time: bigint): number {
  const micros = Number(time / THOUSAND);
  let seconds = micros / 1e6;
  const step = Math.max(seconds, 1) * Number.EPSILON;
  while (Math.trunc(seconds * 1e6) < micros) seconds += step;
  return seconds;
}

/** Sets times of a file that has the times `old`. */
export function setTimes(where: Timed, { atim, mtim }: Times, old: Stat): void {
  const isFine = (atim ?? old.atim) % THOUSAND !== 0n || (mtim ?? old.mtim) % THOUSAND !== 0n;
  if (isFine && touch(where, atim, mtim)) return;
  const [a, m] = [secondsOf(atim ?? old.atim), secondsOf(mtim ?? old.mtim)];
  if (where.fd === undefined) lutimesSync(Buffer.from(where.path, "latin1"), a, m);
  else futimesSync(where.fd, a, m);
}

function touch(where: Timed, atim: bigint | undefined, mtim: bigint | undefined): boolean {
  if (!hasProc) return false;
  const inOurs = `/proc/${process.pid}/fd/`;
  const name = where.fd === undefined ? where.path.replace(/^\/proc\/self\/fd\//, inOurs) : "";
  if (where.fd === undefined && Buffer.from(name, "latin1").toString("utf8") !== name) return false;
  const target = where.fd === undefined ? ["-h", name] : [`${inOurs}${where.fd}`];
  const set = (flag: string, time: bigint | undefined): boolean => {
    if (time === undefined) return true;
    const at = `@${time / 1_000_000_000n}.${String(time % 1_000_000_000n).padStart(9, "0")}`;
    const words = ["-c", flag, "-d", at, ...target];
    return spawnSync("touch", words, { stdio: "ignore" }).status === 0;
  };
  return set("-a", atim) && set("-m", mtim);
}
