// Gives the functions that run code the arenas they run over. Each array is a parameter:
// parameters, not properties, are what V8 can fold into compiled code.

import type { Arenas } from "./arenas.ts";
import type { State } from "./instance.ts";
import { newLoop } from "./loop.gen.ts";
import { newVectors } from "./vectors.gen.ts";

/** The dispatch loop: runs from S until something needs attention, and answers what. */
export function loopOver(arenas: Arenas, state: State): () => number {
  const { code, c1, c2, c3, c4, I, H, F, D, R, R1, S, E, SIG, OWNER, FUEL } = arenas;
  const { END, DEEPEST } = arenas;
  // prettier-ignore
  return newLoop(
    state, code, c1, c2, c3, c4, I, H, F, D, R, R1, S, E, SIG, OWNER, FUEL, END, DEEPEST,
  );
}

/** What performs vectors from S on: answers why it stopped before another instruction, or 0. */
export function vectorsOver(arenas: Arenas, state: State): () => number {
  const { code, c1, c2, c3, c4, I, H, S, V } = arenas;
  const { i8, u8, i16, u16, i32, u32, f32, f64 } = V;
  // prettier-ignore
  return newVectors(
    state, code, c1, c2, c3, c4, I, H, S, V, i8, u8, i16, u16, i32, u32, f32, f64,
  );
}
