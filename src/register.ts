// The preload: `node --import ingot/register app.js` gives a program's global `WebAssembly` ingot's
// engines, so that packages run on native code unchanged. Modules that ingot cannot take run on
// V8's; and where native code cannot run at all (another platform, no permission for addons) the
// global stays what it is. Where there is none (node --jitless), ingot's is the only one.
//
// Nothing here waits, so that `require` can load it, and `node --require`, wherever Node lets them
// load modules.
//
//   INGOT_ENGINE     native (auto), or interpreter
//   INGOT_MISS       compile: the program waits (the default); later: V8 runs the module this time
//                    while ingot compiles it for the cache
//   INGOT_REGISTER   report: a line per module on standard error when the process ends; off
//   INGOT_CACHE ...  see engine/cache.ts

import { createNamespace } from "./api/namespace.ts";
import { canLoadAtOnce, newProvider } from "./engine/choose.ts";
import type { Engine, EngineModule } from "./engine/engine.ts";
import { Ledger } from "./engine/ledger.ts";
import type { ForeignNamespace, Provider } from "./engine/provider.ts";
import { preloadThreads } from "./engine/threads.ts";
import type { WatchOptions } from "./engine/watch.ts";

const host = (globalThis as unknown as { readonly WebAssembly?: ForeignNamespace }).WebAssembly;
const { env } = process;
const complain = (sentence: string): void => void process.stderr.write(`ingot: ${sentence}\n`);

/** One of the values that a variable may have; the first where it has none. */
function choice<T extends string>(name: string, values: readonly [T, ...T[]]): T {
  const given = env[name] ?? "";
  if (given === "") return values[0];
  const found = values.find((value) => value === given);
  if (found !== undefined) return found;
  complain(`${name} is ${values.join(" or ")}, not "${given}"`);
  return values[0];
}

const reporting = choice("INGOT_REGISTER", ["on", "report", "off"]);

/** What a provider is to tell, and to whom its engine is to be shown. */
interface Reporting extends WatchOptions {
  readonly counting: <M extends EngineModule>(engine: Engine<M>) => Engine<M>;
}

function report(): Reporting {
  if (reporting !== "report") return { counting: (engine) => engine };
  const ledger = new Ledger(host, (text) => void process.stderr.write(text));
  process.on("exit", () => ledger.print());
  return { observe: (seen) => ledger.add(seen), counting: (engine) => ledger.counting(engine) };
}

function makeProvider(): Provider {
  const named = choice("INGOT_ENGINE", ["auto", "native", "interpreter"]);
  // Where there is no native code V8 is the better one to take over, unless it was told not to.
  const engine = named === "auto" && host !== undefined ? "native" : named;
  const { counting, observe } = report();
  const onMiss = choice("INGOT_MISS", ["compile", "later"]);
  const provider = newProvider({ engine, foreign: host, onMiss, observe });
  return { ...provider, engine: counting(provider.engine) };
}

/** What loads this where it cannot load the interpreter by itself. */
const EARLY = new URL("./earlyregister.js", import.meta.url).href;
const HIDDEN = { writable: true, enumerable: false, configurable: true };

function register(): void {
  try {
    const provider = makeProvider();
    const found = Object.getOwnPropertyDescriptor(globalThis, "WebAssembly");
    const { value: _, ...attributes } = found ?? { value: undefined, ...HIDDEN };
    const value = createNamespace(provider);
    Object.defineProperty(globalThis, "WebAssembly", { ...attributes, value });
    preloadThreads(canLoadAtOnce ? import.meta.url : EARLY);
  } catch (error) {
    if (reporting !== "report") return;
    complain(`V8 runs everything: ${error instanceof Error ? error.message : String(error)}`);
  }
}

if (reporting !== "off") register();
