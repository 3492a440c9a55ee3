// Stopping a guest from outside while the process goes on. There are two reasons: a deadline that
// JavaScript sets around calls, and the end of a worker thread, which Node demands of code of V8's
// and waits for. A timer of the thread's own raises a signal; its handler looks where that is:
//
//   on the guest's stack     the guest is left as by a trap, whatever it or a library call was
//                            about to do; on the way in or out as well, where nothing is lost
//   there, but ctx->busy     a memory or table is half grown: again very soon
//   anywhere else            in the host, which looks at its deadline by itself when it goes back
//                            to the guest; again soon, in case it has just done so
//
// The end of a thread is noticed by another timer, which runs in worker threads only and counts
// their time of computing, so that sleeping ones sleep. When it strikes a guest it asks Node-API
// whether JavaScript might run now, without running any: guests are not inside of V8, and while one
// is on its stack nothing else of this thread is.
//
// The signal is one that nobody in the process has a handler for, the last free one of the
// real-time signals; the choice is looked at again whenever a timer is set. System calls of the
// host that it interrupts are restarted. Guests for which no deadline is set pay nothing.
#include "addon.h"

enum { FIRST_SIGNAL = 40, LAST_SIGNAL = 62, SIGEV_THREAD_ID = 4 };
enum { MONOTONIC = 1, THREAD_TIME = 3 }; // clocks
enum { SA_RESTART = 0x10000000 };
enum { VERY_SOON = 100000, SOON = 2000000, LOOK = 50000000 }; // ns
enum { WATCH = 1 };                                            // beside a Home: not the alarm

/** The kernel's struct sigevent. */
typedef struct Event {
  u64 value;
  int signal, notify, thread;
  int rest[11];
} Event;
_Static_assert(sizeof(Event) == 64, "sigevent");

typedef struct TimerTime {
  Timespec interval, value;
} TimerTime;

static void set_timer(const Home *home, u64 nanos) {
  enum { SECOND = 1000000000 };
  TimerTime time = {{0, 0}, {(i64)(nanos / SECOND), (i64)(nanos % SECOND)}};
  syscall(NR_timer_settime, (u64)home->timer, 0, (u64)&time, 0, 0, 0);
}

/** The value of a timer's siginfo; 0 for a signal that somebody has sent. */
static u64 value_in(const void *info) {
  enum { SI_CODE = 2, SI_TIMER = -2, SI_VALUE = 3 };
  if (((const int *)info)[SI_CODE] != SI_TIMER) return 0;
  return ((const u64 *)info)[SI_VALUE];
}

/** Another thread is ending this one: JavaScript is refused before arguments are looked at. */
static bool is_ending(const Home *home) {
  return napi_get_property(home->env, 0, 0, 0) != napi_invalid_arg;
}

static void on_watch(const Home *home, void *ucontext) {
  Context *ctx = home->ctx;
  if (context_at(arch_sp(ucontext)) != ctx || ctx->busy || !is_ending(home)) return;
  interrupted(ctx, ucontext);
  arch_land(ucontext, ctx);
}

static void on_alarm(int signal, void *info, void *ucontext) {
  (void)signal;
  u64 value = value_in(info);
  Home *home = (Home *)(value & ~(u64)WATCH);
  if (value & WATCH) on_watch(home, ucontext);
  if (value & WATCH || home == 0 || !home->armed) return;
  Context *ctx = home->ctx;
  if (context_at(arch_sp(ucontext)) != ctx) {
    set_timer(home, SOON);
    return;
  }
  if (ctx->busy) {
    set_timer(home, VERY_SOON);
    return;
  }
  interrupted(ctx, ucontext);
  set_timer(home, SOON); // guests that wait for this one
  arch_land(ucontext, ctx);
}

static bool action(int signal, const Action *set, Action *now) {
  return syscall(NR_rt_sigaction, (u64)signal, (u64)set, (u64)now, 8, 0, 0) == 0;
}

static bool is_ours(int signal) {
  Action now;
  return action(signal, 0, &now) && now.handler == on_alarm;
}

/** A signal that is ours, or becomes it; 0: there is none. */
static int take_signal(void) {
  for (int s = LAST_SIGNAL; s >= FIRST_SIGNAL; s--) {
    if (is_ours(s)) return s;
  }
  for (int s = LAST_SIGNAL; s >= FIRST_SIGNAL; s--) {
    Action now, own = {on_alarm, SA_SIGINFO_ | SA_ONSTACK_ | SA_RESTORER_ | SA_RESTART,
                       rt_sigreturn, 0};
    if (action(s, 0, &now) && now.handler == 0 && action(s, &own, 0)) return s;
  }
  return 0;
}

static void unblock(int signal) {
  enum { UNBLOCK = 1 };
  u64 mask = 1ul << (signal - 1);
  syscall(NR_rt_sigprocmask, UNBLOCK, (u64)&mask, 0, 8, 0, 0);
}

/** Makes a timer of this thread's. */
static bool make_timer(int clock, u64 value, int signal, int *timer) {
  Event event = {.value = value, .signal = signal, .notify = SIGEV_THREAD_ID,
                 .thread = (int)syscall(NR_gettid, 0, 0, 0, 0, 0, 0)};
  i64 made = syscall(NR_timer_create, (u64)clock, (u64)&event, (u64)timer, 0, 0, 0);
  if (made != 0) return false;
  unblock(signal);
  return true;
}

static void end_alarm(Home *home) {
  home->armed = false;
  if (home->alarmSignal != 0) syscall(NR_timer_delete, (u64)home->timer, 0, 0, 0, 0, 0);
  home->alarmSignal = 0;
}

/** Makes the timer for deadlines, unless there is one whose signal is still ours. */
static bool make_alarm(Home *home) {
  if (home->alarmSignal != 0) {
    if (is_ours(home->alarmSignal)) return true;
    end_alarm(home);
  }
  int signal = take_signal();
  if (signal == 0 || !make_timer(MONOTONIC, (u64)home, signal, &home->timer)) return false;
  home->alarmSignal = signal;
  return true;
}

void interrupts_end(Home *home) {
  end_alarm(home);
  if (home->watched) syscall(NR_timer_delete, (u64)home->watch, 0, 0, 0, 0, 0);
  home->watched = false;
}

/** (): from now on guests end when another thread ends this one, if a signal is free for that. */
napi_value endings_watch(napi_env env, napi_callback_info info) {
  (void)info;
  Home *home = home_of(env);
  int signal = home->watched ? 0 : take_signal();
  if (signal == 0 || !make_timer(THREAD_TIME, (u64)home | WATCH, signal, &home->watch)) return 0;
  home->watched = true;
  TimerTime time = {{0, LOOK}, {0, LOOK}};
  syscall(NR_timer_settime, (u64)home->watch, 0, (u64)&time, 0, 0, 0);
  return 0;
}

/** (ms from now; negative: never) -> whether guests can be stopped */
napi_value alarm_set(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Home *home = args.home;
  f64 ms = number_at(&args, 0);
  bool able = true;
  home->armed = false;
  if (ms >= 0) {
    able = make_alarm(home);
    home->armed = able;
    if (able) set_timer(home, (u64)(ms * 1e6) + 1);
  } else if (home->alarmSignal != 0) {
    set_timer(home, 0);
  }
  napi_value answer;
  napi_get_boolean(env, able, &answer);
  return answer;
}
