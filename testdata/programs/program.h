/* What the programs in this folder share.
 *
 * Each program is an ordinary command: `main` runs a small deterministic workload, prints
 * checksums, and takes a number that scales the work. Each also exports `bench`, which runs the
 * kernel n times without any I/O, needs no `_start` before it, keeps no state between calls that
 * could change an answer, and returns a checksum that is the same on every machine. Compiled with
 * -DNATIVE_BENCH, a program times that kernel instead: argument n, output "checksum nanoseconds".
 *
 * To give one answer everywhere a kernel never looks at the width of a pointer or of `long`, rounds
 * only by + - * / and sqrt (no libm, no contraction), and takes chance from `random_u64`. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t i32;
typedef int64_t i64;

#ifdef __wasm__
#define EXPORT(name) __attribute__((export_name(name), noinline))

/* The start of a command is spelled out here, and the C library's own left out (-nostartfiles):
 * wasm-ld wraps every export in calls of all constructors and destructors unless the program
 * itself calls them, and `bench` must need no WASI. */
void __wasm_call_ctors(void);
void __wasm_call_dtors(void);
int __main_void(void);

EXPORT("_start") void _start(void) {
  __wasm_call_ctors();
  int status = __main_void();
  __wasm_call_dtors();
  if (status) _Exit(status);
}
#else
#define EXPORT(name) __attribute__((noinline))
#endif

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

/* Runs the kernel n times and returns its checksum. */
EXPORT("bench") unsigned bench(int n);

/* The next number of a xorshift64* generator; the state must not be zero. */
static inline u64 random_u64(u64 *state) {
  u64 x = *state;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  *state = x;
  return x * 0x2545F4914F6CDD1Dull;
}

/* A number in [0, limit), unbiased enough for test data. */
static inline u32 random_below(u64 *state, u32 limit) {
  return (u32)((random_u64(state) >> 32) * limit >> 32);
}

/* A double in [0, 1) with 53 random bits. */
static inline double random_unit(u64 *state) {
  return (double)(random_u64(state) >> 11) * 0x1p-53;
}

/* Folds a value into a running checksum. */
static inline u32 mix(u32 sum, u32 value) {
  sum = (sum ^ value) * 0x9E3779B1u;
  return sum ^ (sum >> 15);
}

static inline u32 mix_u64(u32 sum, u64 value) {
  return mix(mix(sum, (u32)value), (u32)(value >> 32));
}

static inline u32 mix_f64(u32 sum, double value) {
  u64 bits;
  memcpy(&bits, &value, sizeof bits);
  return mix_u64(sum, bits);
}

static inline u32 mix_bytes(u32 sum, const void *data, size_t size) {
  const u8 *bytes = data;
  for (size_t i = 0; i < size; i++) sum = mix(sum, bytes[i]);
  return sum;
}

/* malloc that does not return without memory. */
static inline void *allocate(size_t size) {
  void *memory = malloc(size);
  if (!memory) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  return memory;
}

/* The number in the first argument, or the fallback when there is none. */
static inline int scale(int argc, char **argv, int fallback) {
  if (argc < 2) return fallback;
  int n = atoi(argv[1]);
  if (n < 1) {
    fprintf(stderr, "usage: %s [N]   (N scales the work, at least 1)\n", argv[0]);
    exit(2);
  }
  return n;
}

#ifdef NATIVE_BENCH
#include <time.h>

int main(int argc, char **argv) {
  int n = argc > 1 ? atoi(argv[1]) : 1;
  struct timespec from, to;
  bench(1); /* touch the memory first, as the harness of the other engines does */
  clock_gettime(CLOCK_MONOTONIC, &from);
  unsigned sum = bench(n);
  clock_gettime(CLOCK_MONOTONIC, &to);
  long long seconds = to.tv_sec - from.tv_sec;
  printf("%u %lld\n", sum, seconds * 1000000000 + (to.tv_nsec - from.tv_nsec));
  return 0;
}

#define main program_main
#endif

#endif
