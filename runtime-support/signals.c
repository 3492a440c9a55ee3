// Faults become traps. Generated code has no bounds checks for memories with a guard, no null check
// before a call through a reference, and no stack check for ordinary frames: it lets the CPU fault,
// and the handler decides by where the instruction is and what it touched:
//
//   the guard of a guest stack            call stack exhausted, whatever the instruction is
//   an `access` site, inside a memory     out of bounds memory access
//   a `ref` site, below the first page    uninitialized element
//
// The handler then makes the thread go on at rt_land, on the host's stack. Everything else is the
// host's own fault and goes to the handler that was there before. The registry of contexts is the
// only state of the runtime outside of contexts. Threads change it under a lock; the handler reads
// it without: a thread that is on a guest stack finds the seat of its own context, which nobody
// else touches, and seats are never unmapped.
#include "runtime.h"

enum { SIGBUS_ = 7, SIGSEGV_ = 11, SS_DISABLE_ = 2, SIGNAL_STACK = 64 << 10 };

/** Where a context's guest stack is. A free seat has no addresses: `base` is above all of them. */
typedef struct Seat {
  u64 base, top;
  Context *ctx;
} Seat;

typedef struct Row {
  struct Row *next;
  Seat seats[85];
} Row;
_Static_assert(sizeof(Row) <= OS_PAGE, "a row is a page");

static struct {
  u32 locked;
  u32 taken;
  Row first, *rows; // rows: the first and others behind it, once there are seats
  bool installed;
  Action before[2]; // of SIGSEGV and SIGBUS
} registry;

static void lock(void) {
  while (__atomic_exchange_n(&registry.locked, 1, __ATOMIC_ACQUIRE) != 0) {
    syscall(NR_sched_yield, 0, 0, 0, 0, 0, 0);
  }
}

static void unlock(void) { __atomic_store_n(&registry.locked, 0, __ATOMIC_RELEASE); }

static Row *first_row(void) { return __atomic_load_n(&registry.rows, __ATOMIC_ACQUIRE); }
static Row *next_row(const Row *r) { return __atomic_load_n(&r->next, __ATOMIC_ACQUIRE); }

Context *context_at(u64 sp) {
  for (Row *r = first_row(); r != 0; r = next_row(r)) {
    for (u32 i = 0; i < COUNT(r->seats); i++) {
      Seat *s = &r->seats[i];
      u64 base = __atomic_load_n(&s->base, __ATOMIC_ACQUIRE);
      if (sp < base || sp >= __atomic_load_n(&s->top, __ATOMIC_ACQUIRE)) continue;
      Context *ctx = __atomic_load_n(&s->ctx, __ATOMIC_ACQUIRE);
      // Taken anew in between? Then it was not this thread's.
      if (__atomic_load_n(&s->base, __ATOMIC_ACQUIRE) == base) return ctx;
    }
  }
  return 0;
}

static void clear_row(Row *r) {
  r->next = 0;
  for (u32 i = 0; i < COUNT(r->seats); i++) r->seats[i].base = NONE64;
}

/** A free seat; null when there is no memory for more. */
static Seat *find_seat(void) {
  Row **at = &registry.rows;
  for (; *at != 0; at = &(*at)->next) {
    for (u32 i = 0; i < COUNT((*at)->seats); i++) {
      if ((*at)->seats[i].base == NONE64) return &(*at)->seats[i];
    }
  }
  Row *row = &registry.first;
  if (registry.rows != 0) {
    row = sys_map(0, sizeof *row, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (row == 0) return 0;
  }
  clear_row(row);
  __atomic_store_n(at, row, __ATOMIC_RELEASE);
  return row->seats;
}

void interrupted(Context *ctx, void *ucontext) {
  u64 pc = arch_pc(ucontext), sp = arch_sp(ucontext);
  ctx->trapCode = TRAP_interrupt;
  ctx->trapExact = module_at(ctx, pc) != 0;
  ctx->trapPc = ctx->trapExact ? pc : 0;
  ctx->trapSp = sp;
  ctx->trapLink = arch_link(ucontext);
  bool in_library = ctx->libSp >= sp && ctx->libSp < (u64)ctx->stackTop - 16;
  if (!ctx->trapExact && in_library) arch_in_library(ctx);
}

static bool in_memory(const Context *ctx, u64 address) {
  for (const Group *g = &ctx->store; g != 0; g = g->next) {
    for (const Extern *m = g->mapped; m != 0; m = m->next) {
      u64 offset = address - (u64)m->region.base;
      if (m->kind == EXTERN_memory && offset < m->region.size) return true;
    }
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

/** The kernel's stack_t. */
typedef struct SignalStack {
  void *sp;
  int flags;
  usize size;
} SignalStack;

static bool signal_stack(const SignalStack *set, SignalStack *now) {
  return syscall(NR_sigaltstack, (u64)set, (u64)now, 0, 0, 0, 0) == 0;
}

bool signals_thread(Region *made) {
  SignalStack now, own = {.size = SIGNAL_STACK};
  if (!signal_stack(0, &now)) return false;
  if (!(now.flags & SS_DISABLE_)) return true;
  own.sp = sys_map(0, own.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (own.sp == 0 || !signal_stack(&own, 0)) return false;
  if (made != 0) *made = (Region){own.sp, own.size};
  return true;
}

void signals_thread_end(Region made) {
  SignalStack now, none = {.flags = SS_DISABLE_};
  if (made.base == 0 || !signal_stack(0, &now) || now.sp != made.base) return;
  if (signal_stack(&none, 0)) sys_unmap(made.base, made.size);
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

bool signals_add(Context *ctx) {
  lock();
  Seat *s = find_seat();
  if (s != 0) {
    if (!registry.installed) {
      install(SIGSEGV_, &registry.before[0]);
      install(SIGBUS_, &registry.before[1]);
      registry.installed = true;
    }
    registry.taken++;
    ctx->seat = s;
    __atomic_store_n(&s->ctx, ctx, __ATOMIC_RELEASE);
    __atomic_store_n(&s->top, (u64)ctx->stackTop, __ATOMIC_RELEASE);
    __atomic_store_n(&s->base, (u64)ctx->stackBase, __ATOMIC_RELEASE);
  }
  unlock();
  return s != 0;
}

void signals_remove(Context *ctx) {
  lock();
  __atomic_store_n(&ctx->seat->base, NONE64, __ATOMIC_RELEASE);
  // Handlers that came later know ours as the one before them: then it stays.
  if (--registry.taken == 0 && is_ours(SIGSEGV_) && is_ours(SIGBUS_)) {
    registry.installed = false;
    syscall(NR_rt_sigaction, SIGSEGV_, (u64)&registry.before[0], 0, 8, 0, 0);
    syscall(NR_rt_sigaction, SIGBUS_, (u64)&registry.before[1], 0, 8, 0, 0);
  }
  unlock();
}
