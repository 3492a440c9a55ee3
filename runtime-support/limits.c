// What ends a guest from outside, wherever it is: an interruption from the terminal, and a time
// limit. Both are signals whose handlers end the process at once. Nothing is lost by that, since
// the runtime keeps no output back, and a guest that is never interrupted pays nothing for it. The
// handlers run on the stack of signals_thread, because the guest's may be at its end.
//
// A guest that writes to a pipe which nobody reads is told so (EPIPE) and not killed.
#include "runtime.h"

enum { SIGINT_ = 2, SIGPIPE_ = 13, SIGALRM_ = 14, SA_RESTORER_ = 0x04000000,
       SA_ONSTACK_ = 0x08000000 };
enum { INTERRUPTED_CODE = 130, TIMEOUT_CODE = 124 };

typedef struct Action {
  void (*handler)(int);
  u64 flags;
  void (*restorer)(void);
  u64 mask;
} Action;

static const char *limited; // who is stopped when time is up

static void (*const IGNORE)(int) = (void (*)(int))1;

static void on_interrupt(int signal) {
  (void)signal;
  sys_exit(INTERRUPTED_CODE);
}

static void on_time(int signal) {
  (void)signal;
  print(2, "ingot: %t: stopped because its time is up\n", text_of(limited));
  sys_exit(TIMEOUT_CODE);
}

static bool handle(int signal, void (*handler)(int), Action *before) {
  Action action = {handler, SA_RESTORER_ | SA_ONSTACK_, rt_sigreturn, 0};
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

bool limits_time(const char *name, u64 micros) {
  enum { REAL_TIME = 0, UNBLOCK = 1 };
  struct {
    u64 intervalSeconds, intervalMicros, seconds, micros;
  } timer = {0, 0, micros / 1000000, micros % 1000000};
  u64 mask = 1ul << (SIGALRM_ - 1);
  limited = name;
  if (!handle(SIGALRM_, on_time, 0)) return false;
  syscall(NR_rt_sigprocmask, UNBLOCK, (u64)&mask, 0, 8, 0, 0);
  return syscall(NR_setitimer, REAL_TIME, (u64)&timer, 0, 0, 0, 0) == 0;
}
