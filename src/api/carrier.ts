// Modules that travel. A program may post a Module to a worker thread or clone it, which the host
// allows for Module objects of its own only. So beside the host's engine every Module object of
// ours is one of the host's, a *carrier*: an empty module with custom sections that say what the
// receiving thread needs, which is the name of a cache entry, or the module's bytes if they are few
// or in no cache. Whoever is handed a carrier makes ours of it again. A thread without ingot cannot
// instantiate it, and is told so by the name of its import.
//
//   import  "this module needs node --import ingot/register" ""  function () -> ()
//   custom  "ingot"   bytes of the module, or of one that has its custom sections and nothing else
//   custom  "ingot"   name of the cache entry, in the second case

import type { EngineModule } from "../engine/engine.ts";
import type { ForeignNamespace, Provider } from "../engine/provider.ts";
import { ByteWriter } from "../support/bytes.ts";
import type { CustomSection } from "./sections.ts";

const SECTION = "ingot";
const HINT = "this module needs node --import ingot/register";
const HEADER = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
/** One type, () -> (); and what follows a module's name in the import of such a function. */
const TYPES = Uint8Array.of(1, 4, 1, 0x60, 0, 0);
const FUNCTION = Uint8Array.of(0, 0, 0);

/** So many bytes are carried rather than looked up. */
const FEW = 65_536;

function putSection(w: ByteWriter, id: number, name: string, content: Uint8Array): void {
  const head = new ByteWriter();
  if (id !== 0) head.u8(1);
  head.name(name);
  w.u8(id);
  w.u32(head.length + content.length);
  w.bytes(head.view());
  w.bytes(content);
}

/** A module of custom sections. */
function moduleOf(customs: readonly CustomSection[]): Uint8Array {
  const w = new ByteWriter();
  w.bytes(HEADER);
  for (const { name, bytes } of customs) putSection(w, 0, name, bytes);
  return w.view();
}

/**
 * A Module object of the host's that stands for a module of these bytes. `name` is that of its
 * entry in the cache; undefined if it has none.
 */
export function newCarrier(
  { Module }: ForeignNamespace,
  name: string | undefined,
  bytes: Uint8Array,
  customs: readonly CustomSection[],
): object {
  const isWhole = name === undefined || bytes.length <= FEW;
  const w = new ByteWriter(isWhole ? bytes.length + 256 : 256);
  w.bytes(HEADER);
  w.bytes(TYPES);
  putSection(w, 2, HINT, FUNCTION);
  putSection(w, 0, SECTION, isWhole ? bytes : moduleOf(customs));
  if (!isWhole) putSection(w, 0, SECTION, new TextEncoder().encode(name));
  return new Module(w.view());
}

/** What a carrier brought. */
export interface Arrived {
  readonly code: EngineModule;
  readonly bytes: Uint8Array;
  /** Whether these are all of the module's bytes, or its custom sections only. */
  readonly isWhole: boolean;
  /** What was compiled in their place. */
  readonly lent: Uint8Array | undefined;
}

/**
 * The module that a Module object of the host's carries; undefined if that is a mere module. `lend`
 * may answer bytes to compile in place of the module's.
 */
export function unpack(
  provider: Provider,
  carrier: object,
  lend: (bytes: Uint8Array) => Uint8Array | undefined,
): Arrived | undefined {
  const { foreign, receive } = provider;
  if (foreign === undefined || receive === undefined) return undefined;
  const { Module } = foreign;
  const [module, name] = Module.customSections(carrier, SECTION);
  if (module === undefined || Module.imports(carrier)[0]?.module !== HINT) return undefined;
  const bytes = new Uint8Array(module);
  const isWhole = name === undefined;
  const lent = isWhole ? lend(bytes) : undefined;
  const code = receive(isWhole ? (lent ?? bytes) : new TextDecoder().decode(name));
  return { code, bytes, isWhole, lent };
}
