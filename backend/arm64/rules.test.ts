// Every rule of arm64 is tried (tools/ruletest.ts).

import { testRules } from "../../tools/ruletest.ts";
import { RULES } from "./rules.ts";
import { arm64 } from "./target.ts";

testRules({ target: arm64, rules: RULES, features: [0] });
