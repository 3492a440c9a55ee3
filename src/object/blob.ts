// The code of one function as it leaves the back end: bytes that may stand anywhere, what must be
// patched when its place is known, and what the runtime wants to know about places inside it. A
// blob is a pure function of (compiler, options, module environment, body), so it may come from any
// worker.

/** Words per relocation and per site in the flat arrays below. */
export const RELOC_WORDS = 3;
export const SITE_WORDS = 3;

export interface Blob {
  /** Code, then the function's constants and jump tables. */
  readonly bytes: Uint8Array;
  /** Alignment that `bytes` needs: 16 or more. */
  readonly align: number;
  /** Triples (offset in bytes, RELOC kind, function index or trap code). */
  readonly relocs: Int32Array;
  /** Triples (offset, byte offset in the module, SITE kind | bytes << 8), ascending by offset. */
  readonly sites: Int32Array;
  /** FuncInfo.frame. */
  readonly frame: number;
  /** Bytes of `bytes` that are code (the rest is constants). */
  readonly codeSize: number;
  /** CPU features used (abi.ts CPU bits). */
  readonly cpu: number;
}
