// What the conformance suite of WASI asks of a host: a program's world to start, and then the place
// of the guest in it. The suite calls the functions one by one, with a memory of MEMORY bytes that
// it reads and writes from outside. The loader answers through control mode (native.ts), the host
// of Node in this process.

export const MEMORY = 16 * 65_536;

/** A directory that the guest sees, by a name of its own. */
export interface Mount {
  readonly host: string;
  readonly guest: string;
  readonly readOnly?: boolean;
}

/** Everything that a program is given; what is left out, it does not have. */
export interface World {
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  readonly dirs?: readonly Mount[];
  /** Descriptors of this process that become 0 and 1; without, empty input and no one listening. */
  readonly stdin?: number;
  readonly stdout?: number;
  /** HOST:PORT; the socket is the first descriptor after the directories. */
  readonly listen?: string;
  /** What every clock says, in nanoseconds. */
  readonly fixedClock?: bigint;
  /** Makes random_get a function of this number. */
  readonly seed?: bigint;
  /** The functions of wasi_unstable instead of those of wasi_snapshot_preview1. */
  readonly unstable?: boolean;
}

/** How a call ends that does not return: proc_exit, or a signal that ends the program. */
export class Exit extends Error {
  override name = "Exit";
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

export interface Guest {
  /** Names of all the functions there are. */
  readonly names: readonly string[];
  /** Calls a function, bigint arguments being i64; its errno. Throws Exit. */
  call(name: string, ...args: (number | bigint)[]): Promise<number>;
  read(at: number, count: number): Promise<Uint8Array>;
  write(at: number, bytes: Uint8Array): Promise<void>;
  /** What the process that is the host holds: open descriptors, resident bytes. */
  usage(): { descriptors: number; bytes: number };
  /** Closes what the guest left open. */
  end(): Promise<void>;
}

export interface Host {
  readonly name: string;
  /** Why it cannot run here, or "". */
  readonly missing: string;
  /** How many times fewer cases a test with many of them takes: emulated, everything is slow. */
  readonly fewer: number;
  /** It can take connections; if not, sock_accept and sock_shutdown answer ENOTSUP. */
  readonly listens: boolean;
  start(world: World): Promise<Guest>;
}
