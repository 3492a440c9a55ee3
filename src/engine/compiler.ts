// The compiler on a thread of its own, as a program's main thread sees it: artifacts of modules, at
// once or later. In: bytes of modules. Out: artifacts, or the error that the compiler met. Nothing
// of the compiler is loaded into this thread; the other one (compilethread.ts) starts when it is
// first needed and ends when it has not been needed for a while.
//
// Who needs an artifact at once sleeps until the other thread has counted up its replies, and takes
// them from the port without a turn of the event loop. Who can wait may come to be in a hurry while
// waiting (deadlines.ts), and then sleeps too. A thread that runs out of memory says nothing any
// more, so the sleeper looks for it in /proc now and then.

import { existsSync } from "node:fs";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { Bug } from "../support/errors.ts";
import { errorFrom } from "./job.ts";
import type { CompileOptions, FailureData } from "./job.ts";
import { SHARED, THREAD_SCRIPT } from "./script.ts";
import type { Start } from "./script.ts";
import { Thread as NodeThread } from "./threads.ts";

export interface Request {
  readonly id: number;
  readonly what: "compile" | "validate";
  readonly bytes: Uint8Array;
  readonly options: CompileOptions;
}

export interface Reply {
  readonly id: number;
  readonly artifact?: Uint8Array;
  readonly failure?: FailureData;
}

type Work = Omit<Request, "id">;

/** When somebody who waits for a reply is to sleep until it comes. */
export interface Hurry {
  /** Milliseconds between questions. */
  readonly every: number;
  isUrgent(): boolean;
}

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/** Milliseconds that the thread may take to start, between looks at it, and until it ends. */
const START = 60_000;
const LOOK = 1000;
const IDLE = 10_000;

/** One thread, from its start to its end. */
class Thread {
  readonly waiting = new Map<number, Waiting>();
  private readonly worker: NodeThread;
  private readonly port: MessagePort;
  private readonly words = new Int32Array(new SharedArrayBuffer(4 * SHARED.size));
  private readonly started = performance.now();
  private failure: Error | undefined;
  private lastId = 0;

  constructor(onEnd: (thread: Thread) => void) {
    const { port1, port2 } = new MessageChannel();
    const workerData: Start = { modules: { port: port2, words: this.words } };
    this.worker = new NodeThread(THREAD_SCRIPT, {
      workerData,
      transferList: [port2],
      execArgv: [],
    });
    this.port = port1;
    port1.on("message", (reply: Reply) => this.take(reply));
    this.worker.on("error", (error) => (this.failure = error));
    this.worker.on("exit", () => {
      onEnd(this);
      this.fail(this.failure ?? new Bug("the compile thread ended"));
    });
    this.worker.unref();
    this.rest();
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
    this.port.close();
  }

  /** Keeps the process alive for as long as somebody waits. */
  private rest(): void {
    if (this.waiting.size > 0) this.port.ref();
    else this.port.unref();
  }

  private take(reply: Reply): void {
    this.waiting.get(reply.id)?.resolve(reply);
    this.waiting.delete(reply.id);
    this.rest();
  }

  private post(work: Work): number {
    const request: Request = { id: ++this.lastId, ...work };
    this.port.postMessage(request);
    return request.id;
  }

  ask(work: Work, waiting: Waiting, hurry?: Hurry): void {
    const id = this.post(work);
    this.waiting.set(id, waiting);
    this.rest();
    if (hurry !== undefined) this.watch(id, hurry);
  }

  /** Sleeps until nobody waits any more, or it is that late (of performance.now()). */
  drain(until: number): void {
    while (this.waiting.size > 0) {
      const seen = Atomics.load(this.words, SHARED.replies);
      const received = receiveMessageOnPort(this.port) as { message: Reply } | undefined;
      const left = until - performance.now();
      if (received !== undefined) this.take(received.message);
      else if (left <= 0 || !this.isAlive()) return;
      else Atomics.wait(this.words, SHARED.replies, seen, Math.min(left, LOOK));
    }
  }

  /** Sleeps until a reply is there, once that is urgent: promises settle before timers run on. */
  private watch(id: number, { every, isUrgent }: Hurry): void {
    const timer = setInterval(() => {
      try {
        if (isUrgent()) while (this.waiting.has(id)) this.take(this.next());
      } catch {
        // The thread is gone; its end says so to whoever waits.
      }
      if (!this.waiting.has(id)) clearInterval(timer);
    }, every);
    timer.unref();
  }

  askNow(work: Work): Reply {
    const id = this.post(work);
    for (;;) {
      const reply = this.next();
      if (reply.id === id) return reply;
      this.take(reply);
    }
  }

  /** Sleeps until there is a reply. */
  private next(): Reply {
    for (;;) {
      const seen = Atomics.load(this.words, SHARED.replies);
      const received = receiveMessageOnPort(this.port) as { message: Reply } | undefined;
      if (received !== undefined) return received.message;
      this.sleep(seen);
    }
  }

  private sleep(seen: number): void {
    while (Atomics.wait(this.words, SHARED.replies, seen, LOOK) === "timed-out") {
      if (!this.isAlive()) throw new Bug("the compile thread ended, perhaps for want of memory");
    }
  }

  private isAlive(): boolean {
    const number = Atomics.load(this.words, SHARED.thread);
    if (number === 0) return existsSync(THREAD_SCRIPT) && performance.now() - this.started < START;
    return number < 0 || existsSync(`/proc/self/task/${number}`);
  }

  end(): void {
    void this.worker.terminate();
  }
}

export class Compiler {
  private thread: Thread | undefined;
  private idle: NodeJS.Timeout | undefined;

  private open(): Thread {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.close(), IDLE).unref();
    this.thread ??= new Thread((ended) => this.forget(ended));
    return this.thread;
  }

  private forget(ended: Thread): void {
    if (this.thread === ended) this.thread = undefined;
  }

  /** Ends the thread unless somebody waits for it. */
  close(): void {
    const { thread } = this;
    if (thread === undefined || thread.waiting.size > 0) return;
    this.thread = undefined;
    thread.end();
  }

  /** The artifact of a module. Throws Malformed, Invalid, Unsupported or Bug. */
  compileNow(bytes: Uint8Array, options: CompileOptions): Uint8Array {
    return artifactOf(this.open().askNow({ what: "compile", bytes, options }));
  }

  async compile(bytes: Uint8Array, options: CompileOptions, hurry?: Hurry): Promise<Uint8Array> {
    const reply = await new Promise<Reply>((resolve, reject) => {
      this.open().ask({ what: "compile", bytes, options }, { resolve, reject }, hurry);
    });
    return artifactOf(reply);
  }

  /**
   * Tells `keep` of the artifact, or of none, be it while the process ends (`drain`). Nothing is
   * told when the thread dies.
   */
  compileFor(
    keep: (artifact: Uint8Array | undefined) => void,
    bytes: Uint8Array,
    options: CompileOptions,
  ): void {
    const resolve = ({ artifact }: Reply): void => keep(artifact);
    this.open().ask({ what: "compile", bytes, options }, { resolve, reject: () => undefined });
  }

  /** Sleeps until nobody waits any more, but no longer than so many milliseconds. */
  drain(ms: number): void {
    this.thread?.drain(performance.now() + ms);
  }

  /** Whether the bytes are a valid module, function bodies included. */
  validateNow(bytes: Uint8Array, options: CompileOptions): boolean {
    const { failure } = this.open().askNow({ what: "validate", bytes, options });
    if (failure?.name === "Bug") throw errorFrom(failure);
    return failure === undefined;
  }
}

function artifactOf({ artifact, failure }: Reply): Uint8Array {
  if (artifact !== undefined) return artifact;
  throw failure === undefined ? new Bug("the compile thread answered nothing") : errorFrom(failure);
}
