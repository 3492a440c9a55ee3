// A suspended activation: the frames of one call into the guest, taken out of the machine's arenas
// while a host function that it called has not answered yet. In: where the frames are. Out: a copy,
// which can be put back anywhere: addresses of frames in the return stack are moved along. Entries
// that belong to the machine (see machine.ts) hold other things and stay as they are.
//
//   I        [base, top): frames, outermost first, ending with the words of the host function
//   R        pairs of the activation: (DONE, base), those of its calls, and (address, frame) of the
//            instruction that called the host function
//
// Code may be moved meanwhile; the machine then moves the addresses in `returns` (flush).

import type { Arenas } from "./arenas.ts";
import type { Instance } from "./instance.ts";

/** Address in code that marks a return to another instance; the word beside it is its number. */
export const BACK = 2;

export class Suspended {
  /** What the host function waits for. */
  readonly reason: object;
  /** The instance that called the host function. */
  readonly inst: Instance;
  /** Those that wait for it, innermost last: all of them are kept alive. */
  readonly callers: readonly Instance[];
  readonly frames: Int32Array;
  readonly returns: Int32Array;
  /** What Sleepers knows it by. */
  readonly ref = new WeakRef(this);
  private readonly base: number;

  constructor(
    { I, R }: Arenas,
    reason: object,
    instances: readonly [inst: Instance, callers: readonly Instance[]],
    frames: readonly [base: number, top: number],
    returns: readonly [from: number, to: number],
  ) {
    this.reason = reason;
    [this.inst, this.callers] = instances;
    this.base = frames[0];
    this.frames = I.slice(...frames);
    this.returns = R.slice(...returns);
  }

  /** Puts frames at `base` and their returns at `rp`, where there is room. */
  putBack({ I, R }: Arenas, base: number, rp: number): void {
    const { frames, returns } = this;
    const distance = base - this.base;
    I.set(frames, base);
    for (let i = 0; i < returns.length; i += 2) {
      R[rp + i] = returns[i]!;
      R[rp + i + 1] = returns[i + 1]! + (returns[i] === BACK ? 0 : distance);
    }
  }
}

/** Suspended activations that somebody may still resume. */
export class Sleepers {
  private readonly refs = new Set<WeakRef<Suspended>>();
  /** When to look for those that nobody can resume any more. */
  private most = 64;

  add({ ref }: Suspended): void {
    this.refs.add(ref);
    if (this.refs.size < this.most) return;
    for (const one of this.refs) if (one.deref() === undefined) this.refs.delete(one);
    this.most = Math.max(64, 2 * this.refs.size);
  }

  remove({ ref }: Suspended): void {
    this.refs.delete(ref);
  }

  *[Symbol.iterator](): Iterator<Suspended> {
    for (const ref of this.refs) {
      const one = ref.deref();
      if (one !== undefined) yield one;
    }
  }
}
