// WASI preview 1: descriptors and paths, read-only. Paths are resolved beneath a preopened
// directory by the kernel (openat2, RESOLVE_BENEATH); where that call does not exist, component by
// component, with symbolic links followed by hand, so that neither ".." nor a link leads out.
#include "wasi.h"

enum { // file types and rights of WASI
  TYPE_UNKNOWN = 0, TYPE_BLOCK = 1, TYPE_CHARACTER = 2, TYPE_DIRECTORY = 3, TYPE_REGULAR = 4,
  TYPE_SOCKET = 6, TYPE_LINK = 7,
  RIGHT_READ = 1 << 1, RIGHT_SEEK = 1 << 2, RIGHT_FLAGS = 1 << 3, RIGHT_TELL = 1 << 5,
  RIGHT_WRITE = 1 << 6, RIGHT_PATH_OPEN = 1 << 13, RIGHT_PATH_STAT = 1 << 18,
  RIGHT_STAT = 1 << 21, RIGHT_POLL = 1 << 27, RIGHTS_ALL = 0x3fffffff,
};
enum { OPEN_CREATE = 1, OPEN_DIRECTORY = 2, OPEN_EXCLUSIVE = 4, OPEN_TRUNCATE = 8 };
enum { FLAG_APPEND = 1, FLAG_NONBLOCK = 4, FOLLOW = 1 };
enum { PATH_MAX_ = 4096, LINKS_MAX = 40, DEEPEST = 64 };

static u8 type_of_mode(u32 mode) {
  switch (mode & 0170000) {
  case 0020000: return TYPE_CHARACTER;
  case 0040000: return TYPE_DIRECTORY;
  case 0060000: return TYPE_BLOCK;
  case 0100000: return TYPE_REGULAR;
  case 0120000: return TYPE_LINK;
  case 0140000: return TYPE_SOCKET;
  default: return TYPE_UNKNOWN;
  }
}

u8 wasi_file_type(int host) {
  Stat stat;
  return sys_stat(host, &stat) < 0 ? TYPE_UNKNOWN : type_of_mode(stat.mode);
}

static Fd *find_fd(Wasi *wasi, u64 number) {
  return number < FDS_MAX && wasi->fds[number].open ? &wasi->fds[number] : 0;
}

/** Makes a host descriptor the guest's lowest free one from 3 up. */
static u32 add_fd(Wasi *wasi, int host, u32 *number) {
  for (u32 i = 3; i < FDS_MAX; i++) {
    if (wasi->fds[i].open) continue;
    wasi->fds[i] = (Fd){.open = true, .own = true, .host = host, .type = wasi_file_type(host)};
    *number = i;
    return W_SUCCESS;
  }
  sys_close(host);
  return W_MFILE;
}

void wasi_close(Wasi *wasi) {
  for (u32 i = 0; i < FDS_MAX; i++) {
    if (wasi->fds[i].open && wasi->fds[i].own) sys_close(wasi->fds[i].host);
    wasi->fds[i].open = false;
  }
}

bool wasi_preopen(Wasi *wasi, Text host, Text guest, Error *error) {
  char path[PATH_MAX_];
  if (host.length >= sizeof path) return fail(error, "the name of a directory is too long");
  memcpy(path, host.at, host.length);
  path[host.length] = 0;
  i64 fd = sys_open(AT_FDCWD, path, O_PATH | O_DIRECTORY);
  if (fd < 0) return fail(error, "directory \"%t\" cannot be opened", host);
  u32 number;
  if (add_fd(wasi, (int)fd, &number) != W_SUCCESS) return fail(error, "too many directories");
  wasi->fds[number].preopen = guest;
  return true;
}

// ---- descriptors -------------------------------------------------------------------------------

u32 fd_close(Wasi *wasi, const Value *a) {
  Fd *fd = find_fd(wasi, a[0].lo);
  if (fd == 0) return W_BADF;
  fd->open = false;
  return fd->own ? wasi_errno(sys_close(fd->host)) : W_SUCCESS;
}

static u64 rights_of(const Fd *fd) {
  switch (fd->type) {
  case TYPE_DIRECTORY: return RIGHT_PATH_OPEN | RIGHT_PATH_STAT | RIGHT_STAT | RIGHT_FLAGS;
  case TYPE_REGULAR:
    return RIGHT_READ | RIGHT_SEEK | RIGHT_TELL | RIGHT_FLAGS | RIGHT_STAT | RIGHT_POLL |
           (fd->own ? 0 : RIGHT_WRITE);
  default: return RIGHT_READ | RIGHT_WRITE | RIGHT_FLAGS | RIGHT_STAT | RIGHT_POLL;
  }
}

// A directory passes on all rights, so that a guest that opens for writing asks for that right and
// is told that the file system is read-only, instead of failing at its first write.
u32 fd_fdstat_get(Wasi *wasi, const Value *a) {
  Fd *fd = find_fd(wasi, a[0].lo);
  if (fd == 0) return W_BADF;
  u8 *to = wasi_memory(wasi, a[1].lo, 24);
  if (to == 0) return W_FAULT;
  memset(to, 0, 24);
  to[0] = fd->type;
  store16(to + 2, fd->flags);
  store64(to + 8, rights_of(fd));
  store64(to + 16, fd->type == TYPE_DIRECTORY ? RIGHTS_ALL : 0);
  return W_SUCCESS;
}

u32 fd_fdstat_set_flags(Wasi *wasi, const Value *a) {
  Fd *fd = find_fd(wasi, a[0].lo);
  if (fd == 0) return W_BADF;
  if (a[1].lo & ~(u64)(FLAG_APPEND | FLAG_NONBLOCK)) return W_INVAL;
  if (!fd->own) return W_SUCCESS; // shared with the processes around us: left as it is
  i64 old = syscall(NR_fcntl, fd->host, F_GETFL, 0, 0, 0, 0);
  if (old < 0) return wasi_errno(old);
  i64 now = old & ~(i64)(O_APPEND | O_NONBLOCK);
  if (a[1].lo & FLAG_APPEND) now |= O_APPEND;
  if (a[1].lo & FLAG_NONBLOCK) now |= O_NONBLOCK;
  i64 r = syscall(NR_fcntl, fd->host, F_SETFL, (u64)now, 0, 0, 0);
  if (r >= 0) fd->flags = (u16)a[1].lo;
  return wasi_errno(r);
}

static u32 put_stat(int host, u8 *to) {
  Stat s;
  i64 r = sys_stat(host, &s);
  if (r < 0) return wasi_errno(r);
  memset(to, 0, 64);
  store64(to, (u64)s.devMajor << 32 | s.devMinor);
  store64(to + 8, s.inode);
  to[16] = type_of_mode(s.mode);
  store64(to + 24, s.links);
  store64(to + 32, s.size);
  store64(to + 40, (u64)s.accessed.seconds * 1000000000 + s.accessed.nanos);
  store64(to + 48, (u64)s.modified.seconds * 1000000000 + s.modified.nanos);
  store64(to + 56, (u64)s.changed.seconds * 1000000000 + s.changed.nanos);
  return W_SUCCESS;
}

u32 fd_filestat_get(Wasi *wasi, const Value *a) {
  Fd *fd = find_fd(wasi, a[0].lo);
  if (fd == 0) return W_BADF;
  u8 *to = wasi_memory(wasi, a[1].lo, 64);
  return to == 0 ? W_FAULT : put_stat(fd->host, to);
}

u32 fd_prestat_get(Wasi *wasi, const Value *a) {
  Fd *fd = find_fd(wasi, a[0].lo);
  if (fd == 0 || fd->preopen.length == 0) return W_BADF;
  u8 *to = wasi_memory(wasi, a[1].lo, 8);
  if (to == 0) return W_FAULT;
  store32(to, 0); // a directory
  store32(to + 4, (u32)fd->preopen.length);
  return W_SUCCESS;
}

u32 fd_prestat_dir_name(Wasi *wasi, const Value *a) {
  Fd *fd = find_fd(wasi, a[0].lo);
  if (fd == 0 || fd->preopen.length == 0) return W_BADF;
  if (a[2].lo < fd->preopen.length) return W_NAMETOOLONG;
  u8 *to = wasi_memory(wasi, a[1].lo, fd->preopen.length);
  if (to == 0) return W_FAULT;
  memcpy(to, fd->preopen.at, fd->preopen.length);
  return W_SUCCESS;
}

/** readv and writev: the guest's vectors become the host's, the first 64 of them at a time. */
static u32 transfer(Wasi *wasi, const Value *a, i64 call) {
  enum { SLICES = 64, MOST = 0x7ffff000 };
  Span slices[SLICES];
  Fd *fd = find_fd(wasi, a[0].lo);
  if (fd == 0) return W_BADF;
  u64 count = a[2].lo;
  const u8 *in = wasi_memory(wasi, a[1].lo, count * 8);
  u8 *out = wasi_memory(wasi, a[3].lo, 4);
  if (in == 0 || out == 0) return W_FAULT;
  if (count > SLICES) count = SLICES;
  u64 total = 0;
  for (u64 i = 0; i < count; i++) {
    u64 size = load32(in + 8 * i + 4);
    slices[i].at = wasi_memory(wasi, load32(in + 8 * i), size);
    if (slices[i].at == 0) return W_FAULT;
    if (size > MOST - total) size = MOST - total;
    slices[i].size = size;
    total += size;
  }
  i64 r;
  do r = syscall(call, fd->host, (u64)slices, count, 0, 0, 0);
  while (r == -EINTR);
  if (r >= 0) store32(out, (u32)r);
  return wasi_errno(r);
}

u32 fd_read(Wasi *wasi, const Value *a) { return transfer(wasi, a, NR_readv); }

u32 fd_write(Wasi *wasi, const Value *a) { return transfer(wasi, a, NR_writev); }

static u32 seek(Wasi *wasi, u64 number, u64 offset, u64 whence, u64 result) {
  Fd *fd = find_fd(wasi, number);
  if (fd == 0) return W_BADF;
  if (whence > 2) return W_INVAL;
  u8 *to = wasi_memory(wasi, result, 8);
  if (to == 0) return W_FAULT;
  i64 r = syscall(NR_lseek, fd->host, offset, whence, 0, 0, 0);
  if (r >= 0) store64(to, (u64)r);
  return wasi_errno(r);
}

u32 fd_seek(Wasi *wasi, const Value *a) { return seek(wasi, a[0].lo, a[1].lo, a[2].lo, a[3].lo); }

u32 fd_tell(Wasi *wasi, const Value *a) { return seek(wasi, a[0].lo, 0, 1, a[1].lo); }

// ---- paths -------------------------------------------------------------------------------------

/** A walk without openat2: what is left of the path, and the directories it came through. */
typedef struct Walk {
  char rest[2 * PATH_MAX_];
  int dirs[DEEPEST]; // the first one is the preopened directory, and not ours to close
  u32 depth, links;
} Walk;

static i64 read_link(int fd, char *to) {
  i64 n = syscall(NR_readlinkat, fd, (u64) "", (u64)to, PATH_MAX_ - 1, 0, 0);
  if (n >= 0) to[n] = 0;
  return n;
}

/** Puts a link's target before the rest of the path; `slash`: one stood behind the link. */
static i64 expand_link(Walk *w, int link, const char *rest, bool slash) {
  char target[PATH_MAX_];
  i64 n = read_link(link, target);
  if (n < 0) return n;
  if (n == 0) return -ENOENT;
  if (target[0] == '/') return -EXDEV;
  usize left = strlen(rest);
  if (++w->links > LINKS_MAX) return -ELOOP;
  if ((usize)n + left + 2 > sizeof w->rest) return -ENAMETOOLONG;
  memmove(w->rest + n + slash, rest, left + 1);
  memcpy(w->rest, target, (usize)n);
  if (slash) w->rest[n] = '/';
  return 0;
}

/**
 * Takes one component off the path. Returns a descriptor when it was the last, 0 to go on, else a
 * negative errno.
 */
static i64 step(Walk *w, int flags, bool follow) {
  char *name = w->rest, *end, *next;
  while (*name == '/') name++;
  for (end = name; *end != 0 && *end != '/';) end++;
  for (next = end; *next == '/';) next++;
  bool last = *next == 0, slash = *end != 0;
  int dir = w->dirs[w->depth - 1];
  *end = 0;
  bool up = text_same(text_of(name), text_of(".."));
  if (up && w->depth == 1) return -EXDEV;
  if (up) {
    sys_close(dir);
    dir = w->dirs[--w->depth - 1];
  }
  if (up || name == end || text_same(text_of(name), text_of("."))) {
    if (last) return sys_open(dir, ".", flags);
    memmove(w->rest, next, strlen(next) + 1);
    return 0;
  }
  i64 fd = sys_open(dir, name, O_PATH | O_NOFOLLOW);
  if (fd < 0) return fd;
  u8 type = wasi_file_type((int)fd);
  i64 result = 0;
  if (type == TYPE_LINK && (!last || follow || slash)) {
    result = expand_link(w, (int)fd, next, slash);
  } else if (last) {
    result = slash && type != TYPE_DIRECTORY ? -ENOTDIR : sys_open(dir, name, flags | O_NOFOLLOW);
  } else if (type != TYPE_DIRECTORY || w->depth == DEEPEST) {
    result = type != TYPE_DIRECTORY ? -ENOTDIR : -ELOOP;
  } else {
    w->dirs[w->depth++] = (int)fd;
    memmove(w->rest, next, strlen(next) + 1);
    return 0;
  }
  sys_close((int)fd);
  return result;
}

static i64 walk_beneath(int dir, const char *path, int flags, bool follow) {
  Walk w = {.dirs = {dir}, .depth = 1};
  memcpy(w.rest, path, strlen(path) + 1);
  i64 result = 0;
  do result = step(&w, flags, follow);
  while (result == 0);
  while (w.depth > 1) sys_close(w.dirs[--w.depth]);
  return result;
}

static i64 open_by_kernel(int dir, const char *path, int flags) {
#if defined(INGOT_NO_OPENAT2)
  return (void)dir, (void)path, (void)flags, -ENOSYS;
#else
  enum { NO_MAGIC_LINKS = 2, BENEATH = 8 };
  struct {
    u64 flags, mode, resolve;
  } how = {(u64)(flags | O_CLOEXEC), 0, NO_MAGIC_LINKS | BENEATH};
  i64 r;
  do r = syscall(NR_openat2, dir, (u64)path, (u64)&how, sizeof how, 0, 0);
  while (r == -EINTR || r == -EAGAIN);
  return r;
#endif
}

/** Opens a path that may not leave the directory; a host descriptor or a negative errno. */
static i64 open_beneath(int dir, const char *path, int flags, bool follow) {
  if (path[0] == 0) return -ENOENT;
  if (path[0] == '/') return -EXDEV;
  if (!follow) flags |= O_NOFOLLOW;
  i64 r = open_by_kernel(dir, path, flags);
  // A sandbox that does not know the call may answer EPERM.
  return r == -ENOSYS || r == -EPERM ? walk_beneath(dir, path, flags, follow) : r;
}

/** Copies a path out of the guest's memory, which may change; null-terminated. */
static u32 copy_path(const Wasi *wasi, u64 at, u64 length, char *to) {
  const u8 *from = wasi_memory(wasi, at, length);
  if (from == 0) return W_FAULT;
  if (length >= PATH_MAX_) return W_NAMETOOLONG;
  memcpy(to, from, length);
  to[length] = 0;
  return strlen(to) == length ? W_SUCCESS : W_INVAL;
}

u32 path_filestat_get(Wasi *wasi, const Value *a) {
  char path[PATH_MAX_];
  Fd *fd = find_fd(wasi, a[0].lo);
  if (fd == 0) return W_BADF;
  if (fd->type != TYPE_DIRECTORY) return W_NOTDIR;
  u8 *to = wasi_memory(wasi, a[4].lo, 64);
  u32 error = copy_path(wasi, a[2].lo, a[3].lo, path);
  if (error != W_SUCCESS || to == 0) return error != W_SUCCESS ? error : W_FAULT;
  i64 host = open_beneath(fd->host, path, O_PATH, a[1].lo & FOLLOW);
  if (host < 0) return wasi_errno(host);
  error = put_stat((int)host, to);
  sys_close((int)host);
  return error;
}

u32 path_open(Wasi *wasi, const Value *a) {
  char path[PATH_MAX_];
  u64 open = a[4].lo, rights = a[5].lo, flags = a[7].lo;
  Fd *fd = find_fd(wasi, a[0].lo);
  if (fd == 0) return W_BADF;
  if (fd->type != TYPE_DIRECTORY) return W_NOTDIR;
  u8 *to = wasi_memory(wasi, a[8].lo, 4);
  u32 error = copy_path(wasi, a[2].lo, a[3].lo, path);
  if (error != W_SUCCESS || to == 0) return error != W_SUCCESS ? error : W_FAULT;
  if (open & (OPEN_CREATE | OPEN_TRUNCATE | OPEN_EXCLUSIVE) || rights & RIGHT_WRITE) return W_ROFS;
  int how = O_RDONLY;
  if (open & OPEN_DIRECTORY) how |= O_DIRECTORY;
  if (flags & FLAG_NONBLOCK) how |= O_NONBLOCK;
  i64 host = open_beneath(fd->host, path, how, a[1].lo & FOLLOW);
  if (host < 0) return wasi_errno(host);
  u32 number;
  error = add_fd(wasi, (int)host, &number);
  if (error != W_SUCCESS) return error;
  wasi->fds[number].flags = (u16)flags;
  store32(to, number);
  return W_SUCCESS;
}
