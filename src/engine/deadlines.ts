// Packages that give a module a few seconds to start: a promise that races a timer, and if the
// timer wins, the package gives up. They were written for compilers that need milliseconds, and a
// process that ends at the deadline leaves nothing in the cache either, so that they would never
// start. In: what keeps this process running. Out: whether time is to stand still for it until a
// module is compiled, which is what `new WebAssembly.Module` does in any case: the thread sleeps,
// and promises of the module settle before timers that have run out meanwhile.
//
// That is not done to a program that talks to others, whom it would keep waiting, nor to one
// without a timer.

import type { Hurry } from "./compiler.ts";

const TIMER = "Timeout";
const PEER = /^(TCP|TLS|UDP|PipeServer|HTTP)/;

/** For modules that packages start, unaware of the compiler. */
export const deadlines: Hurry = {
  every: 1000,
  isUrgent() {
    const active = process.getActiveResourcesInfo();
    return active.includes(TIMER) && !active.some((kind) => PEER.test(kind));
  },
};
