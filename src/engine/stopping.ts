// When guests are to be stopped. There is one answer for a thread at a time: the API sets it around
// calls, and engines look at it. In: a Stop. Out: for engines, what to do when it changes; an
// engine that comes into being is told at once what is in force.

/** What ends guests that run now. */
export interface Stop {
  /** Against performance.now(), in ms; Infinity if only a signal may end them. */
  readonly deadline: number;
  /** Time is up, or somebody has asked for it. */
  isDue(): boolean;
  /** What a call that was ended throws; `trap` tells where the guest was. */
  reason(trap: Error | undefined): unknown;
}

/** An engine: undefined means that guests run as long as they like. */
export type Stoppable = (stop: Stop | undefined) => void;

const engines: Stoppable[] = [];
let current: Stop | undefined;

export const theStop = (): Stop | undefined => current;

export function setStop(stop: Stop | undefined): void {
  if (stop === current) return;
  current = stop;
  for (const tell of engines) tell(stop);
}

/** Adds an engine of this thread, which stays for good. */
export function addStoppable(tell: Stoppable): void {
  engines.push(tell);
  if (current !== undefined) tell(current);
}
