// Machine code under test: the system's disassembler for text, a small C program for running it.
// Both are asked for in batches, because starting a process takes longer than what it does. The C
// program maps the text, calls each function by the guest's calling convention with a made-up
// instance record behind R, and reports results or the trap code.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Instance } from "../src/abi.ts";

export const hasTool = (name: string): boolean =>
  spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0;

/** One line of Intel syntax per instruction, white space normalised; a list per piece of code. */
export function disassemble(codes: readonly Uint8Array[]): string[][] {
  const hex = (code: Uint8Array): string =>
    Array.from(code, (b) => `0x${b.toString(16).padStart(2, "0")}`).join(" ");
  // A breakpoint (int3) ends each piece; no piece contains one.
  const input = codes.map((code) => `${hex(code)} 0xcc`).join("\n");
  const out = execFileSync(
    "llvm-mc",
    ["--disassemble", "-triple=x86_64", "--output-asm-variant=1", "-mattr=+bmi,+bmi2,+lzcnt,+avx2"],
    { input, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["pipe", "pipe", "pipe"] },
  );
  const pieces: string[][] = [[]];
  for (const line of out.split("\n")) {
    const text = line.trim().replace(/\s+/g, " ").replace(/ #.*$/, "");
    if (text === "" || text.startsWith(".")) continue;
    if (text === "int3") pieces.push([]);
    else pieces.at(-1)!.push(text);
  }
  pieces.pop();
  return pieces;
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

const INTS = 7;
const VECS = 8;

const harness = `
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
typedef struct { uint64_t ints[${INTS}], vecs[2 * ${VECS}]; } Row;
uint64_t host_sp;
uint64_t enter(Row *row, void *code, void *r);
void trapped(void);
__asm__(
  ".globl enter, trapped\\n"
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
  "trapped: jmp 1b\\n");
static void get(FILE *f, void *to, size_t n) { if (fread(to, 1, n, f) != n) exit(2); }
int main(int argc, char **argv) {
  FILE *in = fopen(argv[1], "rb"), *out = fopen(argv[2], "wb");
  uint64_t size, calls;
  get(in, &size, 8);
  char *text = mmap((void *)${TEXT_BASE}, size + 4096, 7,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (text != (void *)${TEXT_BASE}) return 3;
  get(in, text, size);
  char *record = calloc(1, ${DISTANCE} + ${MEMORY});
  for (int k = 0; k < ${MEMORY}; k++) record[${DISTANCE} + k] = (char)(k * 7 + k / 256);
  *(uint64_t *)(record + ${Instance.self}) = (uint64_t)record;
  *(uint64_t *)(record + ${Instance.trap}) = (uint64_t)trapped;
  get(in, &calls, 8);
  while (calls-- > 0) {
    uint64_t at, trap;
    Row row;
    get(in, &at, 8);
    get(in, &row, sizeof row);
    trap = enter(&row, text + at, record + ${DISTANCE});
    fwrite(&trap, 8, 1, out);
    fwrite(&row, sizeof row, 1, out);
  }
  return fclose(out);
}
`;

/** Byte `k` of guest memory before the first call. */
export const memoryByte = (k: number): number => (k * 7 + (k >> 8)) & 255;

/** Calls functions of `text` one after the other. Needs `cc` and an amd64 machine. */
export function runText(text: Uint8Array, calls: readonly Call[]): Outcome[] {
  const dir = mkdtempSync(join(tmpdir(), "ingot-machine-"));
  try {
    writeFileSync(join(dir, "harness.c"), harness);
    execFileSync("cc", ["-O1", "-no-pie", "-o", join(dir, "harness"), join(dir, "harness.c")]);
    const rowWords = INTS + 2 * VECS;
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
        view.setBigUint64(to + 8 * (1 + INTS + 2 * j), x, true);
        view.setBigUint64(to + 8 * (2 + INTS + 2 * j), x >> 64n, true);
      });
    });
    writeFileSync(join(dir, "in"), input);
    execFileSync(join(dir, "harness"), [join(dir, "in"), join(dir, "out")]);
    const bytes = readFileSync(join(dir, "out"));
    const out = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return calls.map((_, k) => {
      const from = k * 8 * (1 + rowWords);
      const word = (j: number): bigint => out.getBigUint64(from + 8 * j, true);
      return {
        trap: Number(word(0)),
        ints: Array.from({ length: INTS }, (__, j) => word(1 + j)),
        vecs: Array.from({ length: VECS }, (__, j) => word(1 + INTS + 2 * j)),
        wides: Array.from({ length: VECS }, (__, j) => {
          return word(1 + INTS + 2 * j) | (word(2 + INTS + 2 * j) << 64n);
        }),
      };
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}
