// The arrays that all interpreted code shares. They are made once and never move, so that V8 can
// put their addresses and lengths into the compiled loop as constants: that is why their sizes are
// fixed and generous. They are address space; the operating system gives pages to what is touched.
//
//   code     instructions, bump allocated; when it is full everything is translated anew
//   c1 .. c4 the same, shifted: c3[pc] is code[pc + 3], with one check of one index for all of them
//   I F D    one buffer of 8-byte slots seen as int32, f32 and f64: frames from slot 0 up to END,
//            then cells of globals. Indices are those of I, that is in units of 4 bytes
//   H        I shifted: H[i] is I[i + 1], the high word of slot i
//   V        the same slots in views of all lane types, for vectors (lanes.ts)
//   R        return stack: address in code and frame of the caller; R1 is R shifted
//   E SIG OWNER   per function: address in code (0 = not translated), number of its type,
//            number of its instance (HOST for host functions); function 0 is null
//   S        what the loop starts from and leaves behind: pc, fp, rp, the function to enter, and
//            how many ticks are left
//   FUEL     operators left, where they are counted

import { viewsOf } from "../lanes.ts";
import type { Views } from "../lanes.ts";

export interface Arenas {
  readonly code: Int32Array<ArrayBuffer>;
  readonly c1: Int32Array<ArrayBuffer>;
  readonly c2: Int32Array<ArrayBuffer>;
  readonly c3: Int32Array<ArrayBuffer>;
  readonly c4: Int32Array<ArrayBuffer>;
  readonly I: Int32Array<ArrayBuffer>;
  readonly H: Int32Array<ArrayBuffer>;
  readonly F: Float32Array<ArrayBuffer>;
  readonly D: Float64Array<ArrayBuffer>;
  readonly V: Views;
  readonly R: Int32Array<ArrayBuffer>;
  readonly R1: Int32Array<ArrayBuffer>;
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
  code: 1 << 23,
  frames: 1 << 20,
  globals: 1 << 20,
  depth: 1 << 17,
  funcs: 5 << 18,
};

/** Length of arrays for a few words: shorter ones would lie in V8's heap, where they move. */
const SHORT = 64;

/** Words of R that are kept free for frames of the machine itself. */
const SLACK = 16;

/** Views of one buffer, each shifted by a word against the one before, all of one length. */
function views(length: number, count: number): Int32Array<ArrayBuffer>[] {
  const buffer = new ArrayBuffer(4 * (length + count));
  return Array.from({ length: count }, (_, k) => new Int32Array(buffer, 4 * k, length));
}

export function newArenas(sizes: Sizes = defaultSizes): Arenas {
  const count = sizes.frames + sizes.globals;
  const slots = new ArrayBuffer(8 * (count + 1));
  const [code, c1, c2, c3, c4] = views(sizes.code, 5);
  const [R, R1] = views(2 * sizes.depth + SLACK, 2);
  return {
    code: code!,
    c1: c1!,
    c2: c2!,
    c3: c3!,
    c4: c4!,
    I: new Int32Array(slots, 0, 2 * count),
    H: new Int32Array(slots, 4, 2 * count),
    F: new Float32Array(slots, 0, 2 * count),
    D: new Float64Array(slots, 0, count),
    V: viewsOf(slots),
    R: R!,
    R1: R1!,
    S: new Int32Array(SHORT),
    E: new Int32Array(sizes.funcs),
    SIG: new Int32Array(sizes.funcs),
    OWNER: new Int32Array(sizes.funcs),
    FUEL: new Float64Array(SHORT),
    END: sizes.frames * 2,
    DEEPEST: 2 * sizes.depth,
  };
}
