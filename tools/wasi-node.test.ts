// The conformance suite of WASI on the TypeScript host, as the interpreter and embedders have it.

import { conformance } from "./wasi/suite.ts";
import { node } from "./wasi/node.ts";

conformance(node);
