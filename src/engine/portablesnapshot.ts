// Snapshots of the interpreter's instances. What is in an image: interp/snapshot.ts; here are the
// values of the host that it refers to, and who may be restored when.

import type { Instance } from "../interp/instance.ts";
import { PAGE } from "../interp/memory.ts";
import { hasRoom, putImage, takeImage } from "../interp/snapshot.ts";
import type { Image } from "../interp/snapshot.ts";
import { EXTERNREF } from "../wasm/types.ts";
import type { Port } from "./port.ts";
import type { EngineSnapshot } from "./engine.ts";
import { adopt, valuesIn } from "./externs.ts";

export class PortableSnapshot implements EngineSnapshot {
  readonly image: Image;
  readonly values: ReadonlyMap<number, unknown>;

  constructor({ machine }: Port, inst: Instance) {
    const image = takeImage(machine, inst);
    const { importedTables, importedGlobals } = inst.module!;
    const tables = image.tables.filter(
      (_, i) => inst.tables[importedTables + i]!.type === EXTERNREF,
    );
    const globals = image.globals.filter(
      (_, i) => inst.globals[importedGlobals + i]!.type === EXTERNREF,
    );
    this.image = image;
    this.values = valuesIn(inst.group, [...tables, ...globals]);
  }

  get bytes(): number {
    return this.image.memories.reduce((sum, { pages }) => sum + pages * PAGE, 0);
  }
}

/** See EngineInstance.restore; `isNew`: nothing is in the instance yet. */
export function restore(
  { machine }: Port,
  inst: Instance,
  given: EngineSnapshot,
  isNew = false,
): void {
  if (!(given instanceof PortableSnapshot)) throw new TypeError("a snapshot of another engine");
  const { image, values } = given;
  if (image.of.module !== inst.module) throw new TypeError("a snapshot of another module");
  if (machine.isUsing(inst)) {
    throw new Error("an instance cannot be restored while its code runs or is suspended");
  }
  if (!hasRoom(inst, image))
    throw new RangeError("the snapshot is larger than the instance may be");
  putImage(machine, inst, image, isNew);
  adopt(inst.group, values);
}
