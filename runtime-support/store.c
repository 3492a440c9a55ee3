// A store: modules, signatures, a guest stack, and groups of instances, memories, tables, globals
// and host functions. Small things come from their group's arena, which is freed as a whole;
// address space of memories comes from a pool, since reserving 8 GiB is slow under an emulator
// (110 ms against 2 to 6). Whoever has groups that end by themselves offers to `reclaim` when the
// kernel refuses more.
#include "runtime.h"

enum { RW = PROT_READ | PROT_WRITE, ANON = MAP_PRIVATE | MAP_ANONYMOUS };
enum { CHUNK = 256 << 10, CHUNK_HEAD = 32, FIRST_CHUNK = PAGE_UNIT, REGION_UNIT = 1 << 20 };

// ---- arena -------------------------------------------------------------------------------------

typedef struct Chunk {
  struct Chunk *next;
  u64 size, used;
} Chunk;

static Chunk *new_chunk(Chunk *next, u64 size) {
  Chunk *c = sys_map(0, size, RW, ANON, -1, 0);
  if (c != 0) *c = (Chunk){next, size, CHUNK_HEAD};
  return c;
}

static void *group_alloc(Group *g, usize size) {
  size = round_up(size, 16);
  Chunk *c = g->chunks;
  if (c == 0 || c->size - c->used < size) {
    u64 least = size + CHUNK_HEAD;
    c = new_chunk(c, round_up(least < g->unit ? g->unit : least, PAGE_UNIT));
    if (c == 0) return 0;
    g->chunks = c;
    if (g->unit < CHUNK) g->unit *= 2;
  }
  void *at = (u8 *)c + c->used;
  c->used += size;
  return at;
}

void *context_alloc(Context *ctx, usize size) { return group_alloc(ctx->group, size); }

/** Whether [at, at + size) lies in the used part of the store's arena. */
static bool in_arena(const Context *ctx, u64 at, u64 size) {
  for (const Chunk *c = ctx->store.chunks; c != 0; c = c->next) {
    if (at - (u64)c < c->used) return at - (u64)c + size <= c->used && at % 16 == 0;
  }
  return false;
}

// ---- context -----------------------------------------------------------------------------------

/** Maps a guest stack that ends at a multiple of STACK_ALIGN, with twice the guard that frames
    without an explicit check may jump over, for their outgoing arguments. */
static bool make_stack(Context *ctx, u64 size) {
  u64 guard = 2 * STACK_GUARD, total = size + guard, span = total + STACK_ALIGN;
  u8 *base = sys_map(0, span, PROT_NONE, ANON | MAP_NORESERVE, -1, 0);
  if (base == 0) return false;
  u8 *top = (u8 *)(((u64)base + span) & ~(u64)(STACK_ALIGN - 1));
  ctx->stackTop = top;
  ctx->stackBase = top - total;
  ctx->stackLimit = top - size;
  sys_unmap(base, (usize)(ctx->stackBase - base));
  sys_unmap(top, (usize)(base + span - top));
  if (!sys_protect(ctx->stackLimit, size, RW)) return false;
  ((u64 *)top)[-1] = (u64)ctx;
  ctx->guestSp = (u64)top - 64;
  return true;
}

Context *context_new(u64 stackSize, Error *error) {
  if (stackSize < STACK_MIN || stackSize > STACK_MAX) {
    fail(error, "a guest stack has from %u to %u bytes", STACK_MIN, STACK_MAX);
    return 0;
  }
  Context *ctx = sys_map(0, sizeof *ctx, RW, ANON, -1, 0);
  if (ctx == 0 || !make_stack(ctx, round_up(stackSize, PAGE_UNIT)) || !signals_thread(0) ||
      !signals_add(ctx)) {
    fail(error, "out of memory for a guest stack");
    return 0;
  }
  ctx->pageLimit = 65536;
  ctx->pagesLeft = NONE32;
  ctx->tableLimit = TABLE_MAX;
  ctx->group = &ctx->store;
  ctx->store.unit = CHUNK;
  return ctx;
}

void context_reset(Context *ctx) {
  while (ctx->store.next != 0) group_free(ctx, ctx->store.next);
  for (Module *m = ctx->modules; m != 0; m = m->next) artifact_unload(m);
  group_free(ctx, &ctx->store); // modules, too, may lie in its arena
  ctx->store = (Group){.unit = CHUNK};
  ctx->modules = 0;
  ctx->lastHit = 0;
  ctx->grown = 0;
  ctx->moduleCount = ctx->instanceCount = 0;
  ctx->sigs = 0;
  ctx->sigCount = ctx->sigSlots = 0;
  ctx->error.text[0] = 0;
}

void context_free(Context *ctx) {
  signals_remove(ctx);
  context_reset(ctx);
  for (u32 i = 0; i < COUNT(ctx->pool); i++) {
    sys_unmap(ctx->pool[i].base, ctx->pool[i].size);
  }
  while (ctx->spare != 0) {
    Chunk *c = ctx->spare;
    ctx->spare = c->next;
    sys_unmap(c, c->size);
  }
  sys_unmap(ctx->stackBase, (usize)(ctx->stackTop - ctx->stackBase));
  sys_unmap(ctx, sizeof *ctx);
}

// ---- groups ------------------------------------------------------------------------------------

Group *group_new(Context *ctx) {
  Chunk *c = ctx->spare;
  if (c != 0) {
    ctx->spare = c->next;
    ctx->spareCount--;
    memset(c + 1, 0, c->used - sizeof *c);
    *c = (Chunk){0, c->size, CHUNK_HEAD};
  } else {
    c = new_chunk(0, FIRST_CHUNK);
    if (c == 0) return 0;
  }
  Group made = {.chunks = c, .unit = FIRST_CHUNK, .before = &ctx->store, .next = ctx->store.next};
  Group *g = group_alloc(&made, sizeof *g);
  *g = made;
  if (g->next != 0) g->next->before = g;
  ctx->store.next = g;
  return g;
}

static void unlist(Group *g) {
  g->before->next = g->next;
  if (g->next != 0) g->next->before = g->before;
}

/** Puts the list `from` before the list `to`; both are linked by `next`. */
#define PREPEND(to, from)                           \
  do {                                              \
    if ((from) != 0) {                              \
      __typeof__(from) last_ = (from);              \
      while (last_->next != 0) last_ = last_->next; \
      last_->next = (to);                           \
      (to) = (from);                                \
    }                                               \
  } while (0)

void group_unite(Group *to, Group *from) {
  unlist(from);
  PREPEND(to->instances, from->instances);
  PREPEND(to->mapped, from->mapped);
  PREPEND(to->globals, from->globals);
  PREPEND(to->hosts, from->hosts);
  PREPEND(to->chunks->next, from->chunks); // behind the one in use; `from` itself lies in them
}

static void free_chunk(Context *ctx, Chunk *c) {
  enum { SPARE = 256 };
  if (c->size == FIRST_CHUNK && ctx->spareCount < SPARE) {
    c->next = ctx->spare;
    ctx->spare = c;
    ctx->spareCount++;
  } else {
    sys_unmap(c, c->size);
  }
}

void group_free(Context *ctx, Group *g) {
  objects_drop(ctx, g, 0);
  for (Linked *l = g->instances; l != 0; l = l->next) {
    sys_unmap(l->region.base, l->region.size);
    module_release(ctx, l->module);
  }
  if (g != &ctx->store) unlist(g);
  for (Chunk *c = g->chunks, *next; c != 0; c = next) {
    next = c->next;
    free_chunk(ctx, c);
  }
}

void objects_drop(Context *ctx, Group *g, Extern *until) {
  for (Extern *e = g->mapped; e != until; e = e->next) {
    e->tag = 0;
    if (e->grower != 0) {
      ctx->borrowed--;
    } else if (e->kind == EXTERN_memory) {
      MemoryObject *m = e->object;
      if (e->region.base != 0) ctx->pagesLeft += m->pages;
      region_give(ctx, e->region, e->head, (u8 *)m->base, m->bytes);
    } else {
      sys_unmap(e->region.base, e->region.size);
    }
  }
  g->mapped = until;
}

// ---- address space -----------------------------------------------------------------------------

u8 *space_take(Context *ctx, u64 size) {
  u8 *at = sys_map(0, size, PROT_NONE, ANON | MAP_NORESERVE, -1, 0);
  if (at == 0 && ctx->reclaim != 0 && ctx->reclaim(ctx)) {
    at = sys_map(0, size, PROT_NONE, ANON | MAP_NORESERVE, -1, 0);
  }
  return at;
}

bool space_open(Context *ctx, void *at, u64 size) {
  if (sys_protect(at, size, RW)) return true;
  return ctx->reclaim != 0 && ctx->reclaim(ctx) && sys_protect(at, size, RW);
}

u8 *region_take(Context *ctx, u64 *size) {
  *size = round_up(*size, REGION_UNIT);
  for (u32 i = 0; i < COUNT(ctx->pool); i++) {
    if (ctx->pool[i].size != *size) continue;
    u8 *found = ctx->pool[i].base;
    ctx->pool[i] = (Region){0};
    return found;
  }
  return space_take(ctx, *size);
}

static bool close_again(u8 *at, u64 size) {
  enum { CLOSED = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED };
  return size == 0 || sys_map(at, size, PROT_NONE, CLOSED, -1, 0) != 0;
}

void region_give(Context *ctx, Region region, u64 head, u8 *at, u64 bytes) {
  if (region.base == 0) return;
  for (u32 i = 0; i < COUNT(ctx->pool); i++) {
    if (ctx->pool[i].base != 0) continue;
    if (!close_again(region.base, head) || !close_again(at, bytes)) break;
    ctx->pool[i] = region;
    return;
  }
  sys_unmap(region.base, region.size);
}

// ---- signatures --------------------------------------------------------------------------------

u32 sig_id(Text key) {
  u32 h = 0x811c9dc5;
  for (usize i = 0; i < key.length; i++) h = (h ^ (u8)key.at[i]) * 0x01000193;
  return h == 0 ? 1 : h;
}

static Sig **sig_slot(Sig **slots, u32 count, u32 id) {
  u32 at = (id * 0x9e3779b1u) & (count - 1);
  while (slots[at] != 0 && slots[at]->id != id) at = (at + 1) & (count - 1);
  return &slots[at];
}

static bool grow_sigs(Context *ctx) {
  u32 count = ctx->sigSlots == 0 ? 64 : ctx->sigSlots * 2;
  Sig **slots = group_alloc(&ctx->store, count * sizeof *slots);
  if (slots == 0) return false;
  for (u32 i = 0; i < ctx->sigSlots; i++) {
    if (ctx->sigs[i] != 0) *sig_slot(slots, count, ctx->sigs[i]->id) = ctx->sigs[i];
  }
  ctx->sigs = slots;
  ctx->sigSlots = count;
  return true;
}

static bool keep(Context *ctx, Text *t) {
  char *at = group_alloc(&ctx->store, t->length + 1);
  if (at == 0) return false;
  memcpy(at, t->at, t->length);
  t->at = at;
  return true;
}

static Sig *new_sig(Context *ctx, Sig sig) {
  Sig *made = group_alloc(&ctx->store, sizeof *made);
  if (made == 0 || !keep(ctx, &sig.key) || !keep(ctx, &sig.params) || !keep(ctx, &sig.results)) {
    return 0;
  }
  *made = sig;
  made->paramArea = area_size(sig.params);
  made->resultArea = area_size(sig.results);
  made->vectors = has_vectors(sig.params) || has_vectors(sig.results);
  ctx->sigCount++;
  return made;
}

const Sig *store_sig(Context *ctx, Sig sig, Error *error) {
  if (ctx->sigCount * 2 >= ctx->sigSlots && !grow_sigs(ctx)) {
    fail(error, "out of memory");
    return 0;
  }
  Sig **slot = sig_slot(ctx->sigs, ctx->sigSlots, sig.id);
  if (*slot == 0) {
    *slot = new_sig(ctx, sig);
    if (*slot == 0) fail(error, "out of memory");
    return *slot;
  }
  const Sig *old = *slot;
  if (text_same(old->key, sig.key) && text_same(old->params, sig.params) &&
      text_same(old->results, sig.results)) {
    return old;
  }
  fail(error, "function types \"%t\" and \"%t\" have the same number %x: not linked", old->key,
       sig.key, sig.id);
  return 0;
}

const Sig *store_find_sig(const Context *ctx, u32 id) {
  return ctx->sigSlots == 0 ? 0 : *sig_slot(ctx->sigs, ctx->sigSlots, id);
}

bool store_module(Context *ctx, Module *module, Error *error) {
  for (u32 i = 0; i < module->typeCount; i++) {
    const TypeInfo *t = &module->types[i];
    Sig sig = {.id = t->sig, .key = module_text(module, t->key),
               .params = module_text(module, t->params),
               .results = module_text(module, t->results)};
    if (!store_sig(ctx, sig, error)) return false;
  }
  module->number = ctx->moduleCount++;
  module->users = 1;
  module->next = ctx->modules;
  ctx->modules = module;
  return true;
}

void module_release(Context *ctx, Module *module) {
  if (--module->users > 0) return;
  Module **at = &ctx->modules;
  while (*at != module) at = &(*at)->next;
  *at = module->next;
  artifact_unload(module);
  sys_unmap(module, sizeof *module);
}

// ---- objects -----------------------------------------------------------------------------------

Extern *extern_new(Context *ctx, u32 kind, void *object) {
  Extern *e = context_alloc(ctx, sizeof *e);
  if (e == 0) return 0;
  e->tag = EXTERN_TAG ^ (u64)e;
  e->kind = kind;
  e->object = object;
  e->max = NONE64;
  return e;
}

static void keep_mapped(Context *ctx, Extern *e, Region region) {
  e->region = region;
  e->next = ctx->group->mapped;
  ctx->group->mapped = e;
}

Extern *memory_in(Context *ctx, MemoryObject *object, Region region, u64 offset, u64 min, u64 max,
                  u32 model) {
  u8 *base = region.base + offset;
  u64 cap = memory_cap(max, model);
  if (cap > ctx->pageLimit) cap = ctx->pageLimit;
  Extern *e = extern_new(ctx, EXTERN_memory, object);
  if (e == 0 || min > cap || !space_open(ctx, base, min * WASM_PAGE)) return 0;
  *object = (MemoryObject){(u64)base, min * WASM_PAGE, min, cap};
  ctx->pagesLeft -= min;
  e->max = max;
  e->guarded = !(model & MODEL_explicitBounds);
  keep_mapped(ctx, e, region);
  return e;
}

bool memory_allowed(const Context *ctx, u64 min, Error *error) {
  u64 left = ctx->pageLimit < ctx->pagesLeft ? ctx->pageLimit : ctx->pagesLeft;
  if (min <= left) return true;
  return fail(error, "needs a memory of %U bytes, more than the %U left to it", min * WASM_PAGE,
              left * WASM_PAGE);
}

Extern *memory_new(Context *ctx, MemoryObject *object, u64 min, u64 max, u32 model, Error *error) {
  Region region = {0, GUARD_BELOW + memory_span(max, model)};
  Extern *e = 0;
  if (!memory_allowed(ctx, min, error)) return 0;
  region.base = region_take(ctx, &region.size);
  if (region.base != 0) e = memory_in(ctx, object, region, GUARD_BELOW, min, max, model);
  if (e != 0) return e;
  region_give(ctx, region, 0, 0, 0);
  fail(error, "out of memory for a memory of %U pages", min);
  return 0;
}

Extern *memory_borrow(Context *ctx, MemoryObject *object, u64 max, bool guarded, HostFunc *grower) {
  Extern *e = extern_new(ctx, EXTERN_memory, object);
  if (e == 0) return 0;
  object->max = memory_cap(max, 0);
  e->max = max;
  e->guarded = guarded;
  e->grower = grower;
  ctx->borrowed++;
  keep_mapped(ctx, e, guarded ? (Region){(u8 *)object->base - GUARD_BELOW, GUARD_BELOW + RESERVE}
                              : (Region){0});
  return e;
}

Extern *table_new(Context *ctx, TableObject *object, u32 elem, u64 min, u64 max, Error *error) {
  u64 cap = max < TABLE_MAX ? max : TABLE_MAX;
  if (cap > ctx->tableLimit) cap = ctx->tableLimit;
  Region region = {0, round_up((cap == 0 ? 1 : cap) * 8, PAGE_UNIT)};
  Extern *e = extern_new(ctx, EXTERN_table, object);
  if (e != 0 && min <= cap) {
    region.base = space_take(ctx, region.size);
  }
  if (region.base == 0 || !space_open(ctx, region.base, round_up(min * 8, PAGE_UNIT))) {
    sys_unmap(region.base, region.base == 0 ? 0 : region.size);
    fail(error, "out of memory for a table of %U elements", min);
    return 0;
  }
  *object = (TableObject){(u64)region.base, min, cap, elem};
  e->type = elem;
  e->max = max;
  keep_mapped(ctx, e, region);
  return e;
}

Extern *global_new(Context *ctx, u64 *cell, u32 type, u32 mutable) {
  Extern *e = extern_new(ctx, EXTERN_global, cell);
  if (e == 0) return 0;
  e->type = type;
  e->mutable = mutable;
  e->next = ctx->group->globals;
  ctx->group->globals = e;
  return e;
}

HostFunc *host_new(Context *ctx, const Sig *sig, HostCode *code, void *data, u32 number) {
  HostFunc *h = context_alloc(ctx, sizeof *h);
  if (h == 0) return 0;
  h->ref = (FuncRef){(u64)rt_exit, (u64)h, sig->id, number, (u64)ctx};
  h->sig = sig;
  h->vectors = sig->vectors;
  h->tag = EXTERN_TAG ^ (u64)h;
  h->code = code;
  h->data = data;
  h->number = number;
  h->next = ctx->group->hosts;
  ctx->group->hosts = h;
  return h;
}

Extern *find_extern(Context *ctx, u64 handle, u32 kind) {
  if (!in_arena(ctx, handle, sizeof(Extern))) return 0;
  Extern *e = (Extern *)handle;
  return e->tag == (EXTERN_TAG ^ handle) && e->kind == kind ? e : 0;
}

/** A reference slot of the record at this offset. */
static bool is_ref_slot(const Module *m, u64 offset) {
  u32 low = 0, high = m->refCount;
  while (low < high) {
    u32 middle = low + (high - low) / 2;
    if (m->refs[middle].slot < offset) low = middle + 1;
    else high = middle;
  }
  return low < m->refCount && m->refs[low].slot == offset;
}

static bool holds(const Linked *l, u64 address) {
  return l != 0 && address - (u64)l->record < l->module->header->recordSize;
}

FuncRef *find_func(Context *ctx, u64 handle) {
  if (in_arena(ctx, handle, sizeof(HostFunc))) {
    HostFunc *h = (HostFunc *)handle;
    return h->tag == (EXTERN_TAG ^ handle) && h->ref.base == handle ? &h->ref : 0;
  }
  Linked *l = ctx->lastHit;
  if (!holds(l, handle)) {
    for (l = ctx->store.instances; l != 0 && !holds(l, handle);) l = l->next;
  }
  ctx->lastHit = l;
  if (l == 0 || !is_ref_slot(l->module, handle - (u64)l->record)) return 0;
  return (FuncRef *)handle;
}
