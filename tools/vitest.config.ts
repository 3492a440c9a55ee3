// How tests are found: beside the source they test. The project `unit` is quick, with no compiled
// runtime needed, and belongs to `make check`; `suite` holds the rest of tools/: whole
// programs, native code, hostile input, determinism. `make test` runs both. A test that needs the
// built runtime lives in tools/ for that reason, whatever it tests.

import { defineConfig } from "vitest/config";

// Fuzzers and tests that run what they compile: part of `make test` only, so that `make check`
// stays below half a minute.
const long = [
  "backend/alloc/alloc.test.ts",
  "backend/{amd64,arm64}/{insts,rules,sequences,vectors}.test.ts",
  "backend/lower.test.ts",
  "src/index.test.ts",
  "src/api/{engine,replay}.test.ts",
  "src/engine/{compiler,cool,interpreter,vectors}.test.ts",
  "src/interp/machine.test.ts",
  "src/ir/generate.test.ts",
  "src/opt/{divide,facts,rules,values}.test.ts",
  "src/text/replay.test.ts",
  "backend/arm64/{emit,neon}.test.ts",
  "src/{lanes,semantics}.test.ts",
  "src/translate/build.test.ts",
];
const quick = ["tools/{house,suites,filetest,counts,docs}.test.ts", "tools/packages/*.test.ts"];
const unit = ["src/**/*.test.ts", "backend/**/*.test.ts", ...quick];
const all = ["src/**/*.test.ts", "backend/**/*.test.ts", "tools/**/*.test.ts"];

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    projects: [
      // One process for many files: starting one takes longer than most of them.
      { extends: true, test: { name: "unit", include: unit, exclude: long, isolate: false } },
      {
        extends: true,
        test: {
          name: "suite",
          include: [...all.filter((p) => !unit.includes(p)), ...long],
          exclude: quick,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
