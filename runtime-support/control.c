// Control mode: the requests of src/abi.ts over standard input and output, for the spec runner and
// the differential tests. While guest code calls a host function of the other side, requests are
// served until its answer comes, so calls nest. Values and handles are checked; what cannot be
// right is answered with an error and changes nothing.
//
// A guest's standard output would collide with the protocol: it goes to descriptor 3 if the other
// side opened one, else to standard error, and its standard input is descriptor 4 or at its end.
#include "control.h"

enum { SCRATCH = 64 << 20, GUEST_OUT = 3, GUEST_IN = 4, FRAMES = 64 };

// ---- frames ------------------------------------------------------------------------------------

static bool reserve(Buffer *b, u64 room) {
  if (room <= b->room) return true;
  u64 now = round_up(room + room / 2, 65536);
  u8 *at = sys_map(0, now, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at == 0) return false;
  memcpy(at, b->at, b->size);
  sys_unmap(b->at, b->room);
  b->at = at;
  b->room = now;
  return true;
}

const u8 *take(Control *c, u64 n) {
  if (!c->good || n > c->in.size - c->read) {
    c->good = false;
    return 0;
  }
  c->read += n;
  return c->in.at + c->read - n;
}

u64 get(Control *c, u32 n) {
  u64 value = 0;
  const u8 *at = take(c, n);
  if (at != 0) memcpy(&value, at, n);
  return value;
}

u32 get32(Control *c) { return (u32)get(c, 4); }

Text get_text(Control *c) {
  u32 n = get32(c);
  const u8 *at = take(c, n);
  return (Text){(const char *)at, at == 0 ? 0 : n};
}

u8 *add(Control *c, u64 n) {
  Buffer *b = &c->out;
  if (!reserve(b, b->size + n)) sys_exit(1);
  b->size += n;
  return b->at + b->size - n;
}

void put(Control *c, u64 value, u32 n) { memcpy(add(c, n), &value, n); }

void put_text(Control *c, Text t) {
  put(c, t.length, 4);
  memcpy(add(c, t.length), t.at, t.length);
}

void put_value(Control *c, u32 type, const Value *v) {
  put(c, type, 1);
  put(c, v->lo, 8);
  put(c, v->hi, 8);
}

void begin(Control *c, u32 message) {
  c->out.size = 0;
  put(c, 0, 4);
  put(c, message, 1);
}

static void send(Control *c) {
  store32(c->out.at, (u32)c->out.size - 4);
  if (!write_all(1, c->out.at, c->out.size)) sys_exit(1);
}

void begin_text(Control *c, u32 message, Text text) {
  begin(c, message);
  put_text(c, text);
}

void refuse(Control *c, const char *why) { begin_text(c, REPLY_error, text_of(why)); }

static bool receive(Control *c) {
  u32 size;
  if (!read_all(0, &size, 4)) return false;
  c->in.size = 0;
  if (!reserve(&c->in, size) || !read_all(0, c->in.at, size)) return false;
  c->in.size = size;
  c->read = 0;
  c->good = true;
  return true;
}

// ---- values ------------------------------------------------------------------------------------

Value get_value(Control *c, u32 type) {
  u32 given = (u32)get(c, 1);
  Value v = {get(c, 8), 0};
  v.hi = get(c, 8);
  if (given != type) c->good = false;
  if (type == TYPE_funcref && v.lo != 0 && find_func(c->ctx, v.lo) == 0) c->good = false;
  if (type == TYPE_i32 || type == TYPE_f32) v.lo = (u32)v.lo;
  if (type != TYPE_v128) v.hi = 0;
  return v;
}

static Value *new_values(Control *c, u64 count) {
  u64 size = count * sizeof(Value);
  if (size > SCRATCH - c->scratchUsed) {
    c->good = false;
    return 0;
  }
  c->scratchUsed += size;
  return (Value *)(c->scratch + c->scratchUsed - size);
}

void get_values(Control *c, Text types, Value *values) {
  if (get32(c) != types.length) c->good = false;
  for (usize i = 0; c->good && i < types.length; i++) {
    values[i] = get_value(c, (u8)types.at[i]);
  }
}

void put_values(Control *c, Text types, const Value *values) {
  put(c, types.length, 4);
  for (usize i = 0; i < types.length; i++) put_value(c, (u8)types.at[i], &values[i]);
}

// ---- outcomes ----------------------------------------------------------------------------------

static void begin_trap(Control *c) {
  Frame frames[FRAMES];
  u32 count = trace(c->ctx, frames, FRAMES);
  if (count > FRAMES) count = FRAMES;
  begin(c, REPLY_trap);
  put(c, c->ctx->trapCode, 4);
  put(c, count, 4);
  for (u32 i = 0; i < count; i++) {
    put(c, frames[i].func, 4);
    put(c, frames[i].source, 4);
    put_text(c, frames[i].name);
  }
}

void begin_failure(Control *c, Outcome outcome) {
  Text text = text_of(c->ctx->error.text);
  switch (outcome) {
  case TRAPPED: begin_trap(c); break;
  case HOST_FAILED: begin_text(c, REPLY_hostError, text); break;
  case LINK_FAILED: begin_text(c, REPLY_linkError, text); break;
  case EXITED:
    begin(c, REPLY_exit);
    put(c, c->ctx->exitCode, 4);
    break;
  default: begin_text(c, REPLY_error, text);
  }
}

// ---- calls -------------------------------------------------------------------------------------

static void call(Control *c, bool timed) {
  u64 mark = c->scratchUsed;
  FuncRef *func = find_func(c->ctx, get(c, 8));
  if (func == 0) return refuse(c, "bad handle");
  const Sig *sig = store_find_sig(c->ctx, func->sig);
  Value *args = new_values(c, sig->params.length), *results = new_values(c, sig->results.length);
  get_values(c, sig->params, args);
  if (!c->good) {
    c->scratchUsed = mark;
    return refuse(c, "arguments do not match the function's type");
  }
  u64 from = sys_now();
  Outcome outcome = invoke(c->ctx, func, args, results);
  u64 nanos = sys_now() - from;
  if (outcome != OK) {
    begin_failure(c, outcome);
  } else {
    begin(c, REPLY_ok);
    if (timed) put(c, nanos, 8);
    put_values(c, sig->results, results);
  }
  c->scratchUsed = mark;
}

static void on_invoke(Control *c) { call(c, false); }
static void on_time(Control *c) { call(c, true); }

static void dispatch(Control *c, u32 request);

/** Serves requests until the other side has answered a host call; yields what it was. */
static u32 await_answer(Control *c) {
  for (;;) {
    if (!receive(c)) sys_exit(0);
    u32 request = (u32)get(c, 1);
    if (request == REQUEST_hostReturn || request == REQUEST_hostTrap) return request;
    dispatch(c, request);
    send(c);
  }
}

Outcome host_call(Context *ctx, HostFunc *func, const Value *args, Value *results) {
  Control *c = func->data;
  const Sig *sig = func->sig;
  begin(c, REPLY_hostCall);
  put(c, func->number, 4);
  put_values(c, sig->params, args);
  send(c);
  c->nested++;
  u32 answer = await_answer(c);
  c->nested--;
  if (answer == REQUEST_hostTrap) {
    fail(&ctx->error, "%t", get_text(c));
    return HOST_FAILED;
  }
  get_values(c, sig->results, results);
  if (c->good) return OK;
  fail(&ctx->error, "a host function returned what its type does not say");
  return HOST_FAILED;
}

// ---- the session -------------------------------------------------------------------------------

static void on_quit(Control *c) {
  begin(c, REPLY_ok);
  send(c);
  sys_exit(0);
}

static void (*const handlers[])(Control *) = {
  [REQUEST_load] = on_load,
  [REQUEST_instantiate] = on_instantiate,
  [REQUEST_exports] = on_exports,
  [REQUEST_invoke] = on_invoke,
  [REQUEST_newFunc] = on_new_func,
  [REQUEST_newMemory] = on_new_memory,
  [REQUEST_newTable] = on_new_table,
  [REQUEST_newGlobal] = on_new_global,
  [REQUEST_globalGet] = on_global_get,
  [REQUEST_globalSet] = on_global_set,
  [REQUEST_tableGet] = on_table_get,
  [REQUEST_tableSet] = on_table_set,
  [REQUEST_tableSize] = on_table_size,
  [REQUEST_memorySize] = on_memory_size,
  [REQUEST_memoryRead] = on_memory_read,
  [REQUEST_memoryWrite] = on_memory_write,
  [REQUEST_freeAll] = on_free_all,
  [REQUEST_quit] = on_quit,
  [REQUEST_time] = on_time,
  [REQUEST_wasi] = on_wasi,
};

static void dispatch(Control *c, u32 request) {
  if (!c->good || request >= COUNT(handlers) || handlers[request] == 0) {
    refuse(c, "unexpected request");
  } else {
    handlers[request](c);
  }
}

static bool is_open(int fd) { return syscall(NR_fcntl, fd, F_GETFD, 0, 0, 0, 0) >= 0; }

bool settings_apply(const Settings *settings, Wasi *wasi, Error *error) {
  wasi->fixed = settings->fixed;
  for (u32 i = 0; i < settings->listenCount; i++) {
    if (!wasi_listen(wasi, settings->listen[i], error)) return false;
  }
  return true;
}

int control_run(const Settings *settings) {
  Control c = {.settings = settings};
  Error error;
  int out = is_open(GUEST_OUT) ? GUEST_OUT : 2;
  c.stdio[0] = is_open(GUEST_IN) ? GUEST_IN : (int)sys_open(AT_FDCWD, "/dev/null", O_RDONLY);
  c.stdio[1] = out;
  c.stdio[2] = 2;
  c.ctx = context_new(settings->stack, &error);
  int access = PROT_READ | PROT_WRITE, flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  c.scratch = sys_map(0, SCRATCH, access, flags, -1, 0);
  if (c.ctx == 0 || c.scratch == 0) {
    print(2, "ingot: %s\n", c.ctx == 0 ? error.text : "out of memory");
    return 1;
  }
  c.ctx->pagesLeft = settings->pages;
  while (receive(&c)) {
    dispatch(&c, (u32)get(&c, 1));
    send(&c);
  }
  return 0;
}
