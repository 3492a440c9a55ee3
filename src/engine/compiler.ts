// A compiler for programs that run: on a thread of its own, which is started when the first module
// needs compiling and stays. So a program whose modules are all in the cache never loads the
// compiler, and `new WebAssembly.Module` can wait for one: this thread sleeps (Atomics.wait) while
// that one, with as many helpers as pay, compiles. In: a module's bytes. Out: its artifact, or the
// path of the cache entry that it became; errors of support/errors.ts.
//
// Replies come through a port that can be read without an event loop; a shared counter tells a
// sleeper that there is one. The thread keeps the process alive only while somebody awaits a reply.

import { MessageChannel, Worker, receiveMessageOnPort } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import type { CacheOptions } from "./cache.ts";
import { errorFrom } from "./job.ts";
import type { CompileOptions, FailureData } from "./job.ts";

/** What the thread is asked. */
export interface Order {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly options: CompileOptions;
  /** Where to keep the artifact, and as what. */
  readonly keep: { readonly key: string; readonly cache: CacheSettings } | undefined;
}

/** A cache's options, without the function. */
export type CacheSettings = Omit<CacheOptions, "warn">;

export interface Made {
  /** Of the cache entry, if there is one. */
  readonly path?: string | undefined;
  /** Otherwise the artifact. */
  readonly artifact?: Uint8Array | undefined;
  /** Sentences of the cache. */
  readonly warnings: readonly string[];
  /** Milliseconds that it took there. */
  readonly ms: number;
}

export interface Reply {
  readonly id: number;
  readonly made?: Made;
  readonly failure?: FailureData;
}

/** What the thread is started with: words of `signal` are replies so far, and steps of progress. */
export interface Opening {
  readonly port: MessagePort;
  readonly signal: Int32Array;
}

/** Milliseconds without any progress after which the thread is taken for dead. */
const PATIENCE = 300_000;

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

export class Compiler {
  private worker: Worker | undefined;
  private port: MessagePort | undefined;
  private readonly signal = new Int32Array(new SharedArrayBuffer(8));
  private readonly waiting = new Map<number, Waiting>();
  private orders = 0;

  /** Compiles while this thread waits. */
  compile(bytes: Uint8Array, options: CompileOptions, keep: Order["keep"]): Made {
    const id = this.send(bytes, options, keep);
    for (;;) {
      const seen = Atomics.load(this.signal, 0);
      const reply = this.replies().find((r) => r.id === id);
      if (reply !== undefined) return madeOf(reply);
      this.sleep(seen);
    }
  }

  /** The same without waiting. */
  async compileLater(
    bytes: Uint8Array,
    options: CompileOptions,
    keep: Order["keep"],
  ): Promise<Made> {
    const id = this.send(bytes, options, keep);
    const reply = new Promise<Reply>((resolve, reject) =>
      this.waiting.set(id, { resolve, reject }),
    );
    this.port?.ref();
    return madeOf(await reply);
  }

  private send(bytes: Uint8Array, options: CompileOptions, keep: Order["keep"]): number {
    const id = this.orders++;
    this.start().postMessage({ id, bytes, options, keep } satisfies Order);
    return id;
  }

  private start(): MessagePort {
    if (this.port !== undefined) return this.port;
    const { port1, port2 } = new MessageChannel();
    const opening: Opening = { port: port2, signal: this.signal };
    // Whatever this process was started with to happen first, the preload say, is not for it.
    const worker = new Worker(new URL("./compilerthread.js", import.meta.url), {
      execArgv: [],
      env: {},
      workerData: opening,
      transferList: [port2],
    });
    worker.unref();
    const end = (error: Error): void => {
      if (this.worker === worker) this.give(error);
    };
    worker.on("error", end);
    worker.on("exit", () => end(new Error("the compile thread has ended")));
    port1.on("message", (reply: Reply) => this.take(reply));
    port1.unref();
    this.worker = worker;
    this.port = port1;
    return port1;
  }

  /** Sleeps until there are more than `seen` replies. */
  private sleep(seen: number): void {
    for (let steps = -1; ;) {
      if (Atomics.wait(this.signal, 0, seen, PATIENCE) !== "timed-out") return;
      const now = Atomics.load(this.signal, 1);
      if (now === steps) break;
      steps = now;
    }
    this.give(new Error("the compile thread does not answer"));
    throw new Error("the compile thread does not answer");
  }

  /** All replies that have come, those that somebody awaits being handed on. */
  private replies(): Reply[] {
    const found: Reply[] = [];
    for (;;) {
      const message = receiveMessageOnPort(this.port!) as { message: Reply } | undefined;
      if (message === undefined) return found;
      if (this.waiting.has(message.message.id)) this.take(message.message);
      else found.push(message.message);
    }
  }

  private take(reply: Reply): void {
    this.waiting.get(reply.id)?.resolve(reply);
    this.waiting.delete(reply.id);
    if (this.waiting.size === 0) this.port?.unref();
  }

  /** The thread is gone: so is what it had to do; the next module starts another. */
  private give(error: Error): void {
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    void this.worker?.terminate();
    this.port?.close();
    this.worker = this.port = undefined;
    for (const { reject } of waiting) reject(error);
  }
}

function madeOf({ made, failure }: Reply): Made {
  if (made !== undefined) return made;
  throw errorFrom(failure!);
}
