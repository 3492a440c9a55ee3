// How tests are found: beside the source they test. The project `unit` is quick, with no compiled
// runtime needed, and belongs to `make check`; `suite` holds the rest of tools/: whole
// programs, native code, hostile input, determinism. `make test` runs both. A test that needs the
// built runtime lives in tools/ for that reason, whatever it tests.

import { defineConfig } from "vitest/config";

const unit = ["src/**/*.test.ts", "backend/**/*.test.ts", "tools/{house,suites,filetest}.test.ts"];
const all = ["src/**/*.test.ts", "backend/**/*.test.ts", "tools/**/*.test.ts"];

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    projects: [
      { extends: true, test: { name: "unit", include: unit } },
      {
        extends: true,
        test: {
          name: "suite",
          include: all.filter((p) => !unit.includes(p)),
          exclude: unit,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
