// Machine code under test: the system's assembler or disassembler for text, a small C program for
// running it. All are asked for in batches, because starting a process takes longer than what it
// does. The C program maps the text, calls each function by the guest's calling convention with a
// made-up instance record behind R, and reports results or the trap code. Code for a machine that
// this is not runs under qemu, where that and a cross compiler are installed.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { arch, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { Instance } from "../src/abi.ts";
import type { TargetName } from "../src/abi.ts";

export const hasTool = (name: string): boolean =>
  spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0;

function mc(options: readonly string[], input: string): string[] {
  const out = execFileSync("llvm-mc", options, {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["pipe", "pipe", "pipe"],
  });
  return out.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
}

/** One line of Intel syntax per instruction, white space normalised; a list per piece of code. */
export function disassemble(codes: readonly Uint8Array[]): string[][] {
  const hex = (code: Uint8Array): string =>
    Array.from(code, (b) => `0x${b.toString(16).padStart(2, "0")}`).join(" ");
  // A breakpoint (int3) ends each piece; no piece contains one.
  const input = codes.map((code) => `${hex(code)} 0xcc`).join("\n");
  const features = "-mattr=+bmi,+bmi2,+lzcnt,+avx2";
  const pieces: string[][] = [[]];
  for (const line of mc(
    ["--disassemble", "-triple=x86_64", "--output-asm-variant=1", features],
    input,
  )) {
    const text = line.replace(/ #.*$/, "");
    if (text === "" || text.startsWith(".")) continue;
    if (text === "int3") pieces.push([]);
    else pieces.at(-1)!.push(text);
  }
  pieces.pop();
  return pieces;
}

/** The words of arm64 instructions, one each. */
export function assemble(lines: readonly string[]): number[] {
  const words: number[] = [];
  for (const line of mc(["--show-encoding", "-triple=aarch64"], lines.join("\n"))) {
    const encoding = /encoding: \[([^\]]+)\]/.exec(line);
    if (encoding === null) continue;
    const bytes = encoding[1]!.split(",").map(Number);
    words.push(bytes.reduceRight((word, byte) => (word << 8) | byte, 0));
  }
  return words;
}

/** R - I in the runs below, and the bytes behind R that guest code may use. */
export const DISTANCE = 8192;
export const MEMORY = 65536;

/** Where the text of a run lies. */
export const TEXT_BASE = 0x2000_0000;

export interface Call {
  /** Offset of the function in the text. */
  readonly at: number;
  readonly ints: readonly bigint[];
  /** Vector arguments, of up to 128 bits. */
  readonly vecs: readonly bigint[];
}

export interface Outcome {
  /** Trap code, 0 = returned. */
  readonly trap: number;
  readonly ints: readonly bigint[];
  /** Low halves of the vector registers, and all of them. */
  readonly vecs: readonly bigint[];
  readonly wides: readonly bigint[];
}

/** How a target's code is compiled in and run. */
interface Host {
  /** Registers of the integer arguments, and of the vector ones. */
  readonly ints: number;
  readonly vecs: number;
  readonly compiler: string;
  /** What runs the program, if it is not this machine. */
  readonly runner: string;
  /** The functions enter and trapped of the C program. */
  readonly enter: string;
}

const VECS = 8;
const numbers = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

const ENTER_AMD64 = `
  "enter: push %rbx; push %rbp; push %r12; push %r13; push %r14; push %r15; push %rdi\\n"
  "mov %rsp, host_sp(%rip); mov %rdx, %r15; mov %rsi, %r11\\n"
  "movups 56(%rdi), %xmm0; movups 72(%rdi), %xmm1; movups 88(%rdi), %xmm2\\n"
  "movups 104(%rdi), %xmm3; movups 120(%rdi), %xmm4; movups 136(%rdi), %xmm5\\n"
  "movups 152(%rdi), %xmm6; movups 168(%rdi), %xmm7\\n"
  "mov 8(%rdi), %rsi; mov 16(%rdi), %rdx; mov 24(%rdi), %rcx; mov 32(%rdi), %r8\\n"
  "mov 40(%rdi), %r9; mov 48(%rdi), %rax; mov (%rdi), %rdi\\n"
  "mov $0x1111, %rbx; mov $0x2222, %rbp; mov $0x3333, %r12; mov $0x4444, %r13; mov $0x5555, %r14\\n"
  "call *%r11\\n"
  "mov (%rsp), %r11\\n"
  "mov %rax, (%r11); mov %rdx, 8(%r11); mov %rcx, 16(%r11); mov %rsi, 24(%r11)\\n"
  "mov %rdi, 32(%r11); mov %r8, 40(%r11); mov %r9, 48(%r11)\\n"
  "movups %xmm0, 56(%r11); movups %xmm1, 72(%r11); movups %xmm2, 88(%r11)\\n"
  "movups %xmm3, 104(%r11); movups %xmm4, 120(%r11); movups %xmm5, 136(%r11)\\n"
  "movups %xmm6, 152(%r11); movups %xmm7, 168(%r11)\\n"
  "mov $99, %eax\\n"
  "cmp host_sp(%rip), %rsp; jne 1f; cmp $0x1111, %rbx; jne 1f; cmp $0x2222, %rbp; jne 1f\\n"
  "cmp $0x3333, %r12; jne 1f; cmp $0x4444, %r13; jne 1f; cmp $0x5555, %r14; jne 1f\\n"
  "xor %eax, %eax\\n"
  "1: mov host_sp(%rip), %rsp\\n"
  "pop %rdi; pop %r15; pop %r14; pop %r13; pop %r12; pop %rbp; pop %rbx; ret\\n"
  "trapped: jmp 1b\\n"`;

const lines = (list: readonly string[]): string => list.map((l) => `  "${l}\\n"`).join("\n");
const SAVED = numbers(8).map((k) => 19 + k);

// x27 and x28 must come back as well; the marks are checked against those of entry.
const ENTER_ARM64 = lines([
  "enter: stp x29, x30, [sp, #-176]!; str x0, [sp, #16]",
  ...numbers(5).map((k) => `stp x${19 + 2 * k}, x${20 + 2 * k}, [sp, #${32 + 16 * k}]`),
  ...numbers(4).map((k) => `stp d${8 + 2 * k}, d${9 + 2 * k}, [sp, #${112 + 16 * k}]`),
  "adrp x9, host_sp; add x9, x9, :lo12:host_sp; mov x10, sp; str x10, [x9]",
  `mov x28, x2; sub x27, x28, #${DISTANCE >> 12}, lsl #12; mov x16, x1; mov x17, x0`,
  ...numbers(VECS).map((k) => `ldr q${k}, [x17, #${64 + 16 * k}]`),
  ...numbers(8).map((k) => `ldr x${k}, [x17, #${8 * k}]`),
  ...SAVED.map((r) => `mov x${r}, #${0x1111 * (r - 18)}`),
  "blr x16",
  "ldr x17, [sp, #16]",
  ...numbers(8).map((k) => `str x${k}, [x17, #${8 * k}]`),
  ...numbers(VECS).map((k) => `str q${k}, [x17, #${64 + 16 * k}]`),
  "adrp x9, host_sp; add x9, x9, :lo12:host_sp; ldr x9, [x9]; mov x0, #99",
  "mov x10, sp; cmp x9, x10; b.ne 1f",
  `sub x10, x28, #${DISTANCE >> 12}, lsl #12; cmp x10, x27; b.ne 1f`,
  ...SAVED.map((r) => `mov x10, #${0x1111 * (r - 18)}; cmp x${r}, x10; b.ne 1f`),
  "mov x0, #0; b 1f",
  "trapped: mov w0, w16",
  "1: adrp x9, host_sp; add x9, x9, :lo12:host_sp; ldr x9, [x9]; mov sp, x9",
  ...numbers(4).map((k) => `ldp d${8 + 2 * k}, d${9 + 2 * k}, [sp, #${112 + 16 * k}]`),
  ...numbers(5).map((k) => `ldp x${19 + 2 * k}, x${20 + 2 * k}, [sp, #${32 + 16 * k}]`),
  "ldp x29, x30, [sp], #176; ret",
]);

const OPTIONS = ["-O1", "-ffreestanding", "-nostdlib", "-static", "-fno-stack-protector"];
const isArm = arch() === "arm64";
const HOSTS: Readonly<Record<TargetName, Host>> = {
  amd64: {
    ints: 7,
    vecs: VECS,
    compiler: "cc",
    runner: "",
    enter: ENTER_AMD64,
  },
  arm64: {
    ints: 8,
    vecs: VECS,
    compiler: isArm ? "cc" : "aarch64-linux-gnu-gcc",
    runner: isArm ? "" : "qemu-aarch64",
    enter: ENTER_ARM64,
  },
};

/** Integer registers that carry arguments of a target. */
export const intsOf = (target: TargetName): number => HOSTS[target].ints;

/** True if code of a target can run here, natively or not. */
export function canRun(target: TargetName): boolean {
  const { compiler, runner } = HOSTS[target];
  if (platform() !== "linux" || !hasTool(compiler)) return false;
  if (target === "amd64") return arch() === "x64";
  return runner === "" || hasTool(runner);
}

// Freestanding, so that a cross compiler without a C library will do: input comes from descriptor
// 0, outcomes go to descriptor 1.
const harness = ({ ints, vecs, enter }: Host): string => `
typedef unsigned long u64;
typedef struct { u64 ints[${ints}], vecs[2 * ${vecs}]; } Row;
u64 host_sp;
u64 enter(Row *row, void *code, void *r);
void trapped(void);
void run(void);
__asm__(
  ".text\\n"
  ".globl _start, enter, trapped\\n"
#if defined(__x86_64__)
  "_start: call run\\n"
#else
  "_start: bl run\\n"
#endif
${enter});
#if defined(__x86_64__)
enum { READ = 0, WRITE = 1, MMAP = 9, EXIT = 60 };
static u64 sys(u64 n, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f) {
  register u64 r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
  __asm__ volatile("syscall" : "+a"(n) : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return n;
}
#else
enum { READ = 63, WRITE = 64, MMAP = 222, EXIT = 93 };
static u64 sys(u64 n, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f) {
  register u64 x8 __asm__("x8") = n, x0 __asm__("x0") = a, x1 __asm__("x1") = b;
  register u64 x2 __asm__("x2") = c, x3 __asm__("x3") = d, x4 __asm__("x4") = e;
  register u64 x5 __asm__("x5") = f;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return x0;
}
#endif
static void quit(u64 code) { for (;;) sys(EXIT, code, 0, 0, 0, 0, 0); }
static char in[65536], out[65536];
static u64 at, end, made;
static void get(void *to, u64 n) {
  for (u64 k = 0; k < n; k++) {
    if (at == end) {
      end = sys(READ, 0, (u64)in, sizeof in, 0, 0, 0);
      at = 0;
      if (end == 0 || end > sizeof in) quit(2);
    }
    ((char *)to)[k] = in[at++];
  }
}
static void flush(void) {
  for (u64 k = 0; k < made;) k += sys(WRITE, 1, (u64)out + k, made - k, 0, 0, 0);
  made = 0;
}
static void put(const void *from, u64 n) {
  for (u64 k = 0; k < n; k++) {
    if (made == sizeof out) flush();
    out[made++] = ((const char *)from)[k];
  }
}
static char record[${DISTANCE} + ${MEMORY}] __attribute__((aligned(4096)));
void run(void) {
  u64 size, calls;
  get(&size, 8);
  enum { FIXED = 0x100000, ANONYMOUS = 0x20, PRIVATE = 2 };
  char *text = (char *)sys(MMAP, ${TEXT_BASE}, size + 4096, 7, FIXED | ANONYMOUS | PRIVATE, -1, 0);
  if (text != (char *)${TEXT_BASE}) quit(3);
  get(text, size);
  __builtin___clear_cache(text, text + size);
  for (int k = 0; k < ${MEMORY}; k++) record[${DISTANCE} + k] = (char)(k * 7 + k / 256);
  *(u64 *)(record + ${Instance.self}) = (u64)record;
  *(u64 *)(record + ${Instance.trap}) = (u64)trapped;
  get(&calls, 8);
  while (calls-- > 0) {
    u64 offset, trap;
    Row row;
    get(&offset, 8);
    get(&row, sizeof row);
    trap = enter(&row, text + offset, record + ${DISTANCE});
    put(&trap, 8);
    put(&row, sizeof row);
  }
  flush();
  quit(0);
}
`;

/** Byte `k` of guest memory before the first call. */
export const memoryByte = (k: number): number => (k * 7 + (k >> 8)) & 255;

/** Calls functions of `text` one after the other; canRun(target) must be true. */
export function runText(
  text: Uint8Array,
  calls: readonly Call[],
  target: TargetName = "amd64",
): Outcome[] {
  const host = HOSTS[target];
  const { ints, vecs, compiler, runner } = host;
  const dir = mkdtempSync(join(tmpdir(), "ingot-machine-"));
  try {
    writeFileSync(join(dir, "harness.c"), harness(host));
    const program = join(dir, "harness");
    execFileSync(compiler, [...OPTIONS, "-o", program, join(dir, "harness.c"), "-lgcc"]);
    const rowWords = ints + 2 * vecs;
    const input = new Uint8Array(16 + text.length + calls.length * 8 * (1 + rowWords));
    const view = new DataView(input.buffer);
    view.setBigUint64(0, BigInt(text.length), true);
    input.set(text, 8);
    view.setBigUint64(8 + text.length, BigInt(calls.length), true);
    calls.forEach((call, k) => {
      const to = 16 + text.length + k * 8 * (1 + rowWords);
      view.setBigUint64(to, BigInt(call.at), true);
      call.ints.forEach((x, j) => view.setBigUint64(to + 8 + 8 * j, BigInt.asUintN(64, x), true));
      call.vecs.forEach((x, j) => {
        view.setBigUint64(to + 8 * (1 + ints + 2 * j), x, true);
        view.setBigUint64(to + 8 * (2 + ints + 2 * j), x >> 64n, true);
      });
    });
    const words = runner === "" ? [program] : [runner, program];
    const bytes = execFileSync(words[0]!, words.slice(1), { input, maxBuffer: 1 << 30 });
    const out = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return calls.map((_, k) => {
      const from = k * 8 * (1 + rowWords);
      const word = (j: number): bigint => out.getBigUint64(from + 8 * j, true);
      return {
        trap: Number(word(0)),
        ints: Array.from({ length: ints }, (__, j) => word(1 + j)),
        vecs: Array.from({ length: vecs }, (__, j) => word(1 + ints + 2 * j)),
        wides: Array.from({ length: vecs }, (__, j) => {
          return word(1 + ints + 2 * j) | (word(2 + ints + 2 * j) << 64n);
        }),
      };
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}
