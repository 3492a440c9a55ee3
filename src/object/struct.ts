// Writing and reading the structs of abi.ts. In: a Struct and field values. Out: little-endian
// bytes. 64-bit fields are numbers up to 2^53 or, where all bits matter, pairs of words written as
// "u32 × 2".

import type { Struct } from "../abi.ts";
import { FIELD_SIZE } from "../abi.ts";
import { bug } from "../support/errors.ts";

/** Field values: a number, or one per element of an array field. */
export type FieldValues<F extends string> = { readonly [K in F]?: number | readonly number[] };

function put(view: DataView, type: string, at: number, value: number): void {
  if (type === "u8") view.setUint8(at, value);
  else if (type === "u16") view.setUint16(at, value, true);
  else if (type === "u32") view.setUint32(at, value, true);
  else if (type === "u64") {
    view.setUint32(at, value % 2 ** 32, true);
    view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
  } else bug(`a ${type} is no number`);
}

/** Writes one struct at `at`; fields without a value are 0. */
export function putStruct<F extends string>(
  view: DataView,
  at: number,
  struct: Struct<F>,
  values: FieldValues<F>,
): void {
  for (const { name, type, count, offset } of struct.$fields) {
    const value: number | readonly number[] | undefined = values[name];
    if (value === undefined) continue;
    const list = typeof value === "number" ? [value] : value;
    if (list.length > count) bug(`${name} has ${count} elements, not ${list.length}`);
    list.forEach((v, k) => put(view, type, at + offset + k * FIELD_SIZE[type], v));
  }
}

/** Reads one field (element `k` of it). */
export function getField<F extends string>(
  view: DataView,
  at: number,
  struct: Struct<F>,
  name: F,
  k = 0,
): number {
  const field = struct.$fields.find((f) => f.name === name) ?? bug(`no field ${name}`);
  const where = at + field.offset + k * FIELD_SIZE[field.type];
  if (field.type === "u8") return view.getUint8(where);
  if (field.type === "u16") return view.getUint16(where, true);
  const low = view.getUint32(where, true);
  return field.type === "u32" ? low : low + view.getUint32(where + 4, true) * 2 ** 32;
}

/** The bytes of an array of structs. */
export function structArray<F extends string>(
  struct: Struct<F>,
  rows: readonly FieldValues<F>[],
): Uint8Array {
  const bytes = new Uint8Array(rows.length * struct.$size);
  const view = new DataView(bytes.buffer);
  rows.forEach((row, k) => putStruct(view, k * struct.$size, struct, row));
  return bytes;
}

/** The bytes of an array of 32-bit words. */
export function wordBytes(words: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (let k = 0; k < words.length; k++) view.setUint32(4 * k, words[k]!, true);
  return bytes;
}
