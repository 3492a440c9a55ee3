// Writes instructions of the interpreter into a buffer, function by function. A jump's target is
// relative to the word before the target word itself: in a branch that is the instruction, since
// its target is word 1. Until a forward target is known, its word links to the previous one that
// waits for the same label; 0 ends the chain, as word 0 is never a target.

/** Instructions with the byte offset of the operator they came from, in the order of writing. */
export interface Mark {
  readonly at: number;
  readonly offset: number;
}

export class Assembler {
  words = new Int32Array(4096);
  at = 0;
  /** Start of the last instruction if nothing jumps behind it, else -1. */
  last = -1;
  /** Byte offset of the operator at work. */
  offset = 0;
  /** Filled when someone wants to know. */
  marks: Mark[] | undefined;

  reset(marks: Mark[] | undefined): void {
    this.at = 0;
    this.last = -1;
    this.marks = marks;
  }

  /** Makes room for `n` words. */
  private ensure(n: number): void {
    if (this.at + n <= this.words.length) return;
    const bigger = new Int32Array(Math.max(this.words.length * 2, this.at + n));
    bigger.set(this.words);
    this.words = bigger;
  }

  private begin(x: number, n: number): void {
    this.ensure(n);
    this.last = this.at;
    this.marks?.push({ at: this.at, offset: this.offset });
    this.words[this.at++] = x;
  }

  put0(x: number): void {
    this.begin(x, 1);
  }

  put1(x: number, p: number): void {
    this.begin(x, 2);
    this.words[this.at++] = p;
  }

  put2(x: number, p: number, q: number): void {
    this.begin(x, 3);
    this.words[this.at++] = p;
    this.words[this.at++] = q;
  }

  put3(x: number, p: number, q: number, r: number): void {
    this.begin(x, 4);
    this.words[this.at++] = p;
    this.words[this.at++] = q;
    this.words[this.at++] = r;
  }

  put4(x: number, p: number, q: number, r: number, s: number): void {
    this.begin(x, 5);
    this.words[this.at++] = p;
    this.words[this.at++] = q;
    this.words[this.at++] = r;
    this.words[this.at++] = s;
  }

  put5(x: number, p: number, q: number, r: number, s: number, t: number): void {
    this.put4(x, p, q, r, s);
    this.more(t);
  }

  /** One more word of the instruction just written. */
  more(word: number): void {
    this.ensure(1);
    this.words[this.at++] = word;
  }

  /** Nothing written so far may be changed any more: something jumps here. */
  barrier(): void {
    this.last = -1;
  }

  /** Makes the target in word `at` the known place `target`. */
  aim(at: number, target: number): void {
    this.words[at] = target - (at - 1);
  }

  /** Adds the target in word `at` to a chain and returns the chain's new head. */
  link(at: number, chain: number): number {
    this.words[at] = chain;
    return at;
  }

  /** Aims every target of a chain here. */
  bind(chain: number): void {
    for (let at = chain; at !== 0;) {
      const next = this.words[at]!;
      this.aim(at, this.at);
      at = next;
    }
    if (chain !== 0) this.barrier();
  }
}
