// Faults become traps. Generated code has no bounds checks for memories with a guard, no null check
// before a call through a reference, and no stack check for ordinary frames: it lets the CPU fault,
// and the handler decides by where the instruction is and what it touched:
//
//   the guard of a guest stack            call stack exhausted, whatever the instruction is
//   an `access` site, inside a memory     out of bounds memory access
//   a `ref` site, below the first page    uninitialized element
//
// The handler then makes the thread go on at rt_land, on the host's stack. Everything else is the
// host's own fault and goes to the handler that was there before. The list of contexts is the only
// state of the runtime outside of contexts.
#include "runtime.h"

enum { SIGBUS_ = 7, SIGSEGV_ = 11, SS_DISABLE_ = 2, SIGNAL_STACK = 64 << 10 };

static struct {
  Context *first;
  bool installed;
  Action before[2]; // of SIGSEGV and SIGBUS
} registry;

Context *context_at(u64 sp) {
  for (Context *c = registry.first; c != 0; c = c->next) {
    if (sp >= (u64)c->stackBase && sp < (u64)c->stackTop) return c;
  }
  return 0;
}

static bool in_memory(const Context *ctx, u64 address) {
  for (const Extern *m = ctx->mapped; m != 0; m = m->next) {
    u64 offset = address - (u64)m->region.base;
    if (m->kind == EXTERN_memory && offset < m->region.size) return true;
  }
  return false;
}

/** The trap that a fault means, TRAP_none for one that is no trap. */
static u32 classify(const Context *ctx, u64 pc, u64 address) {
  if (address >= (u64)ctx->stackBase && address < (u64)ctx->stackLimit) return TRAP_stack;
  const Module *m = module_at(ctx, pc);
  if (m == 0) return TRAP_none;
  u32 site = site_at(m, (u32)(pc - (u64)m->text), true);
  if (site == NONE32) return TRAP_none;
  u32 kind = m->siteInfo[site] & 0xff;
  if (kind == SITE_access && in_memory(ctx, address)) return TRAP_memory;
  if (kind == SITE_ref && address < OS_PAGE) return TRAP_null;
  return TRAP_none;
}

static void pass_on(int signal, void *info, void *ucontext) {
  Action *before = &registry.before[signal == SIGBUS_];
  if ((u64)before->handler > 1) {
    before->handler(signal, info, ucontext); // extra arguments harm no plain handler
    return;
  }
  Action standard = {.restorer = rt_sigreturn, .flags = SA_RESTORER_};
  syscall(NR_rt_sigaction, signal, (u64)&standard, 0, 8, 0, 0); // the fault comes again, for good
}

static void on_fault(int signal, void *info, void *ucontext) {
  u64 pc = arch_pc(ucontext), sp = arch_sp(ucontext);
  u64 address = ((u64 *)info)[2];
  Context *ctx = context_at(sp);
  u32 code = ctx == 0 ? TRAP_none : classify(ctx, pc, address);
  if (code == TRAP_none) {
    pass_on(signal, info, ucontext);
    return;
  }
  ctx->trapCode = code;
  ctx->trapExact = module_at(ctx, pc) != 0;
  if (ctx->trapExact) {
    ctx->trapPc = pc;
    ctx->trapSp = sp;
    ctx->trapLink = arch_link(ucontext);
  } else {
    arch_in_library(ctx);
  }
  arch_land(ucontext, ctx);
}

bool signals_thread(void) {
  struct {
    void *sp;
    int flags;
    usize size;
  } now, own = {0};
  if (syscall(NR_sigaltstack, 0, (u64)&now, 0, 0, 0, 0) != 0) return false;
  if (!(now.flags & SS_DISABLE_)) return true;
  own.size = SIGNAL_STACK;
  own.sp = sys_map(0, own.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return own.sp != 0 && syscall(NR_sigaltstack, (u64)&own, 0, 0, 0, 0, 0) == 0;
}

static void install(int signal, Action *before) {
  Action action = {
    .handler = on_fault,
    .flags = SA_SIGINFO_ | SA_ONSTACK_ | SA_RESTORER_,
    .restorer = rt_sigreturn,
  };
  syscall(NR_rt_sigaction, signal, (u64)&action, (u64)before, 8, 0, 0);
}

static bool is_ours(int signal) {
  Action now;
  syscall(NR_rt_sigaction, signal, 0, (u64)&now, 8, 0, 0);
  return now.handler == on_fault;
}

void signals_add(Context *ctx) {
  if (!registry.installed) {
    install(SIGSEGV_, &registry.before[0]);
    install(SIGBUS_, &registry.before[1]);
    registry.installed = true;
  }
  ctx->next = registry.first;
  registry.first = ctx;
}

void signals_remove(Context *ctx) {
  Context **at = &registry.first;
  while (*at != ctx) at = &(*at)->next;
  *at = ctx->next;
  // Handlers that came later know ours as the one before them: then it stays.
  if (registry.first != 0 || !is_ours(SIGSEGV_) || !is_ours(SIGBUS_)) return;
  registry.installed = false;
  syscall(NR_rt_sigaction, SIGSEGV_, (u64)&registry.before[0], 0, 8, 0, 0);
  syscall(NR_rt_sigaction, SIGBUS_, (u64)&registry.before[1], 0, 8, 0, 0);
}
