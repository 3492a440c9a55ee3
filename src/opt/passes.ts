// TABLE. The passes over a built function, in order: what stage each wants and leaves, and how it
// is run. In: a Func as translate/build.ts leaves it. Out: a placed Func, with the Cfg that the
// back end wants.
//
// Between any two passes `hooks` may verify, dump or measure. An error is rethrown with the pass
// and the function that it happened in: "place, function 12: ...".

import { Cfg } from "../ir/cfg.ts";
import type { Func } from "../ir/func.ts";
import type { Stage } from "../ir/print.ts";
import { Bug } from "../support/errors.ts";
import { Place } from "./place.ts";
import { Tidy } from "./tidy.ts";

export interface Pass {
  readonly name: string;
  readonly before: Stage;
  readonly after: Stage;
  readonly run: (f: Func, workspace: Workspace) => void;
}

/** What the passes reuse from function to function; a worker has one. */
export class Workspace {
  readonly cfg = new Cfg();
  readonly tidy = new Tidy();
  readonly place = new Place();
}

const runTidy = (f: Func, { tidy }: Workspace): void => tidy.run(f);
const runPlace = (f: Func, { cfg, place }: Workspace): void => {
  cfg.compute(f);
  place.run(f, cfg);
};

// prettier-ignore
export const PASSES: readonly Pass[] = [
  { name: "tidy",  before: "built",  after: "tidied", run: runTidy },
  { name: "place", before: "tidied", after: "placed", run: runPlace },
];

export interface Hooks {
  /** Called before the first pass with its `before`, and after each with its `after`. */
  readonly stage?: (f: Func, stage: Stage) => void;
  /** Milliseconds that a pass took. */
  readonly time?: (pass: Pass, ms: number) => void;
}

const none: Hooks = {};

/** Runs all passes; `workspace.cfg` describes the result. */
export function runPasses(f: Func, workspace: Workspace, hooks: Hooks = none): void {
  hooks.stage?.(f, PASSES[0]!.before);
  for (const pass of PASSES) {
    try {
      const start = hooks.time === undefined ? 0 : performance.now();
      pass.run(f, workspace);
      hooks.time?.(pass, performance.now() - start);
      hooks.stage?.(f, pass.after);
    } catch (error) {
      throw explain(error, pass, f);
    }
  }
}

function explain(error: unknown, pass: Pass, f: Func): unknown {
  if (!(error instanceof Error)) return error;
  const bug = new Bug(`${pass.name}, function ${f.index}: ${error.message}`);
  if (error.stack !== undefined) bug.stack = error.stack;
  return bug;
}
