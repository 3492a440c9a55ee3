// The arrays that all interpreted code shares. They are made once and never move, so that V8 can put
// their addresses and lengths into the compiled loop as constants: that is why their sizes are fixed
// and generous. They are address space; the operating system gives pages to what is touched.
//
//   code     instructions, bump allocated; when it is full everything is translated anew
//   I F D    one buffer of 8-byte slots seen as int32, f32 and f64: frames from slot 0 up to END,
//            then cells of globals. Indices are those of I, that is in units of 4 bytes
//   R        return stack: address in code and frame of the caller
//   E SIG OWNER   per function: address in code (0 = not translated), number of its type,
//            number of its instance (HOST for host functions); function 0 is null
//   S        what the loop starts from and leaves behind: pc, fp, rp, the function to enter, and how
//            many ticks are left
//   FUEL     operators left, where they are counted

export interface Arenas {
  readonly code: Int32Array<ArrayBuffer>;
  readonly I: Int32Array<ArrayBuffer>;
  readonly F: Float32Array<ArrayBuffer>;
  readonly D: Float64Array<ArrayBuffer>;
  readonly R: Int32Array<ArrayBuffer>;
  readonly S: Int32Array<ArrayBuffer>;
  readonly E: Int32Array<ArrayBuffer>;
  readonly SIG: Int32Array<ArrayBuffer>;
  readonly OWNER: Int32Array<ArrayBuffer>;
  readonly FUEL: Float64Array<ArrayBuffer>;
  /** End of the frames, an index of I. */
  readonly END: number;
  /** Most entries of R that a call may find. */
  readonly DEEPEST: number;
}

/** Owner of host functions. */
export const HOST = -1;

export interface Sizes {
  readonly code: number;
  readonly frames: number;
  readonly globals: number;
  readonly depth: number;
  readonly funcs: number;
}

/** Words of code, slots for frames and globals, calls in progress, functions. */
export const defaultSizes: Sizes = {
  code: 1 << 24,
  frames: 1 << 20,
  globals: 1 << 21,
  depth: 1 << 17,
  funcs: 1 << 22,
};

/** Length of arrays for a few words: shorter ones would lie in V8's heap, where they move. */
const SHORT = 64;

/** Words of R that are kept free for frames of the machine itself. */
const SLACK = 16;

export function newArenas(sizes: Sizes = defaultSizes): Arenas {
  const slots = new ArrayBuffer((sizes.frames + sizes.globals) * 8);
  return {
    code: new Int32Array(sizes.code),
    I: new Int32Array(slots),
    F: new Float32Array(slots),
    D: new Float64Array(slots),
    R: new Int32Array(2 * sizes.depth + SLACK),
    S: new Int32Array(SHORT),
    E: new Int32Array(sizes.funcs),
    SIG: new Int32Array(sizes.funcs),
    OWNER: new Int32Array(sizes.funcs),
    FUEL: new Float64Array(SHORT),
    END: sizes.frames * 2,
    DEEPEST: 2 * sizes.depth,
  };
}
