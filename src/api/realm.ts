// What the classes of one namespace share: the provider whose modules they run, and ways into and
// out of each other's private fields. A namespace makes its classes one after the other
// (namespace.ts), and each puts its box here. Every conversion between a JavaScript object and what
// an engine knows goes through a box.

import type {
  Engine,
  EngineModule,
  InstanceLimits,
  LinkedGlobal,
  LinkedMemory,
  LinkedTable,
  NamedImport,
} from "../engine/engine.ts";
import { coerce } from "../engine/values.ts";
import type { ForeignModule, ForeignNamespace, Provider } from "../engine/provider.ts";
import type { ValType } from "../wasm/types.ts";
import type { InstanceParts } from "./inside.ts";
import type { CustomSection } from "./sections.ts";

/** How an interface looks from within. */
export interface Box<L> {
  /** What an object stands for; undefined if it is none of this interface. */
  of(value: unknown): L | undefined;
  /** The object that stands for it; always the same. */
  wrap(linked: L): object;
  /** An instance of ours has it now: it can no longer become the host's. */
  use(value: object): void;
  isUsed(value: object): boolean;
  /** From now on the object stands for this. */
  replace(value: object, linked: L): void;
}

/** What a Module object stands for. */
export interface ModuleParts {
  readonly code: EngineModule;
  /** In order; of an artifact they are read when somebody asks. */
  readonly customs: () => readonly CustomSection[];
  /** Kept while the module may yet have to become one of the next two. */
  bytes?: Uint8Array | undefined;
  /** The same module for memories without guard pages: see foreign.ts. */
  checked?: EngineModule;
  /** The module of the same bytes that it runs then. */
  theirs?: ForeignModule;
  /** The last import is a memory that the host lends each instance: see nodewasi.ts. */
  readonly isLent?: boolean;
  /** Makes the object of the host's that is to be this one's Module object: see carrier.ts. */
  carrier?: (() => object) | undefined;
}

/** What a program knows of as imports. */
export const importsOf = ({ code, isLent }: ModuleParts): readonly NamedImport[] =>
  isLent === true ? code.imports.slice(0, -1) : code.imports;

export class Realm {
  readonly provider: Provider;
  readonly foreign: ForeignNamespace | undefined;
  /** Of every instance. */
  readonly limits: InstanceLimits;
  modules!: Pick<Box<ModuleParts>, "of" | "wrap">;
  memories!: Box<LinkedMemory>;
  tables!: Box<LinkedTable>;
  globals!: Box<LinkedGlobal>;
  /** Makes an Instance object. */
  instanceOf!: (parts: InstanceParts) => object;

  constructor(provider: Provider, limits: InstanceLimits = {}) {
    this.provider = provider;
    this.limits = limits;
    this.foreign = provider.foreign;
  }

  get engine(): Engine {
    return this.provider.engine;
  }

  private readonly isFunc = (value: unknown): boolean => this.engine.funcOf(value) !== undefined;

  /** ToWebAssemblyValue for what has a value in JavaScript. */
  coerce(type: ValType, value: unknown): unknown {
    return coerce(type, value, this.isFunc);
  }

  /** The host's class, if the object is one of its instances. */
  isForeign(kind: "Module" | "Instance" | "Memory" | "Table" | "Global", value: unknown): boolean {
    const { foreign } = this;
    return foreign !== undefined && value instanceof foreign[kind];
  }
}
