// Feature lists as users write them.

import { expect, test } from "vitest";
import { FeatureError, defaultFeatures, needs, parseFeatures, standard } from "./features.ts";

test("standards", () => {
  expect(parseFeatures("2.0")).toEqual(defaultFeatures);
  expect(parseFeatures("")).toEqual(defaultFeatures);
  expect(parseFeatures("1.0")).toEqual(standard("1.0"));
  expect(parseFeatures("1.0").has("sign-extension")).toBe(false);
  expect(parseFeatures("1.0").has("mutable-globals")).toBe(true);
});

test("switching on and off, in order", () => {
  const f = parseFeatures("1.0,+sign-extension, +simd,-simd");
  expect([...f].sort()).toEqual(["mutable-globals", "mvp", "sign-extension"]);
  expect(parseFeatures("-simd").has("simd")).toBe(false);
  expect(defaultFeatures.has("simd")).toBe(true);
});

test("what cannot be followed is refused with a reason", () => {
  const reason = (text: string): string => {
    try {
      parseFeatures(text);
      return "accepted";
    } catch (e) {
      expect(e).toBeInstanceOf(FeatureError);
      return (e as FeatureError).message;
    }
  };
  expect(reason("3.0")).toMatch(/not implemented/);
  expect(reason("2.0,+gc")).toMatch(/gc is known, but not implemented/);
  expect(reason("2.0,+bananas")).toMatch(/"bananas" is no feature/);
  expect(reason("simd")).toMatch(/needs a \+ or a -/);
  expect(reason("2.0,simd")).toMatch(/needs a \+ or a -/);
  expect(reason("4.0")).toMatch(/no standard/);
  expect(reason("-mvp")).toMatch(/always on/);
});

test("needs tells what is off from what is not there", () => {
  expect(needs("i32.extend8_s", "sign-extension")).toBe(
    "i32.extend8_s needs the feature sign-extension, which is off",
  );
  expect(needs("struct.new", "gc")).toMatch(/which is not implemented$/);
});
