// Where fd_readdir is in a directory. Entries are counted in the order in which the host lists
// them, "." and ".." first, and a cookie is such a number: entry k leads on to cookie k + 1. The
// last entries are kept, so that a guest whose buffer ended in the middle of one can go back a
// little; going back further lists the directory anew up to there. Memory does not grow with the
// directory.

import type { Directory, Entry, Listing } from "./fs.ts";
import { TYPE } from "./fs.ts";

const KEPT = 1024;

export class Cursor {
  private readonly directory: Directory;
  private listing: Listing | undefined;
  /** Entries that were listed, and the last of them. */
  private listed = 0;
  private kept: Entry[] = [];
  private at = 0;

  constructor(directory: Directory) {
    this.directory = directory;
  }

  /** Goes to a cookie; 0 begins anew, with what the directory holds by then. */
  seek(cookie: number): void {
    if (cookie === 0 || cookie < this.listed - this.kept.length) this.close();
    this.at = this.listed;
    while (this.at < cookie && this.next() !== undefined) continue;
    this.at = cookie;
  }

  /** The entry at the cursor, undefined behind the last one. */
  next(): Entry | undefined {
    const back = this.listed - this.at;
    if (back < 0) return undefined;
    const entry = back > 0 ? this.kept[this.kept.length - back] : this.list();
    if (entry !== undefined) this.at++;
    return entry;
  }

  private list(): Entry | undefined {
    const entry = this.listed < 2 ? this.dots() : (this.listing ??= this.directory.list()).next();
    if (entry === undefined) return undefined;
    if (this.kept.length === 2 * KEPT) this.kept = this.kept.slice(KEPT);
    this.kept.push(entry);
    this.listed++;
    return entry;
  }

  // The parent goes by the number of the directory itself, as the parent of a root does: what lies
  // above is nothing the guest should know of.
  private dots(): Entry {
    const { ino } = this.directory.stat();
    return { name: this.listed === 0 ? "." : "..", ino, type: TYPE.directory };
  }

  close(): void {
    this.listing?.close();
    this.listing = undefined;
    this.listed = 0;
    this.kept = [];
  }
}
