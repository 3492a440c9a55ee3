// Paths that cannot leave a directory. The kernel resolves them where it can (openat2 with
// RESOLVE_BENEATH); elsewhere they are walked component by component, each opened without following
// links, links expanded by hand. Either way what has been reached is held by a descriptor, so that
// nothing another process moves or swaps meanwhile changes where a step starts from.
//
// What acts on a name rather than on a file (unlink, rename, link) takes the directory, found in
// this way, and the name in it, for a system call that does not follow it.
//
// The walk keeps no directory above the one it is in: it remembers the names that led there, which
// are no links, and for ".." goes there again from the top.
#include "wasi.h"

enum { LINKS_MAX = 40 };

static i64 open_at(int dir, const char *path, int flags) {
  enum { MODE = 0666 };
  i64 r;
  do r = syscall(NR_openat, dir, (u64)path, flags | O_CLOEXEC, MODE, 0, 0);
  while (r == -EINTR);
  return r;
}

static i64 open_by_kernel(int dir, const char *path, int flags) {
#if defined(INGOT_NO_OPENAT2)
  return (void)dir, (void)path, (void)flags, -ENOSYS;
#else
  enum { NO_MAGIC_LINKS = 2, BENEATH = 8, MODE = 0666 };
  struct {
    u64 flags, mode, resolve;
  } how = {(u64)(flags | O_CLOEXEC), flags & O_CREAT ? MODE : 0, NO_MAGIC_LINKS | BENEATH};
  i64 r;
  do r = syscall(NR_openat2, dir, (u64)path, (u64)&how, sizeof how, 0, 0);
  while (r == -EINTR || r == -EAGAIN);
  return r == -EXDEV ? -EESCAPE : r;
#endif
}

// ---- the walk ----------------------------------------------------------------------------------

typedef struct Walk {
  int top, here;        // where the walk began, and what it has reached
  char done[PATH_ROOM]; // names that lead from top to here, each with a 0 behind it
  usize doneSize;
  char rest[2 * PATH_ROOM];
  u32 links;
} Walk;

static void move_to(Walk *w, int dir) {
  if (w->here != w->top) sys_close(w->here);
  w->here = dir;
}

static bool is_name(const char *s, const char *name) {
  return text_same(text_of(s), text_of(name));
}

/** Goes from the top to the directory above. */
static i64 go_up(Walk *w) {
  if (w->doneSize == 0) return -EESCAPE;
  do w->doneSize--;
  while (w->doneSize > 0 && w->done[w->doneSize - 1] != 0);
  move_to(w, w->top);
  for (usize at = 0; at < w->doneSize; at += strlen(w->done + at) + 1) {
    i64 fd = open_at(w->here, w->done + at, O_PATH | O_DIRECTORY | O_NOFOLLOW);
    if (fd < 0) return fd;
    move_to(w, (int)fd);
  }
  return 0;
}

static i64 go_down(Walk *w, const char *name, int fd) {
  usize n = strlen(name) + 1;
  if (w->doneSize + n > sizeof w->done) {
    sys_close(fd);
    return -ENAMETOOLONG;
  }
  memcpy(w->done + w->doneSize, name, n);
  w->doneSize += n;
  move_to(w, fd);
  return 0;
}

/** Puts a link's target before the rest of the path; `slash`: one stood behind the link. */
static i64 expand_link(Walk *w, int link, const char *rest, bool slash) {
  char target[PATH_ROOM];
  i64 n = syscall(NR_readlinkat, link, (u64) "", (u64)target, PATH_ROOM - 1, 0, 0);
  if (n < 0) return n;
  if (n == 0) return -ENOENT;
  if (target[0] == '/') return -EESCAPE;
  usize left = strlen(rest);
  if (++w->links > LINKS_MAX) return -ELOOP;
  if ((usize)n + left + 2 > sizeof w->rest) return -ENAMETOOLONG;
  memmove(w->rest + n + slash, rest, left + 1);
  memcpy(w->rest, target, (usize)n);
  if (slash) w->rest[n] = '/';
  return 0;
}

/** Opens the last component of the path, which is no link or one not to be followed. */
static i64 open_last(const Walk *w, const char *name, int flags, bool slash) {
  if (slash && flags & O_CREAT) return -EISDIR;
  return open_at(w->here, name, flags | O_NOFOLLOW | (slash ? O_DIRECTORY : 0));
}

/** Goes into `name`, or opens it when it is the last; 0 to go on. */
static i64 enter(Walk *w, char *name, const char *next, bool slash, int flags, bool follow) {
  bool last = *next == 0;
  i64 fd = open_at(w->here, name, O_PATH | O_NOFOLLOW);
  if (fd == -ENOENT && last) return open_last(w, name, flags, slash);
  if (fd < 0) return fd;
  u8 type = type_of_host((int)fd);
  i64 result = 0;
  if (type == TYPE_LINK && (!last || follow || slash)) {
    result = expand_link(w, (int)fd, next, slash);
  } else if (last) {
    result = open_last(w, name, flags, slash);
  } else if (type != TYPE_DIRECTORY) {
    result = -ENOTDIR;
  } else {
    result = go_down(w, name, (int)fd);
    memmove(w->rest, next, strlen(next) + 1);
    return result;
  }
  sys_close((int)fd);
  return result;
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
  *end = 0;
  if (end - name >= NAME_ROOM) return -ENAMETOOLONG;
  bool up = is_name(name, "..");
  if (!up && name != end && !is_name(name, ".")) return enter(w, name, next, slash, flags, follow);
  i64 r = up ? go_up(w) : 0;
  if (r == 0 && last) {
    r = flags & O_EXCL ? -EEXIST : flags & O_CREAT ? -EISDIR : open_at(w->here, ".", flags);
  }
  if (!last) memmove(w->rest, next, strlen(next) + 1);
  return r;
}

static i64 walk(int dir, const char *path, int flags, bool follow) {
  Walk w;
  w.top = w.here = dir;
  w.doneSize = 0;
  w.links = 0;
  memcpy(w.rest, path, strlen(path) + 1);
  i64 result = 0;
  do result = step(&w, flags, follow);
  while (result == 0);
  move_to(&w, dir);
  return result;
}

// ---- both --------------------------------------------------------------------------------------

i64 open_beneath(int dir, const char *path, int flags, bool follow) {
  if (path[0] == 0) return -ENOENT;
  if (path[0] == '/') return -EESCAPE;
  if (!follow) flags |= O_NOFOLLOW;
  i64 r = open_by_kernel(dir, path, flags);
  // A sandbox that does not know the call may answer EPERM.
  if (r != -ENOSYS && r != -EPERM) return r;
  return walk(dir, path, flags, follow && !(flags & O_EXCL));
}

void place_end(const Place *place) {
  if (place->own) sys_close(place->dir);
}

/** Opens the directory that the first `size` bytes of a path name; none: the top itself. */
static i64 hold(int top, char *path, usize size, Place *place) {
  place->own = size > 0;
  place->dir = top;
  if (size == 0) return 0;
  char cut = path[size];
  path[size] = 0;
  i64 fd = open_beneath(top, path, O_PATH | O_DIRECTORY, true);
  path[size] = cut;
  place->dir = (int)fd;
  return fd < 0 ? fd : 0;
}

/** Replaces what stands from `start` on by the target of the link that it is; 0: there is none. */
static i64 follow_last(const Place *place, char *path, usize start) {
  char target[PATH_ROOM];
  i64 n = syscall(NR_readlinkat, place->dir, (u64)place->name, (u64)target, PATH_ROOM - 1, 0, 0);
  if (n == -EINVAL || n == -ENOENT) return 0;
  if (n <= 0) return n == 0 ? -ENOENT : n;
  if (target[0] == '/') return -EESCAPE;
  if (start + (usize)n + 2 > PATH_ROOM) return -ENAMETOOLONG;
  memcpy(path + start, target, (usize)n);
  start += (usize)n;
  if (place->slash) path[start++] = '/';
  path[start] = 0;
  return 1;
}

i64 find_place(int dir, const char *given, u32 how, Place *place) {
  char path[PATH_ROOM];
  memcpy(path, given, strlen(given) + 1);
  for (u32 links = 0; links <= LINKS_MAX; links++) {
    usize end = strlen(path), size = end, start;
    if (size == 0) return -ENOENT;
    if (path[0] == '/') return -EESCAPE;
    while (path[end - 1] == '/') end--;
    for (start = end; start > 0 && path[start - 1] != '/';) start--;
    if (end - start >= NAME_ROOM) return -ENAMETOOLONG;
    memcpy(place->name, path + start, end - start);
    place->name[end - start] = 0;
    place->slash = end < size;
    bool itself = is_name(place->name, ".") || is_name(place->name, "..");
    i64 r = hold(dir, path, itself ? size : start, place);
    if (r < 0) return r;
    if (itself) {
      memcpy(place->name, ".", 2);
      return 0;
    }
    if (!(how & FOLLOW) && !(how & SLASH_FOLLOWS && place->slash)) return 0;
    r = follow_last(place, path, start);
    if (r == 0) return 0;
    place_end(place);
    if (r < 0) return r;
  }
  return -ELOOP;
}
