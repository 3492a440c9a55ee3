// System calls, the memory functions that compilers take for granted, and text formatting. The
// memory functions are also what memory.copy and memory.fill run on, so they are written for
// speed: overlapping vector moves for short blocks, 64 bytes a turn in between, and on amd64 the
// string instructions from 2 KiB up.
#define INGOT_SYS_C
#include "sys.h"

#if defined(__GNUC__) && !defined(__clang__)
// Or the loops below would be recognised as calls of the functions they implement.
#pragma GCC optimize("no-tree-loop-distribute-patterns")
#endif

i64 sys_read(int fd, void *to, usize n) { return syscall(NR_read, fd, (u64)to, n, 0, 0, 0); }

i64 sys_write(int fd, const void *from, usize n) {
  return syscall(NR_write, fd, (u64)from, n, 0, 0, 0);
}

i64 sys_open(int dir, const char *path, int flags) {
  i64 fd;
  do fd = syscall(NR_openat, dir, (u64)path, flags | O_CLOEXEC, 0, 0, 0);
  while (fd == -EINTR);
  return fd;
}

i64 sys_close(int fd) { return syscall(NR_close, fd, 0, 0, 0, 0, 0); }

enum { STATX_BASIC = 0x7ff };

i64 sys_stat(int fd, Stat *to) {
  return syscall(NR_statx, fd, (u64) "", AT_EMPTY_PATH, STATX_BASIC, (u64)to, 0);
}

i64 sys_stat_at(int dir, const char *name, Stat *to) {
  return syscall(NR_statx, dir, (u64)name, AT_SYMLINK_NOFOLLOW, STATX_BASIC, (u64)to, 0);
}

void *sys_map(void *at, usize size, int protection, int flags, int fd, u64 offset) {
  i64 r = syscall(NR_mmap, (u64)at, size, protection, flags, fd, offset);
  return r < 0 && r > -4096 ? 0 : (void *)r;
}

bool sys_protect(void *at, usize size, int protection) {
  return size == 0 || syscall(NR_mprotect, (u64)at, size, protection, 0, 0, 0) == 0;
}

void sys_unmap(void *at, usize size) {
  if (size != 0) syscall(NR_munmap, (u64)at, size, 0, 0, 0, 0);
}

_Noreturn void sys_exit(int code) {
  for (;;) syscall(NR_exit_group, code, 0, 0, 0, 0, 0);
}

u64 sys_now(void) {
  Timespec t;
  syscall(NR_clock_gettime, 1, (u64)&t, 0, 0, 0, 0);
  return (u64)t.seconds * 1000000000 + (u64)t.nanos;
}

bool write_all(int fd, const void *from, usize n) {
  const u8 *at = from;
  while (n > 0) {
    i64 done = sys_write(fd, at, n);
    if (done == -EINTR) continue;
    if (done <= 0) return false;
    at += done;
    n -= (usize)done;
  }
  return true;
}

bool read_all(int fd, void *to, usize n) {
  u8 *at = to;
  while (n > 0) {
    i64 done = sys_read(fd, at, n);
    if (done == -EINTR) continue;
    if (done <= 0) return false;
    at += done;
    n -= (usize)done;
  }
  return true;
}

// ---- memory ------------------------------------------------------------------------------------

typedef u8 V16 __attribute__((vector_size(16), aligned(1), may_alias));
typedef u64 U64 __attribute__((aligned(1), may_alias));
typedef u32 U32 __attribute__((aligned(1), may_alias));
typedef u16 U16 __attribute__((aligned(1), may_alias));

enum { STRING_INSTRUCTION_FROM = 2048 };

/** Up to 16 bytes; every load happens before the first store. */
static inline void move_short(u8 *to, const u8 *from, usize n) {
  if (n >= 8) {
    u64 a = *(const U64 *)from, b = *(const U64 *)(from + n - 8);
    *(U64 *)to = a;
    *(U64 *)(to + n - 8) = b;
  } else if (n >= 4) {
    u32 a = *(const U32 *)from, b = *(const U32 *)(from + n - 4);
    *(U32 *)to = a;
    *(U32 *)(to + n - 4) = b;
  } else if (n >= 2) {
    u16 a = *(const U16 *)from, b = *(const U16 *)(from + n - 2);
    *(U16 *)to = a;
    *(U16 *)(to + n - 2) = b;
  } else if (n == 1) {
    *to = *from;
  }
}

/** 64 bytes and more, `to` below `from` or no overlap; the last 64 bytes are moved as one block. */
static void move_up(u8 *to, const u8 *from, usize n) {
  const V16 *last = (const V16 *)(from + n - 64);
  V16 w = last[0], x = last[1], y = last[2], z = last[3];
  u8 *end = to + n - 64;
  for (; to < end; to += 64, from += 64) {
    V16 a = ((const V16 *)from)[0], b = ((const V16 *)from)[1];
    V16 c = ((const V16 *)from)[2], d = ((const V16 *)from)[3];
    ((V16 *)to)[0] = a, ((V16 *)to)[1] = b, ((V16 *)to)[2] = c, ((V16 *)to)[3] = d;
  }
  ((V16 *)end)[0] = w, ((V16 *)end)[1] = x, ((V16 *)end)[2] = y, ((V16 *)end)[3] = z;
}

/** 64 bytes and more, `to` above `from`; the first 64 bytes are moved as one block, last. */
static void move_down(u8 *to, const u8 *from, usize n) {
  const V16 *first = (const V16 *)from;
  V16 w = first[0], x = first[1], y = first[2], z = first[3];
  for (; n > 64; n -= 64) {
    const V16 *s = (const V16 *)(from + n - 64);
    V16 *t = (V16 *)(to + n - 64);
    V16 a = s[0], b = s[1], c = s[2], d = s[3];
    t[0] = a, t[1] = b, t[2] = c, t[3] = d;
  }
  ((V16 *)to)[0] = w, ((V16 *)to)[1] = x, ((V16 *)to)[2] = y, ((V16 *)to)[3] = z;
}

void *memmove(void *to, const void *from, usize n) {
  u8 *t = to;
  const u8 *s = from;
  if (n <= 16) {
    move_short(t, s, n);
  } else if (n <= 32) {
    V16 a = *(const V16 *)s, b = *(const V16 *)(s + n - 16);
    *(V16 *)t = a;
    *(V16 *)(t + n - 16) = b;
  } else if (n <= 64) {
    V16 a = ((const V16 *)s)[0], b = ((const V16 *)s)[1];
    V16 c = *(const V16 *)(s + n - 32), d = *(const V16 *)(s + n - 16);
    ((V16 *)t)[0] = a, ((V16 *)t)[1] = b;
    *(V16 *)(t + n - 32) = c, *(V16 *)(t + n - 16) = d;
  } else if ((usize)(t - s) < n) {
    if (t != s) move_down(t, s, n);
  } else {
#if defined(__x86_64__)
    if (n >= STRING_INSTRUCTION_FROM && (usize)(s - t) >= n) {
      __asm__ volatile("rep movsb" : "+D"(t), "+S"(s), "+c"(n) : : "memory");
      return to;
    }
#endif
    move_up(t, s, n);
  }
  return to;
}

void *memcpy(void *to, const void *from, usize n) { return memmove(to, from, n); }

void *memset(void *to, int value, usize n) {
  u8 *t = to;
  u64 wide = (u8)value * 0x0101010101010101ul;
  if (n < 16) {
    if (n >= 8) {
      *(U64 *)t = wide;
      *(U64 *)(t + n - 8) = wide;
    } else if (n >= 4) {
      *(U32 *)t = (u32)wide;
      *(U32 *)(t + n - 4) = (u32)wide;
    } else {
      for (usize i = 0; i < n; i++) t[i] = (u8)value;
    }
    return to;
  }
#if defined(__x86_64__)
  if (n >= STRING_INSTRUCTION_FROM) {
    __asm__ volatile("rep stosb" : "+D"(t), "+c"(n) : "a"(value) : "memory");
    return to;
  }
#endif
  u64 pair[2] = {wide, wide};
  V16 v = *(V16 *)pair;
  V16 *last = (V16 *)(t + n - 16);
  for (; (V16 *)t < last; t += 16) *(V16 *)t = v;
  *last = v;
  return to;
}

int memcmp(const void *a, const void *b, usize n) {
  const u8 *x = a, *y = b;
  for (usize i = 0; i < n; i++)
    if (x[i] != y[i]) return x[i] - y[i];
  return 0;
}

usize strlen(const char *s) {
  usize n = 0;
  while (s[n] != 0) n++;
  return n;
}

// ---- text --------------------------------------------------------------------------------------

typedef struct Writer {
  char *at, *end; // one byte is kept for the terminator
} Writer;

static void put(Writer *w, char c) {
  if (w->at < w->end) *w->at++ = c;
}

static void put_text(Writer *w, Text t) {
  for (usize i = 0; i < t.length; i++) {
    u8 c = (u8)t.at[i];
    put(w, c < 0x20 || c == 0x7f ? '?' : (char)c);
  }
}

static void put_number(Writer *w, u64 n, u32 base) {
  char digits[20];
  usize k = sizeof digits;
  do digits[--k] = "0123456789abcdef"[n % base];
  while ((n /= base) != 0);
  while (k < sizeof digits) put(w, digits[k++]);
}

static void put_signed(Writer *w, i64 n) {
  if (n < 0) put(w, '-');
  put_number(w, n < 0 ? 0 - (u64)n : (u64)n, 10);
}

usize format_list(char *to, usize size, const char *pattern, va_list list) {
  Writer w = {to, to + size - 1};
  for (const char *p = pattern; *p != 0; p++) {
    if (*p != '%') {
      put(&w, *p);
      continue;
    }
    switch (*++p) {
    case 's':
      for (const char *s = va_arg(list, const char *); *s != 0; s++) put(&w, *s);
      break;
    case 't': put_text(&w, va_arg(list, Text)); break;
    case 'u': put_number(&w, va_arg(list, u32), 10); break;
    case 'U': put_number(&w, va_arg(list, u64), 10); break;
    case 'd': put_signed(&w, va_arg(list, i32)); break;
    case 'D': put_signed(&w, va_arg(list, i64)); break;
    case 'x': put_number(&w, va_arg(list, u32), 16); break;
    case 'X': put_number(&w, va_arg(list, u64), 16); break;
    case 'c': put(&w, (char)va_arg(list, int)); break;
    default: put(&w, *p);
    }
  }
  *w.at = 0;
  return (usize)(w.at - to);
}

usize format(char *to, usize size, const char *pattern, ...) {
  va_list list;
  va_start(list, pattern);
  usize n = format_list(to, size, pattern, list);
  va_end(list);
  return n;
}

bool fail(Error *error, const char *pattern, ...) {
  va_list list;
  va_start(list, pattern);
  format_list(error->text, sizeof error->text, pattern, list);
  va_end(list);
  return false;
}

void print(int fd, const char *pattern, ...) {
  char line[2048];
  va_list list;
  va_start(list, pattern);
  usize n = format_list(line, sizeof line, pattern, list);
  va_end(list);
  write_all(fd, line, n);
}
