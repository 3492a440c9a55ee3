// The addon as TypeScript sees it: its functions, and the typed arrays over what calls are handed
// over in (see runtime-support/addon.c). In: build/TARGET/ingot.node. Out: a Binding; a thread of
// Node needs one. Addresses and handles are numbers, below 2^53.

import { isMainThread } from "node:worker_threads";
import { Desk } from "../abi.ts";
import { hostTarget, runtimePath } from "./host.ts";

/** Where the desk's words are in `Binding.desk`. */
export const STATUS_AT = Desk.status / 4;
export const LEVEL_AT = Desk.level / 4;
export const AREA_AT = Desk.area / 4;
export const OWNER_AT = Desk.owner / 4;
export const LOOKED_AT = Desk.looked / 4;

/** Functions of the addon; entries.c and anchors.c say more. */
export interface Native {
  /** Calls the function at `target`; how that ended lies on the desk. For i32 and i64 only. */
  enter(): void;
  /** The same for functions of any type. */
  enterWide(): void;
  resume(): void;
  resumeWide(): void;
  fetch(): void;
  collect(): void;
  /**
   * Ends the innermost activation, which is in a host function, and answers what it was: in the
   * buffer that is given, if it has room.
   */
  putAside(old: ArrayBuffer | undefined): ArrayBuffer;
  /** Opens it again, while none is open; the host function is to be answered then. */
  putBack(aside: ArrayBuffer): void;
  /** The word at `target` to the first integer slot. */
  peek(): void;
  /** The first integer slot to the word at `target`. */
  poke(): void;
  trap(): (number | string)[];
  grown(): number[];
  message(): string;
  desk(): [ArrayBuffer, ...number[]];
  newGroup(anchor: object): number;
  releaseGroup(group: number): void;
  sweepGroups(): void;
  joinGroup(to: number, from: number, hosts: number): void;
  count(): [groups: number, memories: number];
  refs(group: number, type: number): number[];
  load(source: string | Uint8Array, check: number): number;
  unload(module: number): void;
  described(module: number): ArrayBuffer;
  guards(module: number): boolean;
  match(module: number, index: number, object: number): boolean;
  link(
    group: number,
    module: number,
    imports: Float64Array,
    exports: Float64Array,
    pages: number,
    elements: number,
    blank: number,
  ): number;
  newMemory(group: number, pages: number, max: number): number;
  /** A memory of the host's own, which its host function `grower` grows; empty before `resize`. */
  borrow(group: number, address: number, max: number, guarded: number, grower: number): number;
  /** False if the memory may not be that large. */
  resize(memory: number, pages: number): boolean;
  address(buffer: ArrayBuffer): number;
  buffer(memory: number): ArrayBuffer | undefined;
  growMemory(memory: number, pages: number): number;
  newTable(group: number, elem: number, size: number, max: number): number;
  growTable(table: number, count: number): number;
  newGlobal(group: number, type: number, mutable: number): number;
  detach(buffer: ArrayBuffer): void;
  alarm(ms: number): boolean;
  /** Guests of this thread end when another thread ends it. */
  watchEndings(): void;
  takeSnapshot(linked: number): number;
  putSnapshot(linked: number, snapshot: number): number;
  releaseSnapshot(snapshot: number): void;
  snapshotRefs(snapshot: number, type: number): number[];
}

export interface Binding {
  readonly native: Native;
  /** The integer slots as words: slot k has 2k and 2k + 1. */
  readonly ints: Int32Array;
  /** The integer slots as 64-bit numbers. */
  readonly longs: BigInt64Array;
  /** The vector slots: slot k begins at 4k. */
  readonly floats: Float32Array;
  /** The vector slots: slot k begins at 2k. */
  readonly doubles: Float64Array;
  /** Words of the desk. */
  readonly desk: Int32Array;
  /** One element: the address that a call is about. */
  readonly target: Float64Array;
  readonly whole: Views;
  /** Byte offsets of the slots and the area, and how many registers of each class there are. */
  readonly places: Places;
}

/** Everything, by byte offset. */
export interface Views {
  readonly i32: Int32Array;
  readonly i64: BigInt64Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
}

export interface Places {
  readonly ints: number;
  readonly vecs: number;
  readonly area: number;
  readonly intRegs: number;
  readonly vecRegs: number;
}

// What the addon fills one by one is a dictionary to V8; functions of a literal are found at once.
function quick(native: Native): Native {
  const { enter, enterWide, resume, resumeWide, fetch, collect, peek, poke, grown } = native;
  const { putAside, putBack } = native;
  const { trap, message, desk, newGroup, releaseGroup, sweepGroups } = native;
  const { joinGroup, count, refs } = native;
  const { load, unload, described, guards, match, link, newMemory, buffer, growMemory } = native;
  const { borrow, resize, address } = native;
  const { newTable, growTable, newGlobal, detach } = native;
  const { alarm, watchEndings, takeSnapshot, putSnapshot, releaseSnapshot, snapshotRefs } = native;
  // prettier-ignore
  return {
    enter, enterWide, resume, resumeWide, fetch, collect, peek, poke, grown,
    putAside, putBack,
    trap, message, desk, newGroup, releaseGroup, sweepGroups, joinGroup, count, refs,
    load, unload, described, guards, match, link, newMemory, buffer, growMemory,
    borrow, resize, address,
    newTable, growTable, newGlobal, detach,
    alarm, watchEndings, takeSnapshot, putSnapshot, releaseSnapshot, snapshotRefs,
  };
}

/** Loads the addon into this thread. Throws where there is none for it. */
export function openAddon(): Binding {
  const target = hostTarget();
  if (target === undefined) throw new Error(`no native code for ${process.platform} here`);
  const loaded = { exports: {} };
  process.dlopen(loaded, runtimePath(target, "ingot.node"));
  const native = quick(loaded.exports as Native);
  if (!isMainThread) native.watchEndings();
  const [whole, ints = 0, vecs = 0, desk = 0, area = 0, intRegs = 0, vecRegs = 0] = native.desk();
  return {
    native,
    ints: new Int32Array(whole, ints, 2 * intRegs),
    longs: new BigInt64Array(whole, ints, intRegs),
    floats: new Float32Array(whole, vecs, 4 * vecRegs),
    doubles: new Float64Array(whole, vecs, 2 * vecRegs),
    desk: new Int32Array(whole, desk, Desk.$size / 4),
    target: new Float64Array(whole, desk + Desk.target, 1),
    whole: {
      i32: new Int32Array(whole),
      i64: new BigInt64Array(whole),
      f32: new Float32Array(whole),
      f64: new Float64Array(whole),
    },
    places: { ints, vecs, area, intRegs, vecRegs },
  };
}
