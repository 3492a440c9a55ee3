// V8 optimises nothing in a thread until enough is compiled there.

import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";

/** What a hot function is, by V8: 1 = optimised, before and after `more` bytes are expected. */
function statuses(env: Record<string, string>, less: number, more: number): string {
  const cool = new URL("../../dist/src/engine/cool.js", import.meta.url).href;
  const program = `
    import { Cool } from ${JSON.stringify(cool)};
    const cool = new Cool();
    const hot = (n) => { let s = 0; for (let k = 0; k < n; k++) s = (s + k * 7) | 0; return s; };
    async function status(rounds) {
      for (let k = 0; k < rounds; k++) {
        for (let j = 0; j < 2000; j++) hot(1000);
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (%ActiveTierIsMaglev(hot) || %ActiveTierIsTurbofan(hot)) return 1;
      }
      return 0;
    }
    cool.expect(${less});
    const before = await status(20);
    cool.expect(${more});
    console.log(before, await status(1000));`;
  const args = ["--allow-natives-syntax", "--input-type=module", "-e", program];
  const options = { encoding: "utf8", env: { ...process.env, ...env }, timeout: 60_000 } as const;
  return execFileSync(process.execPath, args, options).trim();
}

describe("a cool thread", () => {
  it("optimises when there is much to compile", () => {
    expect(statuses({ NODE_V8_COVERAGE: "" }, 5000, 200_000)).toBe("0 1");
  });

  it("optimises all along when that is what it begins with", () => {
    expect(statuses({ NODE_V8_COVERAGE: "" }, 200_000, 5000)).toBe("1 1");
  });

  it("adds up", () => {
    expect(statuses({ NODE_V8_COVERAGE: "" }, 60_000, 60_000)).toBe("0 1");
  });
});
