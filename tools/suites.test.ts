// How the totals of `make test` are read from what its suites print and report.

import { expect, it } from "vitest";
import { tallyOfText, tallyOfVitest } from "./suites.ts";

it("reads the last total of an output", () => {
  const output = "a.wast: 3 passed, 1 failed\nb.wast: 4 passed, 0 failed\n7 passed, 1 failed\n";
  expect(tallyOfText(output)).toEqual({ passed: 7, failed: 1, skipped: 0 });
  expect(tallyOfText("9 passed, 0 failed, 2 skipped")?.skipped).toBe(2);
  expect(tallyOfText("all is well")).toBeUndefined();
});

it("counts a test file that could not be loaded as a failure", () => {
  const file = (status: string, ...tests: string[]): object => ({
    status,
    assertionResults: tests.map((t) => ({ status: t })),
  });
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [file("passed", "passed", "passed"), file("failed", "failed"), file("failed")],
  };
  const expected = { passed: 3, failed: 2, skipped: 1 };
  expect(tallyOfVitest(JSON.stringify(report))).toEqual(expected);
});
