// What can go wrong with a module, as exceptions. Every error says its reason first, in the words
// of the specification's test suite (a script compares the beginning), then where: byte offset in
// the module and function index, as far as they are known.
//
//   Malformed    the bytes (or the text) are no module
//   Invalid      a module that breaks a rule of validation
//   Unsupported  beyond an implementation limit
//   LinkError    imports that do not fit
//   Trap         raised by running code; Exhaustion where a resource ran out
//   Bug          a broken invariant of ingot itself
//
// `describe` makes the one sentence that a command prints.

/** The common part: `message` is the reason followed by the place. */
export class WasmError extends Error {
  override name = "WasmError";
  readonly reason: string;
  /** Byte offset in the module, -1 where unknown. */
  readonly offset: number;
  /** Function index, -1 where there is none. */
  readonly func: number;

  constructor(reason: string, offset = -1, func = -1) {
    super(reason + place(offset, func));
    this.reason = reason;
    this.offset = offset;
    this.func = func;
  }
}

export class Malformed extends WasmError {
  override name = "Malformed";
}

export class Invalid extends WasmError {
  override name = "Invalid";
}

export class Unsupported extends WasmError {
  override name = "Unsupported";
}

export class LinkError extends WasmError {
  override name = "LinkError";
}

export class Trap extends WasmError {
  override name = "Trap";
  /** Its number in abi.ts, TRAP; 0 for what has none. */
  readonly code: number;

  constructor(reason: string, offset = -1, func = -1, code = 0) {
    super(reason, offset, func);
    this.code = code;
  }
}

export class Exhaustion extends Trap {
  override name = "Exhaustion";
}

/** A broken invariant: always a fault of ingot, never of its input. */
export class Bug extends Error {
  override name = "Bug";
}

/** Reports a broken invariant. */
export function bug(what: string): never {
  throw new Bug(what);
}

function place(offset: number, func: number): string {
  const at = offset < 0 ? "" : `at offset 0x${offset.toString(16)}`;
  const where = func < 0 ? "" : `in function ${func}`;
  if (at === "" && where === "") return "";
  return `, ${at}${at !== "" && where !== "" ? " " : ""}${where}`;
}

/** One sentence for a command's error output, without a stack trace. */
export function describe(error: unknown): string {
  if (error instanceof Malformed) return `malformed module: ${error.message}`;
  if (error instanceof Invalid) return `invalid module: ${error.message}`;
  if (error instanceof Unsupported) return `unsupported module: ${error.message}`;
  if (error instanceof LinkError) return `cannot link: ${error.message}`;
  if (error instanceof Trap) return `trap: ${error.message}`;
  if (error instanceof Bug) return `internal error: ${error.message}`;
  if (error instanceof Error) return error.message === "" ? error.name : error.message;
  return String(error);
}
