// What ends a guest from outside, wherever it is: an interruption from the terminal, and a time
// limit. Both are signals whose handlers never return. Nothing is lost by that, since the runtime
// keeps no output back, and a guest that is never interrupted pays nothing for it. The handlers run
// on the stack of signals_thread, because the guest's may be at its end. A time limit tells where
// the guest is, if it is in its own code or in a library call.
//
// A guest that writes to a pipe which nobody reads is told so (EPIPE) and not killed.
#include "runtime.h"

enum { SIGINT_ = 2, SIGPIPE_ = 13, SIGALRM_ = 14, INTERRUPTED_CODE = 130 };

typedef void Handler(int, void *, void *);

static Stopped *stopped; // what happens when time is up

static Handler *const IGNORE = (Handler *)1;

static void on_interrupt(int signal, void *info, void *ucontext) {
  (void)signal, (void)info, (void)ucontext;
  sys_exit(INTERRUPTED_CODE);
}

static void on_time(int signal, void *info, void *ucontext) {
  (void)signal, (void)info;
  Context *ctx = context_at(arch_sp(ucontext));
  if (ctx != 0) interrupted(ctx, ucontext);
  stopped(ctx);
}

static bool handle(int signal, Handler *handler, Action *before) {
  Action action = {handler, SA_SIGINFO_ | SA_RESTORER_ | SA_ONSTACK_, rt_sigreturn, 0};
  return syscall(NR_rt_sigaction, signal, (u64)&action, (u64)before, 8, 0, 0) == 0;
}

void limits_start(void) {
  Action before = {0};
  // Whoever starts a program in the background has interruptions ignored: so they stay.
  if (handle(SIGINT_, on_interrupt, &before) && before.handler == IGNORE) {
    handle(SIGINT_, IGNORE, 0);
  }
  handle(SIGPIPE_, IGNORE, 0);
}

bool limits_time(u64 micros, Stopped *then) {
  enum { REAL_TIME = 0, UNBLOCK = 1 };
  struct {
    u64 intervalSeconds, intervalMicros, seconds, micros;
  } timer = {0, 0, micros / 1000000, micros % 1000000};
  u64 mask = 1ul << (SIGALRM_ - 1);
  stopped = then;
  if (!handle(SIGALRM_, on_time, 0)) return false;
  syscall(NR_rt_sigprocmask, UNBLOCK, (u64)&mask, 0, 8, 0, 0);
  return syscall(NR_setitimer, REAL_TIME, (u64)&timer, 0, 0, 0, 0) == 0;
}
