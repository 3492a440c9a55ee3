// The messages of the loader's control mode (src/abi.ts REQUEST and REPLY) as bytes: a writer that
// builds one request, a reader that takes one reply apart, and the splitter of the reply stream.

import { utf8Decode, utf8Encode } from "../support/text.ts";
import { V128 } from "../wasm/types.ts";
import type { Value } from "./store.ts";

/** Builds one frame: u32 length, u8 message, payload. */
export class FrameWriter {
  private bytes = new Uint8Array(256);
  private view = new DataView(this.bytes.buffer);
  private size = 5;

  constructor(message: number) {
    this.bytes[4] = message;
  }

  private reserve(n: number): number {
    const at = this.size;
    this.size += n;
    if (this.size > this.bytes.length) {
      const wide = new Uint8Array(Math.max(this.bytes.length * 2, this.size));
      wide.set(this.bytes);
      this.bytes = wide;
      this.view = new DataView(wide.buffer);
    }
    return at;
  }

  u8(n: number): this {
    const at = this.reserve(1);
    this.view.setUint8(at, n);
    return this;
  }

  u32(n: number): this {
    const at = this.reserve(4); // may replace the view
    this.view.setUint32(at, n, true);
    return this;
  }

  /** A non-negative integer below 2^53; -1 stands for all ones. */
  u64(n: number): this {
    const at = this.reserve(8);
    this.view.setUint32(at, n < 0 ? 0xffffffff : n % 2 ** 32, true);
    this.view.setUint32(at + 4, n < 0 ? 0xffffffff : Math.floor(n / 2 ** 32), true);
    return this;
  }

  raw(bytes: Uint8Array): this {
    const at = this.reserve(bytes.length);
    this.bytes.set(bytes, at);
    return this;
  }

  text(s: string): this {
    const bytes = utf8Encode(s);
    return this.u32(bytes.length).raw(bytes);
  }

  value(v: Value): this {
    this.u8(v.type);
    const words = v.type === V128 ? [v.lo, v.hi, v.w2 ?? 0, v.w3 ?? 0] : [v.lo, v.hi, 0, 0];
    for (const w of words) this.u32(w >>> 0);
    return this;
  }

  values(vs: readonly Value[]): this {
    this.u32(vs.length);
    for (const v of vs) this.value(v);
    return this;
  }

  done(): Uint8Array {
    this.view.setUint32(0, this.size - 4, true);
    return this.bytes.subarray(0, this.size);
  }
}

/** Takes a payload apart. */
export class FrameReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(payload: Uint8Array) {
    this.bytes = payload;
    this.view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  }

  u8(): number {
    return this.view.getUint8(this.at++);
  }

  u32(): number {
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }

  u64(): number {
    const low = this.u32();
    return low + this.u32() * 2 ** 32;
  }

  raw(n: number): Uint8Array {
    this.at += n;
    return this.bytes.slice(this.at - n, this.at);
  }

  text(): string {
    const n = this.u32();
    this.at += n;
    return utf8Decode(this.bytes, this.at - n, this.at);
  }

  value(): Value {
    const type = this.u8();
    const lo = this.u32() | 0;
    const hi = this.u32() | 0;
    const w2 = this.u32() | 0;
    const w3 = this.u32() | 0;
    return type === V128 ? { type, lo, hi, w2, w3 } : { type, lo, hi };
  }

  values(): Value[] {
    return Array.from({ length: this.u32() }, () => this.value());
  }

  rest(): Uint8Array {
    return this.bytes.slice(this.at);
  }
}

/** Cuts a byte stream into frames. */
export class FrameSplitter {
  private readonly chunks: Uint8Array[] = [];
  private size = 0;
  private readonly onFrame: (message: number, payload: Uint8Array) => void;

  constructor(onFrame: (message: number, payload: Uint8Array) => void) {
    this.onFrame = onFrame;
  }

  push(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    while (this.size >= 4) {
      const head = this.whole();
      const length = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
      if (head.length < 4 + length) return;
      const rest = head.subarray(4 + length);
      this.chunks.length = 0;
      if (rest.length > 0) this.chunks.push(rest);
      this.size = rest.length;
      this.onFrame(head[4]!, head.subarray(5, 4 + length));
    }
  }

  /** All bytes that wait, as one array; large frames are joined once, when complete. */
  private whole(): Uint8Array {
    const first = this.chunks[0]!;
    if (this.chunks.length === 1) return first;
    if (first.length >= 4) {
      const need = new DataView(first.buffer, first.byteOffset).getUint32(0, true) + 4;
      if (this.size < need) return first;
    }
    const joined = new Uint8Array(this.size);
    let at = 0;
    for (const chunk of this.chunks) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    this.chunks.length = 0;
    this.chunks.push(joined);
    return joined;
  }
}
