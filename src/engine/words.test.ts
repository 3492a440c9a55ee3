// Values as a command line gives and shows them. The same words go through the C runtime's reader
// and printer (number.c), which this must match.

import { describe, expect, it } from "vitest";
import { EXTERNREF, F32, F64, FUNCREF, I32, I64, V128 } from "../wasm/types.ts";
import { parseValue, showValue } from "./words.ts";

const shown = (type: number, word: string): string | undefined => {
  const value = parseValue(type, word);
  return value && showValue(value);
};

const f64 = (n: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, n, true);
  return showValue({ type: F64, lo: view.getInt32(0, true), hi: view.getInt32(4, true) });
};

describe("integers", () => {
  it.each([
    [I32, "0", "0"],
    [I32, "+12", "12"],
    [I32, "-1", "-1"],
    [I32, "4294967295", "-1"],
    [I32, "-2147483648", "-2147483648"],
    [I32, "0xFf", "255"],
    [I32, "-0X10", "-16"],
    [I64, "18446744073709551615", "-1"],
    [I64, "-9223372036854775808", "-9223372036854775808"],
    [I64, "0x123456789abcdef0", "1311768467463790320"],
  ])("%i %s is %s", (type, word, text) => expect(shown(type, word)).toBe(text));

  it.each([
    [I32, "4294967296"],
    [I32, "-2147483649"],
    [I32, ""],
    [I32, "-"],
    [I32, "0x"],
    [I32, "1.0"],
    [I32, "1_000"],
    [I32, " 1"],
    [I64, "18446744073709551616"],
    [I64, "-9223372036854775809"],
    [V128, "1"],
  ])("%i %s is none", (type, word) => expect(parseValue(type, word)).toBe(undefined));
});

describe("floats", () => {
  it.each([
    [F64, "1", "1"],
    [F64, "-0", "-0"],
    [F64, "0.1", "0.1"],
    [F64, ".5", "0.5"],
    [F64, "5.", "5"],
    [F64, "1e21", "1e+21"],
    [F64, "1E-7", "1e-7"],
    [F64, "123456789012345680000", "123456789012345680000"],
    [F64, "0.000001", "0.000001"],
    [F64, "0x1.8p1", "3"],
    [F64, "0X.8", "0.5"],
    [F64, "-inf", "-inf"],
    [F64, "nan", "nan"],
    [F64, "-nan", "nan"],
    [F64, "1e400", "inf"],
    [F64, "-1e400", "-inf"],
    [F64, "1e-400", "0"],
    [F64, "2.2250738585072011e-308", "2.225073858507201e-308"],
    [F32, "0.1", "0.1"],
    [F32, "16777217", "16777216"],
    [F32, "3.4028235e38", "3.4028235e+38"],
    [F32, "1e39", "inf"],
    [F32, "-1e39", "-inf"],
    [F32, "1e-45", "1e-45"],
    [F32, "0x1p-149", "1e-45"],
    [F32, "1.17549435e-38", "1.1754944e-38"],
    [F32, "0.3333333333", "0.33333334"],
  ])("%i %s is %s", (type, word, text) => expect(shown(type, word)).toBe(text));

  it.each(["", "-", ".", "e5", "1e", "0x", "0xp1", "1p3", "Inf", "NaN", "nan:0x1", "1,5"])(
    "%s is none",
    (word) => {
      expect(parseValue(F64, word)).toBe(undefined);
      expect(parseValue(F32, word)).toBe(undefined);
    },
  );

  it("read back as they are shown", () => {
    for (const n of [Math.PI, 1 / 3, 5e-324, 1.7976931348623157e308, -1e-10, 123456.789]) {
      expect(Number(f64(n))).toBe(n);
    }
  });
});

describe("references", () => {
  it("can only be null", () => {
    expect(shown(FUNCREF, "null")).toBe("null");
    expect(shown(EXTERNREF, "null")).toBe("null");
    expect(parseValue(EXTERNREF, "1")).toBe(undefined);
    expect(showValue({ type: FUNCREF, lo: 3, hi: 0 })).toBe("func");
    expect(showValue({ type: EXTERNREF, lo: 0, hi: 1 })).toBe("extern");
  });
});
