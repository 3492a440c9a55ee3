// ingot version: the package's version, the artifact epoch and the targets.

import type { CommandModule } from "yargs";
import { EPOCH } from "../abi.ts";
import { versionText } from "../engine/version.ts";
import { TARGET_NAMES } from "./common.ts";

export const version: CommandModule = {
  command: "version",
  describe: "print the version, the artifact epoch and the targets",
  handler: () => {
    const targets = TARGET_NAMES.join(", ");
    process.stdout.write(`ingot ${versionText()} (artifact epoch ${EPOCH}; targets: ${targets})\n`);
  },
};
