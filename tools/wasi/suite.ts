// The conformance suite of WASI preview 1, written from the specification: every host must answer
// the same. `conformance` registers its tests with vitest.

import { describe, expect, it } from "vitest";
import { descriptorTests } from "./descriptors.ts";
import { enduranceTests } from "./endurance.ts";
import { escapeTests } from "./escapes.ts";
import type { Host } from "./guest.ts";
import { newTests, play } from "./kit.ts";
import { pathTests } from "./paths.ts";
import { processTests } from "./process.ts";
import { socketTests } from "./sockets.ts";
import { terminalTests } from "./terminal.ts";

export function conformance(host: Host): void {
  const name = host.missing === "" ? host.name : `${host.name} (${host.missing})`;
  describe.skipIf(host.missing !== "")(name, () => {
    const tests = newTests(host);
    processTests(tests);
    descriptorTests(tests);
    pathTests(tests);
    socketTests(tests);
    terminalTests(tests);
    escapeTests(tests);
    enduranceTests(tests);
    it("has every function, and a test of each", () =>
      play(host, {}, async ({ guest }) => {
        expect(guest.names.length).toBe(46);
        expect([...guest.names].sort()).toEqual([...tests.tested].sort());
      }));
  });
}
