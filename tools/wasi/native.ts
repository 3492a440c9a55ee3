// The loader as a host of the conformance suite: its functions are called through control mode, on
// the memory of an instance that binds them. `ways` are those to run it here: for every target, and
// a second time by a loader built without openat2, whose walk over the components of a path must
// answer the same.

import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXTERN, REPLY, REQUEST } from "../../src/abi.ts";
import { findLoader } from "../../src/cli/loader.ts";
import { FrameWriter } from "../../src/engine/frames.ts";
import type { Value } from "../../src/engine/store.ts";
import { I32, I64, newFuncType } from "../../src/wasm/types.ts";
import { amd64 } from "../handmade-amd64.ts";
import { arm64 } from "../handmade-arm64.ts";
import { assemble, newModule } from "../handmade.ts";
import type { Machine } from "../handmade.ts";
import { Session } from "../session.ts";
import { Exit, MEMORY } from "./guest.ts";
import type { Guest, Host, World } from "./guest.ts";

const PAGES = MEMORY / 65_536;

/** A module that imports a function and has the memory. */
const binder = (module: string) =>
  newModule({
    types: [newFuncType([I32, I32], [I32])],
    imports: [{ module, name: "args_get", kind: "func", index: 0, offset: 0 }],
    importedFuncs: 1,
    funcs: [0],
    memories: [{ limits: { min: PAGES, max: PAGES, shared: false } }],
    exports: [{ name: "memory", kind: "memory", index: 0, offset: 0 }],
  });

function worldFrame({ args = [], env = [], dirs = [] }: World): FrameWriter {
  const frame = new FrameWriter(REQUEST.wasi).u32(args.length);
  for (const a of args) frame.text(a);
  frame.u32(env.length);
  for (const e of env) frame.text(e);
  frame.u32(dirs.length);
  for (const { host, guest, readOnly = false } of dirs) {
    frame
      .text(host)
      .text(guest)
      .u8(readOnly ? 1 : 0);
  }
  return frame;
}

function optionsOf({ listen, fixedClock, seed }: World): string[] {
  const given: [string, string | bigint | undefined][] = [
    ["--listen", listen],
    ["--fixed-clock", fixedClock],
    ["--seed", seed],
  ];
  return given.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]));
}

const word = (a: number | bigint): Value =>
  typeof a === "number"
    ? { type: I32, lo: a | 0, hi: 0 }
    : { type: I64, lo: Number(BigInt.asIntN(32, a)), hi: Number(BigInt.asIntN(32, a >> 32n)) };

class LoaderGuest implements Guest {
  private readonly session: Session;
  private readonly funcs: ReadonlyMap<string, number>;
  private readonly memory: number;

  constructor(session: Session, funcs: ReadonlyMap<string, number>, memory: number) {
    this.session = session;
    this.funcs = funcs;
    this.memory = memory;
  }

  get names(): string[] {
    return [...this.funcs.keys()];
  }

  async call(name: string, ...args: (number | bigint)[]): Promise<number> {
    const { message, read } = await this.session.invoke(this.funcs.get(name)!, args.map(word));
    if (message === REPLY.exit) throw new Exit(read.u32());
    if (message !== REPLY.ok) throw new Error(`${name}: reply ${message}: ${read.text()}`);
    read.u32();
    return read.value().lo;
  }

  async write(at: number, bytes: Uint8Array): Promise<void> {
    const frame = new FrameWriter(REQUEST.memoryWrite).u64(this.memory).u64(at).u32(bytes.length);
    await this.session.ok(frame.raw(bytes));
  }

  async read(at: number, count: number): Promise<Uint8Array> {
    const frame = new FrameWriter(REQUEST.memoryRead).u64(this.memory).u64(at).u32(count);
    return (await this.session.ok(frame)).rest();
  }

  usage(): { descriptors: number; bytes: number } {
    const proc = `/proc/${this.session.pid}`;
    const pages = Number(readFileSync(`${proc}/statm`, "utf8").split(" ")[1]);
    return { descriptors: readdirSync(`${proc}/fd`).length, bytes: pages * 4096 };
  }

  end(): Promise<void> {
    return this.session.end();
  }
}

async function start(command: readonly string[], machine: Machine, world: World): Promise<Guest> {
  const module = world.unstable === true ? "wasi_unstable" : "wasi_snapshot_preview1";
  const none = openSync("/dev/null", "r+");
  const { stdin = none, stdout = none } = world;
  const session = new Session(command, optionsOf(world), [stdout, stdin]);
  closeSync(none);
  const reply = await session.ok(worldFrame(world));
  const funcs = new Map<string, number>();
  for (let n = reply.u32(); n > 0; n--) {
    const from = reply.text();
    const name = reply.text();
    const id = reply.u64();
    if (from === module) funcs.set(name, id);
  }
  const artifact = assemble(machine, binder(module), () => []);
  const exports = await session.link(artifact, [{ kind: EXTERN.func, id: funcs.get("args_get")! }]);
  return new LoaderGuest(session, funcs, exports.get("memory")!.id);
}

const root = new URL("../..", import.meta.url).pathname;

/** Builds the loader without openat2; where it is. */
function buildWalking(target: string): string {
  const out = mkdtempSync(join(tmpdir(), "ingot-walking-"));
  process.on("exit", () => rmSync(out, { recursive: true, force: true }));
  const make = ["-s", "-f", "runtime-support/build.mk", "RT_EXTRA=-DINGOT_NO_OPENAT2"];
  execFileSync("make", [...make, `TARGET=${target}`, `RT_OUT=${out}`], { cwd: root });
  return join(out, "ingot-rt");
}

/** Every way to run the loader here, and those that are missing. */
export const ways: readonly Host[] = [amd64, arm64].flatMap((machine) => {
  const { command = [], missing = "" } = findLoader(machine.target);
  const fewer = command.length > 1 ? 20 : 1;
  let walking = "";
  const walkingCommand = (): string[] => {
    if (walking === "") walking = buildWalking(machine.target);
    return [...command.slice(0, -1), walking];
  };
  const way = (name: string, by: () => readonly string[]): Host => ({
    name: `${machine.target}${name}`,
    missing,
    fewer,
    listens: true,
    start: (world) => start(by(), machine, world),
  });
  return [way("", () => command), way(" without openat2", walkingCommand)];
});
