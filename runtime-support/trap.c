// Stack traces. A frame is found by its return address: FuncInfo says how far the return address of
// the function lies above its stack pointer, the call's site how many bytes of stack arguments and
// results lie below the frame at that moment. A walk ends at the return address of rt_enter, which
// is where C called in. Only a stack overflow needs more care, because it may strike inside a
// prologue or while arguments are being stored: there the return address is searched for.
#include "runtime.h"

static const char *const texts[TRAP_COUNT] = {
#define X(name, text) [TRAP_##name] = text,
  TRAPS(X)
#undef X
};

const char *trap_text(u32 code) { return code < TRAP_COUNT ? texts[code] : ""; }

Module *module_at(const Context *ctx, u64 pc) {
  for (Module *m = ctx->modules; m != 0; m = m->next) {
    if (pc - (u64)m->text < m->textSize) return m;
  }
  return 0;
}

/** Index of the first site at `pc` or behind it. */
static u32 first_site(const Module *m, u32 pc) {
  u32 low = 0, high = m->siteCount;
  while (low < high) {
    u32 middle = low + (high - low) / 2;
    if (m->sitePc[middle] < pc) low = middle + 1;
    else high = middle;
  }
  return low;
}

// A return address may be the address of the next instruction, itself a site: two rows, one pc.
u32 site_at(const Module *m, u32 pc, bool instruction) {
  for (u32 i = first_site(m, pc); i < m->siteCount && m->sitePc[i] == pc; i++) {
    u32 kind = m->siteInfo[i] & 0xff;
    if ((kind == SITE_access || kind == SITE_ref) == instruction) return i;
  }
  return NONE32;
}

static const FuncInfo *func_at(const Module *m, u32 pc) {
  u32 low = 0, high = m->funcCount - m->importedFuncs;
  while (low < high) {
    u32 middle = low + (high - low) / 2;
    if (m->funcs[middle].text <= pc) low = middle + 1;
    else high = middle;
  }
  if (low == 0) return 0;
  const FuncInfo *f = &m->funcs[low - 1];
  return pc - f->text < f->size ? f : 0;
}

static Text name_of(const Module *m, u32 func) {
  if (func >= m->nameCount) return (Text){0};
  u32 from = m->nameOffsets[func];
  return (Text){m->names + from, m->nameOffsets[func + 1] - from};
}

/** A step of the walk: a place in guest code and the stack pointer there. */
typedef struct Step {
  u64 pc, sp;
  bool exact; // pc is an instruction, not a return address
} Step;

static bool in_stack(const Context *ctx, u64 sp) {
  return sp >= (u64)ctx->stackLimit && sp <= (u64)ctx->stackTop - 16 && sp % 8 == 0;
}

static bool is_return(const Context *ctx, u64 at) {
  if (!in_stack(ctx, at)) return false;
  u64 pc = *(u64 *)at;
  if (pc == (u64)rt_enter_return) return true;
  const Module *m = module_at(ctx, pc);
  return m != 0 && site_at(m, (u32)(pc - (u64)m->text), false) != NONE32;
}

/** Address of the return address where the frame may be half made; 0 if it cannot be found. */
static u64 search_return(const Context *ctx, const Module *m, const FuncInfo *f, Step s) {
  u32 pc = (u32)(s.pc - (u64)m->text);
  const u8 *entry = m->text + f->text;
  u64 pushed = s.exact ? arch_prologue(entry, m->text + pc) : NONE64;
  if (pushed != NONE64) return is_return(ctx, s.sp + pushed) ? s.sp + pushed : 0;
  if (is_return(ctx, s.sp + f->frame)) return s.sp + f->frame;
  u32 next = first_site(m, pc);
  u64 extra = next < m->siteCount ? m->siteInfo[next] >> 8 : 0;
  if (is_return(ctx, s.sp + f->frame + extra)) return s.sp + f->frame + extra;
  u64 end = s.sp + f->frame + extra + 4096;
  for (u64 at = (s.sp + 7) & ~7ul; at < end; at += 8) {
    if (is_return(ctx, at)) return at;
  }
  return 0;
}

u32 trace(Context *ctx, Frame *frames, u32 max) {
  u32 count = 0;
  Step s = {ctx->trapPc, ctx->trapSp, ctx->trapExact};
  bool overflow = ctx->trapCode == TRAP_stack;
  for (;;) {
    const Module *m = module_at(ctx, s.pc);
    if (m == 0) return count;
    u32 pc = (u32)(s.pc - (u64)m->text);
    const FuncInfo *f = func_at(m, s.exact ? pc : pc - 1);
    if (f == 0) return count;
    u32 site = site_at(m, pc, s.exact);
    if (count < max) {
      u32 source = site == NONE32 ? 0 : m->siteSource[site];
      frames[count] = (Frame){name_of(m, f->index), f->index, source};
    }
    count++;
    u64 extra = site == NONE32 ? 0 : m->siteInfo[site] >> 8;
    u64 at = s.sp + extra + f->frame;
    if (overflow && count == 1) at = search_return(ctx, m, f, s);
    if (!in_stack(ctx, at)) return count;
    s = (Step){*(u64 *)at, at + 8, false};
  }
}
