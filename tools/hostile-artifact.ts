// Damaged artifacts, for hostile.ts: through the reader of the tools and through the loader. One
// sample's artifact is cut at every byte, the others wherever the file is more than padding; flips
// fall mostly where something is written. No start function: what loads is instantiated and looked
// at from outside, and nothing of its code runs.

import { EXTERN, REPLY, REQUEST } from "../src/abi.ts";
import { compileModule } from "../src/engine/compile.ts";
import { FrameWriter } from "../src/engine/frames.ts";
import { ArtifactError, readArtifact } from "../src/object/artifact.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Import, Module } from "../src/wasm/module.ts";
import { Channel } from "./channel.ts";
import { HOST } from "./ingot.ts";
import type { Answer } from "./channel.ts";
import { joinSections, readSamples, splitSections } from "./corpus.ts";
import type { Part } from "./hostile-module.ts";
import { Random } from "./random.ts";

/** An artifact with the head of the request that loads it: u32 size, u8 message, u32 size. */
interface Target {
  readonly module: Module;
  readonly frame: Uint8Array;
  readonly bytes: Uint8Array;
  /** Offsets of the bytes that are not padding. */
  readonly written: Int32Array;
  /** Sizes to cut it to. */
  readonly cuts: Int32Array;
}

const HEAD = 9;
const START_SECTION = 8;
/** The sample that is cut at every byte. */
const RICHEST = "sections";

function newTarget(name: string, wasm: Uint8Array): Target {
  const module = decodeModule(
    joinSections(splitSections(wasm).filter(({ id }) => id !== START_SECTION)),
    defaultFeatures,
  );
  const { artifact } = compileModule(module, {
    target: HOST,
    features: defaultFeatures,
    bounds: "guard",
    embed: name === RICHEST,
  });
  const frame = new Uint8Array(HEAD + artifact.length);
  frame.set(artifact, HEAD);
  const bytes = frame.subarray(HEAD);
  const written = writtenOf(bytes);
  const cuts = name === RICHEST ? Int32Array.from(bytes.keys()) : written;
  return { module, frame, bytes, written, cuts };
}

/** All offsets but those in runs of zeros, of whose ends a few are kept. */
function writtenOf(bytes: Uint8Array): Int32Array {
  const EDGE = 8;
  const near = new Uint8Array(bytes.length);
  bytes.forEach((b, at) => {
    if (b !== 0) near.fill(1, Math.max(0, at - EDGE), at + EDGE);
  });
  return Int32Array.from(bytes.keys()).filter((at) => near[at] === 1);
}

/** One case: which artifact, how much of it, and which bytes were changed from what. */
interface Damage {
  readonly target: Target;
  readonly size: number;
  readonly undo: readonly (readonly [at: number, was: number])[];
}

/** Changes one to four bytes in place. */
function damage(targets: readonly Target[], k: number): Damage {
  const r = new Random(k);
  const target = r.pick(targets);
  const { bytes, written } = target;
  const undo: [number, number][] = [];
  for (let n = r.oneIn(3) ? 2 + r.below(3) : 1; n > 0; n--) {
    const at = r.oneIn(50) ? r.below(bytes.length) : written[r.below(written.length)]!;
    undo.push([at, bytes[at]!]);
    bytes[at] = r.oneIn(2) ? bytes[at]! ^ (1 << r.below(8)) : r.below(256);
  }
  return { target, size: bytes.length, undo: undo.reverse() };
}

const isChanged = ({ target, size, undo }: Damage): boolean => {
  if (size < target.bytes.length) return true;
  const original = new Map(undo.map(([at, was]) => [at, was])); // the first change comes last
  return [...original].some(([at, was]) => target.bytes[at] !== was);
};

export async function newArtifactPart(name: string): Promise<Part> {
  const targets = readSamples().map((s) => newTarget(s.name, s.bytes));
  const truncations = targets.reduce((n, t) => n + t.cuts.length, 0);
  const make = (k: number): Damage => {
    if (k >= truncations) return damage(targets, k - truncations);
    let rest = k;
    const target = targets.find((t) => {
      rest -= t.cuts.length;
      return rest < 0;
    })!;
    return { target, size: target.cuts[rest + target.cuts.length]!, undo: [] };
  };
  const subject = name === "reader" ? new Reader() : new Loader(name === "hashed");
  return {
    truncations,
    run: async (k) => {
      const d = make(k);
      try {
        return await subject.take(d, k);
      } finally {
        for (const [at, was] of d.undo) d.target.bytes[at] = was;
      }
    },
    end: async () => subject.end(),
  };
}

const mustNot = (what: string): never => {
  throw new Error(what);
};

/**
 * The reader of the tools: without a look at the hash, and every fourth time with one, which takes
 * a while and finds everything.
 */
class Reader {
  async take(d: Damage, k: number): Promise<string> {
    const bytes = d.target.bytes.subarray(0, d.size);
    const hashed = k % 4 === 0 || d.undo.length === 0;
    if (hashed && this.reads(bytes, "checked") && isChanged(d)) mustNot("it was read");
    return this.reads(bytes, "unchecked") ? "read without its hash" : "refused";
  }

  private reads(bytes: Uint8Array, hash: "checked" | "unchecked"): boolean {
    try {
      readArtifact(bytes, hash);
      return true;
    } catch (error) {
      if (error instanceof ArtifactError) return false;
      throw error;
    }
  }

  end(): number {
    return 0;
  }
}

const request = (message: number): FrameWriter => new FrameWriter(message);

/** The loader, in control mode. */
class Loader {
  private readonly hashed: boolean;
  private readonly channel: Channel;
  private count = 0;

  constructor(hashed: boolean) {
    this.hashed = hashed;
    this.channel = new Channel(hashed ? [] : ["--no-hash"]);
  }

  async take(d: Damage): Promise<string> {
    const { frame, module } = d.target;
    const head = new DataView(frame.buffer, 0, HEAD);
    head.setUint32(0, HEAD - 4 + d.size, true);
    head.setUint8(4, REQUEST.load);
    head.setUint32(5, d.size, true);
    try {
      const { message, read } = await this.channel.raw(frame.subarray(0, HEAD + d.size));
      if (message === REPLY.error) return sentence(read.text());
      if (message !== REPLY.ok) mustNot(`reply ${message} to load`);
      if ((this.hashed || d.undo.length === 0) && isChanged(d)) mustNot("it was loaded");
      return await this.instantiate(read.u32(), module);
    } catch (error) {
      const where = d.undo.map(([at]) => `${at}=${d.target.bytes[at]}`).join(" ");
      throw new Error(`${String(error)} (${d.size} bytes, changed ${where})`, { cause: error });
    } finally {
      if (++this.count % 1024 === 0) this.channel.measure();
    }
  }

  private async instantiate(loaded: number, m: Module): Promise<string> {
    const handles: { kind: number; id: number }[] = [];
    for (const i of m.imports) {
      const id = (await this.ok(importOf(m, i))).read.u64();
      handles.push({ kind: EXTERN[i.kind], id });
    }
    const frame = request(REQUEST.instantiate).u32(loaded).u32(handles.length);
    for (const { kind, id } of handles) frame.u8(kind).u64(id);
    const { message, read } = await this.channel.request(frame);
    if (message === REPLY.ok) await this.look(read.u32());
    await this.ok(request(REQUEST.freeAll));
    if (message === REPLY.ok) return "instantiated";
    if (message === REPLY.trap) return "trapped in a segment";
    if (message === REPLY.linkError || message === REPLY.error) return "loaded, not linked";
    return mustNot(`reply ${message} to instantiate`);
  }

  private async ok(frame: FrameWriter): Promise<Answer> {
    const answer = await this.channel.request(frame);
    return answer.message === REPLY.ok ? answer : mustNot(answer.read.text());
  }

  /** Looks at everything that is exported. */
  private async look(instance: number): Promise<void> {
    const { read } = await this.ok(request(REQUEST.exports).u32(instance));
    for (let n = read.u32(); n > 0; n--) {
      read.text();
      const kind = read.u8();
      const id = read.u64();
      if (kind === EXTERN.global) await this.ok(request(REQUEST.globalGet).u64(id));
      if (kind === EXTERN.memory) {
        await this.channel.request(request(REQUEST.memoryRead).u64(id).u64(16).u32(64));
      }
      if (kind !== EXTERN.table) continue;
      const size = (await this.ok(request(REQUEST.tableSize).u64(id))).read.u32();
      if (size > 0)
        await this.ok(
          request(REQUEST.tableGet)
            .u64(id)
            .u32(size - 1),
        );
    }
  }

  end(): number {
    this.channel.measure();
    this.channel.end();
    return this.channel.peak;
  }
}

/** What a refusal says, without numbers and names, so that refusals can be counted. */
function sentence(text: string): string {
  if (text === "" || text.includes("\n")) mustNot(`refused with "${text}"`);
  const kind = /^damaged: (unknown section|section|.*(?= \d+ is malformed))/.exec(text)?.[0];
  return `refused: ${(kind ?? text).replace(/\b\d+\b|(?<=lacks: ).*/g, "_")}`;
}

/** The request that makes an import which fits. */
function importOf(m: Module, { kind, index }: Import): FrameWriter {
  const bytes = (types: readonly number[]): string => String.fromCharCode(...types);
  switch (kind) {
    case "func": {
      const { key, params, results } = m.types[m.funcs[index]!]!;
      const frame = request(REQUEST.newFunc).u32(0).text(key);
      return frame.text(bytes(params)).text(bytes(results));
    }
    case "table": {
      const { elem, limits } = m.tables[index]!;
      const frame = request(REQUEST.newTable).u8(elem).u32(limits.min).u64(limits.max);
      return frame.value({ type: elem, lo: 0, hi: 0 });
    }
    case "memory": {
      const { limits } = m.memories[index]!;
      return request(REQUEST.newMemory).u32(limits.min).u64(limits.max);
    }
    default: {
      const { type, mutable } = m.globals[index]!;
      const frame = request(REQUEST.newGlobal).u8(type);
      return frame.u8(mutable ? 1 : 0).value({ type, lo: 1, hi: 0 });
    }
  }
}
