// Tests for every way of running modules. In: a describe block's body, which gets the words that
// ask for the way. Out: one block per way; one that cannot be gone here is skipped and says why.

import { describe } from "vitest";
import { WAYS } from "./ingot.ts";

export function everyWay(what: string, tests: (words: readonly string[]) => void): void {
  for (const { name, words, missing } of WAYS) {
    const title = missing === "" ? `${what} ${name}` : `${what} ${name} (${missing})`;
    describe.skipIf(missing !== "")(title, () => tests(words));
  }
}
