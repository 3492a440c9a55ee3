// The C header of an object: typed wrappers around the entries of runtime-support/embed.c. In: a
// module and a prefix. Out: C that C99 and C++ accept. A name that C cannot spell gets `_` for each
// character that it lacks, and a number if that name is taken.

import { LinkError } from "../support/errors.ts";
import type { Import, Module } from "../wasm/module.ts";
import { EXTERNREF, F32, F64, FUNCREF, I32, I64, V128 } from "../wasm/types.ts";
import type { FuncType } from "../wasm/types.ts";
import { entryName } from "./relocatable.ts";

/** C's type of a value, and its member of ingot_value. */
const TYPES = new Map<number, readonly [type: string, member: string]>([
  [I32, ["int32_t", "i32"]],
  [I64, ["int64_t", "i64"]],
  [F32, ["float", "f32"]],
  [F64, ["double", "f64"]],
  [V128, ["ingot_v128", "v128"]],
  [FUNCREF, ["void *", "ref"]],
  [EXTERNREF, ["void *", "ref"]],
]);

const typeOf = (t: number): string => TYPES.get(t)![0];
const memberOf = (t: number): string => TYPES.get(t)![1];
const declare = (t: number, name: string): string => {
  const type = typeOf(t);
  return type.endsWith("*") ? `${type}${name}` : `${type} ${name}`;
};

const SHARED = `#ifndef INGOT_TYPES
#define INGOT_TYPES
typedef struct ingot_v128 {
  uint8_t bytes[16];
} ingot_v128;
typedef union ingot_value {
  int32_t i32;
  int64_t i64;
  float f32;
  double f64;
  void *ref;
  ingot_v128 v128;
} ingot_value;
typedef const char *ingot_import(const void *, const ingot_value *, ingot_value *);
/* What a module is given that imports WASI, or what the runtime has of other toolchains' hosts.
   Lists end with null; a null list is empty. */
typedef struct ingot_world {
  const char *const *args, *const *env; /* env: NAME=VALUE */
  const char *const *dirs;              /* HOST or HOST::GUEST */
  bool stdio;                           /* standard input, output and error are the program's */
} ingot_world;
#endif
`;

/** What the runtime in the object has by itself; the rest are members of a struct. */
type IsProvided = (i: Import) => boolean;

/** A C identifier out of any text. */
export const identifier = (text: string): string => {
  const name = text.replace(/[^A-Za-z0-9_]/g, "_");
  return /^[A-Za-z_]/.test(name) ? name : `m_${name}`;
};

/** Comments must not end early, nor show control characters. */
const quoted = (s: string): string => `"${s.replace(/[^ -~]|\*\/|\\/g, "?")}"`;

function spelling(t: FuncType): string {
  return `/* ${t.key} */`;
}

class Names {
  private readonly taken: Set<string>;
  private readonly prefix: string;

  constructor(prefix: string, taken: readonly string[]) {
    this.prefix = prefix;
    this.taken = new Set(taken.map((n) => `${prefix}_${n}`));
  }

  name(text: string): string {
    const wanted = `${this.prefix}_${text.replace(/[^A-Za-z0-9_]/g, "_")}`;
    let name = wanted;
    for (let n = 2; this.taken.has(name); n++) name = `${wanted}_${n}`;
    this.taken.add(name);
    return name;
  }
}

const params = (t: FuncType): string[] => t.params.map((p, k) => declare(p, `a${k}`));
const results = (t: FuncType): string[] => t.results.map((r, k) => `${declare(r, "*")}r${k}`);

/** A function that calls an export. */
function wrapper(prefix: string, name: string, index: number, t: FuncType): string {
  const head = [`${prefix} *instance`, ...params(t), ...results(t)].join(", ");
  const call = entryName(prefix, "call");
  const a = t.params.length === 0 ? "0" : "a";
  const r = t.results.length === 0 ? "0" : "r";
  return [
    `static inline const char *${name}(${head}) {`,
    ...(a === "0" ? [] : [`  ingot_value a[${t.params.length}];`]),
    ...(r === "0" ? [] : [`  ingot_value r[${t.results.length}];`]),
    `  const char *wrong;`,
    ...t.params.map((p, k) => `  a[${k}].${memberOf(p)} = a${k};`),
    `  wrong = ${call}(instance, ${index}, ${a}, ${r});`,
    ...(r === "0" ? [] : ["  if (wrong != 0) return wrong;"]),
    ...t.results.map((p, k) => `  if (r${k} != 0) *r${k} = r[${k}].${memberOf(p)};`),
    `  return wrong;`,
    `}`,
  ].join("\n");
}

interface Imported {
  readonly member: string;
  readonly thunk: string;
  readonly about: string;
  readonly type: FuncType;
}

/** A function that calls the embedder's function of an import. */
function thunk(prefix: string, i: Imported): string {
  const args = [
    "i->user",
    ...i.type.params.map((p, k) => `a[${k}].${memberOf(p)}`),
    ...i.type.results.map((p, k) => `&r[${k}].${memberOf(p)}`),
  ].join(", ");
  return [
    `static inline const char *${i.thunk}(const void *imports, const ingot_value *a,`,
    `                                   ingot_value *r) {`,
    `  const ${prefix}_imports *i = (const ${prefix}_imports *)imports;`,
    `  (void)a, (void)r;`,
    `  if (i->${i.member} == 0) return "an import is null: ${i.member}";`,
    `  return i->${i.member}(${args});`,
    `}`,
  ].join("\n");
}

function importsOf(m: Module, prefix: string, isProvided: IsProvided): Imported[] {
  const members = new Names("", []);
  return m.imports
    .filter((i) => !isProvided(i))
    .map((i, k) => {
      if (i.kind === "func") {
        const type = m.types[m.funcs[i.index]!]!;
        const member = identifier(members.name(`${i.module}_${i.name}`).slice(1));
        const about = `/* ${quoted(i.module)} ${quoted(i.name)} */`;
        return { member, thunk: `${prefix}_import_${k}`, about, type };
      }
      throw new LinkError(
        `it imports ${i.kind} "${i.module}" "${i.name}", but C programs can give it functions only`,
      );
    });
}

function printImports(prefix: string, imports: readonly Imported[]): string {
  if (imports.length === 0) return "";
  const members = imports.map((i) => {
    const list = ["void *user", ...params(i.type), ...results(i.type)].join(", ");
    return `  ${i.about}\n  const char *(*${i.member})(${list});`;
  });
  return `
/* What the module imports: each returns null, or a sentence that ends the call into the module.
   The struct must outlive the instance. */
typedef struct ${prefix}_imports {
  void *user; /* first argument of every function */
${members.join("\n")}
} ${prefix}_imports;

${imports.map((i) => thunk(prefix, i)).join("\n\n")}
`;
}

/** The function that makes an instance; it has the parameters that this module needs. */
function printMaker(prefix: string, imports: readonly Imported[], hasWorld: boolean): string {
  const head = [
    ...(imports.length === 0 ? [] : [`const ${prefix}_imports *imports`]),
    ...(hasWorld ? ["const ingot_world *world"] : []),
    "char *error",
    "size_t size",
  ];
  const table = imports.map((i) => i.thunk).join(", ");
  const [functions, user] = table === "" ? ["0", "0"] : ["functions", "imports"];
  const entry = entryName(prefix, "instantiate");
  return [
    "/* Makes an instance; null if that fails, with the reason in the `size` bytes at `error`. */",
    `static inline ${prefix} *${prefix}_instantiate(${head.join(", ")}) {`,
    ...(table === "" ? [] : [`  static ingot_import *const functions[] = {${table}};`]),
    `  return ${entry}(${functions}, ${user}, ${hasWorld ? "world" : "0"}, error, size);`,
    "}",
  ].join("\n");
}

function printGlobal(prefix: string, names: Names, text: string, index: number, g: Global): string {
  const entry = entryName(prefix, "global");
  const get = `static inline ${declare(g.type, names.name(`get_${text}`))}(${prefix} *instance) {
  ingot_value v;
  ${entry}(instance, ${index}, &v, false);
  return v.${memberOf(g.type)};
}`;
  if (!g.mutable) return get;
  const set = names.name(`set_${text}`);
  return `${get}
static inline void ${set}(${prefix} *instance, ${declare(g.type, "value")}) {
  ingot_value v;
  v.${memberOf(g.type)} = value;
  ${entry}(instance, ${index}, &v, true);
}`;
}

type Global = Module["globals"][number];

function printExports(m: Module, prefix: string): string[] {
  const api = ["imports", "instantiate", "delete", "stack_trace", "exit_code"];
  const names = new Names(prefix, api);
  return m.exports.flatMap((e, index) => {
    const about = `/* Export ${quoted(e.name)} */`;
    if (e.kind === "func") {
      const type = m.types[m.funcs[e.index]!]!;
      return [`${about} ${spelling(type)}\n${wrapper(prefix, names.name(e.name), index, type)}`];
    }
    if (e.kind === "memory") {
      const name = names.name(e.name);
      const entry = entryName(prefix, "memory");
      return [
        `${about}\nstatic inline uint8_t *${name}(${prefix} *instance, size_t *size) {\n` +
          `  return ${entry}(instance, ${index}, size);\n}`,
      ];
    }
    if (e.kind !== "global") return [];
    return [`${about}\n${printGlobal(prefix, names, e.name, index, m.globals[e.index]!)}`];
  });
}

function printEntries(prefix: string): string {
  const name = (entry: string): string => entryName(prefix, entry);
  return `typedef struct ${prefix} ${prefix}; /* an instance; one thread at a time may use it */

/* The entries of the object, which the functions below wrap. */
#ifdef __cplusplus
extern "C" {
#endif
${prefix} *${name("instantiate")}(ingot_import *const *, const void *, const ingot_world *, char *,
                                  size_t);
const char *${name("call")}(${prefix} *, uint32_t, const ingot_value *, ingot_value *);
uint8_t *${name("memory")}(${prefix} *, uint32_t, size_t *);
void ${name("global")}(${prefix} *, uint32_t, ingot_value *, bool);
size_t ${name("trace")}(${prefix} *, char *, size_t);
uint32_t ${name("exit_code")}(const ${prefix} *);
void ${name("delete")}(${prefix} *);
#ifdef __cplusplus
}
#endif
`;
}

/** The header for objects made with this prefix; LinkError if C cannot give what is imported. */
export function printCHeader(m: Module, prefix: string, isProvided: IsProvided): string {
  const imports = importsOf(m, prefix, isProvided);
  const guard = `INGOT_${prefix.toUpperCase()}_H`;
  const hasWorld = m.imports.some(isProvided);
  return `/* Made by ingot together with its object. Functions return null, or a sentence that says
   what went wrong: a trap, or what an import returned; it is good until the next call. */
#ifndef ${guard}
#define ${guard}
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

${SHARED}
${printEntries(prefix)}${printImports(prefix, imports)}
${printMaker(prefix, imports, hasWorld)}

/* Ends an instance and all that it has; null is ignored. */
static inline void ${prefix}_delete(${prefix} *instance) {
  ${entryName(prefix, "delete")}(instance);
}

/* Where the last call trapped, a line per function; the length of the text, 0 if it did not. */
static inline size_t ${prefix}_stack_trace(${prefix} *instance, char *text, size_t size) {
  return ${entryName(prefix, "trace")}(instance, text, size);
}

/* What the module gave to proc_exit. */
static inline uint32_t ${prefix}_exit_code(const ${prefix} *instance) {
  return ${entryName(prefix, "exit_code")}(instance);
}

${printExports(m, prefix).join("\n\n")}
#endif
`;
}
