// ingot version: the package's version, the artifact epoch and the targets.

import { readFileSync } from "node:fs";
import type { CommandModule } from "yargs";
import { EPOCH } from "../abi.ts";
import { TARGET_NAMES } from "./common.ts";

/** The version in package.json, which stands three directories above the compiled file. */
export function versionText(): string {
  const url = new URL("../../../package.json", import.meta.url);
  const { version: text } = JSON.parse(readFileSync(url, "utf8")) as { version: string };
  return text;
}

export const version: CommandModule = {
  command: "version",
  describe: "print the version, the artifact epoch and the targets",
  handler: () => {
    const targets = TARGET_NAMES.join(", ");
    process.stdout.write(`ingot ${versionText()} (artifact epoch ${EPOCH}; targets: ${targets})\n`);
  },
};
