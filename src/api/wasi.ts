// WASI preview 1 for instances of either engine, in the shape of node:wasi's class, so that a
// program changes an import and nothing else. In: what the guest is given: arguments, environment,
// directories, streams, and, for runs that can be repeated, a clock and dice. Out: an imports
// object, and ways to run a command or set up a reactor.
//
// The functions are those of src/wasi, which read their arguments from slots as the interpreter
// passes them; here they come as JavaScript values and are put into such slots. The guest's memory
// is whatever its instance exports as "memory"; no function of WASI calls the guest, so one set of
// slots will do.

import { RuntimeError } from "../engine/errors.ts";
import { Trap } from "../support/errors.ts";
import type { File } from "../wasi/fs.ts";
import type { GuestMemory } from "../wasi/guest.ts";
import { openDirectory } from "../wasi/hostfs.ts";
import { MemoryFileSystem } from "../wasi/memfs.ts";
import { MODULES, ProcExit, wasiFunctions } from "../wasi/preview1.ts";
import type { WasiFunction, WasiModule } from "../wasi/preview1.ts";
import { byteSink, byteSource } from "../wasi/streams.ts";
import { Wasi } from "../wasi/world.ts";
import type { Preopen } from "../wasi/world.ts";
import { isObject } from "./idl.ts";

export { MemoryFileSystem };

/** A directory for the guest: of the host, by its path, or in memory. */
export type Directory =
  | string
  | MemoryFileSystem
  | { readonly path: string; readonly readOnly?: boolean }
  | { readonly files: MemoryFileSystem; readonly readOnly?: boolean };

/** Input: a descriptor of this process, or all there is to be read. */
export type Input = number | string | Uint8Array;
/** Output: a descriptor of this process, or a function that is given each piece. */
export type Output = number | ((bytes: Uint8Array) => void);

/** What a guest is given. Nothing by default but the standard streams of this process. */
export interface WASIOptions {
  /** Its arguments; the first one is the program's name. */
  readonly args?: readonly string[];
  /** Its variables. Those of this process are not passed on. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Directories by the guest's names for them. */
  readonly preopens?: Readonly<Record<string, Directory>>;
  /** What it reads; 0 by default. */
  readonly stdin?: Input;
  /** Where it writes; 1 by default. */
  readonly stdout?: Output;
  /** Where it writes errors; 2 by default. */
  readonly stderr?: Output;
  /** start() answers the exit code (the default), or ends the process with it. */
  readonly returnOnExit?: boolean;
  /** What the functions are imported from; both of the names that there are by default. */
  readonly version?: "preview1" | "unstable";
  /** What every clock says, in nanoseconds since 1970. */
  readonly fixedClock?: bigint;
  /** Makes random numbers a function of this one. */
  readonly seed?: bigint;
}

/** A function of JavaScript. */
type Callable = (...args: unknown[]) => unknown;

/** Importable functions by name. */
export type WASIImports = Readonly<Record<string, Callable>>;

/** An instance of any engine, V8's included. */
interface Commandlike {
  /** Its exports, with `memory` among them. */
  readonly exports: unknown;
}

function invalid(what: string, wanted: string, value: unknown): never {
  const received = value === null || value === undefined ? String(value) : `type ${typeof value}`;
  const message = `The "${what}" property must be ${wanted}. Received ${received}`;
  throw Object.assign(new TypeError(message), { code: "ERR_INVALID_ARG_TYPE" });
}

// ---- what the guest is given --------------------------------------------------------------------

function preopenOf(guest: string, given: Directory): Preopen {
  if (given instanceof MemoryFileSystem) return { guest, directory: given.root };
  if (typeof given === "string") return { guest, directory: openDirectory(given) };
  if (!isObject(given)) return invalid(`options.preopens.${guest}`, "a directory", given);
  const { readOnly = false } = given;
  const directory = "files" in given ? given.files.root : openDirectory(given.path);
  return { guest, directory, readOnly };
}

const encoder = new TextEncoder();

function inputOf(given: Input): number | File {
  if (typeof given === "number") return given;
  if (typeof given === "string") return byteSource(encoder.encode(given));
  if (given instanceof Uint8Array) return byteSource(given);
  return invalid("options.stdin", "a descriptor, a string or bytes", given);
}

function outputOf(name: string, given: Output): number | File {
  if (typeof given === "number") return given;
  if (typeof given === "function") return byteSink(given);
  return invalid(`options.${name}`, "a descriptor or a function", given);
}

const VERSIONS: Readonly<Record<string, readonly WasiModule[]>> = {
  preview1: ["wasi_snapshot_preview1"],
  unstable: ["wasi_unstable"],
};

function modulesOf({ version }: WASIOptions): readonly WasiModule[] {
  if (version === undefined) return Object.keys(MODULES) as WasiModule[];
  const names = VERSIONS[version];
  if (names !== undefined) return names;
  return invalid("options.version", '"preview1" or "unstable"', version);
}

function worldOf(options: WASIOptions): Wasi {
  const { args = [], env = {}, preopens = {}, stdin = 0, stdout = 1, stderr = 2 } = options;
  if (!Array.isArray(args)) invalid("options.args", "an array", args);
  if (!isObject(env)) invalid("options.env", "an object", env);
  if (!isObject(preopens)) invalid("options.preopens", "an object", preopens);
  const set = Object.entries(env).filter(([, value]) => value !== undefined);
  return new Wasi({
    args: args.map(String),
    env: set.map(([name, value]) => `${name}=${value}`),
    stdio: [inputOf(stdin), outputOf("stdout", stdout), outputOf("stderr", stderr)],
    preopens: Object.entries(preopens).map(([guest, given]) => preopenOf(guest, given)),
    fixedClock: options.fixedClock,
    seed: options.seed,
  });
}

// ---- functions ----------------------------------------------------------------------------------

/** Words of the arguments of any function. */
const SLOTS = 32;
const slots = new Int32Array(SLOTS);
const longs = new BigInt64Array(slots.buffer);

/** A function of WASI as one of JavaScript. */
function callable({ params, results, call }: WasiFunction): Callable {
  const isLong = [...params].map((type) => type === "I");
  const hasResult = results !== "";
  return (...args) => {
    for (let k = 0; k < isLong.length; k++) {
      if (isLong[k]) longs[k] = args[k] as bigint;
      else slots[2 * k] = args[k] as number;
    }
    try {
      call(slots, 0);
    } catch (error) {
      throw error instanceof Trap ? new RuntimeError(error.reason, { cause: error }) : error;
    }
    return hasResult ? slots[0] : undefined;
  };
}

/** Views of a memory, made anew when it has another buffer. */
function guestMemory(memory: { readonly buffer: ArrayBuffer }): () => GuestMemory {
  let seen: { readonly bytes: Uint8Array<ArrayBuffer>; readonly view: DataView<ArrayBuffer> };
  return () => {
    const { buffer } = memory;
    if (seen?.bytes.buffer !== buffer) {
      seen = { bytes: new Uint8Array(buffer), view: new DataView(buffer) };
    }
    return seen;
  };
}

/** The world of a guest: imports for it, and ways to run it. In the shape of node:wasi's class. */
export class WASI {
  /** The functions as the first of the modules has them. */
  readonly wasiImport: WASIImports;
  private readonly world: Wasi;
  private readonly imports: Readonly<Record<string, WASIImports>>;
  private readonly returnOnExit: boolean;
  private isStarted = false;

  /** Opens the directories. Throws TypeError for options that make no sense. */
  constructor(options: WASIOptions = {}) {
    if (!isObject(options)) invalid("options", "an object", options);
    const { returnOnExit = true } = options;
    if (typeof returnOnExit !== "boolean") {
      invalid("options.returnOnExit", "a boolean", returnOnExit);
    }
    this.returnOnExit = returnOnExit;
    const modules = modulesOf(options);
    this.world = worldOf(options);
    const functions = (module: WasiModule): WASIImports =>
      Object.fromEntries(wasiFunctions(this.world, module).map((f) => [f.name, callable(f)]));
    this.imports = Object.fromEntries(modules.map((module) => [module, functions(module)]));
    this.wasiImport = this.imports[modules[0]!]!;
  }

  /** What to instantiate a module with. */
  getImportObject(): Record<string, WASIImports> {
    return { ...this.imports };
  }

  /**
   * Runs a command, an instance that exports `_start`, and answers its exit code. Descriptors that
   * it leaves open are closed. Throws what the guest throws.
   */
  start(instance: Commandlike): number {
    const exports = this.bind(instance);
    const run = exports["_start"];
    if (typeof run !== "function") invalid("instance.exports._start", "of type function", run);
    const first = exports["_initialize"];
    if (first !== undefined) invalid("instance.exports._initialize", "undefined", first);
    const code = this.run(run as Callable);
    this.world.end(code);
    if (this.returnOnExit) return code;
    process.exit(code);
  }

  /** Sets up a reactor: calls `_initialize`, if the instance exports that. */
  initialize(instance: Commandlike): void {
    const exports = this.bind(instance);
    const run = exports["_start"];
    if (run !== undefined) invalid("instance.exports._start", "undefined", run);
    const first = exports["_initialize"];
    if (first === undefined) return;
    if (typeof first !== "function") {
      invalid("instance.exports._initialize", "of type function", first);
    }
    (first as Callable)();
  }

  private run(start: Callable): number {
    try {
      start();
      return 0;
    } catch (error) {
      if (error instanceof ProcExit) return error.code;
      throw error;
    }
  }

  private bind(instance: Commandlike): Readonly<Record<string, unknown>> {
    if (!isObject(instance)) invalid("instance", "an object", instance);
    const { exports } = instance;
    if (!isObject(exports)) return invalid("instance.exports", "an object", exports);
    if (this.isStarted) {
      const error = new Error("WASI instance has already started");
      throw Object.assign(error, { code: "ERR_WASI_ALREADY_STARTED" });
    }
    const { memory } = exports as { readonly memory?: { readonly buffer?: unknown } };
    if (!isObject(memory) || !(memory.buffer instanceof ArrayBuffer)) {
      return invalid("instance.exports.memory", "a WebAssembly.Memory", memory);
    }
    this.isStarted = true;
    this.world.find = guestMemory(memory as { readonly buffer: ArrayBuffer });
    return exports as Readonly<Record<string, unknown>>;
  }
}
