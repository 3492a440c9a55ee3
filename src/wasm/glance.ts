// What a module needs, seen at a glance: in microseconds, from what precedes its functions. A host
// that has another engine for what ingot refuses need not wait until the compiler has found that
// out. In: bytes of anything. Out: the first feature that the module declares a use of and that is
// not among those given. It says nothing about modules that it cannot read, nor about what only
// function bodies use: decoder and validator decide. And: which modules it imports from.

import { ByteReader } from "../support/bytes.ts";
import { Malformed } from "../support/errors.ts";
import { FEATURES, needs } from "./features.ts";
import type { Feature, Features } from "./features.ts";

const HEADER = 8;
const SECTION = { import: 2, memory: 5, global: 6, tag: 13 } as const;
const KIND = { func: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

/** What begins the long forms of reference types. */
const TYPED_REFS: ReadonlySet<number> = new Set([0x63, 0x64]);

/** Bits of a limits flag. */
const LIMITS = { max: 1, shared: 2, wide: 4 } as const;

class Glance {
  private readonly r: ByteReader;
  private readonly features: Features;
  private readonly imported: Set<string> | undefined;

  /** `imported`: gets the names of the modules that are imported from. */
  constructor(bytes: Uint8Array, features: Features, imported?: Set<string>) {
    this.r = new ByteReader(bytes);
    this.r.pos = HEADER;
    this.features = features;
    this.imported = imported;
  }

  /** Looks at sections until one shows something, or those of interest are over. */
  module(): string | undefined {
    const { r } = this;
    while (r.pos < r.end) {
      const id = r.u8();
      const end = r.u32() + r.pos;
      const found = this.section(id);
      if (found !== undefined || id === SECTION.global) return found;
      r.pos = end;
    }
    return undefined;
  }

  private section(id: number): string | undefined {
    const { r } = this;
    const isOfInterest = id === SECTION.import || id === SECTION.memory || id === SECTION.tag;
    if (!isOfInterest) return undefined;
    for (let n = r.u32(); n > 0; n--) {
      const found =
        id === SECTION.import ? this.import() : id === SECTION.tag ? this.tag() : this.limits();
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private import(): string | undefined {
    const { r } = this;
    if (this.imported === undefined) r.skip(r.u32());
    else this.imported.add(r.name());
    r.skip(r.u32());
    const kind = r.u8();
    if (kind === KIND.tag) return this.tag();
    if (kind === KIND.func) r.u32();
    const hasType = kind === KIND.table || kind === KIND.global;
    if (hasType && TYPED_REFS.has(r.u8())) {
      const refused = this.without("function-references", "a reference type of this form");
      if (refused !== undefined) return refused;
      r.s33();
    }
    if (kind === KIND.global) r.u8();
    return kind === KIND.table || kind === KIND.memory ? this.limits() : undefined;
  }

  private tag(): string | undefined {
    this.r.u8();
    this.r.u32();
    return this.without("exceptions", "a tag");
  }

  private limits(): string | undefined {
    const { r } = this;
    const flag = r.u8();
    const isWide = (flag & LIMITS.wide) !== 0;
    const refused = isWide ? this.without("memory64", "a 64-bit memory or table") : undefined;
    if (refused !== undefined) return refused;
    for (let n = (flag & LIMITS.max) !== 0 ? 2 : 1; n > 0; n--) {
      if (isWide) r.s64();
      else r.u32();
    }
    return (flag & LIMITS.shared) === 0 ? undefined : this.without("threads", "a shared memory");
  }

  private without(feature: Feature, what: string): string | undefined {
    return this.features.has(feature) ? undefined : needs(what, feature);
  }
}

/** Why a module cannot be taken with these features; undefined if that does not show at once. */
export function refusedAtSight(bytes: Uint8Array, features: Features): string | undefined {
  try {
    return new Glance(bytes, features).module();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

const EVERYTHING: Features = new Set(FEATURES);

/** The modules that a module imports from; where it cannot be read, those named before that. */
export function importedModules(bytes: Uint8Array): ReadonlySet<string> {
  const names = new Set<string>();
  try {
    new Glance(bytes, EVERYTHING, names).module();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  return names;
}
