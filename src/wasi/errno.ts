// Error numbers of WASI preview 1, and which of them a failed call of the host means.

const NAMES =
  "success 2big acces addrinuse addrnotavail afnosupport again already badf badmsg busy " +
  "canceled child connaborted connrefused connreset deadlk destaddrreq dom dquot exist " +
  "fault fbig hostunreach idrm ilseq inprogress intr inval io isconn isdir loop mfile mlink " +
  "msgsize multihop nametoolong netdown netreset netunreach nfile nobufs nodev noent noexec " +
  "nolck nolink nomem nomsg noprotoopt nospc nosys notconn notdir notempty notrecoverable " +
  "notsock notsup notty nxio overflow ownerdead perm pipe proto protonosupport prototype " +
  "range rofs spipe srch stale timedout txtbsy xdev notcapable";

/** Numbers by name, in the order of the specification. */
export const ERRNO: Readonly<Record<string, number>> = Object.fromEntries(
  NAMES.split(" ").map((name, number) => [name, number]),
);

/** The errors that are raised here, rather than by the host. */
export type ErrnoName =
  | ("again" | "badf" | "busy" | "exist" | "fault" | "fbig" | "inval" | "io" | "isdir" | "loop")
  | ("mfile" | "nametoolong" | "noent" | "nospc" | "nosys" | "notdir" | "notempty" | "notsock")
  | ("notsup" | "overflow" | "perm" | "pipe" | "rofs" | "spipe" | "xdev" | "notcapable");

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
export function fail(name: ErrnoName): never {
  throw new WasiError(ERRNO[name]!);
}

// Linux has two names for some errors, and gives one of them to Node.
const ALIASES: Readonly<Record<string, string>> = { opnotsupp: "notsup", wouldblock: "again" };

/** Code of a failed call of the host, e.g. "ENOENT"; empty for any other exception. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : "";
}

/** Error number of an exception; rethrows what is no failure of a host call. */
export function errnoOf(error: unknown): number {
  if (error instanceof WasiError) return error.errno;
  const code = codeOf(error);
  if (code === "") throw error;
  const name = code.slice(1).toLowerCase();
  return ERRNO[ALIASES[name] ?? name] ?? ERRNO["io"]!;
}
