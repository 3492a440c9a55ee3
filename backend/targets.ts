// The registry of targets, one line per target.

import type { TargetName } from "../src/abi.ts";
import { amd64 } from "./amd64/target.ts";
import { arm64 } from "./arm64/target.ts";
import type { Target } from "./target.ts";

export const targets: Readonly<Partial<Record<TargetName, Target>>> = {
  amd64,
  arm64,
};
