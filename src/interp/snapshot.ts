// What an instance is at a moment: the contents of its own memories, globals and tables, and which
// segments are dropped. In: an instance; or such an image and an instance of the same module, which
// becomes what the image says. What an instance imports belongs to others and is left alone.
//
// Functions are numbers of the machine. In another instance than the one the image is of, each
// function of the module becomes the one of the same index there; functions that are none of the
// module's stay what they are. References of the host are handles, which mean the same everywhere.

import { FUNCREF } from "../wasm/types.ts";
import type { Instance } from "./instance.ts";
import type { Machine } from "./machine.ts";
import { wordsOf } from "./slots.ts";

export interface Image {
  /** Whose image it is: kept alive, and with it the functions in the image. */
  readonly of: Instance;
  readonly memories: readonly Uint8Array[];
  readonly globals: readonly Int32Array[];
  readonly tables: readonly Int32Array[];
  readonly datas: readonly Uint8Array[];
  readonly elems: readonly Int32Array[];
}

export function takeImage({ arenas: { I } }: Machine, inst: Instance): Image {
  const m = inst.module!;
  return {
    of: inst,
    memories: inst.memories.slice(m.importedMemories).map(({ bytes }) => bytes.slice()),
    globals: inst.globals
      .slice(m.importedGlobals)
      .map(({ cell, type }) => I.slice(cell, cell + wordsOf(type))),
    tables: inst.tables.slice(m.importedTables).map(({ elems }) => elems.slice()),
    datas: [...inst.datas],
    elems: [...inst.elems],
  };
}

/** References of an image as another instance is to have them. */
class Moved {
  private readonly machine: Machine;
  private readonly to: Instance;
  private readonly from: Instance;
  private readonly funcs = new Map<number, number>();

  constructor(machine: Machine, from: Instance, to: Instance) {
    this.machine = machine;
    this.from = from;
    this.to = to;
    from.funcs.forEach((func, i) => this.funcs.set(func, to.funcs[i]!));
  }

  /** Words of references of this type. */
  words(type: number, words: Int32Array): Int32Array {
    if (this.from === this.to || type !== FUNCREF) return words;
    return words.map((word, i) => (i % 2 === 1 || word === 0 ? word : this.func(word)));
  }

  private func(func: number): number {
    const own = this.funcs.get(func);
    if (own === undefined) this.machine.numbers.unite(this.to.group, this.from.group);
    return own ?? func;
  }
}

/** Whether an instance may have what the image has. */
export function hasRoom(inst: Instance, { memories, tables }: Image): boolean {
  const m = inst.module!;
  return (
    memories.every((bytes, i) => inst.memories[m.importedMemories + i]!.mayHave(bytes.length)) &&
    tables.every((words, i) => inst.tables[m.importedTables + i]!.mayHave(words.length >> 1))
  );
}

/** Makes an instance of the same module what the image says, where there is room for it. */
export function putImage(machine: Machine, inst: Instance, image: Image): void {
  const m = inst.module!;
  const { I } = machine.arenas;
  const moved = new Moved(machine, image.of, inst);
  image.memories.forEach((bytes, i) => inst.memories[m.importedMemories + i]!.become(bytes));
  image.tables.forEach((words, i) => {
    const table = inst.tables[m.importedTables + i]!;
    table.become(moved.words(table.type, words));
  });
  image.globals.forEach((words, i) => {
    const { cell, type } = inst.globals[m.importedGlobals + i]!;
    I.set(moved.words(type, words), cell);
  });
  image.datas.forEach((bytes, i) => (inst.datas[i] = bytes));
  image.elems.forEach((words, i) => (inst.elems[i] = moved.words(m.elems[i]!.type, words)));
}
