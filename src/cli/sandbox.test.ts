// Words of the command line that say what a guest is given: what they mean, and what is refused.

import { describe, expect, it } from "vitest";
import { UsageError } from "./report.ts";
import { loaderWords, parseDir, parseDuration, parseSandbox, parseSize } from "./sandbox.ts";

describe("directories", () => {
  it.each([
    ["a", "a", "a", false],
    ["a::b", "a", "b", false],
    ["/x y::/", "/x y", "/", false],
    ["a:ro", "a", "a", true],
    ["a::b:ro", "a", "b", true],
    ["a::b::c", "a", "b::c", false],
  ])("%s", (given, host, guest, readOnly) => {
    expect(parseDir(given)).toEqual({ host, guest, readOnly });
  });

  it.each(["", "::", "a::", "::b", ":ro", "::b:ro", "a:::ro"])("not %j", (given) => {
    expect(() => parseDir(given)).toThrow(UsageError);
  });
});

describe("durations", () => {
  it.each([
    ["1ms", 1],
    ["500ms", 500],
    ["2s", 2000],
    ["1.5s", 1500],
    ["3m", 180_000],
    ["1h", 3_600_000],
    ["1us", 1],
    ["1500us", 2],
    ["1ns", 1],
  ])("%s is %i ms", (given, ms) => expect(parseDuration("timeout", given)).toBe(ms));

  it.each(["", "5", "0s", "0ms", "-1s", "1 s", "1S", "1e3ms", "s", "9999999999999999h"])(
    "not %j",
    (given) => expect(() => parseDuration("timeout", given)).toThrow(UsageError),
  );
});

describe("sizes", () => {
  it.each([
    ["65536", 65_536],
    ["64K", 65_536],
    ["64KiB", 65_536],
    ["64KB", 65_536],
    ["100000B", 100_000],
    ["16M", 1 << 24],
    ["16MiB", 1 << 24],
    ["1GiB", 1 << 30],
  ])("%s is %i bytes", (given, bytes) => expect(parseSize("max-memory", given)).toBe(bytes));

  it.each(["", "K", "0", "1K", "65535", "1.5M", "-64K", "64k", "1T", "99999999999G"])(
    "not %j",
    (given) => expect(() => parseSize("max-memory", given)).toThrow(UsageError),
  );
});

describe("all of them", () => {
  it("grant nothing by default", () => {
    const all = parseSandbox({});
    expect(all).toMatchObject({ dirs: [], env: [] });
    expect(loaderWords(all)).toEqual([]);
  });

  it("reach the loader in one spelling", () => {
    const all = parseSandbox({
      dir: ["x", "y::/:ro"],
      env: ["A=1", "B="],
      listen: "127.0.0.1:8080",
      timeout: "1.5s",
      "max-memory": "1MiB",
      "fixed-clock": "0x10",
      seed: "18446744073709551615",
    });
    expect(loaderWords(all)).toEqual([
      ...["--dir", "x::x", "--dir", "y::/:ro", "--env", "A=1", "--env", "B="],
      ...["--listen", "127.0.0.1:8080", "--timeout", "1500ms", "--max-memory", "1048576"],
      ...["--fixed-clock", "16", "--seed", "18446744073709551615"],
    ]);
  });

  it.each([
    { env: ["A"] },
    { env: ["=1"] },
    { listen: "x" },
    { listen: "x:70000" },
    { listen: ":80" },
    { seed: "-1" },
    { seed: "18446744073709551616" },
    { "fixed-clock": "1.5" },
    { "fixed-clock": "" },
  ])("not %j", (given) => expect(() => parseSandbox(given)).toThrow(UsageError));
});
