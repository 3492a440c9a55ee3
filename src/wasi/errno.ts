// Error numbers of WASI preview 1, and which of them a failed call of the host means.

// prettier-ignore
export const ERRNO = {
  success: 0, "2big": 1, acces: 2, again: 6, badf: 8, busy: 10, exist: 20, fault: 21, fbig: 22,
  intr: 27, inval: 28, io: 29, isdir: 31, loop: 32, mfile: 33, nametoolong: 37, nfile: 41,
  nodev: 43, noent: 44, nomem: 48, nospc: 51, nosys: 52, notdir: 54, notsup: 58, nxio: 60,
  overflow: 61, perm: 63, pipe: 64, rofs: 69, spipe: 70, notcapable: 76,
} as const;

/** A WASI call that failed. */
export class WasiError extends Error {
  override name = "WasiError";
  readonly errno: number;
  constructor(errno: number) {
    super(`errno ${errno}`);
    this.errno = errno;
  }
}

/** Ends a WASI call with an error. */
export function fail(name: keyof typeof ERRNO): never {
  throw new WasiError(ERRNO[name]);
}

/** Error number of an exception; rethrows what is no failure of a host call. */
export function errnoOf(error: unknown): number {
  if (error instanceof WasiError) return error.errno;
  const code = (error as { code?: unknown } | undefined)?.code;
  if (typeof code !== "string" || !/^E[A-Z0-9]+$/.test(code)) throw error;
  if (code === "EXDEV") return ERRNO.notcapable;
  const name = code.slice(1).toLowerCase();
  return (ERRNO as Readonly<Record<string, number>>)[name] ?? ERRNO.io;
}
