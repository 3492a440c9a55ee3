// Messages put the reason first and the place behind it; describe makes one sentence of anything.

import { expect, test } from "vitest";
import { Bug, Exhaustion, Invalid, LinkError, Malformed, Trap, bug, describe } from "./errors.ts";

test("the place follows the reason, as far as it is known", () => {
  expect(new Malformed("unexpected end").message).toBe("unexpected end");
  expect(new Malformed("unexpected end", 0).message).toBe("unexpected end, at offset 0x0");
  expect(new Invalid("type mismatch", 26, 3).message).toBe(
    "type mismatch, at offset 0x1a in function 3",
  );
  expect(new Invalid("unknown type 9", -1, 3).message).toBe("unknown type 9, in function 3");
  const e = new Invalid("type mismatch", 26, 3);
  expect([e.reason, e.offset, e.func, e.name]).toEqual(["type mismatch", 26, 3, "Invalid"]);
});

test("describe says what kind of error it is", () => {
  expect(describe(new Malformed("unexpected end", 4))).toBe(
    "malformed module: unexpected end, at offset 0x4",
  );
  expect(describe(new LinkError("unknown import"))).toBe("cannot link: unknown import");
  expect(describe(new Trap("unreachable"))).toBe("trap: unreachable");
  expect(describe(new Exhaustion("call stack exhausted"))).toBe("trap: call stack exhausted");
  expect(describe(new Error("no such file"))).toBe("no such file");
  expect(describe("odd")).toBe("odd");
});

test("bug throws", () => {
  expect(() => bug("left is right")).toThrow(Bug);
});
