// WASI preview 1: the table of all its functions, and those that have nothing to do with files. A
// function that is not provided can be imported and fails with ENOSYS. Every pointer of the guest
// is checked against its memory before use. The memory is the one exported as "memory" by the first
// instance that imports any of a program's functions.
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
    [14] = W_FAULT, [16] = W_BUSY, [17] = W_EXIST, [EXDEV] = W_NOTCAPABLE, [19] = W_NODEV,
    [ENOTDIR] = W_NOTDIR, [EISDIR] = W_ISDIR, [EINVAL] = W_INVAL, [23] = W_NFILE, [24] = W_MFILE,
    [27] = W_FBIG, [28] = W_NOSPC, [29] = W_SPIPE, [30] = W_ROFS, [32] = W_PIPE,
    [ENAMETOOLONG] = W_NAMETOOLONG, [ENOSYS] = W_NOSYS, [ELOOP] = W_LOOP, [75] = W_OVERFLOW,
  };
  if (result >= 0) return W_SUCCESS;
  u64 e = (u64)-result;
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

static u32 args_sizes_get(Wasi *wasi, const Value *a) { return sizes_get(wasi, a, wasi->args); }
static u32 args_get(Wasi *wasi, const Value *a) { return strings_get(wasi, a, wasi->args); }
static u32 environ_sizes_get(Wasi *wasi, const Value *a) { return sizes_get(wasi, a, wasi->env); }
static u32 environ_get(Wasi *wasi, const Value *a) { return strings_get(wasi, a, wasi->env); }

// ---- clocks, chance, waiting -------------------------------------------------------------------

/** WASI's clock numbers 0 to 3 are Linux's. */
static u32 read_clock(i64 call, u64 clock, u8 *to) {
  Timespec t;
  if (clock > 3) return W_INVAL;
  if (to == 0) return W_FAULT;
  i64 r = syscall(call, clock, (u64)&t, 0, 0, 0, 0);
  if (r == 0) store64(to, (u64)t.seconds * 1000000000 + (u64)t.nanos);
  return wasi_errno(r);
}

static u32 clock_res_get(Wasi *wasi, const Value *a) {
  return read_clock(NR_clock_getres, a[0].lo, wasi_memory(wasi, a[1].lo, 8));
}

static u32 clock_time_get(Wasi *wasi, const Value *a) {
  return read_clock(NR_clock_gettime, a[0].lo, wasi_memory(wasi, a[2].lo, 8));
}

static u32 random_get(Wasi *wasi, const Value *a) {
  u64 count = a[1].lo;
  u8 *to = wasi_memory(wasi, a[0].lo, count);
  if (to == 0) return W_FAULT;
  while (count > 0) {
    i64 done = syscall(NR_getrandom, (u64)to, count, 0, 0, 0, 0);
    if (done == -EINTR) continue;
    if (done <= 0) return W_IO;
    to += done;
    count -= (u64)done;
  }
  return W_SUCCESS;
}

static u32 sched_yield(Wasi *wasi, const Value *a) {
  (void)wasi, (void)a;
  return wasi_errno(syscall(NR_sched_yield, 0, 0, 0, 0, 0, 0));
}

/** Nanoseconds from now on until the clock subscription at `s` is due. */
static u32 time_left(const u8 *s, u64 *left) {
  u32 clock = load32(s + 16);
  u64 timeout = load64(s + 24);
  bool absolute = s[40] & 1;
  *left = timeout;
  if (!absolute) return clock > 3 ? W_INVAL : W_SUCCESS;
  u8 bytes[8];
  u32 error = read_clock(NR_clock_gettime, clock, bytes);
  u64 now = load64(bytes);
  *left = timeout > now ? timeout - now : 0;
  return error;
}

static void sleep_for(u64 nanos) {
  Timespec t = {(i64)(nanos / 1000000000), (i64)(nanos % 1000000000)};
  while (syscall(NR_clock_nanosleep, 1, 0, (u64)&t, (u64)&t, 0, 0) == -EINTR) continue;
}

static void put_event(u8 *to, const u8 *subscription, u32 error) {
  memset(to, 0, 32);
  memcpy(to, subscription, 8); // user data
  store16(to + 8, (u16)error);
  to[10] = subscription[8];
}

/** Clocks only; a subscription to a descriptor is answered with ENOTSUP at once. */
static u32 poll_oneoff(Wasi *wasi, const Value *a) {
  enum { SUBSCRIPTION = 48, EVENT = 32, CLOCK = 0 };
  u64 count = a[2].lo;
  const u8 *in = wasi_memory(wasi, a[0].lo, count * SUBSCRIPTION);
  u8 *out = wasi_memory(wasi, a[1].lo, count * EVENT);
  u8 *stored = wasi_memory(wasi, a[3].lo, 4);
  if (in == 0 || out == 0 || stored == 0) return W_FAULT;
  if (count == 0) return W_INVAL;
  u64 least = NONE64, left;
  for (u64 i = 0; i < count; i++) {
    const u8 *s = in + i * SUBSCRIPTION;
    if (s[8] != CLOCK || time_left(s, &left) != W_SUCCESS) left = 0;
    if (left < least) least = left;
  }
  sleep_for(least);
  u32 events = 0;
  for (u64 i = 0; i < count; i++) {
    const u8 *s = in + i * SUBSCRIPTION;
    u32 error = W_NOTSUP;
    if (s[8] == CLOCK) {
      bool absolute = s[40] & 1;
      error = time_left(s, &left);
      if (error == W_SUCCESS && left > (absolute ? 0 : least)) continue;
    }
    put_event(out + EVENT * events++, s, error);
  }
  store32(stored, events);
  return W_SUCCESS;
}

// ---- the table ---------------------------------------------------------------------------------

typedef struct Row {
  const char *name;
  const char *params; // i: i32, I: i64; the result is an i32 but for proc_exit's
  WasiCode *code;     // null: not provided
} Row;

static const Row rows[] = {
  {"args_get", "ii", args_get},
  {"args_sizes_get", "ii", args_sizes_get},
  {"clock_res_get", "ii", clock_res_get},
  {"clock_time_get", "iIi", clock_time_get},
  {"environ_get", "ii", environ_get},
  {"environ_sizes_get", "ii", environ_sizes_get},
  {"fd_advise", "iIIi", 0},
  {"fd_allocate", "iII", 0},
  {"fd_close", "i", fd_close},
  {"fd_datasync", "i", 0},
  {"fd_fdstat_get", "ii", fd_fdstat_get},
  {"fd_fdstat_set_flags", "ii", fd_fdstat_set_flags},
  {"fd_fdstat_set_rights", "iII", 0},
  {"fd_filestat_get", "ii", fd_filestat_get},
  {"fd_filestat_set_size", "iI", 0},
  {"fd_filestat_set_times", "iIIi", 0},
  {"fd_pread", "iiiIi", 0},
  {"fd_prestat_dir_name", "iii", fd_prestat_dir_name},
  {"fd_prestat_get", "ii", fd_prestat_get},
  {"fd_pwrite", "iiiIi", 0},
  {"fd_read", "iiii", fd_read},
  {"fd_readdir", "iiiIi", 0},
  {"fd_renumber", "ii", 0},
  {"fd_seek", "iIii", fd_seek},
  {"fd_sync", "i", 0},
  {"fd_tell", "ii", fd_tell},
  {"fd_write", "iiii", fd_write},
  {"path_create_directory", "iii", 0},
  {"path_filestat_get", "iiiii", path_filestat_get},
  {"path_filestat_set_times", "iiiiIIi", 0},
  {"path_link", "iiiiiii", 0},
  {"path_open", "iiiiiIIii", path_open},
  {"path_readlink", "iiiiii", 0},
  {"path_remove_directory", "iii", 0},
  {"path_rename", "iiiiii", 0},
  {"path_symlink", "iiiii", 0},
  {"path_unlink_file", "iii", 0},
  {"poll_oneoff", "iiii", poll_oneoff},
  {"proc_exit", "i", 0},
  {"proc_raise", "i", 0},
  {"random_get", "ii", random_get},
  {"sched_yield", "", sched_yield},
  {"sock_accept", "iii", 0},
  {"sock_recv", "iiiiii", 0},
  {"sock_send", "iiiii", 0},
  {"sock_shutdown", "ii", 0},
};

static bool is_exit(const Row *row) { return text_same(text_of(row->name), text_of("proc_exit")); }

static Outcome call(Context *ctx, HostFunc *func, const Value *args, Value *results) {
  const Row *row = &rows[func->number];
  if (is_exit(row)) {
    ctx->exitCode = (u32)args[0].lo;
    return EXITED;
  }
  results[0].lo = row->code == 0 ? W_NOSYS : row->code(func->data, args);
  return OK;
}

u32 wasi_count(void) { return COUNT(rows); }
Text wasi_name(u32 number) { return text_of(rows[number].name); }

u32 wasi_find(Text name) {
  for (u32 i = 0; i < COUNT(rows); i++) {
    if (text_same(text_of(rows[i].name), name)) return i;
  }
  return NONE32;
}

/** The canonical spelling of a row's type, as in src/wasm/types.ts: "i32 i64 -> i32". */
static const Sig *type_of(Context *ctx, const Row *row) {
  char key[80], types[16];
  usize count = strlen(row->params), n = 0;
  for (usize i = 0; i < count; i++) {
    bool wide = row->params[i] == 'I';
    types[i] = wide ? TYPE_i64 : TYPE_i32;
    n += format(key + n, sizeof key - n, "%s%s", i == 0 ? "" : " ", wide ? "i64" : "i32");
  }
  types[count] = TYPE_i32;
  n += format(key + n, sizeof key - n, " -> %s", is_exit(row) ? "" : "i32");
  Sig sig = {.id = sig_id((Text){key, n}), .key = {key, n}, .params = {types, count},
             .results = {types + count, !is_exit(row)}};
  return store_sig(ctx, sig, &ctx->error);
}

HostFunc *wasi_func(Wasi *wasi, u32 number) {
  const Sig *sig = type_of(wasi->ctx, &rows[number]);
  return sig == 0 ? 0 : host_new(wasi->ctx, sig, call, wasi, number);
}

void wasi_bind(const Linked *linked, const Import *imports) {
  const Module *m = linked->module;
  const ExportInfo *e = linked_export(linked, exported_memory);
  if (e == 0 || e->kind != EXTERN_memory) return;
  for (u32 i = 0; i < m->importCount; i++) {
    const HostFunc *h = imports[i].object;
    if (imports[i].kind != EXTERN_func || h->ref.code != (u64)rt_exit || h->code != call) continue;
    Wasi *wasi = h->data;
    if (wasi->memory == 0) wasi->memory = linked->memories[e->index];
  }
}

Wasi *wasi_new(Context *ctx, Strings args, Strings env, const int stdio[3]) {
  Wasi *wasi = context_alloc(ctx, sizeof *wasi);
  if (wasi == 0) return 0;
  wasi->ctx = ctx;
  wasi->args = args;
  wasi->env = env;
  for (u32 i = 0; i < 3; i++) {
    wasi->fds[i] = (Fd){.open = stdio[i] >= 0, .host = stdio[i]};
    if (stdio[i] >= 0) wasi->fds[i].type = wasi_file_type(stdio[i]);
  }
  return wasi;
}
