// Control mode: the requests of src/abi.ts over standard input and output, for the spec runner and
// the differential tests. While guest code calls a host function of the other side, requests are
// served until its answer comes, so calls nest. Values and handles are checked; what cannot be
// right is answered with an error and changes nothing.
//
// A guest's standard output would collide with the protocol: it goes to descriptor 3 if the other
// side opened one, else to standard error, and its standard input is descriptor 4 or at its end.
#include "control.h"
#include "wasi.h"

enum { SCRATCH = 64 << 20, GUEST_OUT = 3, GUEST_IN = 4, VALUE = 17, FRAMES = 64 };

typedef struct Buffer {
  u8 *at;
  u64 size, room;
} Buffer;

typedef struct Program {
  struct Program *next;
  Wasi *wasi;
} Program;

typedef struct Control {
  Context *ctx;
  u32 options;
  Buffer in, out;
  u64 read; // bytes of `in` that were taken
  bool good;
  u8 *scratch; // a stack of values of the calls under way
  u64 scratchUsed;
  u32 nested; // host calls of the other side under way
  int stdio[3];
  Program *programs;
} Control;

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

/** Takes n bytes of the request; null, for good, when there are fewer. */
static const u8 *take(Control *c, u64 n) {
  if (!c->good || n > c->in.size - c->read) {
    c->good = false;
    return 0;
  }
  c->read += n;
  return c->in.at + c->read - n;
}

static u64 get(Control *c, u32 n) {
  u64 value = 0;
  const u8 *at = take(c, n);
  if (at != 0) memcpy(&value, at, n);
  return value;
}

static u32 get32(Control *c) { return (u32)get(c, 4); }

static Text get_text(Control *c) {
  u32 n = get32(c);
  const u8 *at = take(c, n);
  return (Text){(const char *)at, at == 0 ? 0 : n};
}

/** A string of the request, copied to where it lasts as long as the store. */
static Text keep_text(Control *c) {
  Text t = get_text(c);
  char *at = context_alloc(c->ctx, t.length + 1);
  if (at == 0) c->good = false;
  else memcpy(at, t.at, t.length);
  return (Text){at, at == 0 ? 0 : t.length};
}

static u8 *add(Control *c, u64 n) {
  Buffer *b = &c->out;
  if (!reserve(b, b->size + n)) sys_exit(1);
  b->size += n;
  return b->at + b->size - n;
}

static void put(Control *c, u64 value, u32 n) { memcpy(add(c, n), &value, n); }

static void put_text(Control *c, Text t) {
  put(c, t.length, 4);
  memcpy(add(c, t.length), t.at, t.length);
}

static void put_value(Control *c, u32 type, const Value *v) {
  put(c, type, 1);
  put(c, v->lo, 8);
  put(c, v->hi, 8);
}

static void begin(Control *c, u32 message) {
  c->out.size = 0;
  put(c, 0, 4);
  put(c, message, 1);
}

static void send(Control *c) {
  store32(c->out.at, (u32)c->out.size - 4);
  if (!write_all(1, c->out.at, c->out.size)) sys_exit(1);
}

static void begin_text(Control *c, u32 message, Text text) {
  begin(c, message);
  put_text(c, text);
}

static void refuse(Control *c, const char *why) { begin_text(c, REPLY_error, text_of(why)); }

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

/** A value that must have this type; references must be null or alive. */
static Value get_value(Control *c, u32 type) {
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

static void get_values(Control *c, Text types, Value *values) {
  if (get32(c) != types.length) c->good = false;
  for (usize i = 0; c->good && i < types.length; i++) {
    values[i] = get_value(c, (u8)types.at[i]);
  }
}

static void put_values(Control *c, Text types, const Value *values) {
  put(c, types.length, 4);
  for (usize i = 0; i < types.length; i++) put_value(c, (u8)types.at[i], &values[i]);
}

static bool is_type(u64 type) {
  return (type >= TYPE_v128 && type <= TYPE_i32) || type == TYPE_funcref ||
         type == TYPE_externref;
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

/** Begins the reply that an outcome other than OK demands. */
static void begin_failure(Control *c, Outcome outcome) {
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

// ---- modules and instances ---------------------------------------------------------------------

/** A file in memory with these bytes; negative when it cannot be made. */
static int memory_file(const u8 *bytes, u64 size) {
  enum { CLOEXEC = 1, EXECUTABLE = 0x10 };
  i64 fd = syscall(NR_memfd_create, (u64) "cwasm", CLOEXEC | EXECUTABLE, 0, 0, 0, 0);
  if (fd == -EINVAL) fd = syscall(NR_memfd_create, (u64) "cwasm", CLOEXEC, 0, 0, 0, 0);
  if (fd >= 0 && !write_all((int)fd, bytes, size)) {
    sys_close((int)fd);
    return -1;
  }
  return (int)fd;
}

static void on_load(Control *c) {
  u32 size = get32(c);
  const u8 *bytes = take(c, size);
  Module loaded, *module;
  if (bytes == 0) return refuse(c, "malformed request");
  int fd = memory_file(bytes, size);
  if (fd < 0) return refuse(c, "out of memory for an artifact");
  Error *error = &c->ctx->error;
  bool ok = artifact_load(&loaded, fd, c->options, error);
  sys_close(fd);
  if (!ok) return refuse(c, error->text);
  module = context_alloc(c->ctx, sizeof *module);
  if (module != 0) *module = loaded;
  if (module == 0 || !store_module(c->ctx, module, error)) {
    artifact_unload(&loaded);
    return refuse(c, module == 0 ? "out of memory" : error->text);
  }
  begin(c, REPLY_ok);
  put(c, module->number, 4);
}

static Module *get_module(Control *c) {
  u32 number = get32(c);
  for (Module *m = c->ctx->modules; m != 0; m = m->next) {
    if (m->number == number) return m;
  }
  return 0;
}

static Linked *get_instance(Control *c) {
  u32 number = get32(c);
  for (Linked *l = c->ctx->instances; l != 0; l = l->next) {
    if (l->number == number) return l;
  }
  return 0;
}

static void on_instantiate(Control *c) {
  Module *module = get_module(c);
  u32 count = get32(c);
  if (module == 0 || count != module->importCount) return refuse(c, "no such module or imports");
  Import *imports = context_alloc(c->ctx, count * sizeof *imports);
  if (imports == 0) return refuse(c, "out of memory");
  for (u32 i = 0; i < count; i++) {
    u32 kind = (u32)get(c, 1);
    u64 handle = get(c, 8);
    imports[i].kind = kind;
    if (kind == EXTERN_func) imports[i].object = find_func(c->ctx, handle);
    else imports[i].object = find_extern(c->ctx, handle, kind);
    if (handle != 0 && imports[i].object == 0) return refuse(c, "bad handle");
  }
  if (!c->good) return refuse(c, "malformed request");
  Linked *linked = 0;
  Outcome outcome = instantiate(c->ctx, module, imports, &linked);
  if (outcome != OK) return begin_failure(c, outcome);
  begin(c, REPLY_ok);
  put(c, linked->number, 4);
}

static void on_exports(Control *c) {
  Linked *l = get_instance(c);
  if (l == 0) return refuse(c, "no such instance");
  begin(c, REPLY_ok);
  put(c, l->module->exportCount, 4);
  for (u32 i = 0; i < l->module->exportCount; i++) {
    const ExportInfo *e = &l->module->exports[i];
    put_text(c, module_text(l->module, e->name));
    put(c, e->kind, 1);
    put(c, (u64)linked_object(l, e).object, 8);
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

static Outcome host_call(Context *ctx, HostFunc *func, const Value *args, Value *results) {
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

// ---- objects -----------------------------------------------------------------------------------

static void reply_handle(Control *c, void *object) {
  if (object == 0) return refuse(c, c->ctx->error.text);
  begin(c, REPLY_ok);
  put(c, (u64)object, 8);
}

static bool all_types(Text types) {
  for (usize i = 0; i < types.length; i++) {
    if (!is_type((u8)types.at[i])) return false;
  }
  return true;
}

static void on_new_func(Control *c) {
  u32 number = get32(c);
  Sig sig = {.key = get_text(c)};
  sig.params = get_text(c);
  sig.results = get_text(c);
  if (!c->good || !all_types(sig.params) || !all_types(sig.results)) {
    return refuse(c, "malformed request");
  }
  sig.id = sig_id(sig.key);
  const Sig *known = store_sig(c->ctx, sig, &c->ctx->error);
  if (known == 0) return refuse(c, c->ctx->error.text);
  fail(&c->ctx->error, "out of memory");
  reply_handle(c, host_new(c->ctx, known, host_call, c, number));
}

static void on_new_memory(Control *c) {
  u32 min = get32(c);
  u64 max = get(c, 8);
  if (!c->good || min > 65536 || max < min) return refuse(c, "malformed request");
  MemoryObject *object = context_alloc(c->ctx, sizeof *object);
  if (object == 0) return refuse(c, "out of memory");
  u32 model = min > FACTS_MAX_PAGES ? 0 : MODEL_addressFacts;
  reply_handle(c, memory_new(c->ctx, object, min, max, model, &c->ctx->error));
}

static void on_new_table(Control *c) {
  u32 elem = (u32)get(c, 1), min = get32(c);
  u64 max = get(c, 8);
  Value init = get_value(c, elem);
  TableObject *object = context_alloc(c->ctx, sizeof *object);
  if (!c->good || object == 0 || (elem != TYPE_funcref && elem != TYPE_externref) || max < min) {
    return refuse(c, "malformed request");
  }
  Extern *e = table_new(c->ctx, object, elem, min, max, &c->ctx->error);
  for (u32 i = 0; e != 0 && init.lo != 0 && i < min; i++) ((u64 *)object->base)[i] = init.lo;
  reply_handle(c, e);
}

static void on_new_global(Control *c) {
  u32 type = (u32)get(c, 1), mutable = (u32)get(c, 1);
  Value v = get_value(c, type);
  Value *cell = context_alloc(c->ctx, sizeof *cell);
  if (!c->good || cell == 0 || !is_type(type) || mutable > 1) {
    return refuse(c, "malformed request");
  }
  *cell = v;
  reply_handle(c, global_new(c->ctx, &cell->lo, type, mutable));
}

static Extern *get_extern(Control *c, u32 kind) { return find_extern(c->ctx, get(c, 8), kind); }

static void on_global_get(Control *c) {
  Extern *e = get_extern(c, EXTERN_global);
  if (e == 0) return refuse(c, "bad handle");
  u64 *cell = e->object;
  Value v = {cell[0], e->type == TYPE_v128 ? cell[1] : 0};
  begin(c, REPLY_ok);
  put_value(c, e->type, &v);
}

static void on_global_set(Control *c) {
  Extern *e = get_extern(c, EXTERN_global);
  if (e == 0) return refuse(c, "bad handle");
  Value v = get_value(c, e->type);
  if (!c->good || !e->mutable) return refuse(c, "this global cannot have this value");
  u64 *cell = e->object;
  cell[0] = v.lo;
  if (e->type == TYPE_v128) cell[1] = v.hi;
  begin(c, REPLY_ok);
}

/** The table and entry that a request names; null for what is not there. */
static u64 *get_entry(Control *c, Extern **table) {
  *table = get_extern(c, EXTERN_table);
  u32 index = get32(c);
  if (*table == 0) return 0;
  TableObject *t = (*table)->object;
  return index < t->size ? (u64 *)t->base + index : 0;
}

static void on_table_get(Control *c) {
  Extern *e;
  u64 *entry = get_entry(c, &e);
  if (entry == 0) return refuse(c, "no such table entry");
  Value v = {*entry, 0};
  begin(c, REPLY_ok);
  put_value(c, e->type, &v);
}

static void on_table_set(Control *c) {
  Extern *e;
  u64 *entry = get_entry(c, &e);
  if (entry == 0) return refuse(c, "no such table entry");
  Value v = get_value(c, e->type);
  if (!c->good) return refuse(c, "this table cannot have this element");
  *entry = v.lo;
  begin(c, REPLY_ok);
}

static void on_table_size(Control *c) {
  Extern *e = get_extern(c, EXTERN_table);
  if (e == 0) return refuse(c, "bad handle");
  begin(c, REPLY_ok);
  put(c, ((TableObject *)e->object)->size, 4);
}

static void on_memory_size(Control *c) {
  Extern *e = get_extern(c, EXTERN_memory);
  if (e == 0) return refuse(c, "bad handle");
  begin(c, REPLY_ok);
  put(c, ((MemoryObject *)e->object)->bytes, 8);
}

/** The bytes of a memory that a request names; null where they are not all inside. */
static u8 *get_range(Control *c, u32 *count) {
  Extern *e = get_extern(c, EXTERN_memory);
  u64 offset = get(c, 8);
  *count = get32(c);
  if (e == 0 || !c->good) return 0;
  MemoryObject *m = e->object;
  return offset <= m->bytes && *count <= m->bytes - offset ? (u8 *)m->base + offset : 0;
}

static void on_memory_read(Control *c) {
  u32 count;
  const u8 *from = get_range(c, &count);
  if (from == 0 || count > NONE32 - 1) return refuse(c, "no such range of memory");
  begin(c, REPLY_ok);
  memcpy(add(c, count), from, count);
}

static void on_memory_write(Control *c) {
  u32 count;
  u8 *to = get_range(c, &count);
  if (to == 0) return refuse(c, "no such range of memory");
  const u8 *from = take(c, count);
  if (from == 0) return refuse(c, "malformed request");
  memcpy(to, from, count);
  begin(c, REPLY_ok);
}

static Strings get_strings(Control *c) {
  u32 count = get32(c);
  if (count > c->in.size) c->good = false;
  Text *items = c->good ? context_alloc(c->ctx, count * sizeof *items) : 0;
  for (u32 i = 0; items != 0 && c->good && i < count; i++) items[i] = keep_text(c);
  if (items == 0) c->good = false;
  return (Strings){items, count};
}

static void on_wasi(Control *c) {
  Strings args = get_strings(c), env = get_strings(c);
  Wasi *wasi = c->good ? wasi_new(c->ctx, args, env, c->stdio) : 0;
  Program *program = context_alloc(c->ctx, sizeof *program);
  if (wasi == 0 || program == 0) return refuse(c, "malformed request");
  *program = (Program){c->programs, wasi};
  c->programs = program;
  u32 count = get32(c);
  for (u32 i = 0; c->good && i < count; i++) {
    Text host = get_text(c), guest = keep_text(c);
    if (!wasi_preopen(wasi, host, guest, &c->ctx->error)) return refuse(c, c->ctx->error.text);
  }
  if (!c->good) return refuse(c, "malformed request");
  begin(c, REPLY_ok);
  put(c, wasi_count(), 4);
  for (u32 i = 0; i < wasi_count(); i++) {
    HostFunc *h = wasi_func(wasi, i);
    if (h == 0) return refuse(c, c->ctx->error.text);
    put_text(c, wasi_name(i));
    put(c, (u64)h, 8);
  }
}

static void on_free_all(Control *c) {
  if (c->nested > 0) return refuse(c, "the guest is still running");
  for (Program *p = c->programs; p != 0; p = p->next) wasi_close(p->wasi);
  c->programs = 0;
  context_reset(c->ctx);
  begin(c, REPLY_ok);
}

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

int control_run(u64 stackSize, u32 options) {
  Control c = {.options = options};
  Error error;
  int out = is_open(GUEST_OUT) ? GUEST_OUT : 2;
  c.stdio[0] = is_open(GUEST_IN) ? GUEST_IN : (int)sys_open(AT_FDCWD, "/dev/null", O_RDONLY);
  c.stdio[1] = out;
  c.stdio[2] = 2;
  c.ctx = context_new(stackSize, &error);
  int access = PROT_READ | PROT_WRITE, flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  c.scratch = sys_map(0, SCRATCH, access, flags, -1, 0);
  if (c.ctx == 0 || c.scratch == 0) {
    print(2, "ingot: %s\n", c.ctx == 0 ? error.text : "out of memory");
    return 1;
  }
  while (receive(&c)) {
    dispatch(&c, (u32)get(&c, 1));
    send(&c);
  }
  return 0;
}
