// The requests of control mode that concern modules, instances and the objects of the store. Every
// handler reads its request to the end before it changes anything, then begins the reply.
#include "control.h"

/** A string of the request, copied to where it lasts as long as the store. */
static Text keep_text(Control *c) {
  Text t = get_text(c);
  char *at = context_alloc(c->ctx, t.length + 1);
  if (at == 0) c->good = false;
  else memcpy(at, t.at, t.length);
  return (Text){at, at == 0 ? 0 : t.length};
}

static bool is_type(u64 type) {
  return (type >= TYPE_v128 && type <= TYPE_i32) || type == TYPE_funcref ||
         type == TYPE_externref;
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

void on_load(Control *c) {
  u32 size = get32(c);
  const u8 *bytes = take(c, size);
  Module loaded, *module;
  if (bytes == 0) return refuse(c, "malformed request");
  int fd = memory_file(bytes, size);
  if (fd < 0) return refuse(c, "out of memory for an artifact");
  Error *error = &c->ctx->error;
  bool ok = artifact_load(&loaded, fd, c->settings->load, error);
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
  for (Linked *l = c->ctx->store.instances; l != 0; l = l->next) {
    if (l->number == number) return l;
  }
  return 0;
}

void on_instantiate(Control *c) {
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

void on_exports(Control *c) {
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

void on_new_func(Control *c) {
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

void on_new_memory(Control *c) {
  u32 min = get32(c);
  u64 max = get(c, 8);
  if (!c->good || min > 65536 || max < min) return refuse(c, "malformed request");
  MemoryObject *object = context_alloc(c->ctx, sizeof *object);
  if (object == 0) return refuse(c, "out of memory");
  u32 model = min > FACTS_MAX_PAGES ? 0 : MODEL_addressFacts;
  reply_handle(c, memory_new(c->ctx, object, min, max, model, &c->ctx->error));
}

void on_new_table(Control *c) {
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

void on_new_global(Control *c) {
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

void on_global_get(Control *c) {
  Extern *e = get_extern(c, EXTERN_global);
  if (e == 0) return refuse(c, "bad handle");
  u64 *cell = e->object;
  Value v = {cell[0], e->type == TYPE_v128 ? cell[1] : 0};
  begin(c, REPLY_ok);
  put_value(c, e->type, &v);
}

void on_global_set(Control *c) {
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

void on_table_get(Control *c) {
  Extern *e;
  u64 *entry = get_entry(c, &e);
  if (entry == 0) return refuse(c, "no such table entry");
  Value v = {*entry, 0};
  begin(c, REPLY_ok);
  put_value(c, e->type, &v);
}

void on_table_set(Control *c) {
  Extern *e;
  u64 *entry = get_entry(c, &e);
  if (entry == 0) return refuse(c, "no such table entry");
  Value v = get_value(c, e->type);
  if (!c->good) return refuse(c, "this table cannot have this element");
  *entry = v.lo;
  begin(c, REPLY_ok);
}

void on_table_size(Control *c) {
  Extern *e = get_extern(c, EXTERN_table);
  if (e == 0) return refuse(c, "bad handle");
  begin(c, REPLY_ok);
  put(c, ((TableObject *)e->object)->size, 4);
}

void on_memory_size(Control *c) {
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

void on_memory_read(Control *c) {
  u32 count;
  const u8 *from = get_range(c, &count);
  if (from == 0 || count > NONE32 - 1) return refuse(c, "no such range of memory");
  begin(c, REPLY_ok);
  memcpy(add(c, count), from, count);
}

void on_memory_write(Control *c) {
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

void on_wasi(Control *c) {
  Strings args = get_strings(c), env = get_strings(c);
  Wasi *wasi = c->good ? wasi_new(c->ctx, args, env, c->stdio) : 0;
  Program *program = context_alloc(c->ctx, sizeof *program);
  if (wasi == 0 || program == 0) return refuse(c, "malformed request");
  *program = (Program){c->programs, wasi};
  c->programs = program;
  u32 count = get32(c);
  for (u32 i = 0; c->good && i < count; i++) {
    Mount mount = {.host = get_text(c), .guest = keep_text(c)};
    mount.readOnly = get(c, 1) != 0;
    if (!wasi_preopen(wasi, mount, &c->ctx->error)) return refuse(c, c->ctx->error.text);
  }
  if (!c->good) return refuse(c, "malformed request");
  if (!settings_apply(c->settings, wasi, &c->ctx->error)) return refuse(c, c->ctx->error.text);
  begin(c, REPLY_ok);
  put(c, wasi_count(), 4);
  for (u32 i = 0; i < wasi_count(); i++) {
    HostFunc *h = wasi_func(wasi, i);
    if (h == 0) return refuse(c, c->ctx->error.text);
    put_text(c, wasi_module(i));
    put_text(c, wasi_name(i));
    put(c, (u64)h, 8);
  }
}

void on_free_all(Control *c) {
  if (c->nested > 0) return refuse(c, "the guest is still running");
  for (Program *p = c->programs; p != 0; p = p->next) wasi_close(p->wasi);
  c->programs = 0;
  context_reset(c->ctx);
  begin(c, REPLY_ok);
}
