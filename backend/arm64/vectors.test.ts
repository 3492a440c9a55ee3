// Every vector opcode of arm64 is tried (tools/vectortest.ts).

import { testVectors } from "../../tools/vectortest.ts";
import { arm64 } from "./target.ts";

testVectors({ target: arm64, features: [0] });
