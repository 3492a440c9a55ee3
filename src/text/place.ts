// Where an error stands in a text. In: a text and an offset in it. Out: line and column, counted
// from one, and the error that carries them behind its reason. Lines are counted only when somebody
// asks, so that reading a text costs nothing for it.

import { Malformed } from "../support/errors.ts";

export interface Place {
  readonly line: number;
  /** In UTF-16 units. */
  readonly column: number;
}

/** Counts lines forward through a text; offsets must be asked for in ascending order. */
export class Lines {
  private readonly text: string;
  private line = 1;
  private start = 0;
  private seen = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Line and column of an offset; `\n`, `\r` and `\r\n` end lines. */
  at(offset: number): Place {
    const { text } = this;
    for (; this.seen < offset; this.seen++) {
      const c = text.charCodeAt(this.seen);
      if (c !== 10 && (c !== 13 || text.charCodeAt(this.seen + 1) === 10)) continue;
      this.line++;
      this.start = this.seen + 1;
    }
    return { line: this.line, column: offset - this.start + 1 };
  }
}

/** The error for `reason` at `offset` of `text`. */
export function malformed(reason: string, text: string, offset: number): Malformed {
  const { line, column } = new Lines(text).at(offset);
  return new Malformed(`${reason}, at line ${line}, column ${column}`);
}
