// WASI preview 1: time, chance and waiting. With a fixed clock nothing ever waits for it; with a
// seed, random bytes are those of splitmix64, eight to a number, a new number for every call.
#include "wasi.h"

enum { CLOCK_MONOTONIC = 1, CLOCKS = 4 };

// ---- clocks ------------------------------------------------------------------------------------

static u64 nanos_of(Timespec t) { return (u64)t.seconds * 1000000000 + (u64)t.nanos; }

/** WASI's clock numbers 0 to 3 are Linux's. */
bool wasi_clock(const Wasi *wasi, u64 clock, u64 *now) {
  Timespec t;
  if (clock >= CLOCKS) return false;
  *now = wasi->fixed.clock;
  if (wasi->fixed.hasClock) return true;
  if (syscall(NR_clock_gettime, clock, (u64)&t, 0, 0, 0, 0) != 0) return false;
  *now = nanos_of(t);
  return true;
}

u32 clock_time_get(Wasi *wasi, Fd *fd, const Value *a) {
  (void)fd;
  u64 now;
  u8 *to = wasi_memory(wasi, a[2].lo, 8);
  if (!wasi_clock(wasi, a[0].lo, &now)) return W_INVAL;
  if (to == 0) return W_FAULT;
  store64(to, now);
  return W_SUCCESS;
}

u32 clock_res_get(Wasi *wasi, Fd *fd, const Value *a) {
  (void)fd;
  Timespec t = {0, 1};
  u8 *to = wasi_memory(wasi, a[1].lo, 8);
  if (a[0].lo >= CLOCKS) return W_INVAL;
  if (to == 0) return W_FAULT;
  if (!wasi->fixed.hasClock) {
    i64 r = syscall(NR_clock_getres, a[0].lo, (u64)&t, 0, 0, 0, 0);
    if (r < 0) return wasi_errno(r);
  }
  store64(to, nanos_of(t));
  return W_SUCCESS;
}

// ---- chance ------------------------------------------------------------------------------------

/** splitmix64 of Steele, Lea and Flood. */
static u64 next_random(u64 *state) {
  u64 z = *state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

bool wasi_random(Wasi *wasi, u8 *to, u64 count) {
  while (count > 0) {
    i64 done = count < 8 ? (i64)count : 8;
    if (wasi->fixed.hasSeed) {
      u64 word = next_random(&wasi->fixed.seed);
      for (i64 i = 0; i < done; i++) to[i] = (u8)(word >> 8 * i);
    } else {
      done = syscall(NR_getrandom, (u64)to, count, 0, 0, 0, 0);
      if (done == -EINTR) continue;
      if (done <= 0) return false;
    }
    to += done;
    count -= (u64)done;
  }
  return true;
}

u32 random_get(Wasi *wasi, Fd *fd, const Value *a) {
  (void)fd;
  u8 *to = wasi_memory(wasi, a[0].lo, a[1].lo);
  if (to == 0) return W_FAULT;
  return wasi_random(wasi, to, a[1].lo) ? W_SUCCESS : W_IO;
}

u32 sched_yield(Wasi *wasi, Fd *fd, const Value *a) {
  (void)wasi, (void)fd, (void)a;
  return wasi_errno(syscall(NR_sched_yield, 0, 0, 0, 0, 0, 0));
}

// ---- waiting -----------------------------------------------------------------------------------

enum { KIND_CLOCK = 0, KIND_READ = 1, KIND_WRITE = 2, EVENT = 32 };
enum { POLL_IN = 1, POLL_OUT = 4, POLL_ERR = 8, POLL_HANGUP = 16, POLL_BAD = 32 };

typedef struct Poll {
  int fd;
  i16 events, revents;
} Poll;

/** What is subscribed to; `polls` has an element for each, whose `fd` is -1 for a clock. */
typedef struct Watch {
  Wasi *wasi;
  const u8 *in;
  u8 *out;
  u64 count, stride; // bytes of a subscription
  u64 begun;         // monotonic
  Poll *polls;
  u32 events;
} Watch;

static void put_event(Watch *w, const u8 *subscription, u32 error, u64 bytes, u32 flags) {
  u8 *to = w->out + (u64)EVENT * w->events++;
  memset(to, 0, EVENT);
  memcpy(to, subscription, 8); // user data
  store16(to + 8, (u16)error);
  to[10] = subscription[8];
  store64(to + 16, bytes);
  store16(to + 24, (u16)flags);
}

/** Nanoseconds from now until the clock subscription at `s` is due; false: it never can be. */
static bool time_left(const Watch *w, const u8 *s, u64 *left, u32 *error) {
  const u8 *clock = s + (w->wasi->old ? 24 : 16);
  u64 timeout = load64(clock + 8), now, from = w->begun;
  u32 id = load32(clock);
  bool absolute = clock[24] & 1;
  *error = id >= CLOCKS || clock[24] > 1 || clock[25] != 0 ? W_INVAL : W_SUCCESS;
  if (*error == W_SUCCESS && id > CLOCK_MONOTONIC) *error = W_NOTSUP;
  if (*error != W_SUCCESS) return false;
  if (!wasi_clock(w->wasi, absolute ? id : CLOCK_MONOTONIC, &now)) now = 0;
  u64 due = absolute ? timeout : timeout > NONE64 - from ? NONE64 : from + timeout;
  *left = due > now ? due - now : 0;
  return true;
}

/** Looks at a subscription before waiting; an error is an event at once. */
static void prepare(Watch *w, u64 i) {
  const u8 *s = w->in + i * w->stride;
  w->polls[i] = (Poll){-1, 0, 0};
  u32 error = W_SUCCESS;
  u64 left;
  if (s[8] == KIND_CLOCK) {
    time_left(w, s, &left, &error);
  } else if (s[8] == KIND_READ || s[8] == KIND_WRITE) {
    bool reads = s[8] == KIND_READ;
    const Fd *fd = find_fd(w->wasi, load32(s + 16));
    error = check_fd(fd, 'a', RIGHT_POLL | (reads ? RIGHT_READ : RIGHT_WRITE));
    // A listening socket is read by accepting.
    if (error == W_NOTCAPABLE && reads) error = check_fd(fd, 'a', RIGHT_POLL | RIGHT_ACCEPT);
    if (error == W_ROFS) error = W_NOTCAPABLE;
    if (error == W_SUCCESS) w->polls[i] = (Poll){fd->host, reads ? POLL_IN : POLL_OUT, 0};
  } else {
    error = W_INVAL;
  }
  if (error != W_SUCCESS) put_event(w, s, error, 0, 0);
}

/** The least time until a clock is due, NONE64 without one. */
static u64 least_left(const Watch *w) {
  u64 least = NONE64, left;
  u32 error;
  for (u64 i = 0; i < w->count; i++) {
    const u8 *s = w->in + i * w->stride;
    if (s[8] == KIND_CLOCK && time_left(w, s, &left, &error) && left < least) least = left;
  }
  return least;
}

/** Bytes that can be read at once. */
static u64 bytes_ready(int host) {
  enum { FIONREAD = 0x541b };
  Stat s;
  i64 at;
  int n = 0;
  if (sys_stat(host, &s) == 0 && type_of_mode(s.mode) == TYPE_REGULAR) {
    at = syscall(NR_lseek, host, 0, 1, 0, 0, 0);
    return at >= 0 && (u64)at < s.size ? s.size - (u64)at : 0;
  }
  return syscall(NR_ioctl, host, FIONREAD, (u64)&n, 0, 0, 0) < 0 || n < 0 ? 0 : (u64)n;
}

/** Reports what has happened; clocks that are due in `slack` nanoseconds count as due. */
static void report(Watch *w, u64 slack) {
  for (u64 i = 0; i < w->count; i++) {
    const u8 *s = w->in + i * w->stride;
    const Poll *p = &w->polls[i];
    u64 left;
    u32 error;
    if (s[8] == KIND_CLOCK) {
      if (time_left(w, s, &left, &error) && left <= slack) put_event(w, s, W_SUCCESS, 0, 0);
    } else if (p->fd >= 0 && p->revents != 0) {
      error = p->revents & POLL_BAD ? W_BADF : W_SUCCESS;
      u64 bytes = s[8] == KIND_READ && error == W_SUCCESS ? bytes_ready(p->fd) : 0;
      put_event(w, s, error, bytes, (p->revents & POLL_HANGUP) != 0);
    }
  }
}

/** Waits until there is something to report. */
static u32 watch(Watch *w) {
  bool fixed = w->wasi->fixed.hasClock;
  while (w->events == 0) {
    u64 left = least_left(w);
    u64 slack = fixed && left != NONE64 ? left : 0;
    if (fixed && left != NONE64) left = 0;
    Timespec t = {(i64)(left / 1000000000), (i64)(left % 1000000000)};
    u64 time = left == NONE64 ? 0 : (u64)&t;
    i64 n = syscall(NR_ppoll, (u64)w->polls, w->count, time, 0, 8, 0);
    if (n < 0 && n != -EINTR) return wasi_errno(n);
    if (n > 0) slack = 0;
    report(w, slack);
  }
  return W_SUCCESS;
}

u32 poll_oneoff(Wasi *wasi, Fd *fd, const Value *a) {
  enum { FEW = 32 };
  (void)fd;
  Poll few[FEW], *many = 0;
  Watch w = {.wasi = wasi, .count = a[2].lo, .stride = wasi->old ? 56 : 48, .polls = few};
  w.in = wasi_memory(wasi, a[0].lo, w.count * w.stride);
  w.out = wasi_memory(wasi, a[1].lo, w.count * EVENT);
  u8 *stored = wasi_memory(wasi, a[3].lo, 4);
  if (w.in == 0 || w.out == 0 || stored == 0) return W_FAULT;
  if (w.count == 0) return W_INVAL;
  if (w.count > FEW) {
    int access = PROT_READ | PROT_WRITE, flags = MAP_PRIVATE | MAP_ANONYMOUS;
    w.polls = many = sys_map(0, w.count * sizeof(Poll), access, flags, -1, 0);
    if (many == 0) return W_NOMEM;
  }
  wasi_clock(wasi, CLOCK_MONOTONIC, &w.begun);
  for (u64 i = 0; i < w.count; i++) prepare(&w, i);
  u32 error = watch(&w);
  if (many != 0) sys_unmap(many, w.count * sizeof(Poll));
  if (error == W_SUCCESS) store32(stored, w.events);
  return error;
}
