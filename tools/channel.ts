// One loader in control mode for input that means it no good: requests as raw bytes, one reply
// each, no interpretation. If the loader dies, the request that killed it fails with the signal's
// name and the next one starts another loader.

import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { FrameReader, FrameSplitter } from "../src/engine/frames.ts";
import type { FrameWriter } from "../src/engine/frames.ts";
import { LOADER } from "./ingot.ts";

export interface Answer {
  readonly message: number;
  readonly read: FrameReader;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

export class Channel {
  private readonly options: readonly string[];
  private child: Child | undefined;
  private waiting: Waiting | undefined;
  /** Largest resident size that was seen, in bytes; see `measure`. */
  peak = 0;

  constructor(options: readonly string[]) {
    this.options = options;
  }

  private start(): Child {
    const argv = ["--control", ...this.options];
    const child: Child = spawn(LOADER, argv, { stdio: ["pipe", "pipe", "inherit"] });
    const splitter = new FrameSplitter((message, payload) => {
      const { waiting } = this;
      this.waiting = undefined;
      waiting?.resolve({ message, read: new FrameReader(Uint8Array.from(payload)) });
    });
    child.stdout.on("data", (chunk: Uint8Array) => splitter.push(chunk));
    child.stdin.on("error", () => undefined);
    const dead = (why: string): void => {
      if (this.child !== child) return;
      this.child = undefined;
      const { waiting } = this;
      this.waiting = undefined;
      waiting?.reject(new Error(`the loader died: ${why}`));
    };
    child.on("error", (error) => dead(error.message));
    child.on("close", (code, signal) => dead(signal ?? `exit code ${code}`));
    this.child = child;
    return child;
  }

  /** Sends a frame as it is; its bytes must stay as they are until the answer comes. */
  raw(frame: Uint8Array): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      (this.child ?? this.start()).stdin.write(frame);
    });
  }

  request(frame: FrameWriter): Promise<Answer> {
    return this.raw(frame.done());
  }

  /** Notes how much memory the loader has in use. */
  measure(): void {
    const pid = this.child?.pid;
    if (pid === undefined) return;
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kilobytes = Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0);
    this.peak = Math.max(this.peak, kilobytes * 1024);
  }

  end(): void {
    const { child } = this;
    this.child = undefined;
    child?.stdin.end();
  }
}
