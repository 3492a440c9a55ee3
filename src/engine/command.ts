// Runs a WASI command, or one exported function, in the interpreter, as the native loader does with
// artifacts: same messages, same exit codes (runtime-support/main.c). In: the module, and what the
// command line said. Out: the exit code. Broken modules and imports are thrown.

import { Buffer } from "node:buffer";
import { statSync, writeSync } from "node:fs";
import { PAGE } from "../interp/memory.ts";
import { InterpreterTrap, StackExhausted } from "../interp/trap.ts";
import { LinkError, Trap } from "../support/errors.ts";
import { decodeModule } from "../wasm/decode.ts";
import type { Features } from "../wasm/features.ts";
import type { Module } from "../wasm/module.ts";
import type { FuncType } from "../wasm/types.ts";
import { openDirectory } from "../wasi/hostfs.ts";
import { InterpreterStore } from "./interpreter.ts";
import type { FindImport } from "./interpreter.ts";
import { Exit } from "./store.ts";
import type { Extern, Instance, Value } from "./store.ts";
import { parseValue, showValue } from "./words.ts";

const USAGE = 2;
const FAILED = 1;
const TRAPPED = 134;

export interface CommandOptions {
  readonly features: Features;
  /** The guest's arguments; the first one is the name of the file. */
  readonly args: readonly string[];
  /** NAME=VALUE. */
  readonly env: readonly string[];
  readonly dirs: readonly {
    readonly host: string;
    readonly guest: string;
    readonly readOnly: boolean;
  }[];
  /** Milliseconds that the guest may take. */
  readonly timeout?: number | undefined;
  /** Bytes that all memories together may have. */
  readonly maxMemory?: number | undefined;
  /** What every clock says, in nanoseconds. */
  readonly fixedClock?: bigint | undefined;
  readonly seed?: bigint | undefined;
  /** Export to call with the arguments instead of _start. */
  readonly invoke?: string | undefined;
}

const say = (fd: number, text: string): void => {
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
};

function complain(code: number, text: string): number {
  say(2, `ingot: ${text}\n`);
  return code;
}

// ---- running -----------------------------------------------------------------------------------

const NAME_MAX = 1000;

/** Prints a trap and the guest's stack. */
function reportTrap(trap: Trap): number {
  let text = `ingot: trap: ${trap.reason}\n`;
  if (trap instanceof InterpreterTrap || trap instanceof StackExhausted) {
    for (const { name, func, offset } of trap.frames) {
      const at = offset < 0 ? "" : `:0x${offset.toString(16)}`;
      const place = `wasm-function[${func}]${at}`;
      text += name === "" ? `  at ${place}\n` : `  at ${name.slice(0, NAME_MAX)} (${place})\n`;
    }
    const more = trap.depth - trap.frames.length;
    if (more > 0) text += `  ... ${more} more\n`;
  }
  say(2, text);
  return TRAPPED;
}

const isPlain = (type: FuncType): boolean => type.params.length + type.results.length === 0;

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

class Program {
  private readonly m: Module;
  private readonly options: CommandOptions;
  private readonly store: InterpreterStore;
  private readonly deadline: number | undefined;

  constructor(m: Module, options: CommandOptions) {
    this.m = m;
    this.options = options;
    const { features, timeout, maxMemory } = options;
    this.deadline = timeout === undefined ? undefined : performance.now() + timeout;
    const mostPages = maxMemory === undefined ? undefined : Math.floor(maxMemory / PAGE);
    this.store = new InterpreterStore(features, { deadline: this.deadline, mostPages });
  }

  private file(): string {
    return this.options.args[0] ?? "";
  }

  /** Only WASI and what hosts.ts has can be imported. */
  private imports(find: FindImport): Extern[] {
    return this.m.imports.map((entry) => {
      const isFunc = entry.kind === "func";
      const type = isFunc ? this.m.types[this.m.funcs[entry.index]!] : undefined;
      const found = isFunc ? find(entry.module, entry.name, type) : undefined;
      if (found !== undefined) return found;
      throw new LinkError(`unknown import: "${entry.module}" "${entry.name}"`, entry.offset);
    });
  }

  /** An exported function and its type. */
  private find(name: string): { index: number; type: FuncType } | undefined {
    const entry = this.m.exports.find((e) => e.name === name && e.kind === "func");
    if (entry === undefined) return undefined;
    return { index: entry.index, type: this.m.types[this.m.funcs[entry.index]!]! };
  }

  private call(inst: Instance, name: string, args: readonly Value[]): Value[] {
    return this.store.invokeNow(inst.exports.get(name)!, args);
  }

  run(): number {
    const { invoke, args, env, dirs, fixedClock, seed } = this.options;
    const given = invoke === undefined ? args : args.slice(0, 1);
    const closed = dirs.find(({ host }) => !isDirectory(host));
    if (closed !== undefined) {
      return complain(USAGE, `directory "${closed.host}" cannot be opened`);
    }
    try {
      const preopens = dirs.map((d) => ({ ...d, directory: openDirectory(d.host) }));
      const { deadline } = this;
      const limits = { deadline, fixedClock, seed };
      const wasi = this.store.wasiNow({ args: given, env, preopens, ...limits });
      const inst = this.store.instantiateNow(this.m, this.imports(wasi));
      return invoke === undefined ? this.start(inst) : this.runExport(inst, invoke);
    } catch (error) {
      if (error instanceof Exit) return error.code & 0xff;
      if (error instanceof Trap) return reportTrap(error);
      throw error;
    } finally {
      void this.store.close();
    }
  }

  private start(inst: Instance): number {
    const start = this.find("_start");
    if (start === undefined) {
      const why = 'exports no function "_start"; name another by --invoke';
      return complain(FAILED, `${this.file()}: ${why}`);
    }
    if (!isPlain(start.type)) {
      return complain(FAILED, `${this.file()}: its "_start" is not a program's`);
    }
    this.call(inst, "_start", []);
    return 0;
  }

  private runExport(inst: Instance, name: string): number {
    const found = this.find(name);
    if (found === undefined) {
      return complain(USAGE, `${this.file()}: exports no function "${name}"`);
    }
    const first = this.find("_initialize");
    if (first !== undefined && first.index !== found.index && isPlain(first.type)) {
      this.call(inst, "_initialize", []);
    }
    const { params } = found.type;
    const given = this.options.args.slice(1);
    if (given.length !== params.length) {
      return complain(USAGE, `${name} takes ${params.length} arguments, not ${given.length}`);
    }
    const args: Value[] = [];
    for (const [i, word] of given.entries()) {
      const value = parseValue(params[i]!, word);
      if (value === undefined) {
        return complain(USAGE, `argument ${i + 1}, "${word}", is not a value of its type`);
      }
      args.push(value);
    }
    for (const value of this.call(inst, name, args)) say(1, `${showValue(value)}\n`);
    return 0;
  }
}

/** Runs a module and answers the exit code. Throws what is wrong with the module or its imports. */
export async function runInterpreted(bytes: Uint8Array, options: CommandOptions): Promise<number> {
  return new Program(decodeModule(bytes, options.features), options).run();
}
