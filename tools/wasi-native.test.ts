// WASI of the loader, on every target that can run here, with and without openat2.

import { conformance } from "./wasi/suite.ts";
import { ways } from "./wasi/native.ts";

for (const host of ways) conformance(host);
