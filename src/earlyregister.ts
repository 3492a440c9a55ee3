// "ingot/register" for hosts that cannot load a module in the midst of a call (Node before 20.19):
// the interpreter is loaded before it, where it may be the engine. See "exports" in package.json.

import { loadInterpreter } from "./engine/choose.ts";

const isInterpreter = process.env["INGOT_ENGINE"] === "interpreter";
if (isInterpreter || !("WebAssembly" in globalThis)) await loadInterpreter();
await import("./register.ts");
