// WASI preview 1: what is done by path. Files are opened by a system call that cannot leave the
// directory; names are acted on in a directory that was found in that way (beneath.c).
#include "wasi.h"

enum { OPEN_CREATE = 1, OPEN_DIRECTORY = 2, OPEN_EXCLUSIVE = 4, OPEN_TRUNCATE = 8, OPENS_ALL = 15 };

/** Copies a path out of the guest's memory, where it might change; null-terminated. */
static u32 copy_path(const Wasi *wasi, u64 at, u64 length, char *to) {
  const u8 *from = wasi_memory(wasi, at, length);
  if (from == 0) return W_FAULT;
  if (length >= PATH_ROOM) return W_NAMETOOLONG;
  memcpy(to, from, length);
  to[length] = 0;
  return strlen(to) == length ? W_SUCCESS : W_INVAL;
}

/** Finds the place of the path at a[0..1]; place_end ends it. */
static u32 take_place(const Wasi *wasi, const Fd *fd, const Value *a, u32 how, Place *place) {
  char path[PATH_ROOM];
  u32 error = copy_path(wasi, a[0].lo, a[1].lo, path);
  if (error != W_SUCCESS) return error;
  return wasi_errno(find_place(fd->host, path, how, place));
}

/** The kernel checks that a slash stands behind directories only; it does not follow the name. */
static void restore_slash(Place *place) {
  usize n = strlen(place->name);
  if (!place->slash) return;
  place->name[n] = '/';
  place->name[n + 1] = 0;
}

/** What is in a place; ENOTDIR for a slash behind something else than a directory. */
static i64 look(const Place *place, Stat *s) {
  i64 r = sys_stat_at(place->dir, place->name, s);
  if (r < 0) return r;
  return place->slash && type_of_mode(s->mode) != TYPE_DIRECTORY ? -ENOTDIR : 0;
}

// ---- opening -----------------------------------------------------------------------------------

/** Rights that path_open needs in the directory's base, and in what it passes on. */
static u32 may_open(const Fd *dir, u64 oflags, u64 fdflags, u64 base, u64 inheriting) {
  u64 needs = 0, passes = base | inheriting;
  if (oflags & OPEN_CREATE) needs |= RIGHT_CREATE_FILE;
  if (oflags & OPEN_TRUNCATE) needs |= RIGHT_PATH_SET_SIZE;
  if (dir->readOnly && (needs || base & RIGHT_WRITE)) return W_ROFS;
  if (fdflags & (FLAG_SYNC | FLAG_RSYNC)) passes |= RIGHT_SYNC;
  if (fdflags & FLAG_DSYNC && !(dir->inheriting & RIGHT_SYNC)) passes |= RIGHT_DATASYNC;
  if (needs & ~dir->base || passes & ~dir->inheriting) return W_NOTCAPABLE;
  return W_SUCCESS;
}

static int access_of(u64 base) {
  if (!(base & RIGHTS_OUTPUT)) return O_RDONLY;
  return base & (RIGHT_READ | RIGHT_READDIR) ? O_RDWR : O_WRONLY;
}

/**
 * Opens a path with the access that the rights call for. Guests ask for rights to change the size
 * of a file that they only read: these are taken away when they are in the way.
 */
static i64 open_with(int dir, const char *path, int how, bool follow, u64 *base) {
  i64 host = open_beneath(dir, path, how | access_of(*base), follow);
  if (host >= 0 || !(*base & RIGHTS_OUTPUT) || *base & RIGHT_WRITE) return host;
  *base &= ~(u64)RIGHTS_OUTPUT;
  return open_beneath(dir, path, how, follow);
}

u32 path_open(Wasi *wasi, Fd *fd, const Value *a) {
  char path[PATH_ROOM];
  u64 oflags = a[4].lo, base = a[5].lo & RIGHTS_ALL, inheriting = a[6].lo & RIGHTS_ALL;
  u64 fdflags = a[7].lo;
  if (oflags & ~(u64)OPENS_ALL || fdflags & ~(u64)FLAGS_ALL) return W_INVAL;
  u32 error = may_open(fd, oflags, fdflags, base, inheriting);
  if (error != W_SUCCESS) return error;
  u8 *to = wasi_memory(wasi, a[8].lo, 4);
  error = to == 0 ? W_FAULT : copy_path(wasi, a[2].lo, a[3].lo, path);
  if (error != W_SUCCESS) return error;
  if (fd->readOnly) base &= ~(u64)RIGHTS_CHANGE;
  int how = host_flags(fdflags) | O_NOCTTY;
  if (oflags & OPEN_CREATE) how |= O_CREAT;
  if (oflags & OPEN_EXCLUSIVE) how |= O_EXCL;
  if (oflags & OPEN_TRUNCATE) how |= O_TRUNC;
  if (oflags & OPEN_DIRECTORY) how |= O_DIRECTORY;
  // Some kernels make a file and then say that it is no directory.
  if (oflags & OPEN_CREATE && oflags & OPEN_DIRECTORY) return W_INVAL;
  i64 host = open_with(fd->host, path, how, a[1].lo & FOLLOW, &base);
  if (host < 0) return wasi_errno(host);
  Fd like = {.readOnly = fd->readOnly, .type = type_of_host((int)host), .flags = (u16)fdflags};
  like.base = base & rights_of_type(like.type);
  if (like.type == TYPE_DIRECTORY) like.inheriting = inheriting;
  u32 number;
  error = add_fd(wasi, (int)host, like, &number);
  if (error == W_SUCCESS) store32(to, number);
  return error;
}

// ---- attributes --------------------------------------------------------------------------------

u32 path_filestat_get(Wasi *wasi, Fd *fd, const Value *a) {
  Place place;
  Stat s;
  u8 *to = stat_room(wasi, a[4].lo);
  if (to == 0) return W_FAULT;
  u32 error = take_place(wasi, fd, a + 2, (a[1].lo & FOLLOW) | SLASH_FOLLOWS, &place);
  if (error != W_SUCCESS) return error;
  i64 r = look(&place, &s);
  if (r == 0) put_stat(wasi, &s, to);
  place_end(&place);
  return wasi_errno(r);
}

u32 path_filestat_set_times(Wasi *wasi, Fd *fd, const Value *a) {
  Place place;
  Stat s;
  Timespec times[2];
  u32 error = times_of(wasi, a + 4, times);
  if (error != W_SUCCESS) return error;
  error = take_place(wasi, fd, a + 2, (a[1].lo & FOLLOW) | SLASH_FOLLOWS, &place);
  if (error != W_SUCCESS) return error;
  i64 r = look(&place, &s);
  u64 name = (u64)place.name;
  if (r == 0) r = syscall(NR_utimensat, place.dir, name, (u64)times, AT_SYMLINK_NOFOLLOW, 0, 0);
  place_end(&place);
  return wasi_errno(r);
}

// ---- names -------------------------------------------------------------------------------------

/** A system call on a directory and a name in it, which it does not follow. */
static u32 on_name(Wasi *wasi, const Fd *fd, const Value *path, i64 call, u64 argument) {
  Place place;
  u32 error = take_place(wasi, fd, path, 0, &place);
  if (error != W_SUCCESS) return error;
  restore_slash(&place);
  i64 r = syscall(call, place.dir, (u64)place.name, argument, 0, 0, 0);
  place_end(&place);
  return wasi_errno(r);
}

u32 path_create_directory(Wasi *wasi, Fd *fd, const Value *a) {
  return on_name(wasi, fd, a + 1, NR_mkdirat, 0777);
}

u32 path_remove_directory(Wasi *wasi, Fd *fd, const Value *a) {
  return on_name(wasi, fd, a + 1, NR_unlinkat, AT_REMOVEDIR);
}

u32 path_unlink_file(Wasi *wasi, Fd *fd, const Value *a) {
  return on_name(wasi, fd, a + 1, NR_unlinkat, 0);
}

u32 path_readlink(Wasi *wasi, Fd *fd, const Value *a) {
  Place place;
  char target[PATH_ROOM];
  u8 *to = wasi_memory(wasi, a[3].lo, a[4].lo), *used = wasi_memory(wasi, a[5].lo, 4);
  if (to == 0 || used == 0) return W_FAULT;
  u32 error = take_place(wasi, fd, a + 1, SLASH_FOLLOWS, &place);
  if (error != W_SUCCESS) return error;
  i64 n = syscall(NR_readlinkat, place.dir, (u64)place.name, (u64)target, sizeof target, 0, 0);
  place_end(&place);
  if (n < 0) return wasi_errno(n);
  u64 size = (u64)n < a[4].lo ? (u64)n : a[4].lo;
  memcpy(to, target, size);
  store32(used, (u32)size);
  return W_SUCCESS;
}

u32 path_symlink(Wasi *wasi, Fd *fd, const Value *a) {
  Place place;
  char target[PATH_ROOM];
  u32 error = copy_path(wasi, a[0].lo, a[1].lo, target);
  if (error != W_SUCCESS) return error;
  if (target[0] == '/') return W_NOTCAPABLE;
  error = take_place(wasi, fd, a + 3, 0, &place);
  if (error != W_SUCCESS) return error;
  restore_slash(&place);
  i64 r = syscall(NR_symlinkat, (u64)target, place.dir, (u64)place.name, 0, 0, 0);
  place_end(&place);
  return wasi_errno(r);
}

/** Something done with two names. */
typedef i64 OnTwo(const Place *from, const Place *to);

static i64 rename(const Place *from, const Place *to) {
  u64 name = (u64)from->name;
  return syscall(NR_renameat2, from->dir, name, to->dir, (u64)to->name, 0, 0);
}

/** A directory cannot be linked, and nothing else has a slash behind its name. */
static i64 link(const Place *from, const Place *to) {
  Stat s;
  i64 r = look(from, &s);
  if (r < 0) return r;
  u64 name = (u64)from->name;
  return syscall(NR_linkat, from->dir, name, to->dir, (u64)to->name, 0, 0);
}

/** `from` and `to` point at the arguments of a path, `toFd` at that of a descriptor. */
static u32 on_two(Wasi *wasi, const Fd *fd, const Value *from, u32 how, const Fd *toFd,
                  const Value *to, OnTwo *act) {
  Place a, b;
  u32 error = take_place(wasi, fd, from, how, &a);
  if (error != W_SUCCESS) return error;
  error = take_place(wasi, toFd, to, 0, &b);
  if (error == W_SUCCESS) {
    restore_slash(&b);
    if (!(how & SLASH_FOLLOWS)) restore_slash(&a);
    error = wasi_errno(act(&a, &b));
    place_end(&b);
  }
  place_end(&a);
  return error;
}

u32 path_rename(Wasi *wasi, Fd *fd, const Value *a) {
  Fd *to = find_fd(wasi, a[3].lo);
  u32 error = check_fd(to, 'd', RIGHT_RENAME_TARGET);
  if (error != W_SUCCESS) return error;
  return on_two(wasi, fd, a + 1, 0, to, a + 4, rename);
}

u32 path_link(Wasi *wasi, Fd *fd, const Value *a) {
  Fd *to = find_fd(wasi, a[4].lo);
  u32 error = check_fd(to, 'd', RIGHT_LINK_TARGET);
  if (error != W_SUCCESS) return error;
  return on_two(wasi, fd, a + 2, (a[1].lo & FOLLOW) | SLASH_FOLLOWS, to, a + 5, link);
}
