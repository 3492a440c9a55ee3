// The TypeScript host as a host of the conformance suite: in this process, its functions called
// with their arguments in slots and a plain buffer for memory.

import { openSync, readFileSync, readdirSync } from "node:fs";
import type { Directory } from "../../src/wasi/fs.ts";
import { ProcExit, wasiFunctions } from "../../src/wasi/preview1.ts";
import type { WasiFunction } from "../../src/wasi/preview1.ts";
import { Wasi } from "../../src/wasi/world.ts";
import { Exit, MEMORY } from "./guest.ts";
import type { Guest, Host, World } from "./guest.ts";

const SLOTS = 32;

class NodeGuest implements Guest {
  private readonly wasi: Wasi;
  private readonly functions: ReadonlyMap<string, WasiFunction>;
  private readonly slots = new Int32Array(SLOTS);
  private readonly bytes = new Uint8Array(MEMORY);

  constructor(wasi: Wasi, isUnstable: boolean) {
    this.wasi = wasi;
    const module = isUnstable ? "wasi_unstable" : "wasi_snapshot_preview1";
    this.functions = new Map(wasiFunctions(wasi, module).map((f) => [f.name, f]));
    const { bytes } = this;
    wasi.find = () => ({ bytes, view: new DataView(bytes.buffer) });
  }

  get names(): string[] {
    return [...this.functions.keys()];
  }

  async call(name: string, ...args: (number | bigint)[]): Promise<number> {
    const { params, call } = this.functions.get(name)!;
    const given = args.map((a) => (typeof a === "bigint" ? "I" : "i")).join("");
    if (given !== params) throw new TypeError(`${name} takes ${params}, not ${given}`);
    args.forEach((a, k) => {
      this.slots[2 * k] = Number(BigInt.asIntN(32, BigInt(a)));
      this.slots[2 * k + 1] = Number(BigInt.asIntN(32, BigInt(a) >> 32n));
    });
    try {
      call(this.slots, 0);
    } catch (error) {
      throw error instanceof ProcExit ? new Exit(error.code) : error;
    }
    return this.slots[0]!;
  }

  async read(at: number, count: number): Promise<Uint8Array> {
    return this.bytes.slice(at, at + count);
  }

  async write(at: number, bytes: Uint8Array): Promise<void> {
    this.bytes.set(bytes, at);
  }

  usage(): { descriptors: number; bytes: number } {
    const pages = Number(readFileSync("/proc/self/statm", "utf8").split(" ")[1]);
    return { descriptors: readdirSync("/proc/self/fd").length, bytes: pages * 4096 };
  }

  async end(): Promise<void> {
    this.wasi.closeAll();
  }
}

/** A host in this process, whose directories are opened by `open`. */
export const hostOf = (name: string, open: (path: string) => Directory): Host => ({
  name,
  missing: "",
  fewer: 1,
  listens: false,
  async start({ args = [], env = [], dirs = [], ...world }: World): Promise<Guest> {
    const preopens = dirs.map((d) => ({ ...d, directory: open(d.host) }));
    const { fixedClock, seed, unstable = false } = world;
    const { stdin, stdout } = world;
    const stdio = [stdin ?? openNull(), stdout ?? openNull(), 2];
    return new NodeGuest(new Wasi({ args, env, preopens, stdio, fixedClock, seed }), unstable);
  },
});

let nothing = -1;

/** A descriptor that gives nothing and takes everything. */
function openNull(): number {
  if (nothing < 0) nothing = openSync("/dev/null", "r+");
  return nothing;
}
