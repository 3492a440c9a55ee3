// Signatures of up to six values without references, none of them on the stack: a closure for each
// number of parameters. Values that need no conversion are written at once; if one does, everything
// begins anew, the long way. In: a Shape, and the ways of going on. Out: functions of JavaScript,
// and code that calls such functions.

import type { Views } from "./binding.ts";
import type { Callable } from "./engine.ts";
import { named } from "./plain.ts";
import { read, write } from "./shape.ts";
import type { Shape } from "./shape.ts";

const MAX = 6;

export const isQuick = ({ type, paramArea, resultArea, refs, vectors }: Shape): boolean =>
  type.params.length <= MAX &&
  type.results.length <= 1 &&
  paramArea + resultArea === 0 &&
  !refs &&
  !vectors;

/**
 * A function that writes its arguments and calls `go`; `slow` takes a list of those that need to be
 * converted.
 */
export function quickCallable(
  name: string,
  { type: { params }, params: at }: Shape,
  w: Views,
  go: () => unknown,
  slow: (args: unknown[]) => unknown,
): Callable {
  const [t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0] = params;
  const [a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0] = at;
  switch (params.length) {
    case 0:
      return named({ [name]: () => go() }, name);
    case 1:
      return named({ [name]: (a) => (write(w, t0, a0, a) ? go() : slow([a])) }, name);
    case 2:
      return named(
        {
          [name]: (a, b) => (write(w, t0, a0, a) && write(w, t1, a1, b) ? go() : slow([a, b])),
        },
        name,
      );
    case 3:
      return named(
        {
          [name]: (a, b, c) =>
            write(w, t0, a0, a) && write(w, t1, a1, b) && write(w, t2, a2, c)
              ? go()
              : slow([a, b, c]),
        },
        name,
      );
    case 4:
      return named(
        {
          [name]: (a, b, c, d) =>
            write(w, t0, a0, a) && write(w, t1, a1, b) && write(w, t2, a2, c) && write(w, t3, a3, d)
              ? go()
              : slow([a, b, c, d]),
        },
        name,
      );
    case 5:
      return named(
        {
          [name]: (a, b, c, d, e) =>
            write(w, t0, a0, a) &&
            write(w, t1, a1, b) &&
            write(w, t2, a2, c) &&
            write(w, t3, a3, d) &&
            write(w, t4, a4, e)
              ? go()
              : slow([a, b, c, d, e]),
        },
        name,
      );
    default:
      return named(
        {
          [name]: (a, b, c, d, e, f) =>
            write(w, t0, a0, a) &&
            write(w, t1, a1, b) &&
            write(w, t2, a2, c) &&
            write(w, t3, a3, d) &&
            write(w, t4, a4, e) &&
            write(w, t5, a5, f)
              ? go()
              : slow([a, b, c, d, e, f]),
        },
        name,
      );
  }
}

/** Code that calls `host` with the arguments that are there; `answer` takes what it returns. */
export function quickHost(
  { type: { params }, params: at }: Shape,
  w: Views,
  host: Callable,
  answer: (result: unknown) => false,
): () => false {
  const [t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0] = params;
  const [a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0] = at;
  switch (params.length) {
    case 0:
      return () => answer(host());
    case 1:
      return () => answer(host(read(w, t0, a0)));
    case 2:
      return () => answer(host(read(w, t0, a0), read(w, t1, a1)));
    case 3:
      return () => answer(host(read(w, t0, a0), read(w, t1, a1), read(w, t2, a2)));
    case 4:
      return () => answer(host(read(w, t0, a0), read(w, t1, a1), read(w, t2, a2), read(w, t3, a3)));
    case 5:
      return () =>
        answer(
          host(read(w, t0, a0), read(w, t1, a1), read(w, t2, a2), read(w, t3, a3), read(w, t4, a4)),
        );
    default:
      return () =>
        answer(
          host(
            read(w, t0, a0),
            read(w, t1, a1),
            read(w, t2, a2),
            read(w, t3, a3),
            read(w, t4, a4),
            read(w, t5, a5),
          ),
        );
  }
}
