// Damaged modules, binary and text, for hostile.ts.

import { flipBytes, readSamples } from "./corpus.ts";
import { Judge } from "./judge.ts";
import { Random } from "./random.ts";

/** A numbered family of cases. */
export interface Part {
  readonly truncations: number;
  /** Runs case `k`; answers its outcome in a word, throws if it is none that may be. */
  run(k: number): Promise<string>;
  /** Ends the part; answers the largest memory that a child process took, in bytes. */
  end(): Promise<number>;
}

/** Cases over the samples; case `k` of the truncations cuts the concatenation at k. */
export async function newModulePart(form: "binary" | "text"): Promise<Part> {
  const wholes = readSamples().map((s) => (form === "binary" ? s.bytes : s.text));
  const judge = new Judge("alone");
  const truncations = wholes.reduce((n, whole) => n + whole.length, 0);
  const cut = (k: number): Uint8Array => {
    let rest = k;
    for (const whole of wholes) {
      if (rest < whole.length) return whole.subarray(0, rest);
      rest -= whole.length;
    }
    throw new Error(`there is no case ${k}`);
  };
  const flip = (k: number): Uint8Array => {
    const r = new Random(k);
    const bytes = r.pick(wholes).slice();
    flipBytes(bytes, r);
    return bytes;
  };
  return {
    truncations,
    run: (k) => {
      const bytes = k < truncations ? cut(k) : flip(k - truncations);
      return judge[form](bytes, k % 2 === 0 ? "guard" : "explicit");
    },
    end: async () => {
      await judge.close();
      return 0;
    },
  };
}
