// Worker threads of a program under the preload. Node hands its preloads on to them, with some
// exceptions: a program may say with which options (`execArgv`) or variables (`env`) a thread
// starts, and what starts from a string of code (`eval`) ignores --import. A module that is posted
// to such a thread could not be instantiated there. In: the arguments of `new Worker`. Out: those
// that load the preload as well.
//
// The compiler's own threads start from the class that was there before.

import { syncBuiltinESMExports } from "node:module";
import { fileURLToPath } from "node:url";
import threads from "node:worker_threads";
import type { WorkerOptions } from "node:worker_threads";

type WorkerClass = typeof threads.Worker;

/** Node's own class. */
export const Thread: WorkerClass = threads.Worker;
export type Thread = InstanceType<WorkerClass>;

/** Node can load a module of ours with --require, which threads of code do not ignore. */
const canRequire = Boolean(
  (process.features as { readonly require_module?: boolean }).require_module,
);

/** The options that load `register`, a file URL, into a thread; the same if it has it anyway. */
function preloaded(given: WorkerOptions, register: string): WorkerOptions {
  const { execArgv = process.execArgv, env = process.env, eval: isCode = false } = given;
  if (!Array.isArray(execArgv) || (isCode && !canRequire)) return given;
  const inherits = process.execArgv.every((option) => execArgv.includes(option));
  if (!isCode && inherits && env === process.env) return given;
  const preload = isCode ? ["--require", fileURLToPath(register)] : ["--import", register];
  return { ...given, execArgv: [...execArgv, ...preload] };
}

/** The options that Node has not refused: a process is started with some that no thread has. */
function without(refusal: string, { execArgv = [], ...rest }: WorkerOptions): WorkerOptions {
  return { ...rest, execArgv: execArgv.filter((o) => !refusal.includes(o.split("=")[0]!)) };
}

/** From now on all threads of this one have `register`, a file URL. */
export function preloadThreads(register: string): void {
  threads.Worker = new Proxy(Thread, {
    construct(target, [file, given = {}]: [string | URL, WorkerOptions?], newTarget) {
      const make = (options: WorkerOptions): Thread =>
        Reflect.construct(target, [file, options], newTarget) as Thread;
      const options = preloaded(given, register);
      if (options === given) return make(given);
      try {
        return make(options);
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code !== "ERR_WORKER_INVALID_EXEC_ARGV") throw error;
        return make(given.execArgv === undefined ? without(message, options) : given);
      }
    },
  });
  syncBuiltinESMExports();
}
