// Value, reference, function and limit types of a module, in the numbers of the binary format.
// In: nothing. Out: the vocabulary that decoder, validator, text reader and both engines share.
// A value type is its binary code, so that comparing types is comparing numbers.

/** A value type: the byte of the binary format; `BOT` is the validator's "any type". */
export type ValType = number;

export const BOT: ValType = 0;
export const I32: ValType = 0x7f;
export const I64: ValType = 0x7e;
export const F32: ValType = 0x7d;
export const F64: ValType = 0x7c;
export const V128: ValType = 0x7b;
export const FUNCREF: ValType = 0x70;
export const EXTERNREF: ValType = 0x6f;

/** True for reference types. */
export const isRef = (t: ValType): boolean => t === FUNCREF || t === EXTERNREF;

/** The name of a type in the text format. */
export function typeName(t: ValType): string {
  switch (t) {
    case I32:
      return "i32";
    case I64:
      return "i64";
    case F32:
      return "f32";
    case F64:
      return "f64";
    case V128:
      return "v128";
    case FUNCREF:
      return "funcref";
    case EXTERNREF:
      return "externref";
    default:
      return t === BOT ? "bot" : `0x${t.toString(16)}`;
  }
}

/** A function type. `key` is its canonical spelling: equal keys, equal types. */
export interface FuncType {
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
  readonly key: string;
}

const codes = (ts: readonly ValType[]): string => ts.map(typeName).join(" ");

/** Makes a function type with its canonical key `params -> results`. */
export function newFuncType(params: readonly ValType[], results: readonly ValType[]): FuncType {
  return { params, results, key: `${codes(params)} -> ${codes(results)}` };
}

/** Limits in units of pages (memory) or elements (table); `max` is -1 where there is none. */
export interface Limits {
  readonly min: number;
  readonly max: number;
  readonly shared: boolean;
}

export interface TableType {
  readonly elem: ValType;
  readonly limits: Limits;
}

export interface MemoryType {
  readonly limits: Limits;
}

export interface GlobalType {
  readonly type: ValType;
  readonly mutable: boolean;
}
