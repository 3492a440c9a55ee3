// WASI preview 1: the table of all its functions, and those about arguments, environment and the
// end of the program. The table says what a function's descriptor must be and which rights it must
// have; errors come in this order: EBADF, the wrong kind of file, EROFS below a read-only
// directory, ENOTCAPABLE, then the function's own. Every pointer of the guest is checked against
// its memory before use. The memory is the one exported as "memory" by the first instance that
// imports any of a program's functions.
#include "wasi.h"

static const Text exported_memory = {"memory", 6};

u8 *wasi_memory(const Wasi *wasi, u64 at, u64 size) {
  if (wasi->memory == 0) return 0;
  const MemoryObject *m = wasi->memory->object;
  return at <= m->bytes && size <= m->bytes - at ? (u8 *)m->base + at : 0;
}

u32 wasi_errno(i64 result) {
  static const u8 map[] = {
    [EPERM] = W_PERM, [ENOENT] = W_NOENT, [EINTR] = W_INTR, [EIO] = W_IO, [6] = W_NXIO,
    [7] = W_2BIG, [EBADF] = W_BADF, [EAGAIN] = W_AGAIN, [ENOMEM] = W_NOMEM, [EACCES] = W_ACCES,
    [14] = W_FAULT, [16] = W_BUSY, [EEXIST] = W_EXIST, [EXDEV] = W_XDEV, [19] = W_NODEV,
    [ENOTDIR] = W_NOTDIR, [EISDIR] = W_ISDIR, [EINVAL] = W_INVAL, [23] = W_NFILE, [24] = W_MFILE,
    [25] = W_NOTTY, [26] = W_TXTBSY, [27] = W_FBIG, [28] = W_NOSPC, [29] = W_SPIPE, [30] = W_ROFS,
    [31] = W_MLINK, [32] = W_PIPE, [33] = W_DOM, [34] = W_RANGE, [35] = W_DEADLK,
    [ENAMETOOLONG] = W_NAMETOOLONG, [37] = W_NOLCK, [ENOSYS] = W_NOSYS, [39] = W_NOTEMPTY,
    [ELOOP] = W_LOOP, [75] = W_OVERFLOW, [84] = W_ILSEQ, [88] = W_NOTSOCK, [90] = W_MSGSIZE,
    [95] = W_NOTSUP, [98] = W_ADDRINUSE, [99] = W_ADDRNOTAVAIL, [103] = W_CONNABORTED,
    [104] = W_CONNRESET, [105] = W_NOBUFS, [107] = W_NOTCONN, [110] = W_TIMEDOUT,
    [111] = W_CONNREFUSED, [116] = W_STALE, [122] = W_DQUOT,
  };
  if (result >= 0) return W_SUCCESS;
  u64 e = (u64)-result;
  if (e == EESCAPE) return W_NOTCAPABLE;
  return e < COUNT(map) && map[e] != 0 ? map[e] : W_IO;
}

// ---- arguments and environment -----------------------------------------------------------------

static u32 sizes_get(Wasi *wasi, const Value *a, Strings s) {
  u8 *count = wasi_memory(wasi, a[0].lo, 4), *size = wasi_memory(wasi, a[1].lo, 4);
  if (count == 0 || size == 0) return W_FAULT;
  u64 total = 0;
  for (u32 i = 0; i < s.count; i++) total += s.items[i].length + 1;
  if (total > NONE32) return W_OVERFLOW;
  store32(count, s.count);
  store32(size, (u32)total);
  return W_SUCCESS;
}

static u32 strings_get(Wasi *wasi, const Value *a, Strings s) {
  u64 at = a[1].lo;
  u8 *pointers = wasi_memory(wasi, a[0].lo, (u64)s.count * 4);
  if (pointers == 0) return W_FAULT;
  for (u32 i = 0; i < s.count; i++) {
    u8 *to = wasi_memory(wasi, at, s.items[i].length + 1);
    if (to == 0) return W_FAULT;
    store32(pointers + 4 * i, (u32)at);
    memcpy(to, s.items[i].at, s.items[i].length);
    to[s.items[i].length] = 0;
    at += s.items[i].length + 1;
  }
  return W_SUCCESS;
}

static u32 args_sizes_get(Wasi *wasi, Fd *fd, const Value *a) {
  return (void)fd, sizes_get(wasi, a, wasi->args);
}
static u32 args_get(Wasi *wasi, Fd *fd, const Value *a) {
  return (void)fd, strings_get(wasi, a, wasi->args);
}
static u32 environ_sizes_get(Wasi *wasi, Fd *fd, const Value *a) {
  return (void)fd, sizes_get(wasi, a, wasi->env);
}
static u32 environ_get(Wasi *wasi, Fd *fd, const Value *a) {
  return (void)fd, strings_get(wasi, a, wasi->env);
}

// ---- the table ---------------------------------------------------------------------------------

typedef struct Row {
  const char *name;
  const char *params; // i: i32, I: i64; the result is an i32 but for proc_exit's
  WasiCode *code;     // null: ends the program
  u64 rights;         // that the descriptor must have
  char kind;          // what it must be, as for check_fd; 0: the function is about none
  u8 at;              // which argument it is
} Row;

static const Row rows[] = {
  {"args_get", "ii", args_get, 0, 0, 0},
  {"args_sizes_get", "ii", args_sizes_get, 0, 0, 0},
  {"clock_res_get", "ii", clock_res_get, 0, 0, 0},
  {"clock_time_get", "iIi", clock_time_get, 0, 0, 0},
  {"environ_get", "ii", environ_get, 0, 0, 0},
  {"environ_sizes_get", "ii", environ_sizes_get, 0, 0, 0},
  {"fd_advise", "iIIi", fd_advise, RIGHT_ADVISE, 'f', 0},
  {"fd_allocate", "iII", fd_allocate, RIGHT_ALLOCATE, 'f', 0},
  {"fd_close", "i", fd_close, 0, 'a', 0},
  {"fd_datasync", "i", fd_datasync, RIGHT_DATASYNC, 'a', 0},
  {"fd_fdstat_get", "ii", fd_fdstat_get, 0, 'a', 0},
  {"fd_fdstat_set_flags", "ii", fd_fdstat_set_flags, RIGHT_SET_FLAGS, 'a', 0},
  {"fd_fdstat_set_rights", "iII", fd_fdstat_set_rights, 0, 'a', 0},
  {"fd_filestat_get", "ii", fd_filestat_get, RIGHT_STAT, 'a', 0},
  {"fd_filestat_set_size", "iI", fd_filestat_set_size, RIGHT_SET_SIZE, 'f', 0},
  {"fd_filestat_set_times", "iIIi", fd_filestat_set_times, RIGHT_SET_TIMES, 'a', 0},
  {"fd_pread", "iiiIi", fd_pread, RIGHT_READ | RIGHT_SEEK, 'o', 0},
  {"fd_prestat_dir_name", "iii", fd_prestat_dir_name, 0, 'a', 0},
  {"fd_prestat_get", "ii", fd_prestat_get, 0, 'a', 0},
  {"fd_pwrite", "iiiIi", fd_pwrite, RIGHT_WRITE | RIGHT_SEEK, 'o', 0},
  {"fd_read", "iiii", fd_read, RIGHT_READ, 'f', 0},
  {"fd_readdir", "iiiIi", fd_readdir, RIGHT_READDIR, 'd', 0},
  {"fd_renumber", "ii", fd_renumber, 0, 'a', 0},
  {"fd_seek", "iIii", fd_seek, 0, 'o', 0},
  {"fd_sync", "i", fd_sync, RIGHT_SYNC, 'a', 0},
  {"fd_tell", "ii", fd_tell, 0, 'o', 0},
  {"fd_write", "iiii", fd_write, RIGHT_WRITE, 'f', 0},
  {"path_create_directory", "iii", path_create_directory, RIGHT_CREATE_DIRECTORY, 'd', 0},
  {"path_filestat_get", "iiiii", path_filestat_get, RIGHT_PATH_STAT, 'd', 0},
  {"path_filestat_set_times", "iiiiIIi", path_filestat_set_times, RIGHT_PATH_SET_TIMES, 'd', 0},
  {"path_link", "iiiiiii", path_link, RIGHT_LINK_SOURCE, 'd', 0},
  {"path_open", "iiiiiIIii", path_open, RIGHT_OPEN, 'd', 0},
  {"path_readlink", "iiiiii", path_readlink, RIGHT_READLINK, 'd', 0},
  {"path_remove_directory", "iii", path_remove_directory, RIGHT_REMOVE_DIRECTORY, 'd', 0},
  {"path_rename", "iiiiii", path_rename, RIGHT_RENAME_SOURCE, 'd', 0},
  {"path_symlink", "iiiii", path_symlink, RIGHT_SYMLINK, 'd', 2},
  {"path_unlink_file", "iii", path_unlink_file, RIGHT_UNLINK, 'd', 0},
  {"poll_oneoff", "iiii", poll_oneoff, 0, 0, 0},
  {"proc_exit", "i", 0, 0, 0, 0},
  {"proc_raise", "i", 0, 0, 0, 0},
  {"random_get", "ii", random_get, 0, 0, 0},
  {"sched_yield", "", sched_yield, 0, 0, 0},
  {"sock_accept", "iii", sock_accept, RIGHT_ACCEPT, 's', 0},
  {"sock_recv", "iiiiii", sock_recv, RIGHT_READ, 's', 0},
  {"sock_send", "iiiii", sock_send, RIGHT_WRITE, 's', 0},
  {"sock_shutdown", "ii", sock_shutdown, RIGHT_SHUTDOWN, 's', 0},
};

static bool is_exit(const Row *row) { return text_same(text_of(row->name), text_of("proc_exit")); }

/** What a signal does that a program sends itself and has no handler for. */
static Outcome raise(Context *ctx, u64 signal, Value *result) {
  // By WASI's numbers, where 16 to 30 are chld to sys: Linux's number of those that end a program,
  // 0 of those that are ignored, STOPS of those that would stop it.
  enum { STOPS = 255 };
  static const u8 signals[] = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    0, 0, STOPS, STOPS, STOPS, STOPS, 0, 24, 25, 26, 27, 0, 29, 30, 31,
  };
  result->lo = signal >= COUNT(signals) ? W_INVAL : signals[signal] == STOPS ? W_NOTSUP : 0;
  if (result->lo != 0 || signals[signal] == 0) return OK;
  ctx->exitCode = 128u + signals[signal];
  return EXITED;
}

static Outcome call(Context *ctx, HostFunc *func, const Value *args, Value *results) {
  Wasi *wasi = func->data;
  const Row *row = &rows[func->number % COUNT(rows)];
  wasi->old = func->number >= COUNT(rows);
  if (is_exit(row)) {
    ctx->exitCode = (u32)args[0].lo;
    return EXITED;
  }
  if (row->code == 0) return raise(ctx, args[0].lo, results);
  Fd *fd = row->kind == 0 ? 0 : find_fd(wasi, args[row->at].lo);
  u32 error = row->kind == 0 ? W_SUCCESS : check_fd(fd, row->kind, row->rights);
  results[0].lo = error == W_SUCCESS ? row->code(wasi, fd, args) : error;
  return OK;
}

u32 wasi_count(void) { return 2 * COUNT(rows); }
Text wasi_name(u32 number) { return text_of(rows[number % COUNT(rows)].name); }

Text wasi_module(u32 number) {
  return text_of(number < COUNT(rows) ? "wasi_snapshot_preview1" : "wasi_unstable");
}

u32 wasi_find(Text module, Text name) {
  for (u32 i = 0; i < wasi_count(); i++) {
    if (text_same(wasi_name(i), name) && text_same(wasi_module(i), module)) return i;
  }
  return NONE32;
}

static u32 type_of(char letter) {
  switch (letter) {
  case 'i': return TYPE_i32;
  case 'I':
  case 'j': return TYPE_i64;
  case 'f': return TYPE_f32;
  case 'd': return TYPE_f64;
  case 'V': return TYPE_v128;
  case 'F': return TYPE_funcref;
  default: return TYPE_externref;
  }
}

/** Adds types and their spelling; false when they do not fit. */
static bool add_types(Text letters, char *types, char *key, usize *length, usize room) {
  for (usize i = 0; i < letters.length; i++) {
    u32 type = type_of(letters.at[i]);
    types[i] = (char)type;
    if (room - *length < 16) return false;
    *length += format(key + *length, room - *length, "%s%s", i == 0 ? "" : " ", type_name(type));
  }
  return true;
}

const Sig *sig_of(Context *ctx, Text params, Text results) {
  enum { MOST = 256 };
  char key[MOST * 10], types[MOST];
  usize n = 0;
  if (params.length + results.length > MOST) return 0;
  bool fits = add_types(params, types, key, &n, sizeof key - 16);
  n += format(key + n, sizeof key - n, " -> ");
  if (!fits || !add_types(results, types + params.length, key, &n, sizeof key)) return 0;
  Sig sig = {.id = sig_id((Text){key, n}), .key = {key, n}, .params = {types, params.length},
             .results = {types + params.length, results.length}};
  return store_sig(ctx, sig, &ctx->error);
}

HostFunc *wasi_func(Wasi *wasi, u32 number) {
  const Row *row = &rows[number % COUNT(rows)];
  const Sig *sig = sig_of(wasi->ctx, text_of(row->params), text_of(is_exit(row) ? "" : "i"));
  return sig == 0 ? 0 : host_new(wasi->ctx, sig, call, wasi, number);
}

bool wasi_import(Wasi *wasi, const Module *m, const ImportInfo *info, Import *found) {
  if (info->kind != EXTERN_func) return true;
  Text module = module_text(m, info->module), name = module_text(m, info->name);
  u32 number = wasi_find(module, name), type = m->types[m->funcTypes[info->index]].sig;
  wasi->ctx->error.text[0] = 0;
  found->kind = EXTERN_func;
  found->object = number == NONE32 ? hosts_find(wasi, module, name, type) : wasi_func(wasi, number);
  return found->object != 0 || (number == NONE32 && wasi->ctx->error.text[0] == 0);
}

void wasi_bind(const Linked *linked, const Import *imports) {
  const Module *m = linked->module;
  const ExportInfo *e = linked_export(linked, exported_memory);
  bool has_memory = e != 0 && e->kind == EXTERN_memory;
  for (u32 i = 0; i < m->importCount; i++) {
    const HostFunc *h = imports[i].object;
    if (imports[i].kind != EXTERN_func || h->ref.code != (u64)rt_exit) continue;
    bool of_hosts = hosts_own(h);
    if (h->code != call && !of_hosts) continue;
    Wasi *wasi = h->data;
    if (has_memory && wasi->memory == 0) wasi->memory = linked->memories[e->index];
    if (of_hosts && !wasi->jumps.bound) hosts_bind(wasi, linked);
  }
}

/**
 * A standard stream: its rights are those that the host's descriptor was opened with. One that is
 * a socket is the host's business: to the guest it is like a pipe.
 */
static Fd stream_of(int host) {
  Fd fd = {.open = host >= 0, .host = host};
  i64 flags = fd.open ? syscall(NR_fcntl, host, F_GETFL, 0, 0, 0, 0) : 0;
  if (!fd.open || flags < 0) return (Fd){0};
  fd.type = type_of_host(host);
  if (fd.type == TYPE_STREAM || fd.type == TYPE_DATAGRAM) fd.type = TYPE_UNKNOWN;
  fd.base = rights_of_type(fd.type);
  if ((flags & O_ACCMODE) == O_RDONLY) fd.base &= ~(u64)RIGHTS_OUTPUT;
  if ((flags & O_ACCMODE) == O_WRONLY) fd.base &= ~(u64)RIGHT_READ;
  return fd;
}

Wasi *wasi_new(Context *ctx, Strings args, Strings env, const int stdio[3]) {
  Wasi *wasi = context_alloc(ctx, sizeof *wasi);
  if (wasi == 0) return 0;
  wasi->ctx = ctx;
  wasi->args = args;
  wasi->env = env;
  for (u32 i = 0; i < 3; i++) wasi->fds[i] = stream_of(stdio[i]);
  return wasi;
}
