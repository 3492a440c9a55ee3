// Shapes that no installed package declares: `elfy`, the independent ELF reader of the tests, and
// the part of the host's `WebAssembly` that the oracles use. The DOM library would bring the latter
// along with some thousand browser globals, which hide misspelt names, so it is not included.

declare module "elfy" {
  interface Section {
    readonly name: string;
    readonly type: string | number;
    readonly flags: Readonly<Record<string, true>>;
    readonly addr: number;
    readonly off: number;
    readonly size: number;
    readonly link: number;
    readonly info: number;
    /** Misread from ELF64 files: elfy takes it from offset 46, where 48 is right. */
    readonly addralign: number;
    /** Misread from ELF64 files: elfy takes it from offset 54, where 56 is right. */
    readonly entsize: number;
    readonly data: Buffer;
  }

  interface Program {
    readonly type: string | undefined;
    readonly offset: number;
    readonly vaddr: number;
    readonly paddr: number;
    readonly filesz: number;
    readonly memsz: number;
    readonly flags: Readonly<Record<string, true>>;
    readonly align: number;
    readonly data: Buffer;
  }

  interface Elf {
    readonly class: "32" | "64";
    readonly endian: "lsb" | "msb";
    readonly osabi: string | undefined;
    readonly abiversion: string | undefined;
    readonly type: string | undefined;
    readonly machine: string | undefined;
    readonly version: number;
    readonly entry: number;
    readonly phoff: number;
    readonly shoff: number;
    readonly flags: number;
    readonly ehsize: number;
    readonly phentsize: number;
    readonly phnum: number;
    readonly shentsize: number;
    readonly shnum: number;
    readonly shstrndx: number;
    readonly body: { readonly programs: readonly Program[]; readonly sections: readonly Section[] };
  }

  export function parse(file: Buffer): Elf;
}

declare namespace WebAssembly {
  type ValueType = "i32" | "i64" | "f32" | "f64" | "v128" | "externref" | "anyfunc";
  type ImportValue = ((...args: never[]) => unknown) | Memory | Table | Global | number | bigint;
  type Imports = Record<string, Record<string, ImportValue>>;
  type Exports = Record<string, unknown>;
  type Bytes = ArrayBufferView | ArrayBufferLike;

  interface ExportDescriptor {
    name: string;
    kind: "function" | "memory" | "table" | "global" | "tag";
  }
  interface ImportDescriptor extends ExportDescriptor {
    module: string;
  }

  class Module {
    constructor(bytes: Bytes);
    static exports(m: Module): ExportDescriptor[];
    static imports(m: Module): ImportDescriptor[];
    static customSections(m: Module, name: string): ArrayBuffer[];
  }
  class Instance {
    constructor(m: Module, imports?: Imports);
    readonly exports: Exports;
  }
  class Memory {
    constructor(type: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Table {
    constructor(
      type: { element: "anyfunc" | "externref"; initial: number; maximum?: number },
      value?: unknown,
    );
    readonly length: number;
    get(index: number): unknown;
    set(index: number, value?: unknown): void;
    grow(count: number, value?: unknown): number;
  }
  class Global {
    constructor(type: { value: ValueType; mutable?: boolean }, value?: unknown);
    value: unknown;
    valueOf(): unknown;
  }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}

  function validate(bytes: Bytes): boolean;
  function compile(bytes: Bytes): Promise<Module>;
  function instantiate(m: Module, imports?: Imports): Promise<Instance>;
  function instantiate(
    bytes: Bytes,
    imports?: Imports,
  ): Promise<{ module: Module; instance: Instance }>;
}
