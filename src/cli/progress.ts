// Progress of a compilation that takes longer than a second, on a terminal only: one line that is
// rewritten at most ten times a second and cleared at the end.

const FIRST_MS = 1000;
const EVERY_MS = 100;

export interface Progress {
  /** Functions done so far. */
  readonly update: (done: number) => void;
  readonly clear: () => void;
}

/** Makes a progress line for `total` functions; silent where standard error is no terminal. */
export function newProgress(total: number): Progress {
  const out = process.stderr;
  let next = performance.now() + FIRST_MS;
  let shown = false;
  return {
    update: (done) => {
      const now = performance.now();
      if (!out.isTTY || now < next) return;
      next = now + EVERY_MS;
      shown = true;
      const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
      out.write(`\rcompiling: ${done} of ${total} functions, ${percent} %`);
    },
    clear: () => {
      if (shown) out.write("\r\x1b[K");
      shown = false;
    },
  };
}
