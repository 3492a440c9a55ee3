// Every rule of amd64 is tried (tools/ruletest.ts), with and without newer instructions.

import { CPU } from "../../src/abi.ts";
import { hostCpu } from "../../tools/host.ts";
import { testRules } from "../../tools/ruletest.ts";
import { RULES } from "./rules.ts";
import { amd64 } from "./target.ts";

const ALL = Object.values(CPU.amd64).reduce((x, y) => x | y, 0);

testRules({ target: amd64, rules: RULES, features: hostCpu() === ALL ? [0, ALL] : [0] });
