// What WASI asks of a file system: open files and open directories, and operations on one entry of
// an open directory, named by a single component. There are two of them, the host's (hostfs.ts) and
// one in memory (memfs.ts). Paths are walked by neither of them but in walk.ts.
//
// A name is never empty, ".." or absolute, and has no "/" in it; "." is the directory itself. Names
// and targets of links are bytes, one per character (latin1). None of these operations follows a
// symbolic link at `name`. What fails throws WasiError or the host's error.

/** File types of WASI. */
export const TYPE = {
  unknown: 0,
  block: 1,
  character: 2,
  directory: 3,
  regular: 4,
  datagram: 5,
  stream: 6,
  link: 7,
} as const;

/** Flags of a descriptor (fdflags). */
export const FLAG = { append: 1, dsync: 2, nonblock: 4, rsync: 8, sync: 16, all: 31 } as const;

/** Times are in nanoseconds since 1970. */
export interface Stat {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly type: number;
  readonly nlink: bigint;
  readonly size: bigint;
  readonly atim: bigint;
  readonly mtim: bigint;
  readonly ctim: bigint;
}

/** How an entry is opened. */
export interface OpenHow {
  readonly read: boolean;
  readonly write: boolean;
  readonly create: boolean;
  readonly exclusive: boolean;
  readonly truncate: boolean;
  readonly directory: boolean;
  /** fdflags */
  readonly flags: number;
}

/** New times of a file; what is left out stays. */
export interface Times {
  readonly atim?: bigint | undefined;
  readonly mtim?: bigint | undefined;
}

interface Open {
  readonly type: number;
  stat(): Stat;
  setTimes(times: Times): void;
  sync(): void;
  datasync(): void;
  close(): void;
}

/** What can be read from a stream now: bytes, or that its end is reached. */
export interface Ready {
  readonly count: number;
  readonly ended: boolean;
}

/** Anything but a directory. */
export interface File extends Open {
  readonly isDirectory: false;
  /** It was opened for reading, for writing. */
  readonly canRead: boolean;
  readonly canWrite: boolean;
  /** Bytes read into `into` from `at`, or where the stream is (-1). */
  read(into: Uint8Array, at: number): number;
  write(from: Uint8Array, at: number): number;
  setSize(size: number): void;
  /** Changes append, nonblock and the rest, as far as the host can. */
  setFlags(flags: number): void;
  /** undefined: reading would block. What cannot be known is taken to be ready. */
  ready(): Ready | undefined;
  /** Where the host's own offset is. */
  offset(): number;
}

export interface Entry {
  readonly name: string;
  readonly ino: bigint;
  readonly type: number;
}

/** The entries of a directory one after the other, without "." and "..". */
export interface Listing {
  next(): Entry | undefined;
  close(): void;
}

export interface Directory extends Open {
  readonly isDirectory: true;
  /** Equal for directories of one file system, between which can be linked and renamed. */
  readonly system: unknown;
  /** The directory at `name`, to walk on from; undefined where that is a symbolic link. */
  enter(name: string): Directory | undefined;
  lookup(name: string): Stat;
  /** Target of a symbolic link; undefined where there is none, be it that nothing is there. */
  target(name: string): string | undefined;
  readlink(name: string): string;
  open(name: string, how: OpenHow): File | Directory;
  makeDirectory(name: string): void;
  removeDirectory(name: string): void;
  unlink(name: string): void;
  symlink(name: string, target: string): void;
  link(name: string, to: Directory, newName: string): void;
  rename(name: string, to: Directory, newName: string): void;
  setTimesOf(name: string, times: Times): void;
  list(): Listing;
}
