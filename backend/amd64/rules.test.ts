// Every rule of amd64 is tried (tools/ruletest.ts), with and without newer instructions.

import { readFileSync } from "node:fs";
import { CPU } from "../../src/abi.ts";
import { canRun } from "../../tools/machine.ts";
import { testRules } from "../../tools/ruletest.ts";
import { RULES } from "./rules.ts";
import { amd64 } from "./target.ts";

const ALL = Object.values(CPU.amd64).reduce((x, y) => x | y, 0);
const flags = canRun("amd64") ? readFileSync("/proc/cpuinfo", "utf8") : "";
const isNew = ["popcnt", "abm", "bmi1", "bmi2", "avx"].every((name) => flags.includes(` ${name} `));

testRules({ target: amd64, rules: RULES, features: isNew ? [0, ALL] : [0] });
