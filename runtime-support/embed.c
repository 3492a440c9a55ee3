// The runtime in an object that a C program links (`ingot compile --emit obj`). The header that
// comes with the object (src/object/cheader.ts) declares these functions under the module's prefix
// and wraps them in typed ones; every other name of the runtime is local to the object, so that
// several can be linked into one program.
//
// An instance is a store of its own: its memory, its guest stack. It may move between threads, but
// only one may use it at a time. Results are null or a sentence that says what went wrong; it lives
// until the next call of the same instance.
#include "payload.h"
#include "wasi.h"

/** A function of the embedder: takes values, leaves results; null or why the guest must end. */
typedef const char *Function(const void *imports, const Value *args, Value *results);

/** What a WASI program is given; lists end with null, a null list is empty. */
typedef struct World {
  const char *const *args, *const *env, *const *dirs;
  bool stdio;
} World;

typedef struct Embedded {
  Context *ctx;
  Module module;
  Linked *linked;
  Function *const *functions;
  const void *imports;
  Wasi *wasi;
  Outcome outcome; // of the last call
} Embedded;

Embedded *ingot_instantiate(Function *const *functions, const void *imports, const World *world,
                            char *error, usize size);
const char *ingot_call(Embedded *e, u32 export, const Value *args, Value *results);
u8 *ingot_memory(Embedded *e, u32 export, usize *size);
void ingot_global(Embedded *e, u32 export, Value *value, bool set);
usize ingot_trace(Embedded *e, char *to, usize size);
u32 ingot_exit_code(const Embedded *e);
void ingot_delete(Embedded *e);

/** Faults on a guest stack that is full need a stack for the handler, one per thread. */
static bool prepare_thread(void) {
  static __thread bool ready;
  if (!ready) ready = signals_thread(0);
  return ready;
}

static const char *sentence(Embedded *e, Outcome outcome) {
  e->outcome = outcome;
  switch (outcome) {
  case OK: return 0;
  case TRAPPED: return trap_text(e->ctx->trapCode);
  case EXITED: return "the program has ended";
  default: return e->ctx->error.text;
  }
}

// ---- imports -----------------------------------------------------------------------------------

static Outcome call_out(Context *ctx, HostFunc *func, const Value *args, Value *results) {
  Embedded *e = func->data;
  const char *why = e->functions[func->number](e->imports, args, results);
  return why == 0 ? OK : (fail(&ctx->error, "%s", why), HOST_FAILED);
}

static Strings strings_of(Context *ctx, const char *const *list) {
  Strings s = {0};
  if (list == 0) return s;
  while (list[s.count] != 0) s.count++;
  Text *items = context_alloc(ctx, (s.count + 1ul) * sizeof *items);
  if (items == 0) return (Strings){0};
  for (u32 i = 0; i < s.count; i++) items[i] = text_of(list[i]);
  s.items = items;
  return s;
}

static bool make_world(Embedded *e, const World *world) {
  static const World nothing;
  if (world == 0) world = &nothing;
  int stdio[3] = {world->stdio ? 0 : -1, world->stdio ? 1 : -1, world->stdio ? 2 : -1};
  Context *ctx = e->ctx;
  e->wasi = wasi_new(ctx, strings_of(ctx, world->args), strings_of(ctx, world->env), stdio);
  if (e->wasi == 0) return fail(&ctx->error, "out of memory");
  for (const char *const *dir = world->dirs; dir != 0 && *dir != 0; dir++) {
    if (!wasi_preopen(e->wasi, mount_of(text_of(*dir)), &ctx->error)) return false;
  }
  return true;
}

/** The module is WASI, by its name or its older name: the header has no functions for it. */
static bool is_wasi(Text module) {
  return text_same(module, wasi_module(0)) || text_same(module, wasi_module(wasi_count() - 1));
}

/** What the runtime has by exactly this type; the header has members for everything else. */
static const Import *find_imports(Embedded *e) {
  const Module *m = &e->module;
  Import *imports = context_alloc(e->ctx, (m->importCount + 1ul) * sizeof *imports);
  if (imports == 0) return fail(&e->ctx->error, "out of memory"), (Import *)0;
  u32 own = 0;
  for (u32 i = 0; i < m->importCount; i++) {
    const ImportInfo *info = &m->imports[i];
    if (info->kind != EXTERN_func) continue;
    if (!wasi_import(e->wasi, m, info, &imports[i])) return 0;
    const HostFunc *found = imports[i].object;
    const Sig *sig = store_find_sig(e->ctx, m->types[m->funcTypes[info->index]].sig);
    bool given = is_wasi(module_text(m, info->module)) || (found != 0 && found->sig == sig);
    if (given) continue;
    imports[i] = (Import){EXTERN_func, host_new(e->ctx, sig, call_out, e, own++)};
    if (imports[i].object == 0) return fail(&e->ctx->error, "out of memory"), (Import *)0;
  }
  return imports;
}

// ---- life --------------------------------------------------------------------------------------

/** Null, or what went wrong. A reactor's `_initialize` is called here. */
static const char *make(Embedded *e, const World *world) {
  Context *ctx = e->ctx;
  if (!store_module(ctx, &e->module, &ctx->error) || !make_world(e, world)) return ctx->error.text;
  const Import *imports = find_imports(e);
  if (imports == 0) return ctx->error.text;
  const char *wrong = sentence(e, instantiate(ctx, &e->module, imports, &e->linked));
  if (wrong != 0) return wrong;
  const ExportInfo *init = linked_export(e->linked, text_of("_initialize"));
  if (init == 0 || init->kind != EXTERN_func) return 0;
  FuncRef *func = linked_func(e->linked, init->index);
  const Sig *sig = store_find_sig(ctx, func->sig);
  if (sig->params.length != 0 || sig->results.length != 0) return 0;
  return sentence(e, invoke(ctx, func, 0, 0));
}

Embedded *ingot_instantiate(Function *const *functions, const void *imports, const World *world,
                            char *error, usize size) {
  Error why = {""};
  const Payload *p = payload_find();
  Embedded *e = sys_map(0, sizeof *e, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  Error unheard;
  if (size == 0) error = unheard.text, size = sizeof unheard.text;
  if (e == 0) {
    format(error, size, "out of memory");
    return 0;
  }
  e->functions = functions;
  e->imports = imports;
  if (payload_load(p, &e->module, &why) && prepare_thread()) {
    e->ctx = context_new(STACK_DEFAULT, &why);
  }
  const char *wrong = e->ctx == 0 ? why.text : make(e, world);
  if (wrong == 0) return e;
  format(error, size, "%s", wrong[0] == 0 ? "out of memory" : wrong);
  ingot_delete(e);
  return 0;
}

void ingot_delete(Embedded *e) {
  if (e == 0) return;
  if (e->wasi != 0) wasi_close(e->wasi);
  if (e->ctx != 0) context_free(e->ctx);
  sys_unmap(e, sizeof *e);
}

// ---- use ---------------------------------------------------------------------------------------

const char *ingot_call(Embedded *e, u32 export, const Value *args, Value *results) {
  if (!prepare_thread()) return "out of memory for a signal stack";
  FuncRef *func = linked_func(e->linked, e->module.exports[export].index);
  return sentence(e, invoke(e->ctx, func, args, results));
}

u8 *ingot_memory(Embedded *e, u32 export, usize *size) {
  const MemoryObject *m = e->linked->memories[e->module.exports[export].index]->object;
  if (size != 0) *size = m->bytes;
  return (u8 *)m->base;
}

void ingot_global(Embedded *e, u32 export, Value *value, bool set) {
  Extern *g = e->linked->globals[e->module.exports[export].index];
  u64 *cell = g->object, size = g->type == TYPE_v128 ? 16 : 8;
  bool narrow = g->type == TYPE_i32 || g->type == TYPE_f32;
  if (!set) memcpy(value, cell, size);
  else if (narrow) cell[0] = (u32)value->lo;
  else memcpy(cell, value, size);
}

u32 ingot_exit_code(const Embedded *e) { return e->ctx->exitCode; }

usize ingot_trace(Embedded *e, char *to, usize size) {
  enum { FRAMES = 64 };
  Frame frames[FRAMES];
  usize n = 0;
  if (size > 0) to[0] = 0;
  if (e->outcome != TRAPPED || size == 0) return 0;
  u32 count = trace(e->ctx, frames, FRAMES);
  for (u32 i = 0; i < count && i < FRAMES; i++) {
    n += frame_line(&frames[i], to + n, size - n);
  }
  return n;
}
