// What C has to know about arm64: CPU features from the auxiliary vector, the registers in a signal
// frame, and how far a function's prologue has come. The prologue is what the back end emits: the
// stack pointer is lowered by `sub` or by storing with write-back, registers are stored below where
// it was, and x30 stays what it was until all that is done.
//
// Instructions are fetched through a cache that does not see stores. No maintenance is needed here:
// code is only ever mapped from a file, and the kernel cleans the pages of an executable mapping.
#include "runtime.h"

#if defined(__aarch64__)

enum { AT_HWCAP = 16, HWCAP_SHA2 = 1 << 6, HWCAP_ATOMICS = 1 << 8 };

/** AT_HWCAP; 0, the baseline, where the kernel does not say. */
static u64 hwcap(void) {
  u64 vector[2 * 64];
  i64 fd = sys_open(AT_FDCWD, "/proc/self/auxv", O_RDONLY), size = 0;
  if (fd < 0) return 0;
  size = sys_read((int)fd, vector, sizeof vector);
  sys_close((int)fd);
  for (i64 i = 0; i + 1 < size / 8; i += 2) {
    if (vector[i] == AT_HWCAP) return vector[i + 1];
  }
  return 0;
}

u64 arch_missing(u64 wanted) {
  if (wanted == 0) return 0;
  u64 has = 0;
  if (hwcap() & HWCAP_ATOMICS) has |= CPU_arm64_lse;
  return wanted & ~has;
}

bool arch_has_sha(void) { return hwcap() & HWCAP_SHA2; }

const char *arch_feature(u32 bit) {
#define X(name) \
  if (1ul << bit == CPU_arm64_##name) return #name;
  CPUS_arm64(X)
#undef X
  return "unknown";
}

// struct ucontext in words: flags, link, stack (3), the signal mask in 128 bytes, and at the next
// multiple of 16 bytes the machine's part: fault address, x0..x30, sp, pc.
enum { UC_X0 = 23, UC_LINK = UC_X0 + 30, UC_SP = UC_X0 + 31, UC_PC = UC_X0 + 32 };

u64 arch_pc(const void *ucontext) { return ((const u64 *)ucontext)[UC_PC]; }
u64 arch_sp(const void *ucontext) { return ((const u64 *)ucontext)[UC_SP]; }
u64 arch_link(const void *ucontext) { return ((const u64 *)ucontext)[UC_LINK]; }

void arch_land(void *ucontext, Context *ctx) {
  u64 *words = ucontext;
  words[UC_PC] = (u64)rt_land;
  words[UC_X0] = (u64)ctx;
}

void arch_in_library(Context *ctx) {
  ctx->trapPc = ctx->libPc;
  ctx->trapSp = ctx->libSp;
}

/** Bytes that an instruction of a prologue takes off the stack pointer; NONE64 for any other. */
static u64 taken(u32 word) {
  if ((word & 0xff8003ff) == 0xd10003ff) { // sub sp, sp, #n{, lsl #12}
    u64 n = word >> 10 & 0xfff;
    return word >> 22 & 1 ? n << 12 : n;
  }
  if ((word & 0xffe003e0) == 0xa9a003e0) { // stp x, x, [sp, #-n]!
    return 8 * (64 - (word >> 15 & 0x3f));
  }
  bool pair = (word & 0xffe003e0) == 0xa90003e0;   // stp x, x, [sp, #n]
  bool single = (word & 0xffc003e0) == 0xf90003e0; // str x, [sp, #n]
  return pair || single ? 0 : NONE64;
}

u64 arch_prologue(const u8 *entry, const u8 *pc) {
  u64 depth = 0;
  for (const u8 *p = entry; p < pc; p += 4) {
    u64 n = taken(*(const u32 *)p);
    if (n == NONE64) return NONE64;
    depth += n;
  }
  return depth;
}

#endif
