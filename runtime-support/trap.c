// Stack traces. A frame is found by its return address: FuncInfo says how far the return address
// of the function lies above its stack pointer, the call's site how many bytes of stack arguments
// and results lie below the frame at that moment. At the return address of rt_enter, which is
// where C called in, it goes on in the guest function that had called C, if there is one. On a
// machine with a link register, the function that trapped may be a leaf that leaves its return
// address there. Only stack overflows and interruptions need more care, because they strike inside
// a prologue or while arguments are being stored: there the caller is searched for.
#include "runtime.h"

static const char *const texts[] = {
#define X(name, text) [TRAP_##name] = text,
  TRAPS(X)
  HOST_TRAPS(X)
#undef X
};

const char *trap_text(u32 code) { return code < COUNT(texts) ? texts[code] : ""; }

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
  u64 link;   // the return address, where the function has not stored it
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

/** The caller whose return address lies at `at`. */
static bool stored_caller(const Context *ctx, u64 at, Step *caller) {
  if (!in_stack(ctx, at)) return false;
  *caller = (Step){*(u64 *)at, at + 8, 0, false};
  return true;
}

/** The same where the return address is in the link register and the frame ends at `sp`. */
static bool linked_caller(const Step *s, u64 sp, Step *caller) {
  *caller = (Step){s->link, sp, 0, false};
  return true;
}

/** FuncInfo.frame is odd for a function that leaves its return address in the link register. */
static bool find_caller(const Context *ctx, const FuncInfo *f, const Step *s, u64 extra,
                        Step *caller) {
  u64 end = s->sp + extra + f->frame;
  return f->frame & 1 ? linked_caller(s, end - 1, caller) : stored_caller(ctx, end, caller);
}

/**
 * The caller after a stack overflow or an interruption, where the frame may be half made or half
 * gone, or arguments half stored.
 * `trap`: the function's own check found that there is no room, before it did anything.
 */
static bool search_caller(const Context *ctx, const Module *m, const FuncInfo *f, const Step *s,
                          bool trap, Step *caller) {
  u32 pc = (u32)(s->pc - (u64)m->text);
  u64 made = trap ? 0 : s->exact ? arch_prologue(m->text + f->text, m->text + pc) : NONE64;
  if (made != NONE64) {
    u64 entry = s->sp + made;
    if (LINK_REGISTER) return linked_caller(s, entry, caller);
    return is_return(ctx, entry) && stored_caller(ctx, entry, caller);
  }
  if (f->frame & 1) return find_caller(ctx, f, s, 0, caller);
  u64 at = s->sp + f->frame;
  if (is_return(ctx, at)) return stored_caller(ctx, at, caller);
  u32 next = first_site(m, pc);
  at += next < m->siteCount ? m->siteInfo[next] >> 8 : 0;
  if (is_return(ctx, at)) return stored_caller(ctx, at, caller);
  u64 end = at + 4096;
  for (at = (s->sp + 7) & ~7ul; at < end; at += 8) {
    if (is_return(ctx, at)) return stored_caller(ctx, at, caller);
  }
  return false;
}

/** Where the guest had called the host, which called function `f` of the module. */
static bool outer_call(const Context *ctx, const Module *m, const FuncInfo *f, Step *s) {
  const TypeInfo *type = &m->types[m->funcTypes[f->index]];
  u64 at = s->sp + area_size(module_text(m, type->params)) +
           area_size(module_text(m, type->results));
  if (s->pc != (u64)rt_enter_return || !in_stack(ctx, at)) return true;
  const Entered *entered = (const Entered *)at;
  bool higher = entered->pc != 0 && entered->sp > at;
  *s = (Step){entered->pc, entered->sp + (LINK_REGISTER ? 0 : 8), 0, false};
  return higher;
}

/** Where in the module the guest is: at the site, or between sites about where the nearest is. */
static u32 source_at(const Module *m, const FuncInfo *f, u32 pc, u32 site) {
  if (site != NONE32) return m->siteSource[site];
  u32 next = first_site(m, pc);
  if (next > 0 && m->sitePc[next - 1] >= f->text) return m->siteSource[next - 1];
  bool inside = next < m->siteCount && m->sitePc[next] <= f->text + f->size;
  return inside ? m->siteSource[next] : NONE32;
}

/** Stores up to `max` frames, counts up to `limit`. `anywhere`: `s` may be in a prologue, say. */
static u32 walk(Context *ctx, Step s, bool anywhere, Frame *frames, u32 max, u32 limit) {
  bool found = true;
  u32 count = 0;
  while (found && count < limit) {
    const Module *m = module_at(ctx, s.pc);
    if (m == 0) break;
    u32 pc = (u32)(s.pc - (u64)m->text);
    const FuncInfo *f = func_at(m, s.exact ? pc : pc - 1);
    if (f == 0) break;
    u32 site = site_at(m, pc, s.exact), info = site == NONE32 ? 0 : m->siteInfo[site];
    u32 source = source_at(m, f, pc, site);
    if (count < max) frames[count] = (Frame){name_of(m, f->index), f->index, source};
    Step caller = {0};
    if (anywhere && count == 0) {
      bool trap = site != NONE32 && (info & 0xff) == SITE_trap;
      found = search_caller(ctx, m, f, &s, trap, &caller);
    } else {
      found = find_caller(ctx, f, &s, info >> 8, &caller);
    }
    count++;
    s = caller;
    found = found && outer_call(ctx, m, f, &s);
  }
  return count;
}

static u32 walk_trap(Context *ctx, Frame *frames, u32 max, u32 limit) {
  Step s = {ctx->trapPc, ctx->trapSp, ctx->trapLink, ctx->trapExact};
  bool anywhere = ctx->trapCode == TRAP_stack || ctx->trapCode == TRAP_interrupt;
  return walk(ctx, s, anywhere, frames, max, limit);
}

u32 trace(Context *ctx, Frame *frames, u32 max) { return walk_trap(ctx, frames, max, NONE32); }
u32 trace_top(Context *ctx, Frame *frames, u32 max) { return walk_trap(ctx, frames, max, max); }

u32 trace_from(Context *ctx, u64 pc, u64 sp, Frame *frames, u32 max) {
  return walk(ctx, (Step){pc, sp, 0, false}, false, frames, max, max);
}

usize frame_line(const Frame *f, char *to, usize size) {
  enum { NAME_MAX_ = 1000 };
  Text name = f->name;
  if (name.length > NAME_MAX_) name.length = NAME_MAX_;
  bool named = name.length > 0;
  usize n = format(to, size, "  at %t%swasm-function[%u]", name, named ? " (" : "", f->func);
  if (f->source != NONE32) n += format(to + n, size - n, ":0x%x", f->source);
  return n + format(to + n, size - n, "%s\n", named ? ")" : "");
}
