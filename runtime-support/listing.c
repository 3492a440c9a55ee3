// WASI preview 1: the entries of a directory. "." and ".." come first, then what the host lists, in
// its order. A cookie says where to go on: 0 at the start, 1 behind ".", 2 behind "..", from 3 on
// the host's own position, which stays valid as long as the descriptor is open. Nothing is kept
// between calls, so that a directory of any size takes the same memory.
#include "wasi.h"

enum { HEAD = 24, FIRST_HOST = 2, HOST_COOKIES = 3, CHUNK = 32 << 10 };

/** The kernel's struct linux_dirent64; the name follows. */
typedef struct Dirent {
  u64 inode;
  i64 next;
  u16 size;
  u8 type;
} __attribute__((packed)) Dirent;

typedef struct Out {
  u8 *at, *end;
} Out;

/** Adds what fits of an entry; false when not all of it did. */
static bool put_entry(Out *out, u64 next, u64 inode, u8 type, Text name) {
  u8 head[HEAD] = {0};
  store64(head, next);
  store64(head + 8, inode);
  store32(head + 16, (u32)name.length);
  head[20] = type;
  usize room = (usize)(out->end - out->at), n = room < HEAD ? room : HEAD;
  memcpy(out->at, head, n);
  out->at += n;
  room -= n;
  n = room < name.length ? room : name.length;
  memcpy(out->at, name.at, n);
  out->at += n;
  return room >= name.length;
}

static u8 type_of_entry(const Fd *fd, const Dirent *d) {
  Stat s;
  if (d->type != 0) return type_of_mode((u32)d->type << 12);
  i64 r = sys_stat_at(fd->host, (const char *)(d + 1), &s);
  return r < 0 ? TYPE_UNKNOWN : type_of_mode(s.mode);
}

static bool is_dots(Text name) {
  return text_same(name, text_of(".")) || text_same(name, text_of(".."));
}

/** The host's entries from where the descriptor is; a negative errno, or 0. */
static i64 put_host_entries(const Fd *fd, Out *out) {
  u64 words[CHUNK / 8];
  while (out->at < out->end) {
    usize room = (usize)(out->end - out->at), size = room < CHUNK / 2 ? room + CHUNK / 16 : CHUNK;
    i64 n = syscall(NR_getdents64, fd->host, (u64)words, size, 0, 0, 0);
    if (n <= 0) return n;
    for (u8 *p = (u8 *)words; p < (u8 *)words + n;) {
      const Dirent *d = (const Dirent *)p;
      Text name = text_of((const char *)(d + 1));
      p += d->size;
      if (is_dots(name)) continue;
      u64 next = (u64)d->next + HOST_COOKIES;
      if (!put_entry(out, next, d->inode, type_of_entry(fd, d), name)) return 0;
    }
  }
  return 0;
}

u32 fd_readdir(Wasi *wasi, Fd *fd, const Value *a) {
  u8 *to = wasi_memory(wasi, a[1].lo, a[2].lo), *used = wasi_memory(wasi, a[4].lo, 4);
  u64 cookie = a[3].lo;
  if (to == 0 || used == 0) return W_FAULT;
  Out out = {to, to + a[2].lo};
  Stat s;
  i64 r = sys_stat(fd->host, &s);
  bool room = r >= 0;
  // The inode of the directory above may lie outside of what the guest sees: it is not told.
  if (room && cookie == 0) room = put_entry(&out, 1, s.inode, TYPE_DIRECTORY, text_of("."));
  if (room && cookie <= 1) room = put_entry(&out, 2, s.inode, TYPE_DIRECTORY, text_of(".."));
  if (room) {
    u64 offset = cookie <= FIRST_HOST ? 0 : cookie - HOST_COOKIES;
    r = syscall(NR_lseek, fd->host, offset, 0, 0, 0, 0);
    if (r >= 0) r = put_host_entries(fd, &out);
  }
  if (r == -EBADF) return W_ACCES; // a directory that may be entered but not read
  if (r >= 0) store32(used, (u32)(out.at - to));
  return wasi_errno(r);
}
