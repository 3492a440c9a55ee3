// The parts of WASI preview 1 that its files share: descriptors with their rights, the errors, and
// how paths are resolved.
//
//   wasi.c     the table of all functions, arguments, environment, lifecycle
//   clocks.c   time, chance, poll_oneoff          sockets.c  listening, sock_*
//   files.c    descriptors, fd_*                  paths.c    path_*
//   listing.c  fd_readdir                         beneath.c  paths that cannot leave a directory
//   hosts.c    what is imported from "env"
#ifndef INGOT_WASI_H
#define INGOT_WASI_H

#include "runtime.h"

enum { // errno of WASI
  W_SUCCESS = 0, W_2BIG = 1, W_ACCES = 2, W_ADDRINUSE = 3, W_ADDRNOTAVAIL = 4, W_AGAIN = 6,
  W_BADF = 8, W_BUSY = 10, W_CONNABORTED = 13, W_CONNREFUSED = 14, W_CONNRESET = 15,
  W_DEADLK = 16, W_DOM = 18, W_DQUOT = 19, W_EXIST = 20, W_FAULT = 21, W_FBIG = 22, W_ILSEQ = 25,
  W_INTR = 27, W_INVAL = 28, W_IO = 29, W_ISDIR = 31, W_LOOP = 32, W_MFILE = 33, W_MLINK = 34,
  W_MSGSIZE = 35, W_NAMETOOLONG = 37, W_NFILE = 41, W_NOBUFS = 42, W_NODEV = 43, W_NOENT = 44,
  W_NOLCK = 46, W_NOMEM = 48, W_NOSPC = 51, W_NOSYS = 52, W_NOTCONN = 53, W_NOTDIR = 54,
  W_NOTEMPTY = 55, W_NOTSOCK = 57, W_NOTSUP = 58, W_NOTTY = 59, W_NXIO = 60, W_OVERFLOW = 61,
  W_PERM = 63, W_PIPE = 64, W_RANGE = 68, W_ROFS = 69, W_SPIPE = 70, W_STALE = 72,
  W_TIMEDOUT = 73, W_TXTBSY = 74, W_XDEV = 75, W_NOTCAPABLE = 76,
};

enum { // file types of WASI
  TYPE_UNKNOWN = 0, TYPE_BLOCK = 1, TYPE_CHARACTER = 2, TYPE_DIRECTORY = 3, TYPE_REGULAR = 4,
  TYPE_DATAGRAM = 5, TYPE_STREAM = 6, TYPE_LINK = 7,
};

enum { // rights of WASI, by the functions that they allow
  RIGHT_DATASYNC = 1 << 0, RIGHT_READ = 1 << 1, RIGHT_SEEK = 1 << 2, RIGHT_SET_FLAGS = 1 << 3,
  RIGHT_SYNC = 1 << 4, RIGHT_TELL = 1 << 5, RIGHT_WRITE = 1 << 6, RIGHT_ADVISE = 1 << 7,
  RIGHT_ALLOCATE = 1 << 8, RIGHT_CREATE_DIRECTORY = 1 << 9, RIGHT_CREATE_FILE = 1 << 10,
  RIGHT_LINK_SOURCE = 1 << 11, RIGHT_LINK_TARGET = 1 << 12, RIGHT_OPEN = 1 << 13,
  RIGHT_READDIR = 1 << 14, RIGHT_READLINK = 1 << 15, RIGHT_RENAME_SOURCE = 1 << 16,
  RIGHT_RENAME_TARGET = 1 << 17, RIGHT_PATH_STAT = 1 << 18, RIGHT_PATH_SET_SIZE = 1 << 19,
  RIGHT_PATH_SET_TIMES = 1 << 20, RIGHT_STAT = 1 << 21, RIGHT_SET_SIZE = 1 << 22,
  RIGHT_SET_TIMES = 1 << 23, RIGHT_SYMLINK = 1 << 24, RIGHT_REMOVE_DIRECTORY = 1 << 25,
  RIGHT_UNLINK = 1 << 26, RIGHT_POLL = 1 << 27, RIGHT_SHUTDOWN = 1 << 28, RIGHT_ACCEPT = 1 << 29,
  RIGHTS_ALL = (1 << 30) - 1,
  /** To change a file through its descriptor, for which the host's must be open for writing. */
  RIGHTS_OUTPUT = RIGHT_WRITE | RIGHT_ALLOCATE | RIGHT_SET_SIZE,
  /** What a read-only directory refuses; a hard link elsewhere would be a way around it. */
  RIGHTS_CHANGE = RIGHTS_OUTPUT | RIGHT_CREATE_DIRECTORY | RIGHT_CREATE_FILE | RIGHT_LINK_SOURCE |
                  RIGHT_LINK_TARGET | RIGHT_RENAME_SOURCE | RIGHT_RENAME_TARGET |
                  RIGHT_PATH_SET_SIZE | RIGHT_PATH_SET_TIMES | RIGHT_SET_TIMES | RIGHT_SYMLINK |
                  RIGHT_REMOVE_DIRECTORY | RIGHT_UNLINK,
};

enum { // flags of descriptors
  FLAG_APPEND = 1, FLAG_DSYNC = 2, FLAG_NONBLOCK = 4, FLAG_RSYNC = 8, FLAG_SYNC = 16,
  FLAGS_SYNC = FLAG_DSYNC | FLAG_RSYNC | FLAG_SYNC, FLAGS_ALL = 31,
};

enum { FDS_MAX = 1024, PATH_ROOM = 4096, NAME_ROOM = 256 };

/** A descriptor of the guest. */
typedef struct Fd {
  bool open;
  bool own;      // the host descriptor is the guest's alone, and closed with it
  bool readOnly; // below a directory that is
  u8 type;       // WASI file type
  u16 flags;     // as given to path_open or fd_fdstat_set_flags
  int host;
  u64 base, inheriting; // rights
  Text preopen;         // guest's name of a preopened directory; empty for anything else
} Fd;

typedef struct Strings {
  const Text *items;
  u32 count;
} Strings;

/** What makes a program's runs the same. */
typedef struct Fixed {
  bool hasClock, hasSeed;
  u64 clock; // nanoseconds, of every clock
  u64 seed;  // state of the random generator
} Fixed;

/** What hosts.c knows of the first instance linked with its functions; null: there is none. */
typedef struct Jumps {
  bool bound;
  FuncRef *stackSave, *stackRestore, *setThrew; // exports
  const TableObject *table;                     // of what invoke_* call
  u32 high;                                     // given to setTempRet0
} Jumps;

typedef struct Wasi {
  Context *ctx;
  Extern *memory; // that of the first instance linked with these functions
  Jumps jumps;
  Strings args, env;
  Fixed fixed;
  bool old; // the function being called is one of wasi_unstable
  Fd fds[FDS_MAX];
} Wasi;

/** A program's view of the world; `stdio` are host descriptors, -1 = none. Null: out of memory. */
Wasi *wasi_new(Context *ctx, Strings args, Strings env, const int stdio[3]);

typedef struct Mount {
  Text host, guest;
  bool readOnly;
} Mount;

/** Takes HOST[::GUEST][:ro] apart. */
Mount mount_of(Text option);
/** Preopens a directory as the next descriptor. */
bool wasi_preopen(Wasi *wasi, Mount mount, Error *error);
/** Makes a socket that listens at HOST:PORT the next descriptor. */
bool wasi_listen(Wasi *wasi, Text address, Error *error);
/** Closes what the guest left open. */
void wasi_close(Wasi *wasi);
/** How many functions there are: those of wasi_snapshot_preview1, then those of wasi_unstable. */
u32 wasi_count(void);
Text wasi_module(u32 number);
Text wasi_name(u32 number);
/** The host function of this number; null when memory is out or a type collides. */
HostFunc *wasi_func(Wasi *wasi, u32 number);
/** Number of the function of this name, NONE32 if there is none. */
u32 wasi_find(Text module, Text name);
/** Gives the memory of an instance to the functions that it imports. */
void wasi_bind(const Linked *linked, const Import *imports);
/**
 * What a program can import by this name: WASI, or what hosts.c has, of the wanted type if it can
 * be. False when memory is out or a type collides; `found` stays null where there is nothing.
 */
bool wasi_import(Wasi *wasi, const Module *m, const ImportInfo *info, Import *found);
/** A function type by letters: i32 i, i64 I or j, f32 f, f64 d, v128 V, references F and X. */
const Sig *sig_of(Context *ctx, Text params, Text results);

/** The host function of a name, of the type with this id if there is one; null if there is none. */
HostFunc *hosts_find(Wasi *wasi, Text module, Text name, u32 type);
/** It is one of hosts_find's. */
bool hosts_own(const HostFunc *func);
/** Makes the functions of hosts.c work on this instance. */
void hosts_bind(Wasi *wasi, const Linked *linked);

/** Guest memory [at, at + size), null when it is not all inside. */
u8 *wasi_memory(const Wasi *wasi, u64 at, u64 size);
u32 wasi_errno(i64 result);
/** Nanoseconds of a clock; false when the host has none of this number. */
bool wasi_clock(const Wasi *wasi, u64 clock, u64 *now);
/** Fills with random bytes; false when the host has none. */
bool wasi_random(Wasi *wasi, u8 *to, u64 count);

static inline void store16(u8 *at, u16 v) { memcpy(at, &v, 2); }
static inline void store32(u8 *at, u32 v) { memcpy(at, &v, 4); }
static inline void store64(u8 *at, u64 v) { memcpy(at, &v, 8); }
static inline u16 load16(const u8 *at) {
  u16 v;
  memcpy(&v, at, 2);
  return v;
}
static inline u32 load32(const u8 *at) {
  u32 v;
  memcpy(&v, at, 4);
  return v;
}
static inline u64 load64(const u8 *at) {
  u64 v;
  memcpy(&v, at, 8);
  return v;
}

// The functions: arguments as the guest passed them, and the open descriptor that the table says
// they are about, its rights checked; result a WASI errno.
typedef u32 WasiCode(Wasi *wasi, Fd *fd, const Value *a);
WasiCode clock_res_get, clock_time_get, random_get, sched_yield, poll_oneoff;
WasiCode fd_advise, fd_allocate, fd_close, fd_datasync, fd_fdstat_get, fd_fdstat_set_flags;
WasiCode fd_fdstat_set_rights, fd_filestat_get, fd_filestat_set_size, fd_filestat_set_times;
WasiCode fd_pread, fd_prestat_dir_name, fd_prestat_get, fd_pwrite, fd_read, fd_readdir;
WasiCode fd_renumber, fd_seek, fd_sync, fd_tell, fd_write;
WasiCode path_create_directory, path_filestat_get, path_filestat_set_times, path_link, path_open;
WasiCode path_readlink, path_remove_directory, path_rename, path_symlink, path_unlink_file;
WasiCode sock_accept, sock_recv, sock_send, sock_shutdown;

/** The open descriptor of this number, null if there is none. */
Fd *find_fd(Wasi *wasi, u64 number);
/**
 * What a descriptor must be for a call: a directory (d), anything but (f), a file with an offset
 * (o), a socket (s), anything at all (a); and the rights that it must have.
 */
u32 check_fd(const Fd *fd, char kind, u64 rights);
/** Makes an open host descriptor the guest's lowest free one; closes it when there is none. */
u32 add_fd(Wasi *wasi, int host, Fd like, u32 *number);
/** Rights that mean something for a file of this type. */
u64 rights_of_type(u8 type);
u8 type_of_mode(u32 mode);
u8 type_of_host(int host);
/** Host descriptor flags of WASI's. */
int host_flags(u64 flags);

/** A filestat as wasi->old wants it; null: not all inside of memory. */
u8 *stat_room(const Wasi *wasi, u64 at);
void put_stat(const Wasi *wasi, const Stat *s, u8 *to);
/** The arguments of the kernel for atim, mtim and fstflags at a[0..2]. */
u32 times_of(const Wasi *wasi, const Value *a, Timespec times[2]);

typedef struct Slices {
  Span at[64];
  u64 count;
} Slices;

/** The guest's vectors as the host's, the first 64 of them, together up to 2 GiB. */
u32 take_slices(const Wasi *wasi, u64 at, u64 count, Slices *slices);
/** Waits until a host descriptor is ready for poll(2)'s `events`. */
void wait_for(int host, i16 events);

// beneath.c: no path leads out of the directory. Results are negative errnos; -EESCAPE for a path
// that wants to.
enum { EESCAPE = 4000 };
enum { FOLLOW = 1, SLASH_FOLLOWS = 2 };

/** Opens a path; `flags` as for openat, files are created with mode 0666. */
i64 open_beneath(int dir, const char *path, int flags, bool follow);

/** Where a path leads: an entry of a directory. */
typedef struct Place {
  int dir;
  bool own;   // dir is to be closed by place_end
  bool slash; // there was one behind the name
  char name[NAME_ROOM + 1]; // never ".."; "." only for the directory itself
} Place;

/**
 * Finds the directory that a path's last component is in. That component, if it is a link, is
 * followed under FOLLOW, or SLASH_FOLLOWS when a slash stands behind it.
 */
i64 find_place(int dir, const char *path, u32 how, Place *place);
void place_end(const Place *place);

#endif
