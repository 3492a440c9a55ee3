// TABLE. Every number that compiler, artifact and runtime share: struct layouts, trap codes, exit
// codes, library calls, relocation kinds, control-mode messages. tools/gen/abi.ts prints it as the
// C header runtime-support/abi.gen.h; nothing on either side writes such a number by hand.
//
// The instance record. `I` is its address; the pinned register holds R = I + distance, the base of
// the instance's own linear memory 0 (see DESIGN "Native ABI"). Everything is at a positive,
// compile-time offset from I:
//
//   I                                                             R
//   | Instance | globals | tables | imports | refs | pad | guard 16 MiB | memory 0 ...
//   |<------------------------- distance -------------------------->|
//
// `distance` = guardBelow + the record's size rounded up to a page; it differs per module and is
// known when the module is compiled. An instance without memory of its own has the same layout.
//
// Calls that may leave the instance go through a FuncRef or an import slot (same first two words):
//   mov R, [ref + base]; call [ref + code]; reload R from the frame
// A host function's ref has code = the runtime's exit stub and base = the address of the ref.

import { Trap } from "./support/errors.ts";

/** Size in bytes of each field type; a struct is aligned to its largest field. */
export const FIELD_SIZE = { u8: 1, u16: 2, u32: 4, u64: 8, u128: 16 } as const;
export type FieldType = keyof typeof FIELD_SIZE;

/** A struct: byte offset of every field, `size`, and the fields for the header generator. */
export type Struct<F extends string> = { readonly [K in F]: number } & {
  readonly $size: number;
  readonly $fields: readonly { name: F; type: FieldType; count: number; offset: number }[];
};

type Row<F extends string> = readonly [name: F, type: FieldType, doc: string, count?: number];

function struct<const F extends string>(...rows: readonly Row<F>[]): Struct<F> {
  const fields: { name: F; type: FieldType; count: number; offset: number }[] = [];
  const offsets: Record<string, number> = {};
  let at = 0;
  let align = 1;
  for (const [name, type, , count = 1] of rows) {
    const size = FIELD_SIZE[type];
    align = Math.max(align, Math.min(size, 16));
    at = Math.ceil(at / size) * size;
    offsets[name] = at;
    fields.push({ name, type, count, offset: at });
    at += size * count;
  }
  const size = Math.ceil(at / align) * align;
  return { ...offsets, $size: size, $fields: fields } as Struct<F>;
}

/** Bumped by hand whenever an artifact made before would misbehave in a runtime made after. */
export const EPOCH = 4;
/** First eight bytes of the header section. */
export const MAGIC = "\0INGOT\r\n";
/** ELF e_ident[EI_OSABI] of artifacts: a private number. */
export const OSABI = 0xc7;

export const PAGE = 65536;
export const OS_PAGE = 4096;
/** Unmapped bytes below R (see opt/facts.ts for what they buy). */
export const GUARD_BELOW = 16 << 20;
/**
 * Reserved bytes from R up: no access ends beyond an address of 32 bits + 4 GiB (translate/state.ts).
 * It is what V8 reserves for its memories, too.
 */
export const RESERVE = 2 ** 33;
/** Most pages of a memory whose code folds negative offsets (4 GiB - 16 MiB). */
export const FACTS_MAX_PAGES = 65536 - GUARD_BELOW / PAGE;
/** Most entries of a table, whatever its type says; table.grow beyond it returns -1. */
export const TABLE_MAX = 10_000_000;
/** Guard at the low end of the guest stack; frames up to it need no explicit check. */
export const STACK_GUARD = 256 << 10;
/** Text is aligned to this in the file and in memory. */
export const TEXT_ALIGN = 65536;

export const TARGETS = { amd64: 1, arm64: 2 } as const;
export type TargetName = keyof typeof TARGETS;

/**
 * Memory model flags of an artifact. `segmentsFirst`: active segments that do not fit make linking
 * fail before anything is written, as standard 1.0 has it (bulk-memory is off).
 */
export const MODEL = { explicitBounds: 1, addressFacts: 2, segmentsFirst: 4 } as const;

/** CPU features an artifact may use beyond the baseline (amd64: SSE4.1; arm64: ARMv8.0). */
export const CPU = {
  amd64: { popcnt: 1, lzcnt: 2, bmi1: 4, bmi2: 8, avx: 16, avx2: 32, fma: 64 },
  arm64: { lse: 1 },
} as const;

/**
 * Trap codes, with the spec suite's words and V8's: programs in Node look for the latter, so there
 * are as many codes as V8 tells apart. A stack that overflows is no RuntimeError but a RangeError.
 */
// prettier-ignore
export const TRAPS = [
  ["none",        "",                              ""],
  ["unreachable", "unreachable",                   "unreachable"],
  ["memory",      "out of bounds memory access",   "memory access out of bounds"],
  ["divide",      "integer divide by zero",        "divide by zero"],
  ["remainder",   "integer divide by zero",        "remainder by zero"],
  ["quotient",    "integer overflow",              "divide result unrepresentable"],
  ["overflow",    "integer overflow",              "float unrepresentable in integer range"],
  ["conversion",  "invalid conversion to integer", "float unrepresentable in integer range"],
  ["table",       "out of bounds table access",    "table index is out of bounds"],
  ["segment",     "out of bounds table access",    "element segment out of bounds"],
  ["element",     "undefined element",             "table index is out of bounds"],
  ["null",        "uninitialized element",         "null function or function signature mismatch"],
  ["signature",   "indirect call type mismatch",   "null function or function signature mismatch"],
  ["stack",       "call stack exhausted",          "Maximum call stack size exceeded"],
  ["interrupt",   "interrupted",                   "interrupted"],
] as const;
/** What ends a guest in a host function: codes after those of TRAPS, which generated code has. */
// prettier-ignore
export const HOST_TRAPS = [
  ["abort",       "abort",                         "abort"],
  ["longjmp",     "longjmp without setjmp",        "longjmp without setjmp"],
] as const;
const allTraps = [...TRAPS, ...HOST_TRAPS];
export type TrapName = (typeof TRAPS)[number][0];
export const TRAP = Object.fromEntries(allTraps.map(([n], i) => [n, i])) as {
  readonly [K in (typeof allTraps)[number][0]]: number;
};
/** What a trap is called. */
export const trapText = (code: number): string => allTraps[code]?.[1] ?? `trap ${code}`;
/** What V8 calls it. */
export const trapWords = (code: number): string => allTraps[code]?.[2] ?? `trap ${code}`;
/** The trap of a code, at a byte offset and in a function where they are known. */
export const trapOf = (code: number, offset?: number, func?: number): Trap =>
  new Trap(trapText(code), offset, func, code);

// prettier-ignore
export const FuncRef = struct(
  ["code",  "u64", "entry address"],
  ["base",  "u64", "R of the owning instance; for a host function the address of this ref"],
  ["sig",   "u32", "signature id: FNV-1a of the type's canonical key, never 0 (see sigId)"],
  ["index", "u32", "function index in its module; host functions: the host's own number"],
  ["owner", "u64", "I of the owning instance; for a host function its Context"],
);

/** A linear memory. It lies in the record of the instance that defines it. */
// prettier-ignore
export const MemoryObject = struct(
  ["base",  "u64", "address of byte 0; never moves"],
  ["bytes", "u64", "current size in bytes"],
  ["pages", "u64", "current size in pages"],
  ["max",   "u64", "most pages it may grow to, the memory model's cap included"],
);

/** A table. `base` never moves: the address space for `max` entries is reserved. */
// prettier-ignore
export const TableObject = struct(
  ["base", "u64", "address of entry 0; entries are 8 bytes: a FuncRef address, a host handle, 0 = null"],
  ["size", "u64", "current number of entries"],
  ["max",  "u64", "most entries it may grow to"],
  ["elem", "u64", "element type, its byte in the binary format"],
);

/** Fixed head of the instance record, at I. */
// prettier-ignore
export const Instance = struct(
  ["self",       "u64", "I"],
  ["context",    "u64", "the Context (store) it runs in"],
  ["module",     "u64", "the loaded module, the runtime's own"],
  ["stackLimit", "u64", "lowest address rsp may have in a frame larger than STACK_GUARD"],
  ["trap",       "u64", "address of the trap entry: trap code in eax (w16), return address = the site"],
  ["memory0",    "u64", "MemoryObject of memory 0, own or imported; 0 = none"],
  ["memory",     "u64", "own memory 0: a MemoryObject, inline", 4],
  ["libcalls",   "u64", "addresses of the library calls, in LIBCALLS order", 24],
  ["dataDropped","u64", "address of a byte per data segment, 1 = dropped"],
  ["elemDropped","u64", "address of a byte per element segment, 1 = dropped"],
);

/** Slot of an imported function in the record: the callee's first two words and the ref itself. */
// prettier-ignore
export const ImportSlot = struct(
  ["code", "u64", "copy of FuncRef.code"],
  ["base", "u64", "copy of FuncRef.base"],
  ["ref",  "u64", "address of the FuncRef"],
);

/**
 * Functions of the runtime that generated code calls by the C ABI, R live, I as first argument.
 * Signature letters: i u32, I u64, r reference; result after the colon. All may trap.
 */
// prettier-ignore
export const LIBCALLS = [
  ["memory_grow", "ii:i",     "memory, pages -> old pages or -1"],
  ["memory_fill", "iiii:",    "memory, to, value, count"],
  ["memory_copy", "iiiii:",   "memory to, memory from, to, from, count"],
  ["memory_init", "iiiii:",   "memory, data, to, from, count"],
  ["data_drop",   "i:",       "data"],
  ["table_grow",  "iri:i",    "table, value, count -> old size or -1"],
  ["table_fill",  "iiri:",    "table, to, value, count"],
  ["table_copy",  "iiiii:",   "table to, table from, to, from, count"],
  ["table_init",  "iiiii:",   "table, elem, to, from, count"],
  ["elem_drop",   "i:",       "elem"],
] as const;
export type LibcallName = (typeof LIBCALLS)[number][0];

/**
 * The id that call_indirect compares: 32-bit FNV-1a of the type's canonical key (wasm/types.ts),
 * 0 replaced by 1. The runtime registers the keys of every module it loads and refuses to link two
 * types of one id and different keys, so that a collision cannot confuse types.
 */
export function sigId(key: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
  return h >>> 0 || 1;
}

/** Relocation kinds of a function's code: where, what, addend. */
export const RELOC = { call: 1, stub: 2, constant: 3 } as const;

// ---------------------------------------------------------------------------------------------
// The artifact: ELF64, sections in this order. Offsets inside a section are from its own start.

/** Section names; `when`: eager (mapped and read at load), trap, trace, or never touched. */
// prettier-ignore
export const SECTIONS = [
  [".ingot.header", "eager", "ArtifactHeader"],
  [".text",         "eager", "trap stubs, then functions in index order, then their constants"],
  [".ingot.module", "eager", "ModuleHeader and the arrays it names"],
  [".ingot.data",   "eager", "bytes of the data segments"],
  [".ingot.funcs",  "trap",  "FuncInfo of each function defined here, ascending text offsets"],
  [".ingot.sites",  "trap",  "SiteHeader, then pc[], source[], info[]: u32 columns, ascending pc"],
  [".ingot.names",  "trace", "NamesHeader, then u32 offsets[count + 1], then UTF-8 bytes"],
  [".ingot.wasm",   "never", "the original module, when embedded"],
] as const;

// prettier-ignore
export const ArtifactHeader = struct(
  ["magic",       "u64", "MAGIC"],
  ["epoch",       "u32", "EPOCH"],
  ["target",      "u32", "TARGETS"],
  ["cpu",         "u64", "CPU features used"],
  ["model",       "u32", "MODEL flags"],
  ["distance",    "u32", "R - I"],
  ["recordSize",  "u32", "bytes of the instance record, pad excluded"],
  ["reserved",    "u32", "0"],
  ["wasmHash",    "u8",  "SHA-256 of the Wasm", 32],
  ["made",        "u8",  "SHA-256 of the compiler's version and its options (engine/made.ts)", 32],
  ["contentHash", "u8",  "SHA-256 of the file with this field and the next one zeroed", 32],
  ["checksum",    "u64", "of the file without this field (object/checksum.ts)"],
);

/** An array inside .ingot.module: byte offset from the section's start and number of elements. */
// prettier-ignore
export const ModuleHeader = struct(
  ["types",       "u32", "TypeInfo[]", 2],
  ["imports",     "u32", "ImportInfo[]", 2],
  ["exports",     "u32", "ExportInfo[]", 2],
  ["refs",        "u32", "RefInfo[]: functions that have a FuncRef in the record", 2],
  ["funcTypes",   "u32", "u32[]: type index of every function, imports first", 2],
  ["tables",      "u32", "TableInfo[], imports first", 2],
  ["memories",    "u32", "MemoryInfo[], imports first", 2],
  ["globals",     "u32", "GlobalInfo[], imports first", 2],
  ["elems",       "u32", "ElemInfo[]", 2],
  ["datas",       "u32", "DataInfo[]", 2],
  ["inits",       "u32", "Init[]: pool of constant expressions", 2],
  ["strings",     "u32", "UTF-8 bytes: names and type keys", 2],
  ["start",       "u32", "function index, 0xffffffff = none"],
  ["importedFuncs","u32",""],
);

// prettier-ignore
export const TypeInfo = struct(
  ["sig",     "u32", "sigId"],
  ["key",     "u32", "canonical key: offset in strings, length", 2],
  ["params",  "u32", "value types, a byte each: offset in strings, length", 2],
  ["results", "u32", "value types, a byte each: offset in strings, length", 2],
);

/** Kinds of imports and exports, as in the binary format. */
export const EXTERN = { func: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

// prettier-ignore
export const ImportInfo = struct(
  ["module", "u32", "offset in strings, length", 2],
  ["name",   "u32", "offset in strings, length", 2],
  ["kind",   "u32", "EXTERN"],
  ["index",  "u32", "index in its index space"],
  ["slot",   "u32", "record offset: ImportSlot (func), or pointer to cell / TableObject / MemoryObject"],
);

// prettier-ignore
export const ExportInfo = struct(
  ["name",  "u32", "offset in strings, length", 2],
  ["kind",  "u32", "EXTERN"],
  ["index", "u32", "index in its index space"],
);

// prettier-ignore
export const RefInfo = struct(
  ["func", "u32", "function index (defined here)"],
  ["slot", "u32", "record offset of its FuncRef"],
);

// prettier-ignore
export const TableInfo = struct(
  ["elem", "u32", "element type"],
  ["min",  "u32", ""],
  ["max",  "u64", "0xffffffffffffffff = none"],
  ["slot", "u32", "record offset of the TableObject, or of the pointer to it (imported)"],
);

// prettier-ignore
export const MemoryInfo = struct(
  ["min",  "u64", "pages"],
  ["max",  "u64", "pages, 0xffffffffffffffff = none"],
  ["slot", "u32", "record offset of the MemoryObject, or of the pointer to it (imported)"],
);

// prettier-ignore
export const GlobalInfo = struct(
  ["type",    "u32", "value type"],
  ["mutable", "u32", "0 or 1"],
  ["slot",    "u32", "record offset of the cell (16 bytes for v128, else 8), or of the pointer to it"],
  ["init",    "u32", "index in inits; imported: 0xffffffff"],
);

export const INIT = { const: 0, global: 1, func: 2, null: 3 } as const;

// prettier-ignore
export const Init = struct(
  ["kind",  "u32", "INIT"],
  ["index", "u32", "global or function index"],
  ["bits",  "u64", "the constant, low then high half", 2],
);

export const SEGMENT = { passive: 0, active: 1, declarative: 2 } as const;

// prettier-ignore
export const ElemInfo = struct(
  ["mode",  "u32", "SEGMENT"],
  ["table", "u32", ""],
  ["start", "u32", "index in inits (active)"],
  ["first", "u32", "index in inits of item 0; the items follow it"],
  ["count", "u32", "number of items"],
  ["type",  "u32", "element type"],
);

// prettier-ignore
export const DataInfo = struct(
  ["mode",   "u32", "SEGMENT"],
  ["memory", "u32", ""],
  ["start",  "u32", "index in inits (active)"],
  ["offset", "u32", "in .ingot.data"],
  ["size",   "u32", "bytes"],
);

// prettier-ignore
export const FuncInfo = struct(
  ["text",  "u32", "offset in .text"],
  ["size",  "u32", "bytes"],
  ["frame", "u32", "bytes between the stack pointer in the body and the return address; where that" +
                   " stays in the link register (arm64, leaves), bytes of the frame + 1"],
  ["index", "u32", "function index"],
);

export const SITE = { call: 0, trap: 1, access: 2, ref: 3 } as const;

/**
 * A site: pc = return address (call, trap stub) or address of the instruction (access, ref), as an
 * offset in .text; source = byte offset in the module; info = kind | stack-argument bytes << 8 (the
 * bytes that the callee of this call pops). `access` may fault in a memory's guard (trap memory),
 * `ref` reads a FuncRef that may be null (trap null).
 */
export const SiteHeader = struct(["count", "u32", ""], ["reserved", "u32", "0"]);

/** Names of all functions, imports first; an empty name is no name. */
export const NamesHeader = struct(["count", "u32", ""], ["reserved", "u32", "0"]);

// ---------------------------------------------------------------------------------------------
// A program inside of the loader (`ingot build`) or of an object (`--emit obj`). The runtime has two
// sections for it, empty in the loader by itself: .ingot.code gets the artifact's .text, and
// .ingot.rest, in this order:
//
//   Payload | the artifact, its .text without contents | words, each with a 0 behind it | pad | PAYLOAD_END
//
// Words are what would precede FILE on the loader's command line.

export const PAYLOAD_MAGIC = "INGOTEXE";
/** Last 8 bytes of .ingot.rest, which is last in an executable: what is cut off lacks it. */
export const PAYLOAD_END = "INGOTEND";
/** An executable whose payload is no larger than this checks all of its bytes whenever it starts. */
export const PAYLOAD_CHECKED = 1 << 20;
/** Alignment of .ingot.code in an object: generated code counts in pages of 4 KiB. */
export const CODE_ALIGN = 4096;

// prettier-ignore
export const Payload = struct(
  ["magic",    "u64", "PAYLOAD_MAGIC; 0 in a loader that carries nothing"],
  ["size",     "u64", "bytes of .ingot.rest, a multiple of 8"],
  ["code",     "u64", "address of the code; 0 in an object, whose linker places it"],
  ["codeSize", "u64", "bytes of code"],
  ["artifact", "u64", "offset and bytes of the artifact", 2],
  ["words",    "u64", "offset and bytes of the words", 2],
  ["checksum", "u64", "of .ingot.rest with this field 0, then of the code (object/checksum.ts)"],
);

// ---------------------------------------------------------------------------------------------
// The runtime inside of Node (addon.c). JavaScript sees the beginning of the Context: the register
// slots, then the desk, then the area in which stack arguments and results are handed over. A call
// takes no JavaScript value and yields none: what it is about and how it ended lies on the desk.

/** Bytes of the area; no function of a module that validation accepts needs more. */
export const AREA = 32 << 10;

// prettier-ignore
export const Desk = struct(
  ["target",   "u64", "an address as an f64: the FuncRef to call, the word to read or write"],
  ["status",   "u32", "how a call ended: STATUS, or 1 + the number of the host function called"],
  ["level",    "u32", "activations that are open; whoever ends some of them early lowers it"],
  ["area",     "u32", "bytes of the area that a wide call is about"],
  ["owner",    "u32", "place of the group that the called host function belongs to"],
  ["looked",   "u32", "1: borrowed memories are what they were when somebody looked just now"],
);

/**
 * `grew` comes on top of the others: a guest may have grown a memory. `stale` plus an AGAIN: nothing
 * has happened yet, since somebody has to look at borrowed memories first.
 */
export const STATUS = {
  returned: 0,
  stale: 0x20000000,
  grew: 0x40000000,
  trapped: 0x80000000,
} as const;
/** What is to be called again then. */
export const AGAIN = { enter: 0, enterWide: 1, resume: 2, resumeWide: 3 } as const;

// ---------------------------------------------------------------------------------------------
// Control mode of the loader: frames on standard input and output, little-endian:
//   u32 length of what follows, u8 message, payload. One reply frame per request; while an invoke
//   (or instantiate with a start function) runs, the loader may send HOST_CALL frames, each to be
//   answered by HOST_RETURN, HOST_TRAP or by nested requests, before the final reply.
// Values are 17 bytes: u8 type, u64 low, u64 high. funcref values are FuncRef addresses (handles),
// externref values the host's handle + 1; 0 is null. Strings are u32 length + UTF-8.

// prettier-ignore
export const REQUEST = {
  load:        1, // u32 length, artifact bytes -> u32 module
  instantiate: 2, // u32 module, u32 count, per import u8 extern kind, u64 handle -> u32 instance
  exports:     3, // u32 instance -> u32 count, per export string, u8 kind, u64 handle
  invoke:      4, // u64 func handle, u32 count, values -> u32 count, values
  newFunc:     5, // u32 host number, string type key, params string, results string -> u64 handle
  newMemory:   6, // u32 min, u64 max -> u64 handle
  newTable:    7, // u8 elem, u32 min, u64 max, value init -> u64 handle
  newGlobal:   8, // u8 type, u8 mutable, value -> u64 handle
  globalGet:   9, // u64 handle -> value
  globalSet:  10, // u64 handle, value
  tableGet:   11, // u64 handle, u32 index -> value
  tableSet:   12, // u64 handle, u32 index, value
  tableSize:  13, // u64 handle -> u32
  memorySize: 14, // u64 handle -> u64 bytes
  memoryRead: 15, // u64 handle, u64 offset, u32 count -> bytes
  memoryWrite:16, // u64 handle, u64 offset, u32 count, bytes
  hostReturn: 17, // u32 count, values
  hostTrap:   18, // string message: unwinds the guest; the outer reply is HOST_ERROR
  freeAll:    19, // drops every instance, module and object of the session
  quit:       20,
  time:       21, // u64 func handle, u32 count, values -> u64 nanoseconds, u32 count, values
  wasi:       22, // u32 count argv strings, u32 count env strings, u32 count of (host, guest, u8 read-only) preopens
                  //   -> u32 count, per function string module, string name, u64 handle
} as const;

// prettier-ignore
export const REPLY = {
  ok:         0, // as said above
  trap:       1, // u32 trap code, u32 frames, per frame u32 function index, u32 byte offset, string name
  linkError:  2, // string
  error:      3, // string: bad artifact, bad handle, out of memory
  hostCall:   4, // u32 host number, u32 count, values
  hostError:  5, // string
  exit:       6, // u32 code: the guest called proc_exit
} as const;
