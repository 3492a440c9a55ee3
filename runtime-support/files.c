// WASI preview 1: descriptors and what is done with open files. The standard streams are shared
// with the processes around us: their flags are kept here and never set on the host's descriptor.
// A guest that did not ask for non-blocking input or output does not see that its host's is.
#include "wasi.h"

enum { RIGHTS_STREAM = RIGHT_READ | RIGHT_WRITE | RIGHT_SET_FLAGS | RIGHT_STAT | RIGHT_POLL |
                       RIGHT_SYNC | RIGHT_DATASYNC,
       RIGHTS_FILE = RIGHTS_STREAM | RIGHT_SEEK | RIGHT_TELL | RIGHT_ADVISE | RIGHTS_OUTPUT |
                     RIGHT_SET_TIMES,
       RIGHTS_PATH = RIGHT_CREATE_DIRECTORY | RIGHT_CREATE_FILE | RIGHT_LINK_SOURCE |
                     RIGHT_LINK_TARGET | RIGHT_OPEN | RIGHT_READDIR | RIGHT_READLINK |
                     RIGHT_RENAME_SOURCE | RIGHT_RENAME_TARGET | RIGHT_PATH_STAT |
                     RIGHT_PATH_SET_SIZE | RIGHT_PATH_SET_TIMES | RIGHT_SYMLINK |
                     RIGHT_REMOVE_DIRECTORY | RIGHT_UNLINK,
       RIGHTS_DIRECTORY = RIGHTS_PATH | RIGHT_SET_FLAGS | RIGHT_STAT | RIGHT_SET_TIMES |
                          RIGHT_SYNC | RIGHT_DATASYNC };
enum { POLL_IN = 1, POLL_OUT = 4 };

u8 type_of_mode(u32 mode) {
  switch (mode & 0170000) {
  case 0020000: return TYPE_CHARACTER;
  case 0040000: return TYPE_DIRECTORY;
  case 0060000: return TYPE_BLOCK;
  case 0100000: return TYPE_REGULAR;
  case 0120000: return TYPE_LINK;
  case 0140000: return TYPE_STREAM;
  default: return TYPE_UNKNOWN;
  }
}

u8 type_of_host(int host) {
  enum { SOL_SOCKET = 1, SO_TYPE = 3, SOCK_DGRAM = 2 };
  Stat stat;
  if (sys_stat(host, &stat) < 0) return TYPE_UNKNOWN;
  u8 type = type_of_mode(stat.mode);
  u32 kind = 0, size = sizeof kind;
  if (type != TYPE_STREAM) return type;
  syscall(NR_getsockopt, host, SOL_SOCKET, SO_TYPE, (u64)&kind, (u64)&size, 0);
  return kind == SOCK_DGRAM ? TYPE_DATAGRAM : TYPE_STREAM;
}

u64 rights_of_type(u8 type) {
  switch (type) {
  case TYPE_DIRECTORY: return RIGHTS_DIRECTORY;
  case TYPE_REGULAR:
  case TYPE_BLOCK: return RIGHTS_FILE;
  case TYPE_STREAM:
  case TYPE_DATAGRAM: return RIGHTS_STREAM | RIGHT_SHUTDOWN;
  default: return RIGHTS_STREAM;
  }
}

Fd *find_fd(Wasi *wasi, u64 number) {
  return number < FDS_MAX && wasi->fds[number].open ? &wasi->fds[number] : 0;
}

static bool has_offset(const Fd *fd) { return fd->type == TYPE_REGULAR || fd->type == TYPE_BLOCK; }

u32 check_fd(const Fd *fd, char kind, u64 rights) {
  if (fd == 0) return W_BADF;
  bool directory = fd->type == TYPE_DIRECTORY;
  bool socket = fd->type == TYPE_STREAM || fd->type == TYPE_DATAGRAM;
  if (kind == 'd' && !directory) return W_NOTDIR;
  if ((kind == 'f' || kind == 'o') && directory) return W_ISDIR;
  if (kind == 'o' && !has_offset(fd)) return W_SPIPE;
  if (kind == 's' && !socket) return W_NOTSOCK;
  if (fd->readOnly && rights & RIGHTS_CHANGE) return W_ROFS;
  return (fd->base & rights) == rights ? W_SUCCESS : W_NOTCAPABLE;
}

u32 add_fd(Wasi *wasi, int host, Fd like, u32 *number) {
  for (u32 i = 0; i < FDS_MAX; i++) {
    if (wasi->fds[i].open) continue;
    like.open = like.own = true;
    like.host = host;
    wasi->fds[i] = like;
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

Mount mount_of(Text option) {
  Mount m = {.host = option};
  usize n = option.length;
  if (n > 3 && memcmp(option.at + n - 3, ":ro", 3) == 0) {
    m.readOnly = true;
    m.host.length -= 3;
  }
  m.guest = m.host;
  for (usize i = 0; i + 1 < m.host.length; i++) {
    if (option.at[i] != ':' || option.at[i + 1] != ':') continue;
    m.guest = (Text){option.at + i + 2, m.host.length - i - 2};
    m.host.length = i;
    break;
  }
  return m;
}

bool wasi_preopen(Wasi *wasi, Mount mount, Error *error) {
  char path[PATH_ROOM];
  if (mount.host.length >= sizeof path) return fail(error, "the name of a directory is too long");
  if (mount.guest.length == 0) return fail(error, "directory \"%t\" needs a name", mount.host);
  memcpy(path, mount.host.at, mount.host.length);
  path[mount.host.length] = 0;
  i64 fd = sys_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY);
  if (fd == -EACCES) fd = sys_open(AT_FDCWD, path, O_PATH | O_DIRECTORY); // cannot be listed
  if (fd < 0) return fail(error, "directory \"%t\" cannot be opened", mount.host);
  Fd like = {.readOnly = mount.readOnly, .type = TYPE_DIRECTORY, .preopen = mount.guest,
             .base = RIGHTS_DIRECTORY, .inheriting = RIGHTS_ALL};
  if (mount.readOnly) like.base &= ~(u64)RIGHTS_CHANGE;
  u32 number;
  if (add_fd(wasi, (int)fd, like, &number) == W_SUCCESS) return true;
  return fail(error, "too many directories");
}

// ---- descriptors -------------------------------------------------------------------------------

u32 fd_close(Wasi *wasi, Fd *fd, const Value *a) {
  (void)wasi, (void)a;
  fd->open = false;
  return fd->own ? wasi_errno(sys_close(fd->host)) : W_SUCCESS;
}

u32 fd_renumber(Wasi *wasi, Fd *fd, const Value *a) {
  Fd *to = find_fd(wasi, a[1].lo);
  if (to == 0) return W_BADF;
  if (to == fd) return W_SUCCESS;
  if (to->own) sys_close(to->host);
  *to = *fd;
  fd->open = false;
  return W_SUCCESS;
}

// A read-only directory passes on all rights, so that a guest that opens for writing is told that
// the file system is read-only, instead of failing at its first write.
u32 fd_fdstat_get(Wasi *wasi, Fd *fd, const Value *a) {
  u8 *to = wasi_memory(wasi, a[1].lo, 24);
  if (to == 0) return W_FAULT;
  memset(to, 0, 24);
  to[0] = fd->type;
  store16(to + 2, fd->flags);
  store64(to + 8, fd->base);
  store64(to + 16, fd->inheriting);
  return W_SUCCESS;
}

int host_flags(u64 flags) {
  int how = 0;
  if (flags & FLAG_APPEND) how |= O_APPEND;
  if (flags & FLAG_NONBLOCK) how |= O_NONBLOCK;
  if (flags & FLAG_DSYNC) how |= O_DSYNC;
  if (flags & (FLAG_SYNC | FLAG_RSYNC)) how |= O_SYNC;
  return how;
}

u32 fd_fdstat_set_flags(Wasi *wasi, Fd *fd, const Value *a) {
  (void)wasi;
  u64 flags = a[1].lo;
  // The kernel cannot change how a file is synchronised once it is open.
  if (flags & ~(u64)FLAGS_ALL || (flags ^ fd->flags) & FLAGS_SYNC) return W_INVAL;
  i64 r = 0;
  if (fd->own) {
    r = syscall(NR_fcntl, fd->host, F_GETFL, 0, 0, 0, 0);
    if (r < 0) return wasi_errno(r);
    u64 now = ((u64)r & ~(u64)(O_APPEND | O_NONBLOCK)) | (u64)host_flags(flags);
    r = syscall(NR_fcntl, fd->host, F_SETFL, now, 0, 0, 0);
  }
  if (r >= 0) fd->flags = (u16)flags;
  return wasi_errno(r);
}

u32 fd_fdstat_set_rights(Wasi *wasi, Fd *fd, const Value *a) {
  (void)wasi;
  u64 base = a[1].lo, inheriting = a[2].lo;
  if (base & ~fd->base || inheriting & ~fd->inheriting) return W_NOTCAPABLE;
  fd->base = base;
  fd->inheriting = inheriting;
  return W_SUCCESS;
}

u32 fd_prestat_get(Wasi *wasi, Fd *fd, const Value *a) {
  if (fd->preopen.length == 0) return W_BADF;
  u8 *to = wasi_memory(wasi, a[1].lo, 8);
  if (to == 0) return W_FAULT;
  store32(to, 0); // a directory
  store32(to + 4, (u32)fd->preopen.length);
  return W_SUCCESS;
}

u32 fd_prestat_dir_name(Wasi *wasi, Fd *fd, const Value *a) {
  if (fd->preopen.length == 0) return W_BADF;
  if (a[2].lo < fd->preopen.length) return W_NAMETOOLONG;
  u8 *to = wasi_memory(wasi, a[1].lo, fd->preopen.length);
  if (to == 0) return W_FAULT;
  memcpy(to, fd->preopen.at, fd->preopen.length);
  return W_SUCCESS;
}

// ---- what is known about a file ----------------------------------------------------------------

u8 *stat_room(const Wasi *wasi, u64 at) { return wasi_memory(wasi, at, wasi->old ? 56 : 64); }

/** st_dev as other interfaces of the kernel encode it. */
static u64 device_of(const Stat *s) {
  u64 major = s->devMajor, minor = s->devMinor;
  return (minor & 0xff) | (major & 0xfff) << 8 | (minor & ~0xfful) << 12 | (major & ~0xffful) << 32;
}

void put_stat(const Wasi *wasi, const Stat *s, u8 *to) {
  memset(to, 0, wasi->old ? 56 : 64);
  store64(to, device_of(s));
  store64(to + 8, s->inode);
  to[16] = type_of_mode(s->mode);
  if (wasi->old) store32(to + 20, s->links);
  else store64(to + 24, s->links);
  to += wasi->old ? 24 : 32;
  store64(to, s->size);
  store64(to + 8, (u64)s->accessed.seconds * 1000000000 + s->accessed.nanos);
  store64(to + 16, (u64)s->modified.seconds * 1000000000 + s->modified.nanos);
  store64(to + 24, (u64)s->changed.seconds * 1000000000 + s->changed.nanos);
}

u32 fd_filestat_get(Wasi *wasi, Fd *fd, const Value *a) {
  Stat s;
  u8 *to = stat_room(wasi, a[1].lo);
  if (to == 0) return W_FAULT;
  i64 r = sys_stat(fd->host, &s);
  if (r < 0) return wasi_errno(r);
  put_stat(wasi, &s, to);
  to[16] = fd->type; // a socket's is more than its mode says
  return W_SUCCESS;
}

u32 fd_filestat_set_size(Wasi *wasi, Fd *fd, const Value *a) {
  (void)wasi;
  return wasi_errno(syscall(NR_ftruncate, fd->host, a[1].lo, 0, 0, 0, 0));
}

u32 times_of(const Wasi *wasi, const Value *a, Timespec times[2]) {
  enum { OMIT = 0x3ffffffe, NOW = 0x3fffffff, ALL = 15 };
  u64 flags = a[2].lo;
  if (flags & ~(u64)ALL) return W_INVAL;
  for (u32 i = 0; i < 2; i++, flags >>= 2) {
    u64 t = flags & 1 ? a[i].lo : wasi->fixed.clock;
    if ((flags & 3) == 3) return W_INVAL;
    if (flags & 1 || (flags & 2 && wasi->fixed.hasClock)) {
      times[i] = (Timespec){(i64)(t / 1000000000), (i64)(t % 1000000000)};
    } else {
      times[i] = (Timespec){0, flags & 2 ? NOW : OMIT};
    }
  }
  return W_SUCCESS;
}

u32 fd_filestat_set_times(Wasi *wasi, Fd *fd, const Value *a) {
  Timespec times[2];
  u32 error = times_of(wasi, a + 1, times);
  if (error != W_SUCCESS) return error;
  return wasi_errno(syscall(NR_utimensat, fd->host, 0, (u64)times, 0, 0, 0));
}

u32 fd_allocate(Wasi *wasi, Fd *fd, const Value *a) {
  (void)wasi;
  return wasi_errno(syscall(NR_fallocate, fd->host, 0, a[1].lo, a[2].lo, 0, 0));
}

u32 fd_advise(Wasi *wasi, Fd *fd, const Value *a) {
  // Normal, sequential, random, will need, don't need, no reuse: Linux has 1 and 2 the other way.
  static const u8 advices[] = {0, 2, 1, 3, 4, 5};
  (void)wasi;
  if (a[3].lo >= COUNT(advices) || (i64)a[1].lo < 0 || (i64)a[2].lo < 0) return W_INVAL;
  u64 advice = advices[a[3].lo];
  return wasi_errno(syscall(NR_fadvise64, fd->host, a[1].lo, a[2].lo, advice, 0, 0));
}

u32 fd_sync(Wasi *wasi, Fd *fd, const Value *a) {
  (void)wasi, (void)a;
  return wasi_errno(syscall(NR_fsync, fd->host, 0, 0, 0, 0, 0));
}

u32 fd_datasync(Wasi *wasi, Fd *fd, const Value *a) {
  (void)wasi, (void)a;
  return wasi_errno(syscall(NR_fdatasync, fd->host, 0, 0, 0, 0, 0));
}

// ---- input and output --------------------------------------------------------------------------

u32 take_slices(const Wasi *wasi, u64 at, u64 count, Slices *slices) {
  enum { MOST = 0x7ffff000 };
  const u8 *in = wasi_memory(wasi, at, count * 8);
  if (in == 0) return W_FAULT;
  slices->count = count < COUNT(slices->at) ? count : COUNT(slices->at);
  u64 total = 0;
  for (u64 i = 0; i < slices->count; i++) {
    u64 size = load32(in + 8 * i + 4);
    u8 *memory = wasi_memory(wasi, load32(in + 8 * i), size);
    if (memory == 0) return W_FAULT;
    if (size > MOST - total) size = MOST - total;
    slices->at[i] = (Span){memory, size};
    total += size;
  }
  return W_SUCCESS;
}

typedef struct Poll {
  int fd;
  i16 events, revents;
} Poll;

static bool is_ready(int host, i16 events, Timespec *time) {
  Poll poll = {host, events, 0};
  return syscall(NR_ppoll, (u64)&poll, 1, (u64)time, 0, 8, 0) > 0;
}

void wait_for(int host, i16 events) { is_ready(host, events, 0); }

/** Leaves no more than a pipe takes at once when it says that it takes something. */
static void shorten(Slices *slices) {
  u64 room = 4096;
  for (u64 i = 0; i < slices->count; i++) {
    if (slices->at[i].size > room) slices->at[i].size = room;
    room -= slices->at[i].size;
  }
}

/** One of readv, writev, preadv and pwritev, patient where the guest wants that. */
static u32 transfer(Wasi *wasi, Fd *fd, const Value *a, i64 call, u64 offset, u64 result) {
  enum { RWF_APPEND = 16 };
  bool out = call == NR_writev || call == NR_pwritev;
  i16 event = out ? POLL_OUT : POLL_IN;
  Slices slices;
  u8 *to = wasi_memory(wasi, result, 4);
  u32 error = to == 0 ? W_FAULT : take_slices(wasi, a[1].lo, a[2].lo, &slices);
  if (error != W_SUCCESS) return error;
  u64 how = 0;
  if (!fd->own && fd->flags & FLAG_NONBLOCK && !has_offset(fd)) {
    Timespec at_once = {0}; // which the kernel writes to
    if (!is_ready(fd->host, event, &at_once)) return W_AGAIN;
    if (out) shorten(&slices);
  } else if (!fd->own && out && fd->flags & FLAG_APPEND && has_offset(fd)) {
    call = NR_pwritev2;
    how = RWF_APPEND;
  }
  for (;;) {
    i64 r = syscall(call, fd->host, (u64)slices.at, slices.count, offset, offset, how);
    if (r >= 0) store32(to, (u32)r);
    if (r == -EAGAIN && !(fd->flags & FLAG_NONBLOCK)) wait_for(fd->host, event);
    else if (r != -EINTR) return wasi_errno(r);
  }
}

u32 fd_read(Wasi *wasi, Fd *fd, const Value *a) {
  return transfer(wasi, fd, a, NR_readv, NONE64, a[3].lo);
}

u32 fd_write(Wasi *wasi, Fd *fd, const Value *a) {
  return transfer(wasi, fd, a, NR_writev, NONE64, a[3].lo);
}

/** Offset -1 would mean the file's own. */
u32 fd_pread(Wasi *wasi, Fd *fd, const Value *a) {
  if ((i64)a[3].lo < 0) return W_INVAL;
  return transfer(wasi, fd, a, NR_preadv, a[3].lo, a[4].lo);
}

u32 fd_pwrite(Wasi *wasi, Fd *fd, const Value *a) {
  if ((i64)a[3].lo < 0) return W_INVAL;
  return transfer(wasi, fd, a, NR_pwritev, a[3].lo, a[4].lo);
}

static u32 seek(const Wasi *wasi, const Fd *fd, u64 offset, u64 whence, u64 result) {
  u8 *to = wasi_memory(wasi, result, 8);
  if (to == 0) return W_FAULT;
  i64 r = syscall(NR_lseek, fd->host, offset, whence, 0, 0, 0);
  if (r >= 0) store64(to, (u64)r);
  return wasi_errno(r);
}

/** Telling the offset needs less of a right than changing it. */
u32 fd_seek(Wasi *wasi, Fd *fd, const Value *a) {
  enum { SET = 0, CURRENT = 1, END = 2 };
  static const u8 old[] = {CURRENT, END, SET};
  u64 whence = a[2].lo;
  if (whence > END) return W_INVAL;
  if (wasi->old) whence = old[whence];
  bool tells = a[1].lo == 0 && whence == CURRENT;
  if (!(fd->base & (RIGHT_SEEK | (tells ? RIGHT_TELL : 0)))) return W_NOTCAPABLE;
  return seek(wasi, fd, a[1].lo, whence, a[3].lo);
}

u32 fd_tell(Wasi *wasi, Fd *fd, const Value *a) {
  if (!(fd->base & (RIGHT_SEEK | RIGHT_TELL))) return W_NOTCAPABLE;
  return seek(wasi, fd, 0, 1, a[1].lo);
}
