// What JavaScript asks of the runtime besides calls: modules from files or bytes, instances,
// memories, tables, globals. Each function's comment says what it takes and what it yields. Numbers
// are addresses unless they say otherwise; making an object also puts the address of what generated
// code sees of it on the desk (target). JavaScript is our own (src/engine/addon.ts): addresses are
// believed.
#include "addon.h"

static void put_target(Context *ctx, const void *address) {
  put_number(ctx, (f64)(u64)address);
}

static napi_value address_value(napi_env env, const void *address) {
  return number_value(env, (f64)(u64)address);
}

/** A count of JavaScript, where -1 stands for none. */
static u64 maximum_at(const Args *a, u32 index) {
  f64 number = number_at(a, index);
  return number < 0 ? NONE64 : (u64)number;
}

// ---- modules -----------------------------------------------------------------------------------

/** A file of the kernel's with these bytes; negative: it refuses. */
static i64 file_of(const void *bytes, usize size) {
  enum { MFD_CLOEXEC = 1 };
  i64 fd = syscall(NR_memfd_create, (u64) "ingot", MFD_CLOEXEC, 0, 0, 0, 0);
  if (fd >= 0 && !write_all((int)fd, bytes, size)) {
    sys_close((int)fd);
    return -1;
  }
  return fd;
}

static i64 open_source(const Args *args) {
  enum { PATH_ROOM = 4096 };
  char path[PATH_ROOM];
  usize length;
  if (napi_get_value_string_utf8(args->env, args->at[0], path, sizeof path, &length) == napi_ok) {
    return sys_open(AT_FDCWD, path, O_RDONLY);
  }
  void *bytes;
  if (napi_get_typedarray_info(args->env, args->at[0], 0, &length, &bytes, 0, 0) != napi_ok) {
    return -1;
  }
  return file_of(bytes, length);
}

/** (path or Uint8Array, SKIP_HASH, SUM_ONLY or 0) -> Module */
napi_value module_load(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Context *ctx = args.home->ctx;
  Error *error = &ctx->error;
  i64 fd = open_source(&args);
  if (fd < 0) return throw_text(env, "cannot be read");
  Module *m = sys_map(0, sizeof *m, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  bool ok = m != 0 && artifact_load(m, (int)fd, (u32)number_at(&args, 1), error);
  sys_close((int)fd);
  if (ok && store_module(ctx, m, error)) return address_value(env, m);
  if (ok) artifact_unload(m);
  sys_unmap(m, m == 0 ? 0 : sizeof *m);
  return throw_text(env, m == 0 ? "out of memory" : error->text);
}

/** (Module) -> whether its code relies on the guard pages of memories */
napi_value module_guards(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  const Module *m = address_at(&args, 0);
  napi_value relies;
  napi_get_boolean(env, !(m->header->model & MODEL_explicitBounds), &relies);
  return relies;
}

/** (Module): one user less. */
napi_value module_unload(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  module_release(args.home->ctx, address_at(&args, 0));
  return 0;
}

/** (Module) -> an ArrayBuffer over its description, to be detached soon */
napi_value module_described(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  const Module *m = address_at(&args, 0);
  napi_value buffer = 0;
  if (napi_create_external_arraybuffer(env, m->described.at, m->described.size, 0, 0, &buffer) !=
      napi_ok) {
    return throw_text(env, "Node refuses external buffers");
  }
  return buffer;
}

// ---- instances ---------------------------------------------------------------------------------

/** The numbers of a Float64Array; null if there are none. */
static f64 *numbers_at(const Args *a, u32 index) {
  void *data = 0;
  napi_get_typedarray_info(a->env, a->at[index], 0, 0, &data, 0, 0);
  return data;
}

/** A host function, by its number in the group. Its index is the one that its type has. */
static FuncRef *new_host(Context *ctx, const Module *m, u32 func, u32 owner, u32 number) {
  const Sig *sig = store_find_sig(ctx, m->types[m->funcTypes[func]].sig);
  HostFunc *h = host_new(ctx, sig, 0, 0, number);
  if (h == 0) return 0;
  h->ref.index = func;
  h->owner = owner;
  return &h->ref;
}

/**
 * Imports out of numbers: an Extern, a FuncRef, 0 for nothing, -1 - n for the group's host function
 * n, which is made.
 */
static bool take_imports(Context *ctx, u32 owner, const Module *m, const f64 *numbers,
                         Import *imports) {
  for (u32 i = 0; i < m->importCount; i++) {
    const ImportInfo *info = &m->imports[i];
    imports[i].kind = info->kind;
    if (numbers[i] >= 0) {
      imports[i].object = (void *)(u64)numbers[i];
      continue;
    }
    imports[i].object = new_host(ctx, m, info->index, owner, (u32)(-1 - numbers[i]));
    if (imports[i].object == 0) return fail(&ctx->error, "out of memory");
  }
  return true;
}

/** (Module, index of an import, its number) -> whether it fits; else message() says why not. */
napi_value instance_match(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Module *m = address_at(&args, 0);
  u32 index = (u32)number_at(&args, 1);
  Import import = {m->imports[index].kind, address_at(&args, 2)};
  napi_value fits;
  napi_get_boolean(env, match_import(m, index, import, &args.home->ctx->error), &fits);
  return fits;
}

static void put_exports(const Linked *l, f64 *numbers) {
  const Module *m = l->module;
  for (u32 i = 0; i < m->exportCount; i++) {
    Import object = linked_object(l, &m->exports[i]);
    numbers[2 * i] = (f64)(u64)object.object;
    bool plain = object.kind == EXTERN_func;
    numbers[2 * i + 1] = plain ? 0 : (f64)(u64)((const Extern *)object.object)->object;
  }
}

/** Tells V8 of the memories and tables that are new in the group. */
static void weigh_new(Home *home, Anchor *a, const Extern *before) {
  for (const Extern *e = a->group->mapped; e != before; e = e->next) {
    if (e->kind == EXTERN_memory) anchor_memory(home, a, ((MemoryObject *)e->object)->bytes);
    else anchor_weigh(home, a, (i64)((TableObject *)e->object)->size * 8);
  }
}

static Outcome link_numbers(Context *ctx, u32 owner, Module *m, const f64 *numbers, Linked **out) {
  Import few[64], *imports = few;
  Region many = {0};
  if (m->importCount > COUNT(few)) {
    many.size = m->importCount * sizeof(Import);
    many.base = sys_map(0, many.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (many.base == 0) return fail(&ctx->error, "out of memory"), FAILED;
    imports = (Import *)many.base;
  }
  Outcome outcome = FAILED;
  if (take_imports(ctx, owner, m, numbers, imports)) outcome = link_instance(ctx, m, imports, out);
  sys_unmap(many.base, many.size);
  return outcome;
}

/**
 * (group, Module, imports, exports, pages, elements, 1: without segments) -> FuncRef of the start
 * function, 0 for none, or -Outcome. `exports` gets an Extern or FuncRef and the object of each
 * export, even if a segment traps; the Linked becomes the desk's target.
 */
napi_value instance_link(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Home *home = args.home;
  Context *ctx = home->ctx;
  Anchor *a = anchor_of(home, number_at(&args, 0));
  Module *m = address_at(&args, 1);
  if (a == 0) return throw_text(env, "no group");
  ctx->group = a->group;
  ctx->pageLimit = (u64)number_at(&args, 4);
  ctx->tableLimit = (u64)number_at(&args, 5);
  ctx->blank = number_at(&args, 6) != 0;
  const Extern *before = a->group->mapped;
  Linked *linked = 0;
  u32 owner = anchor_place(home, a);
  Outcome outcome = link_numbers(ctx, owner, m, numbers_at(&args, 2), &linked);
  ctx->group = &ctx->store;
  ctx->pageLimit = 65536;
  ctx->tableLimit = TABLE_MAX;
  ctx->blank = false;
  put_target(ctx, linked);
  if (linked != 0) {
    weigh_new(home, a, before);
    put_exports(linked, numbers_at(&args, 3));
  }
  if (outcome != OK) return number_value(env, -(f64)outcome);
  return address_value(env, linked_start(linked));
}

// ---- memories, tables, globals -----------------------------------------------------------------

static napi_value made(Home *home, const Extern *e) {
  if (e != 0) put_target(home->ctx, e->object);
  return address_value(home->env, e);
}

/** (group, pages, maximum) -> Extern, 0 if there is no memory */
napi_value memory_create(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Home *home = args.home;
  Context *ctx = home->ctx;
  f64 group = number_at(&args, 0);
  ctx->group = anchor_of(home, group)->group;
  MemoryObject *object = context_alloc(ctx, sizeof *object);
  Extern *e = object == 0 ? 0 : memory_new(ctx, object, (u64)number_at(&args, 1),
                                           maximum_at(&args, 2), 0, &ctx->error);
  ctx->group = &ctx->store;
  if (e != 0) anchor_memory(home, anchor_of(home, group), object->bytes);
  return made(home, e);
}

/** (ArrayBuffer) -> where its bytes are */
napi_value buffer_address(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  void *data = 0;
  napi_get_arraybuffer_info(env, args.at[0], &data, 0);
  return address_value(env, data);
}

/**
 * (group, address, maximum, 1: with guard, number of the host function that grows it) -> Extern, 0:
 * no memory. The memory is the host's, and empty until memory_resize says something else.
 */
napi_value memory_lend(napi_env env, napi_callback_info info) {
  static const Sig sig = {.id = 1};
  Args args = args_of(env, info);
  Home *home = args.home;
  Context *ctx = home->ctx;
  Anchor *a = anchor_of(home, number_at(&args, 0));
  ctx->group = a->group;
  MemoryObject *object = context_alloc(ctx, sizeof *object);
  HostFunc *grower = host_new(ctx, &sig, 0, 0, (u32)number_at(&args, 4));
  Extern *e = 0;
  if (object != 0 && grower != 0) {
    grower->owner = anchor_place(home, a);
    object->base = (u64)address_at(&args, 1);
    e = memory_borrow(ctx, object, maximum_at(&args, 2), number_at(&args, 3) != 0, grower);
  }
  ctx->group = &ctx->store;
  return made(home, e);
}

/** (MemoryObject, pages): a borrowed memory is so large now -> whether it may be */
napi_value memory_resize(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  MemoryObject *m = address_at(&args, 0);
  u64 pages = (u64)number_at(&args, 1);
  napi_value fits;
  napi_get_boolean(env, pages <= m->max, &fits);
  if (pages <= m->max) {
    m->pages = pages;
    m->bytes = pages * WASM_PAGE;
  }
  return fits;
}

/** (MemoryObject) -> an ArrayBuffer over it, undefined if V8 has none of that size */
napi_value memory_buffer(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  const MemoryObject *m = address_at(&args, 0);
  napi_value buffer = 0;
  napi_status status =
    napi_create_external_arraybuffer(env, (void *)m->base, m->bytes, 0, 0, &buffer);
  return status == napi_ok ? buffer : 0;
}

/** (MemoryObject, pages) -> old pages or -1 */
napi_value memory_more(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  MemoryObject *m = address_at(&args, 0);
  u64 pages = (u64)number_at(&args, 1);
  Context *ctx = args.home->ctx;
  u64 old = memory_grow(ctx, m, pages);
  if (old == NONE32 && pages <= m->max - m->pages && anchors_reclaim(ctx)) {
    old = memory_grow(ctx, m, pages);
  }
  return number_value(env, old == NONE32 ? -1 : (f64)old);
}

static void fill(u64 *at, u64 count, u64 value) {
  for (u64 i = 0; i < count; i++) at[i] = value;
}

/** (group, element type, elements, maximum), value in the first slot -> Extern, 0: no memory */
napi_value table_create(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Home *home = args.home;
  Context *ctx = home->ctx;
  u64 value = ctx->ints[0], count = (u64)number_at(&args, 2);
  f64 group = number_at(&args, 0);
  ctx->group = anchor_of(home, group)->group;
  TableObject *object = context_alloc(ctx, sizeof *object);
  Extern *e = object == 0 ? 0 : table_new(ctx, object, (u32)number_at(&args, 1), count,
                                          maximum_at(&args, 3), &ctx->error);
  ctx->group = &ctx->store;
  if (e == 0) return made(home, e);
  anchor_weigh(home, anchor_of(home, group), (i64)count * 8);
  if (value != 0) fill((u64 *)object->base, count, value);
  return made(home, e);
}

/** (TableObject, elements), value in the first slot -> old size or -1 */
napi_value table_more(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  u64 old = table_grow(address_at(&args, 0), args.home->ctx->ints[0], (u64)number_at(&args, 1));
  return number_value(env, old == NONE32 ? -1 : (f64)old);
}

/** (group, value type, mutable) -> Extern, 0: no memory. Its cell is 0. */
napi_value global_create(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Context *ctx = args.home->ctx;
  ctx->group = anchor_of(args.home, number_at(&args, 0))->group;
  Value *cell = context_alloc(ctx, sizeof *cell);
  u32 type = (u32)number_at(&args, 1), mutable = (u32)number_at(&args, 2);
  Extern *e = cell == 0 ? 0 : global_new(ctx, &cell->lo, type, mutable);
  ctx->group = &ctx->store;
  return made(args.home, e);
}

/** (ArrayBuffer) */
napi_value buffer_detach(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  napi_detach_arraybuffer(env, args.at[0]);
  return 0;
}
