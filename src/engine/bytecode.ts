// The compiler's own code as V8 has read it, kept in the cache: a thread that finds it there need
// parse neither the compiler nor the functions that it uses. In: the source, and what V8 makes of
// it. Out: a file of the directory, or nothing; whatever goes wrong is no more than time lost.
//
//   compiler-HASH.code    HASH: of the source, Node's version and flags. In it: SHA-256 of all that
//                         follows (32 bytes), seen (u32), code
//
// V8 refuses what another V8 made, but takes damaged data for its own and crashes, and it compares
// nothing but the length of the source: hence the hashes. `seen` is how many bytes of modules had
// been compiled when the code was kept: functions that nobody has called yet are not in it.

import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  fstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { foreign, openFile } from "./trust.ts";

/** A directory for it. */
export interface Store {
  readonly directory: string;
  readonly readOnly: boolean;
  /** What Node was started with. */
  readonly flags: string;
}

/** Names of such files. */
export const CODE_NAME = /^compiler-[0-9a-f]{64}\.code$/;

const SUM = 32;
const HEAD = SUM + 4;

/** Code is kept again when so many times as much has been compiled... */
const MORE = 4;
/** ...until so much has been: then whatever modules use is in it. */
const ENOUGH = 100_000;

const sum = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

export class Bytecode {
  private readonly store: Store;
  private readonly path: string;
  /** What had been compiled when the code in the file was kept; 0 without one. */
  private seen = 0;

  constructor(store: Store, source: Uint8Array) {
    this.store = store;
    const { arch, version } = process;
    const hash = createHash("sha256").update(source).update(`${version} ${arch} ${store.flags}`);
    this.path = join(store.directory, `compiler-${hash.digest("hex")}.code`);
  }

  /** The code, undefined if there is none that can be trusted. */
  read(): Buffer | undefined {
    try {
      if (!this.isUsable()) return undefined;
      const file = this.load();
      if (file === undefined || file.length <= HEAD) return undefined;
      if (!sum(file.subarray(SUM)).equals(file.subarray(0, SUM))) return undefined;
      this.seen = file.readUInt32LE(SUM);
      return file.subarray(HEAD);
    } catch {
      return undefined;
    }
  }

  /** V8 did not want it. */
  refused(): void {
    this.seen = 0;
  }

  /** Keeps the code that `make` makes, if it has more in it than what is kept already. */
  keep(seen: number, make: () => Uint8Array): void {
    if (this.store.readOnly || this.seen >= ENOUGH || seen < MORE * this.seen) return;
    this.seen = Math.max(1, seen);
    try {
      mkdirSync(this.store.directory, { recursive: true, mode: 0o700 });
      if (this.isUsable()) this.write(make());
    } catch {
      this.seen = ENOUGH; // not here, and not in a minute
    }
  }

  private isUsable(): boolean {
    const stats = statSync(this.store.directory);
    return stats.isDirectory() && foreign(stats) === undefined;
  }

  private load(): Buffer | undefined {
    const fd = openFile(this.path);
    try {
      const stats = fstatSync(fd);
      return stats.isFile() && foreign(stats) === undefined ? readFileSync(fd) : undefined;
    } finally {
      closeSync(fd);
    }
  }

  private write(code: Uint8Array): void {
    const file = Buffer.alloc(HEAD + code.length);
    file.writeUInt32LE(this.seen, SUM);
    file.set(code, HEAD);
    file.set(sum(file.subarray(SUM)));
    const name = `.${process.pid}-${randomBytes(8).toString("hex")}.tmp`;
    const temporary = join(this.store.directory, name);
    try {
      writeFileSync(temporary, file, { flag: "wx", mode: 0o600 });
      renameSync(temporary, this.path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }
}
