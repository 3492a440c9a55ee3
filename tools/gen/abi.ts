// Prints runtime-support/abi.gen.h, the C side of src/abi.ts, and keeps it current. In: the tables
// of src/abi.ts and the value types of src/wasm/types.ts. Out: the header, checked in, so that the
// runtime is built without Node. `node dist/tools/gen/abi.js` writes it, `--check` fails (exit 1)
// when the file on disk differs, `--print` shows it.
//
// Constants become #defines that assembler sources may use as well; structs become C structs whose
// sizes and offsets are asserted; lists become X-macros, e.g. TRAPS(X) is X(none, "") X(...) ...

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as abi from "../../src/abi.ts";
import * as types from "../../src/wasm/types.ts";

interface AnyStruct {
  readonly $size: number;
  readonly $fields: readonly { name: string; type: string; count: number; offset: number }[];
}

const define = (name: string, value: number | string): string => {
  if (typeof value === "string") return `#define ${name} ${value}`;
  const suffix = value > 0xffffffff ? "ull" : "";
  return `#define ${name} ${value < 10 ? value : `0x${value.toString(16)}`}${suffix}`;
};

const quote = (s: string): string => `"${s.replace(/[\\"]/g, "\\$&")}"`;

/** `prefix_key` for every entry of a table of numbers. */
const defines = (prefix: string, table: Readonly<Record<string, number>>): string[] =>
  Object.entries(table).map(([k, v]) => define(`${prefix}_${k}`, v));

const list = (name: string, rows: readonly string[]): string =>
  `#define ${name}(X) \\\n${rows.map((r) => `  X(${r})`).join(" \\\n")}`;

function structOffsets(name: string, s: AnyStruct): string[] {
  return [
    ...s.$fields.map((f) => define(`${name}_${f.name}`, f.offset)),
    define(`sizeof_${name}`, s.$size),
  ];
}

function structType(name: string, s: AnyStruct): string {
  const fields = s.$fields.map((f) => {
    const count = f.count > 1 ? `[${f.count}]` : "";
    return `  ${f.type} ${f.name}${count};`;
  });
  const checks = s.$fields.map(
    (f) => `_Static_assert(offsetof(${name}, ${f.name}) == ${f.offset}, "${name}.${f.name}");`,
  );
  return [
    `typedef struct ${name} {`,
    ...fields,
    `} ${name};`,
    `_Static_assert(sizeof(${name}) == ${s.$size}, "${name}");`,
    ...checks,
  ].join("\n");
}

const magicNumber = (s: string): string => {
  const hex = [...s].map((c) => c.charCodeAt(0).toString(16).padStart(2, "0"));
  return `0x${hex.reverse().join("")}ull`;
};

function constants(): string[] {
  return [
    define("ABI_EPOCH", abi.EPOCH),
    define("ABI_MAGIC", magicNumber(abi.MAGIC)),
    define("ABI_OSABI", abi.OSABI),
    define("WASM_PAGE", abi.PAGE),
    define("OS_PAGE", abi.OS_PAGE),
    define("GUARD_BELOW", abi.GUARD_BELOW),
    define("RESERVE", abi.RESERVE),
    define("FACTS_MAX_PAGES", abi.FACTS_MAX_PAGES),
    define("TABLE_MAX", abi.TABLE_MAX),
    define("STACK_GUARD", abi.STACK_GUARD),
    define("TEXT_ALIGN", abi.TEXT_ALIGN),
    define("PAYLOAD_MAGIC", magicNumber(abi.PAYLOAD_MAGIC)),
    define("PAYLOAD_END", magicNumber(abi.PAYLOAD_END)),
    define("PAYLOAD_CHECKED", abi.PAYLOAD_CHECKED),
    define("CODE_ALIGN", abi.CODE_ALIGN),
    define("AREA", abi.AREA),
    ...defines("TARGET", abi.TARGETS),
    ...defines("MODEL", abi.MODEL),
    ...Object.entries(abi.CPU).flatMap(([target, table]) => defines(`CPU_${target}`, table)),
    ...defines("TRAP", abi.TRAP),
    define("TRAP_COUNT", abi.TRAPS.length),
    ...defines("EXTERN", abi.EXTERN),
    ...defines("INIT", abi.INIT),
    ...defines("SEGMENT", abi.SEGMENT),
    ...defines("SITE", abi.SITE),
    ...defines("STATUS", abi.STATUS),
    ...defines("AGAIN", abi.AGAIN),
    ...defines("REQUEST", abi.REQUEST),
    ...defines("REPLY", abi.REPLY),
    define("TYPE_i32", types.I32),
    define("TYPE_i64", types.I64),
    define("TYPE_f32", types.F32),
    define("TYPE_f64", types.F64),
    define("TYPE_v128", types.V128),
    define("TYPE_funcref", types.FUNCREF),
    define("TYPE_externref", types.EXTERNREF),
  ];
}

function lists(): string[] {
  const sections = abi.SECTIONS.map(([n]) => `${n.split(".").at(-1)}, ${quote(n)}`);
  return [
    list("TARGETS", Object.keys(abi.TARGETS)),
    ...Object.entries(abi.CPU).map(([target, table]) => list(`CPUS_${target}`, Object.keys(table))),
    list(
      "TRAPS",
      abi.TRAPS.map(([name, text]) => `${name}, ${quote(text)}`),
    ),
    list(
      "HOST_TRAPS",
      abi.HOST_TRAPS.map(([name, text]) => `${name}, ${quote(text)}`),
    ),
    list(
      "LIBCALLS",
      abi.LIBCALLS.map(([name]) => name),
    ),
    list("SECTIONS", sections),
  ];
}

const structs: readonly (readonly [string, AnyStruct])[] = Object.entries(abi).flatMap(([k, v]) =>
  typeof v === "object" && "$fields" in v ? [[k, v] as const] : [],
);

/** The text of abi.gen.h. */
export function printHeader(): string {
  // prettier-ignore
  return [
    "/* Printed by tools/gen/abi.ts from src/abi.ts (`make gen`). Do not edit. */",
    "#ifndef INGOT_ABI_GEN_H",
    "#define INGOT_ABI_GEN_H",
    "",
    ...constants(),
    "",
    ...structs.flatMap(([name, s]) => structOffsets(name, s)),
    "",
    ...lists(),
    "",
    "#ifndef __ASSEMBLER__",
    "",
    ...structs.map(([name, s]) => `${structType(name, s)}\n`),
    "#endif",
    "#endif",
    "",
  ].join("\n");
}

/** The header under a root folder differs from what the tables say. */
export function isStale(root: string): boolean {
  try {
    return readFileSync(join(root, "runtime-support/abi.gen.h"), "utf8") !== printHeader();
  } catch {
    return true;
  }
}

function main(root: string, mode: string | undefined): number {
  if (mode === "--print") process.stdout.write(printHeader());
  else if (mode !== "--check") {
    if (isStale(root)) writeFileSync(join(root, "runtime-support/abi.gen.h"), printHeader());
  } else if (isStale(root)) {
    console.log("runtime-support/abi.gen.h is not current: run `make gen`");
    return 1;
  }
  return 0;
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && resolve(process.argv[1]) === self) {
  process.exitCode = main(resolve(dirname(self), "../../.."), process.argv[2]);
}
