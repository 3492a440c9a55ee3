// Snapshots of native instances: what runtime-support/snapshot.c takes and puts back. Here is what
// JavaScript has to do with it: who keeps what alive, values of externref, buffers of memories that
// change their size, and who may be restored when.

import { LEVEL_AT } from "./binding.ts";
import { refresh } from "./calls.ts";
import type { EngineModule, EngineSnapshot } from "./engine.ts";
import type { Group, Held } from "./groups.ts";
import { EXTERNREF, FUNCREF } from "../wasm/types.ts";

/** What putting answers. */
const PUT = { ok: 0, foreign: 1, tooLarge: 2 } as const;

/** Snapshots that nobody can reach any more give back their memory. */
const snapshots = new FinalizationRegistry<() => void>((release) => release());

export class NativeSnapshot implements EngineSnapshot {
  readonly module: EngineModule;
  /** Where the instance is; its functions are referred to. */
  readonly group: Group;
  readonly address: number;
  readonly held: Held;
  readonly bytes: number;

  constructor(module: EngineModule, group: Group, linked: number) {
    const { native, target } = group.thread.binding;
    const address = native.takeSnapshot(linked);
    if (address === 0) throw new RangeError("out of memory for a snapshot");
    this.bytes = target[0]!;
    this.module = module;
    this.group = group;
    this.address = address;
    const [values, funcs] = [EXTERNREF, FUNCREF].map((t) => native.snapshotRefs(address, t));
    this.held = group.hold(values!, funcs!);
    snapshots.register(this, () => native.releaseSnapshot(address));
  }
}

/** See EngineInstance.restore; `linked` is the address of the instance. */
export function restore(
  module: EngineModule,
  group: Group,
  linked: number,
  given: EngineSnapshot,
): void {
  if (!(given instanceof NativeSnapshot)) throw new TypeError("a snapshot of another engine");
  if (given.module !== module) throw new TypeError("a snapshot of another module");
  const { thread } = group;
  const { native, desk } = thread.binding;
  if (given.group.thread !== thread) throw new TypeError("a snapshot of another engine");
  if (desk[LEVEL_AT] !== 0) {
    throw new Error("an instance cannot be restored while guests run");
  }
  if (group.isAsleep) throw new Error("an instance cannot be restored while its code is suspended");
  const how = native.putSnapshot(linked, given.address);
  if (how === PUT.tooLarge) throw new RangeError("the snapshot is larger than the instance may be");
  if (how === PUT.foreign) group.unite(given.group);
  if (how > PUT.tooLarge) throw new RangeError("out of memory for a snapshot");
  group.recall(given.held);
  refresh(thread, group.root);
}
