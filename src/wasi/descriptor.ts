// A descriptor of the guest: an open file or directory with the rights to it, the flags, the file
// offset, and how far a directory was listed.
//
// Files that were opened here have their offset here; a standard stream uses the host's until the
// guest seeks in it.

import { Cursor } from "./cursor.ts";
import { codeOf, fail } from "./errno.ts";
import { FLAG, TYPE } from "./fs.ts";
import type { Directory, File } from "./fs.ts";
import { CHANGES, DIRECTORY, FILE, STREAM } from "./rights.ts";

export interface DescriptorOptions {
  /** Rights, of which those that do not apply to the type are dropped. */
  readonly base: number;
  readonly inheriting: number;
  readonly flags?: number;
  readonly readOnly?: boolean;
  /** Guest's name of a preopened directory. */
  readonly preopen?: Uint8Array;
  /** The host keeps the offset. */
  readonly shared?: boolean;
}

/** What a call wants: any descriptor, a directory, none of these, one with an offset, a socket. */
export type Kind = "a" | "d" | "f" | "o" | "s";

/** Lets some time pass before what could not be done is tried again; throws to end waiting. */
export type Wait = () => void;

const noName = new Uint8Array(0);

export class Descriptor {
  readonly open: File | Directory;
  readonly readOnly: boolean;
  readonly preopen: Uint8Array;
  base: number;
  inheriting: number;
  flags: number;
  /** File offset, -1 = the host keeps it, or there is none. */
  private position: number;
  private listing: Cursor | undefined;

  constructor(open: File | Directory, options: DescriptorOptions) {
    this.open = open;
    const { base, inheriting, flags = 0, readOnly = false, preopen = noName } = options;
    const fitting = open.isDirectory ? DIRECTORY : this.isSeekable ? FILE : STREAM;
    this.base = base & fitting & (readOnly ? ~CHANGES : -1);
    this.inheriting = open.isDirectory ? inheriting : 0;
    this.flags = flags;
    this.readOnly = readOnly;
    this.preopen = preopen;
    this.position = this.isSeekable && options.shared !== true ? 0 : -1;
  }

  get type(): number {
    return this.open.type;
  }

  private get isSeekable(): boolean {
    return this.type === TYPE.regular || this.type === TYPE.block;
  }

  /** Ends the call unless this is such a descriptor, and may do what needs these rights. */
  check(kind: Kind, rights: number): void {
    const { isDirectory } = this.open;
    if (kind === "d" && !isDirectory) fail("notdir");
    if ((kind === "f" || kind === "o") && isDirectory) fail("isdir");
    if (kind === "o" && !this.isSeekable) fail("spipe");
    const isSocket = this.type === TYPE.stream || this.type === TYPE.datagram;
    if (kind === "s" && !isSocket) fail("notsock");
    if (this.readOnly && (rights & CHANGES) !== 0) fail("rofs");
    if ((this.base & rights) !== rights) fail("notcapable");
  }

  get file(): File {
    return this.open.isDirectory ? fail("isdir") : this.open;
  }

  get directory(): Directory {
    return this.open.isDirectory ? this.open : fail("notdir");
  }

  get cursor(): Cursor {
    return (this.listing ??= new Cursor(this.directory));
  }

  /** Reads from the file offset on; a stream is waited for unless it is non-blocking. */
  read(into: Uint8Array, wait: Wait): number {
    const { file } = this;
    const n = this.patiently(() => file.read(into, this.position), wait);
    if (this.position >= 0) this.position += n;
    return n;
  }

  write(from: Uint8Array, wait: Wait): number {
    const { file } = this;
    const n = this.patiently(() => file.write(from, this.position), wait);
    if (this.position < 0) return n;
    const appended = (this.flags & FLAG.append) !== 0;
    this.position = appended ? Number(file.stat().size) : this.position + n;
    return n;
  }

  private patiently(transfer: () => number, wait: Wait): number {
    for (;;) {
      try {
        return transfer();
      } catch (error) {
        const code = codeOf(error);
        if (code !== "EINTR") {
          if (code !== "EAGAIN" || (this.flags & FLAG.nonblock) !== 0) throw error;
          wait();
        }
      }
    }
  }

  /** Checks that there is such a place in the file; -1 where it is beyond all files. */
  placeOf(offset: bigint): number {
    if (!this.isSeekable) fail("spipe");
    if (offset < 0n) fail("inval");
    return offset > BigInt(Number.MAX_SAFE_INTEGER) ? -1 : Number(offset);
  }

  /** Moves the file offset; whence: 0 from the start, 1 from here, 2 from the end. */
  seek(offset: bigint, whence: number): bigint {
    const { file } = this;
    if (!this.isSeekable) fail("spipe");
    const from = whence === 0 ? 0n : whence === 1 ? this.current(file) : file.stat().size;
    const to = from + offset;
    if (to < 0n || to > BigInt(Number.MAX_SAFE_INTEGER)) fail("inval");
    if (offset !== 0n || whence !== 1) this.position = Number(to);
    return to;
  }

  private current(file: File): bigint {
    return BigInt(this.position >= 0 ? this.position : file.offset());
  }

  /** Bytes to the end of a file. */
  get left(): bigint {
    const left = this.file.stat().size - this.current(this.file);
    return left > 0n ? left : 0n;
  }

  close(): void {
    this.listing?.close();
    this.open.close();
  }
}
