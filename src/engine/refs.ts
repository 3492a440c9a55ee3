// Values of externref in native code: numbers that stand for them in the group whose guests may
// hold them. A number is never given twice in a thread, so that groups can be united while guests
// hold some. The same value has the same number, as far as that can be told.

/** Where numbers come from. */
export interface Numbering {
  lastExtern: number;
}

export class Externs {
  readonly values = new Map<number, unknown>();
  private readonly numbers = new Map<unknown, number>();

  get size(): number {
    return this.values.size;
  }

  get(number: number): unknown {
    return this.values.get(number);
  }

  numberOf(value: unknown, numbering: Numbering): number {
    // A Map does not tell -0 from 0.
    const known = Object.is(value, -0) ? undefined : this.numbers.get(value);
    if (known !== undefined) return known;
    const number = ++numbering.lastExtern;
    this.add(number, value);
    return number;
  }

  add(number: number, value: unknown): void {
    this.values.set(number, value);
    if (!Object.is(value, -0)) this.numbers.set(value, number);
  }

  addAll(other: Externs): void {
    for (const [number, value] of other.values) this.add(number, value);
  }

  /** Forgets all but these. */
  keep(numbers: Iterable<number>): void {
    const kept = Array.from(numbers, (number) => [number, this.values.get(number)] as const);
    this.values.clear();
    this.numbers.clear();
    for (const [number, value] of kept) this.add(number, value);
  }
}
