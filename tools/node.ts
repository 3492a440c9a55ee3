// The Node that tests start for programs of their own: the one that runs the tests or, so that the
// same programs can be tried in others, which the test runner may not know, the one that INGOT_NODE
// names by its path. A shell script may stand there that starts a Node under an emulator.

import { spawnSync } from "node:child_process";

export const NODE = process.env["INGOT_NODE"] || process.execPath;

/** What that Node says when it is started so. */
const says = (...words: string[]): string =>
  spawnSync(NODE, words, { encoding: "utf8" }).stdout.trim();

/** It can load modules at once, by `require`. */
export const canRequire = says("-p", "process.features.require_module") === "true";

/** It has a flag. */
export const knows = (flag: string): boolean => says(flag, "--version") !== "";

/** The flag by which it permits only what is named. */
export const PERMISSION = knows("--permission") ? "--permission" : "--experimental-permission";

/** Its version of V8, e.g. 11.3. */
export const V8_VERSION = Number.parseFloat(says("-p", "process.versions.v8"));
