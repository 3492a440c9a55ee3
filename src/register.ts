// The preload: `node --import ingot/register app.js` gives a program's global `WebAssembly` ingot's
// engines, so that packages run on native code unchanged. Modules that ingot cannot take run on
// V8's; and where native code cannot run at all (another platform, no permission for addons) the
// global stays what it is.
//
//   INGOT_ENGINE     native (auto), or interpreter
//   INGOT_MISS       compile: the program waits (the default); later: V8 runs the module this time
//                    while ingot compiles it for the cache
//   INGOT_REGISTER   report: a line per module on standard error when the process ends; off
//   INGOT_CACHE ...  see engine/cache.ts

import { createNamespace } from "./api/namespace.ts";
import { loadInterpreter, newProvider } from "./engine/choose.ts";
import type { Engine, EngineModule } from "./engine/engine.ts";
import type { ForeignNamespace, Provider } from "./engine/provider.ts";
import type { WatchOptions } from "./engine/watch.ts";

const host = (globalThis as unknown as { readonly WebAssembly: ForeignNamespace }).WebAssembly;
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

async function report(): Promise<Reporting> {
  if (reporting !== "report") return { counting: (engine) => engine };
  const { Ledger } = await import("./engine/ledger.ts");
  const ledger = new Ledger(host, (text) => void process.stderr.write(text));
  process.on("exit", () => ledger.print());
  return { observe: (seen) => ledger.add(seen), counting: (engine) => ledger.counting(engine) };
}

async function makeProvider(): Promise<Provider> {
  const named = choice("INGOT_ENGINE", ["auto", "native", "interpreter"]);
  // Where there is no native code V8 is the better one to take over.
  const engine = named === "auto" ? "native" : named;
  if (engine === "interpreter") await loadInterpreter();
  const { counting, observe } = await report();
  const onMiss = choice("INGOT_MISS", ["compile", "later"]);
  const provider = newProvider({ engine, foreign: host, onMiss, observe });
  return { ...provider, engine: counting(provider.engine) };
}

async function register(): Promise<void> {
  try {
    const provider = await makeProvider();
    const { value: _, ...attributes } = Object.getOwnPropertyDescriptor(globalThis, "WebAssembly")!;
    const value = createNamespace(provider);
    Object.defineProperty(globalThis, "WebAssembly", { ...attributes, value });
  } catch (error) {
    if (reporting !== "report") return;
    complain(`V8 runs everything: ${error instanceof Error ? error.message : String(error)}`);
  }
}

if (reporting !== "off") await register();
