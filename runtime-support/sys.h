// What the runtime stands on, for want of a C library: fixed-width types, system calls, the four
// memory functions compilers call, text formatting, and SHA-256. Nothing here keeps state.
// System calls return a negative errno on failure, as the kernel does.
#ifndef INGOT_SYS_H
#define INGOT_SYS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef signed char i8;
typedef short i16;
typedef int i32;
typedef long i64;
typedef double f64;
typedef __SIZE_TYPE__ usize;

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define NONE32 0xffffffffu
#define NONE64 (~0ul)

#if defined(__x86_64__)
enum {
  NR_read = 0, NR_write = 1, NR_close = 3, NR_lseek = 8, NR_mmap = 9, NR_mprotect = 10,
  NR_munmap = 11, NR_rt_sigaction = 13, NR_rt_sigprocmask = 14, NR_ioctl = 16, NR_readv = 19,
  NR_writev = 20, NR_sched_yield = 24, NR_madvise = 28, NR_setitimer = 38, NR_socket = 41,
  NR_sendmsg = 46, NR_recvmsg = 47, NR_shutdown = 48, NR_bind = 49, NR_listen = 50,
  NR_setsockopt = 54, NR_getsockopt = 55, NR_fcntl = 72, NR_fsync = 74, NR_fdatasync = 75,
  NR_ftruncate = 77, NR_sigaltstack = 131, NR_gettid = 186, NR_getdents64 = 217, NR_fadvise64 = 221,
  NR_timer_create = 222, NR_timer_settime = 223, NR_timer_delete = 226, NR_clock_gettime = 228,
  NR_clock_getres = 229, NR_exit_group = 231, NR_openat = 257, NR_mkdirat = 258, NR_unlinkat = 263,
  NR_linkat = 265, NR_symlinkat = 266, NR_readlinkat = 267, NR_ppoll = 271, NR_utimensat = 280,
  NR_fallocate = 285, NR_accept4 = 288, NR_preadv = 295, NR_pwritev = 296, NR_renameat2 = 316,
  NR_getrandom = 318, NR_memfd_create = 319, NR_pwritev2 = 328, NR_statx = 332, NR_openat2 = 437,
};
enum { O_DIRECTORY = 0x10000, O_NOFOLLOW = 0x20000 };

static inline i64 syscall(i64 n, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f) {
  register u64 r10 __asm__("r10") = d;
  register u64 r8 __asm__("r8") = e;
  register u64 r9 __asm__("r9") = f;
  i64 result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}
#elif defined(__aarch64__)
enum {
  NR_read = 63, NR_write = 64, NR_close = 57, NR_lseek = 62, NR_mmap = 222, NR_mprotect = 226,
  NR_munmap = 215, NR_rt_sigaction = 134, NR_rt_sigprocmask = 135, NR_ioctl = 29, NR_readv = 65,
  NR_writev = 66, NR_sched_yield = 124, NR_madvise = 233, NR_setitimer = 103, NR_socket = 198,
  NR_sendmsg = 211, NR_recvmsg = 212, NR_shutdown = 210, NR_bind = 200, NR_listen = 201,
  NR_setsockopt = 208, NR_getsockopt = 209, NR_fcntl = 25, NR_fsync = 82, NR_fdatasync = 83,
  NR_ftruncate = 46, NR_sigaltstack = 132, NR_gettid = 178, NR_getdents64 = 61, NR_fadvise64 = 223,
  NR_timer_create = 107, NR_timer_settime = 110, NR_timer_delete = 111, NR_clock_gettime = 113,
  NR_clock_getres = 114, NR_exit_group = 94, NR_openat = 56, NR_mkdirat = 34, NR_unlinkat = 35,
  NR_linkat = 37, NR_symlinkat = 36, NR_readlinkat = 78, NR_ppoll = 73, NR_utimensat = 88,
  NR_fallocate = 47, NR_accept4 = 242, NR_preadv = 69, NR_pwritev = 70, NR_renameat2 = 276,
  NR_getrandom = 278, NR_memfd_create = 279, NR_pwritev2 = 287, NR_statx = 291, NR_openat2 = 437,
};
enum { O_DIRECTORY = 0x4000, O_NOFOLLOW = 0x8000 };

static inline i64 syscall(i64 n, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f) {
  register i64 x8 __asm__("x8") = n;
  register u64 x0 __asm__("x0") = a;
  register u64 x1 __asm__("x1") = b;
  register u64 x2 __asm__("x2") = c;
  register u64 x3 __asm__("x3") = d;
  register u64 x4 __asm__("x4") = e;
  register u64 x5 __asm__("x5") = f;
  __asm__ volatile("svc 0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return (i64)x0;
}
#else
#error "ingot's runtime knows amd64 and arm64"
#endif

enum {
  O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_ACCMODE = 3, O_CREAT = 0x40, O_EXCL = 0x80,
  O_NOCTTY = 0x100, O_TRUNC = 0x200, O_APPEND = 0x400, O_NONBLOCK = 0x800, O_DSYNC = 0x1000,
  O_CLOEXEC = 0x80000, O_SYNC = 0x101000, O_PATH = 0x200000,
  AT_FDCWD = -100, AT_SYMLINK_NOFOLLOW = 0x100, AT_REMOVEDIR = 0x200, AT_EMPTY_PATH = 0x1000,
};
enum { PROT_NONE = 0, PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4 };
enum { MAP_PRIVATE = 2, MAP_FIXED = 0x10, MAP_ANONYMOUS = 0x20, MAP_NORESERVE = 0x4000 };
enum { F_GETFD = 1, F_GETFL = 3, F_SETFL = 4 };
enum {
  EPERM = 1, ENOENT = 2, EINTR = 4, EIO = 5, EBADF = 9, EAGAIN = 11, ENOMEM = 12, EACCES = 13,
  EFAULT = 14, EEXIST = 17, EXDEV = 18, ENOTDIR = 20, EISDIR = 21, EINVAL = 22,
  ENAMETOOLONG = 36, ENOSYS = 38, ELOOP = 40,
};

typedef struct Timespec {
  i64 seconds;
  i64 nanos;
} Timespec;

typedef struct Span {
  void *at;
  u64 size;
} Span;

/** The kernel's struct statx, the same on every architecture. */
typedef struct Stat {
  u32 mask, blockSize;
  u64 attributes;
  u32 links, uid, gid;
  u16 mode, pad0;
  u64 inode, size, blocks, attributesMask;
  struct {
    i64 seconds;
    u32 nanos, pad;
  } accessed, born, changed, modified;
  u32 rdevMajor, rdevMinor, devMajor, devMinor;
  u64 rest[14];
} Stat;
_Static_assert(sizeof(Stat) == 256, "statx");

i64 sys_read(int fd, void *to, usize n);
i64 sys_write(int fd, const void *from, usize n);
i64 sys_open(int dir, const char *path, int flags);
i64 sys_close(int fd);
i64 sys_stat(int fd, Stat *to);
/** The same of an entry of a directory, links not followed. */
i64 sys_stat_at(int dir, const char *name, Stat *to);
/** Anonymous or file mapping; null when the kernel refuses. */
void *sys_map(void *at, usize size, int protection, int flags, int fd, u64 offset);
bool sys_protect(void *at, usize size, int protection);
void sys_unmap(void *at, usize size);
_Noreturn void sys_exit(int code);
/** Nanoseconds of the monotonic clock. */
u64 sys_now(void);
/** Writes everything or returns false. */
bool write_all(int fd, const void *from, usize n);
/** Reads exactly n bytes or returns false. */
bool read_all(int fd, void *to, usize n);

void *memcpy(void *to, const void *from, usize n);
void *memmove(void *to, const void *from, usize n);
void *memset(void *to, int value, usize n);
int memcmp(const void *a, const void *b, usize n);
usize strlen(const char *s);
#if !defined(INGOT_SYS_C)
// So that the compiler expands those of a small fixed size, which "freestanding" forbids it.
#define memcpy __builtin_memcpy
#define memset __builtin_memset
#endif

/** A slice of bytes that are text; not terminated. */
typedef struct Text {
  const char *at;
  usize length;
} Text;

static inline Text text_of(const char *s) { return (Text){s, strlen(s)}; }
static inline bool text_same(Text a, Text b) {
  return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

/** A sentence about what went wrong; empty while nothing did. */
typedef struct Error {
  char text[512];
} Error;

/**
 * Formats into `to`, always terminated, and returns the length. %s C string, %t Text (control
 * characters shown as ?), %u u32, %d i32, %U u64, %D i64, %x u32, %X u64 hexadecimal, %c, %%.
 */
usize format(char *to, usize size, const char *pattern, ...);
usize format_list(char *to, usize size, const char *pattern, va_list list);
/** Sets the error and returns false. */
bool fail(Error *error, const char *pattern, ...);
/** Formats to a file descriptor, at most 2 KiB. */
void print(int fd, const char *pattern, ...);

static inline u64 round_up(u64 n, u64 unit) { return (n + unit - 1) & ~(unit - 1); }

typedef struct Sha256 {
  bool fast; // the CPU has instructions for it
  u32 state[8];
  u64 length;
  u8 block[64];
} Sha256;

/** The CPU has instructions for SHA-256. */
bool arch_has_sha(void);

void sha256_start(Sha256 *hash);
void sha256_add(Sha256 *hash, const void *from, usize n);
void sha256_end(Sha256 *hash, u8 out[32]);

/** What a signal does, as the kernel wants it (not libc's struct sigaction). */
typedef struct Action {
  void (*handler)(int, void *, void *);
  u64 flags;
  void (*restorer)(void);
  u64 mask;
} Action;
enum { SA_SIGINFO_ = 4, SA_RESTORER_ = 0x04000000, SA_ONSTACK_ = 0x08000000 };

#endif
