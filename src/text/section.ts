// A section under construction, and what the writers of a module's fields share.

import { ByteWriter } from "../support/bytes.ts";
import type { Code, Scope } from "./code.ts";
import type { Cursor } from "./cursor.ts";

/** The entries of one section. */
export class Section {
  count = 0;
  readonly bytes = new ByteWriter(64);

  /** Opens one more entry. */
  entry(): ByteWriter {
    this.count++;
    return this.bytes;
  }
}

/** Where fields come from and where segments go. */
export interface Output {
  readonly c: Cursor;
  readonly scope: Scope;
  readonly code: Code;
  readonly elems: Section;
  readonly datas: Section;
}
