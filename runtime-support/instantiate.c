// From a module and imports to an instance: types are matched, the record is laid out and filled,
// globals are initialised, active segments applied in order (an out of bounds one traps and leaves
// what was written before it). Calling the start function is left to others. The instance stays in
// its group even if that fails, because references to its functions may already lie in tables of
// others.
#include "runtime.h"

typedef struct Job {
  Context *ctx;
  Module *module;
  const Import *imports;
  Linked *linked;
  Error *error;
} Job;

static u64 *record_slot(const Linked *l, u32 offset) { return (u64 *)((u8 *)l->record + offset); }

// ---- imports -----------------------------------------------------------------------------------

static bool limits_match(u64 size, u64 max, u64 wantMin, u64 wantMax) {
  return size >= wantMin && (wantMax == NONE64 || (max != NONE64 && max <= wantMax));
}

static bool table_matches(const Module *m, const Extern *e, u32 index) {
  const TableInfo *t = &m->tables[index];
  const TableObject *o = e->object;
  return e->type == t->elem && limits_match(o->size, e->max, t->min, t->max);
}

static bool memory_matches(const Module *m, const Extern *e, u32 index) {
  const MemoryInfo *t = &m->memories[index];
  const MemoryObject *o = e->object;
  return limits_match(o->pages, e->max, t->min, t->max);
}

static bool type_matches(const Module *m, const ImportInfo *i, const void *object) {
  const Extern *e = object;
  switch (i->kind) {
  case EXTERN_func:
    return ((const FuncRef *)object)->sig == m->types[m->funcTypes[i->index]].sig;
  case EXTERN_table: return table_matches(m, e, i->index);
  case EXTERN_memory: return memory_matches(m, e, i->index);
  default: {
    const GlobalInfo *g = &m->globals[i->index];
    return e->type == g->type && e->mutable == g->mutable;
  }
  }
}

/** Generated code relies on the address space around a memory: refuse one that lacks it. */
static bool memory_suits(const Module *m, const Extern *e, Error *error) {
  u32 model = m->header->model;
  MemoryObject *o = e->object;
  if (!(model & MODEL_explicitBounds) && !e->guarded) {
    return fail(error, "a module that relies on guard pages cannot import a memory that has "
                            "none: compile it with explicit bounds checks");
  }
  if (!(model & MODEL_addressFacts)) return true;
  if (o->pages > FACTS_MAX_PAGES) {
    return fail(error, "an imported memory of %U pages is larger than the %u this module was "
                            "compiled for", o->pages, FACTS_MAX_PAGES);
  }
  if (o->max > FACTS_MAX_PAGES) o->max = FACTS_MAX_PAGES;
  return true;
}

bool match_import(const Module *m, u32 index, Import given, Error *error) {
  const ImportInfo *info = &m->imports[index];
  Text module = module_text(m, info->module), name = module_text(m, info->name);
  if (given.object == 0) return fail(error, "unknown import: \"%t\" \"%t\"", module, name);
  if (given.kind != info->kind || !type_matches(m, info, given.object)) {
    return fail(error, "incompatible import type: \"%t\" \"%t\"", module, name);
  }
  return info->kind != EXTERN_memory || memory_suits(m, given.object, error);
}

static void bind_import(Linked *l, const ImportInfo *info, void *object) {
  Extern *e = object;
  switch (info->kind) {
  case EXTERN_func: {
    FuncRef *f = object;
    ImportSlot *slot = (ImportSlot *)record_slot(l, info->slot);
    *slot = (ImportSlot){f->code, f->base, (u64)f};
    return;
  }
  case EXTERN_table: l->tables[info->index] = e; break;
  case EXTERN_memory: l->memories[info->index] = e; break;
  default: l->globals[info->index] = e;
  }
  *record_slot(l, info->slot) = (u64)e->object;
}

// ---- the record --------------------------------------------------------------------------------

/**
 * Address space for the record, and for memory 0 behind it if the module defines one. The memory
 * begins at a page of the kernel, whatever its size; the record is where `distance` wants it.
 */
static bool reserve(Job *job) {
  const Module *m = job->module;
  Linked *l = job->linked;
  u64 head = round_up(m->header->recordSize, PAGE_UNIT), offset = GUARD_BELOW + head;
  const MemoryInfo *info = m->importedMemories == 0 && m->memoryCount > 0 ? m->memories : 0;
  Region region = {0, head};
  if (info != 0 && !memory_allowed(job->ctx, info->min, job->error)) return false;
  if (info != 0) {
    region.size = offset + memory_span(info->max, m->header->model);
    region.base = region_take(job->ctx, &region.size);
  } else {
    region.base = space_take(job->ctx, head);
  }
  if (region.base == 0 || !space_open(job->ctx, region.base, head)) {
    return fail(job->error, "out of memory: there are no %U bytes of address space", region.size);
  }
  l->record = (Instance *)(region.base + offset - m->header->distance);
  l->region = region;
  if (info == 0) return true;
  MemoryObject *object = (MemoryObject *)l->record->memory;
  Extern *e = memory_in(job->ctx, object, region, offset, info->min, info->max,
                        m->header->model);
  if (e == 0) return fail(job->error, "out of memory for a memory of %U pages", info->min);
  e->head = head;
  l->region = (Region){0};
  l->memories[0] = e;
  return true;
}

static FuncRef make_ref(const Linked *l, u32 index) {
  const Module *m = l->module;
  return (FuncRef){
    .code = (u64)m->text + module_func(m, index)->text,
    .base = (u64)l->record + m->header->distance,
    .sig = m->types[m->funcTypes[index]].sig,
    .index = index,
    .owner = (u64)l->record,
  };
}

static bool fill_record(Job *job) {
  const Module *m = job->module;
  Linked *l = job->linked;
  Instance *r = l->record;
  r->self = (u64)r;
  r->context = (u64)job->ctx;
  r->module = (u64)l;
  r->stackLimit = (u64)job->ctx->stackLimit;
  r->trap = (u64)rt_trap;
#define X(name) +1
  enum { LIBCALL_COUNT = LIBCALLS(X) };
#undef X
  _Static_assert(LIBCALL_COUNT <= COUNT(r->libcalls), "the record has room for every library call");
  memcpy(r->libcalls, rt_libcalls, LIBCALL_COUNT * 8);
  u8 *dropped = context_alloc(job->ctx, (u64)m->dataCount + m->elemCount);
  if (dropped == 0) return fail(job->error, "out of memory");
  r->dataDropped = (u64)dropped;
  r->elemDropped = (u64)(dropped + m->dataCount);
  for (u32 i = 0; i < m->importCount; i++) {
    bind_import(l, &m->imports[i], job->imports[i].object);
  }
  for (u32 i = 0; i < m->refCount; i++) {
    *(FuncRef *)record_slot(l, m->refs[i].slot) = make_ref(l, m->refs[i].func);
  }
  return true;
}

static bool make_objects(Job *job) {
  const Module *m = job->module;
  Linked *l = job->linked;
  for (u32 i = m->importedMemories; i < m->memoryCount; i++) {
    if (i == 0) continue; // made with the record
    const MemoryInfo *info = &m->memories[i];
    MemoryObject *object = (MemoryObject *)record_slot(l, info->slot);
    l->memories[i] =
      memory_new(job->ctx, object, info->min, info->max, m->header->model, job->error);
    if (l->memories[i] == 0) return false;
  }
  if (m->memoryCount > 0) l->record->memory0 = (u64)l->memories[0]->object;
  for (u32 i = m->importedTables; i < m->tableCount; i++) {
    const TableInfo *t = &m->tables[i];
    TableObject *object = (TableObject *)record_slot(l, t->slot);
    l->tables[i] = table_new(job->ctx, object, t->elem, t->min, t->max, job->error);
    if (l->tables[i] == 0) return false;
  }
  return true;
}

static u64 *global_cell(const Linked *l, u32 index) { return l->globals[index]->object; }

static bool make_globals(Job *job) {
  const Module *m = job->module;
  Linked *l = job->linked;
  for (u32 i = m->importedGlobals; i < m->globalCount; i++) {
    const GlobalInfo *g = &m->globals[i];
    u64 *cell = record_slot(l, g->slot);
    const Init *init = &m->inits[g->init];
    bool narrow = g->type == TYPE_i32 || g->type == TYPE_f32;
    cell[0] = narrow ? (u32)init_value(l, g->init) : init_value(l, g->init);
    if (g->type == TYPE_v128) {
      cell[1] = init->kind == INIT_global ? global_cell(l, init->index)[1] : init->bits[1];
    }
    l->globals[i] = global_new(job->ctx, cell, g->type, g->mutable);
    if (l->globals[i] == 0) return fail(job->error, "out of memory");
  }
  return true;
}

u64 init_value(const Linked *l, u32 index) {
  const Init *init = &l->module->inits[index];
  switch (init->kind) {
  case INIT_const: return init->bits[0];
  case INIT_global: return *global_cell(l, init->index);
  case INIT_func: return (u64)linked_func(l, init->index);
  default: return 0;
  }
}

// ---- segments and start ------------------------------------------------------------------------

/** Standard 1.0: what keeps an active segment from fitting, null if all fit. */
static const char *find_misfit(const Linked *l) {
  const Module *m = l->module;
  for (u32 i = 0; i < m->elemCount; i++) {
    const ElemInfo *e = &m->elems[i];
    if (e->mode != SEGMENT_active) continue;
    const TableObject *t = l->tables[e->table]->object;
    u64 end = (u64)(u32)init_value(l, e->start) + e->count;
    if (end > t->size) return "elements segment does not fit";
  }
  for (u32 i = 0; i < m->dataCount; i++) {
    const DataInfo *d = &m->datas[i];
    if (d->mode != SEGMENT_active) continue;
    const MemoryObject *o = l->memories[d->memory]->object;
    u64 end = (u64)(u32)init_value(l, d->start) + d->size;
    if (end > o->bytes) return "data segment does not fit";
  }
  return 0;
}

static u32 apply_segments(Linked *l) {
  const Module *m = l->module;
  u8 *elemDropped = (u8 *)l->record->elemDropped, *dataDropped = (u8 *)l->record->dataDropped;
  for (u32 i = 0; i < m->elemCount; i++) {
    const ElemInfo *e = &m->elems[i];
    if (e->mode == SEGMENT_passive) continue;
    u32 code = TRAP_none;
    if (e->mode == SEGMENT_active) {
      code = table_init_from(l, e->table, i, (u32)init_value(l, e->start), 0, e->count);
    }
    if (code != TRAP_none) return code;
    elemDropped[i] = 1;
  }
  for (u32 i = 0; i < m->dataCount; i++) {
    const DataInfo *d = &m->datas[i];
    if (d->mode == SEGMENT_passive) continue;
    u32 code = memory_init_from(l, d->memory, i, (u32)init_value(l, d->start), 0, d->size);
    if (code != TRAP_none) return code;
    dataDropped[i] = 1;
  }
  return TRAP_none;
}

FuncRef *linked_start(Linked *l) {
  u32 index = l->module->start;
  if (index == NONE32) return 0;
  if (index < l->module->importedFuncs) return linked_func(l, index);
  l->start = make_ref(l, index);
  return &l->start;
}

static Linked *new_linked(Job *job) {
  const Module *m = job->module;
  Linked *l = context_alloc(job->ctx, sizeof *l);
  u64 count = (u64)m->tableCount + m->memoryCount + m->globalCount;
  Extern **externs = context_alloc(job->ctx, count * sizeof *externs);
  if (l == 0 || externs == 0) return 0;
  l->module = job->module;
  l->tables = externs;
  l->memories = l->tables + m->tableCount;
  l->globals = l->memories + m->memoryCount;
  return l;
}

Outcome link_instance(Context *ctx, Module *module, const Import *imports, Linked **out) {
  Job job = {ctx, module, imports, 0, &ctx->error};
  for (u32 i = 0; i < module->importCount; i++) {
    if (!match_import(module, i, imports[i], &ctx->error)) return LINK_FAILED;
  }
  job.linked = new_linked(&job);
  if (job.linked == 0) return fail(job.error, "out of memory"), FAILED;
  Extern *before = ctx->group->mapped;
  bool reserved = reserve(&job);
  Linked *l = job.linked;
  if (!reserved || !fill_record(&job) || !make_objects(&job) || !make_globals(&job)) {
    objects_drop(ctx, ctx->group, before); // before the record, in which they lie
    sys_unmap(l->region.base, l->region.size);
    return FAILED;
  }
  l->number = ctx->instanceCount++;
  l->next = ctx->group->instances;
  ctx->group->instances = l;
  module->users++;
  *out = l;
  if (ctx->blank) return OK;
  if (module->header->model & MODEL_segmentsFirst) {
    const char *misfit = find_misfit(l);
    if (misfit != 0) return fail(job.error, misfit), LINK_FAILED;
  }
  u32 code = apply_segments(l);
  if (code == TRAP_none) return OK;
  ctx->trapCode = code;
  ctx->trapPc = 0;
  return TRAPPED;
}

// ---- looking at an instance --------------------------------------------------------------------

/** Position of a function in the reference array, NONE32 if it has none. */
static u32 ref_of(const Module *m, u32 func) {
  u32 low = 0, high = m->refCount;
  while (low < high) {
    u32 middle = low + (high - low) / 2;
    if (m->refs[middle].func < func) low = middle + 1;
    else high = middle;
  }
  return low < m->refCount && m->refs[low].func == func ? low : NONE32;
}

/** The import entry of an imported function; they are in the order of their indices. */
static const ImportInfo *func_import(const Module *m, u32 func) {
  for (const ImportInfo *i = m->imports;; i++) {
    if (i->kind == EXTERN_func && i->index == func) return i;
  }
}

FuncRef *linked_func(const Linked *l, u32 index) {
  const Module *m = l->module;
  if (index < m->importedFuncs) {
    return (FuncRef *)((ImportSlot *)record_slot(l, func_import(m, index)->slot))->ref;
  }
  u32 at = ref_of(m, index);
  return at == NONE32 ? 0 : (FuncRef *)record_slot(l, m->refs[at].slot);
}

const ExportInfo *linked_export(const Linked *l, Text name) {
  const Module *m = l->module;
  for (u32 i = 0; i < m->exportCount; i++) {
    if (text_same(module_text(m, m->exports[i].name), name)) return &m->exports[i];
  }
  return 0;
}

Import linked_object(const Linked *l, const ExportInfo *e) {
  switch (e->kind) {
  case EXTERN_func: return (Import){e->kind, linked_func(l, e->index)};
  case EXTERN_table: return (Import){e->kind, l->tables[e->index]};
  case EXTERN_memory: return (Import){e->kind, l->memories[e->index]};
  default: return (Import){e->kind, l->globals[e->index]};
  }
}
