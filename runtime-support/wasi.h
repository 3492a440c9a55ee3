// The parts of WASI preview 1 that wasi.c and files.c share.
#ifndef INGOT_WASI_H
#define INGOT_WASI_H

#include "runtime.h"

enum { // errno of WASI
  W_SUCCESS = 0, W_2BIG = 1, W_ACCES = 2, W_AGAIN = 6, W_BADF = 8, W_BUSY = 10, W_EXIST = 20,
  W_FAULT = 21, W_FBIG = 22, W_INTR = 27, W_INVAL = 28, W_IO = 29, W_ISDIR = 31, W_LOOP = 32,
  W_MFILE = 33, W_NAMETOOLONG = 37, W_NFILE = 41, W_NODEV = 43, W_NOENT = 44, W_NOMEM = 48,
  W_NOSPC = 51, W_NOSYS = 52, W_NOTDIR = 54, W_NOTSUP = 58, W_NXIO = 60, W_OVERFLOW = 61,
  W_PERM = 63, W_PIPE = 64, W_ROFS = 69, W_SPIPE = 70, W_NOTCAPABLE = 76,
};

enum { FDS_MAX = 512 };

/** A descriptor of the guest. */
typedef struct Fd {
  bool open;
  bool own;     // the host descriptor is closed with it
  int host;
  u8 type;      // WASI file type
  u16 flags;    // as given to path_open or fd_fdstat_set_flags
  Text preopen; // guest's name of a preopened directory; empty for anything else
} Fd;

typedef struct Strings {
  const Text *items;
  u32 count;
} Strings;

typedef struct Wasi {
  Context *ctx;
  Extern *memory; // that of the first instance linked with these functions
  Strings args, env;
  Fd fds[FDS_MAX];
} Wasi;

/** A program's view of the world; `stdio` are host descriptors, -1 = none. Null: out of memory. */
Wasi *wasi_new(Context *ctx, Strings args, Strings env, const int stdio[3]);
/** Preopens a directory as the next descriptor. */
bool wasi_preopen(Wasi *wasi, Text host, Text guest, Error *error);
/** Closes what the guest left open. */
void wasi_close(Wasi *wasi);
u32 wasi_count(void);
Text wasi_name(u32 number);
/** The host function of this number; null when memory is out or a type collides. */
HostFunc *wasi_func(Wasi *wasi, u32 number);
/** Number of the function of this name, NONE32 if there is none. */
u32 wasi_find(Text name);
/** Gives the memory of an instance to the functions that it imports. */
void wasi_bind(const Linked *linked, const Import *imports);

/** Guest memory [at, at + size), null when it is not all inside. */
u8 *wasi_memory(const Wasi *wasi, u64 at, u64 size);
u32 wasi_errno(i64 result);

static inline void store16(u8 *at, u16 v) { memcpy(at, &v, 2); }
static inline void store32(u8 *at, u32 v) { memcpy(at, &v, 4); }
static inline void store64(u8 *at, u64 v) { memcpy(at, &v, 8); }
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

// files.c; arguments as the guest passed them, result a WASI errno.
typedef u32 WasiCode(Wasi *wasi, const Value *a);
WasiCode fd_close, fd_fdstat_get, fd_fdstat_set_flags, fd_filestat_get, fd_prestat_get;
WasiCode fd_prestat_dir_name, fd_read, fd_seek, fd_tell, fd_write, path_filestat_get, path_open;
u8 wasi_file_type(int host);

#endif
