// What C has to know about amd64: CPU features by CPUID, the registers in a signal frame, and how
// far a function's prologue has come. The prologue is what the back end emits: pushes of
// callee-saved registers, then at most one `sub rsp, n`.
#include "runtime.h"

#if defined(__x86_64__)

static void cpuid(u32 leaf, u32 out[4]) {
  __asm__("cpuid" : "=a"(out[0]), "=b"(out[1]), "=c"(out[2]), "=d"(out[3]) : "a"(leaf), "c"(0));
}

/** The operating system saves the upper halves of the vector registers. */
static bool saves_avx(u32 leaf1c) {
  if (!(leaf1c >> 27 & 1)) return false;
  u32 low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (low & 6) == 6;
}

static u64 features(void) {
  u32 max[4], one[4], seven[4] = {0}, top[4], extended[4] = {0};
  cpuid(0, max);
  cpuid(1, one);
  if (max[0] >= 7) cpuid(7, seven);
  cpuid(0x80000000, top);
  if (top[0] >= 0x80000001) cpuid(0x80000001, extended);
  bool avx = saves_avx(one[2]) && (one[2] >> 28 & 1);
  u64 has = 0;
  if (one[2] >> 19 & 1) has |= 1ul << 63; // SSE4.1
  if (one[2] >> 23 & 1) has |= CPU_amd64_popcnt;
  if (extended[2] >> 5 & 1) has |= CPU_amd64_lzcnt;
  if (seven[1] >> 3 & 1) has |= CPU_amd64_bmi1;
  if (seven[1] >> 8 & 1) has |= CPU_amd64_bmi2;
  if (avx) has |= CPU_amd64_avx;
  if (avx && (seven[1] >> 5 & 1)) has |= CPU_amd64_avx2;
  if (avx && (one[2] >> 12 & 1)) has |= CPU_amd64_fma;
  return has;
}

u64 arch_missing(u64 wanted) { return (wanted | 1ul << 63) & ~features(); }

bool arch_has_sha(void) {
  u32 max[4], seven[4] = {0};
  cpuid(0, max);
  if (max[0] >= 7) cpuid(7, seven);
  return seven[1] >> 29 & 1;
}

const char *arch_feature(u32 bit) {
#define X(name) \
  if (1ul << bit == CPU_amd64_##name) return #name;
  CPUS_amd64(X)
#undef X
  return bit == 63 ? "sse4.1" : "unknown";
}

// struct ucontext: flags, link, stack (3 words), then r8..r15 rdi rsi rbp rbx rdx rax rcx rsp rip.
enum { UC_R8 = 5, UC_RDI = UC_R8 + 8, UC_RSP = UC_R8 + 15, UC_RIP = UC_R8 + 16 };

u64 arch_pc(const void *ucontext) { return ((const u64 *)ucontext)[UC_RIP]; }
u64 arch_sp(const void *ucontext) { return ((const u64 *)ucontext)[UC_RSP]; }
u64 arch_link(const void *ucontext) { return (void)ucontext, 0; }

void arch_land(void *ucontext, Context *ctx) {
  u64 *words = ucontext;
  words[UC_RIP] = (u64)rt_land;
  words[UC_RDI] = (u64)ctx;
}

void arch_in_library(Context *ctx) {
  ctx->trapPc = *(const u64 *)ctx->libSp;
  ctx->trapSp = ctx->libSp + 8;
}

u64 arch_prologue(const u8 *entry, const u8 *pc) {
  u64 depth = 0;
  const u8 *p = entry;
  while (p < pc) {
    if (p[0] >= 0x50 && p[0] < 0x58) {
      p += 1;
    } else if (p[0] == 0x41 && p[1] >= 0x50 && p[1] < 0x58) {
      p += 2;
    } else {
      break;
    }
    depth += 8;
  }
  return p == pc ? depth : NONE64;
}

#endif
