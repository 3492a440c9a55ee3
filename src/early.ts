// "ingot" for hosts that cannot load a module in the midst of a call (Node before 20.19): what may
// be needed then is loaded before the program begins. See "exports" in package.json.

import { loadInterpreter } from "./api/engine.ts";

await loadInterpreter();

export * from "./index.ts";
