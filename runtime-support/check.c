// The structure of an artifact's sections: every array within its section, every index within its
// array, every slot within the record and no two of them overlapping, everything sorted that is
// searched. After this, the rest of the runtime follows offsets without looking. Code itself cannot
// be checked; that is what the content hash is for.
#include "runtime.h"

typedef struct Check {
  Module *m;
  Span section;
  Error *error;
  u64 *claimed; // a bit per 8 bytes of the record
} Check;

static bool bad(const Check *c, const char *what, u32 index) {
  return fail(c->error, "damaged: %s %u is malformed", what, index);
}

/** A range of .ingot.module: `at` holds offset and count. */
static const void *array(const Check *c, const u32 at[2], u64 size, u64 align, bool *ok) {
  if (at[0] % align != 0 || at[0] > c->section.size) *ok = false;
  else if ((u64)at[1] * size > c->section.size - at[0]) *ok = false;
  return (const u8 *)c->section.at + at[0];
}

static bool find_arrays(Check *c) {
  Module *m = c->m;
  const ModuleHeader *h = c->section.at;
  if (c->section.size < sizeof *h || c->section.size > NONE32) {
    return fail(c->error, "damaged: section .ingot.module is too short");
  }
  bool ok = true;
#define ARRAY(field, counter, type)                                   \
  m->field = array(c, h->field, sizeof(type), _Alignof(type), &ok);   \
  m->counter = h->field[1];
  ARRAY(types, typeCount, TypeInfo)
  ARRAY(imports, importCount, ImportInfo)
  ARRAY(exports, exportCount, ExportInfo)
  ARRAY(refs, refCount, RefInfo)
  ARRAY(funcTypes, funcCount, u32)
  ARRAY(tables, tableCount, TableInfo)
  ARRAY(memories, memoryCount, MemoryInfo)
  ARRAY(globals, globalCount, GlobalInfo)
  ARRAY(elems, elemCount, ElemInfo)
  ARRAY(datas, dataCount, DataInfo)
  ARRAY(inits, initCount, Init)
  ARRAY(strings, stringsSize, char)
#undef ARRAY
  m->start = h->start;
  m->importedFuncs = h->importedFuncs;
  return ok || fail(c->error, "damaged: an array of section .ingot.module leads out of it");
}

static bool string_ok(const Check *c, const u32 at[2]) {
  return at[0] <= c->m->stringsSize && at[1] <= c->m->stringsSize - at[0];
}

static bool is_ref(u32 type) { return type == TYPE_funcref || type == TYPE_externref; }
static bool is_type(u32 type) { return (type >= TYPE_v128 && type <= TYPE_i32) || is_ref(type); }

static bool types_ok(const Check *c, const u32 at[2]) {
  if (!string_ok(c, at)) return false;
  for (u32 i = 0; i < at[1]; i++) {
    if (!is_type((u8)c->m->strings[at[0] + i])) return false;
  }
  return true;
}

const char *type_name(u32 type) {
  switch (type) {
  case TYPE_i32: return "i32";
  case TYPE_i64: return "i64";
  case TYPE_f32: return "f32";
  case TYPE_f64: return "f64";
  case TYPE_v128: return "v128";
  case TYPE_funcref: return "funcref";
  default: return "externref";
  }
}

/** Takes `what` from the front of a text. */
static bool take_text(Text *from, const char *what) {
  Text t = text_of(what);
  if (from->length < t.length || memcmp(from->at, t.at, t.length) != 0) return false;
  *from = (Text){from->at + t.length, from->length - t.length};
  return true;
}

static bool take_types(Text *key, Text types) {
  for (usize i = 0; i < types.length; i++) {
    if (i > 0 && !take_text(key, " ")) return false;
    if (!take_text(key, type_name((u8)types.at[i]))) return false;
  }
  return true;
}

/** The key that is compared when types are linked says what calls go by (newFuncType). */
static bool key_agrees(const Module *m, const TypeInfo *t) {
  Text key = module_text(m, t->key);
  return take_types(&key, module_text(m, t->params)) && take_text(&key, " -> ") &&
         take_types(&key, module_text(m, t->results)) && key.length == 0;
}

static bool check_types(const Check *c) {
  Module *m = c->m;
  for (u32 i = 0; i < m->typeCount; i++) {
    const TypeInfo *t = &m->types[i];
    if (!string_ok(c, t->key) || t->sig != sig_id(module_text(m, t->key)) ||
        !types_ok(c, t->params) || !types_ok(c, t->results) || !key_agrees(m, t)) {
      return bad(c, "function type", i);
    }
  }
  for (u32 i = 0; i < m->funcCount; i++) {
    if (m->funcTypes[i] >= m->typeCount) return bad(c, "function", i);
  }
  if (m->importedFuncs > m->funcCount) return bad(c, "function", m->importedFuncs);
  return true;
}

/** Takes [slot, slot + size) of the record, which nobody else may have. */
static bool claim(const Check *c, u32 slot, u32 size, u32 align) {
  if (slot % align != 0 || slot < sizeof(Instance)) return false;
  if ((u64)slot + size > c->m->header->recordSize) return false;
  for (u32 word = slot / 8; word < (slot + size) / 8; word++) {
    if (c->claimed[word / 64] >> (word % 64) & 1) return false;
    c->claimed[word / 64] |= 1ul << (word % 64);
  }
  return true;
}

/** The slot that an imported object's own row names, which must be the import's. */
static bool slot_agrees(const Check *c, const ImportInfo *i) {
  const Module *m = c->m;
  switch (i->kind) {
  case EXTERN_table: return i->index < m->tableCount && m->tables[i->index].slot == i->slot;
  case EXTERN_memory: return i->index < m->memoryCount && m->memories[i->index].slot == i->slot;
  case EXTERN_global: return i->index < m->globalCount && m->globals[i->index].slot == i->slot;
  default: return true;
  }
}

static bool check_imports(const Check *c) {
  Module *m = c->m;
  u32 *const counters[] = {
    [EXTERN_func] = 0,
    [EXTERN_table] = &m->importedTables,
    [EXTERN_memory] = &m->importedMemories,
    [EXTERN_global] = &m->importedGlobals,
  };
  u32 funcs = 0;
  for (u32 i = 0; i < m->importCount; i++) {
    const ImportInfo *info = &m->imports[i];
    if (info->kind > EXTERN_global) return bad(c, "import", i);
    u32 *counter = info->kind == EXTERN_func ? &funcs : counters[info->kind];
    bool inHead = info->kind == EXTERN_memory && info->slot == Instance_memory0;
    u32 size = info->kind == EXTERN_func ? sizeof(ImportSlot) : 8;
    if (!string_ok(c, info->module) || !string_ok(c, info->name) || info->index != *counter ||
        !slot_agrees(c, info) || !((inHead && info->index == 0) || claim(c, info->slot, size, 8))) {
      return bad(c, "import", i);
    }
    ++*counter;
  }
  return funcs == m->importedFuncs || bad(c, "import", m->importCount);
}

/** The function can be referred to: it is imported, or has a FuncRef. */
static bool has_ref(const Module *m, u32 func) {
  u32 low = 0, high = m->refCount;
  if (func < m->importedFuncs) return true;
  while (low < high) {
    u32 middle = low + (high - low) / 2;
    if (m->refs[middle].func < func) low = middle + 1;
    else high = middle;
  }
  return low < m->refCount && m->refs[low].func == func;
}

static bool check_refs(const Check *c) {
  const Module *m = c->m;
  for (u32 i = 0; i < m->refCount; i++) {
    const RefInfo *r = &m->refs[i];
    bool sorted = i == 0 || (m->refs[i - 1].func < r->func && m->refs[i - 1].slot < r->slot);
    if (!sorted || r->func < m->importedFuncs || r->func >= m->funcCount ||
        !claim(c, r->slot, sizeof(FuncRef), 8)) {
      return bad(c, "function reference", i);
    }
  }
  return true;
}

static bool check_exports(const Check *c) {
  const Module *m = c->m;
  const u32 counts[] = {m->funcCount, m->tableCount, m->memoryCount, m->globalCount};
  for (u32 i = 0; i < m->exportCount; i++) {
    const ExportInfo *e = &m->exports[i];
    if (!string_ok(c, e->name) || e->kind > EXTERN_global || e->index >= counts[e->kind] ||
        (e->kind == EXTERN_func && !has_ref(m, e->index))) {
      return bad(c, "export", i);
    }
  }
  return true;
}

static bool check_objects(const Check *c) {
  const Module *m = c->m;
  for (u32 i = 0; i < m->tableCount; i++) {
    const TableInfo *t = &m->tables[i];
    bool placed = i < m->importedTables || claim(c, t->slot, sizeof(TableObject), 8);
    if (!placed || !is_ref(t->elem) || t->max < t->min) return bad(c, "table", i);
  }
  for (u32 i = 0; i < m->memoryCount; i++) {
    const MemoryInfo *y = &m->memories[i];
    bool placed = i < m->importedMemories || (i == 0 && y->slot == Instance_memory) ||
                  (i != 0 && claim(c, y->slot, sizeof(MemoryObject), 8));
    if (!placed || y->min > 65536 || y->max < y->min || (y->max > 65536 && y->max != NONE64)) {
      return bad(c, "memory", i);
    }
  }
  return true;
}

/** The constant expression yields a value of this type, using globals below `globals` only. */
static bool init_ok(const Check *c, u32 index, u32 type, u32 globals) {
  const Module *m = c->m;
  if (index >= m->initCount) return false;
  const Init *init = &m->inits[index];
  switch (init->kind) {
  case INIT_const: return !is_ref(type);
  case INIT_func: return type == TYPE_funcref && init->index < m->funcCount &&
                         has_ref(m, init->index);
  case INIT_null: return is_ref(type);
  case INIT_global: return init->index < globals && m->globals[init->index].type == type &&
                           !m->globals[init->index].mutable;
  default: return false;
  }
}

static bool check_globals(const Check *c) {
  const Module *m = c->m;
  for (u32 i = 0; i < m->globalCount; i++) {
    const GlobalInfo *g = &m->globals[i];
    u32 size = g->type == TYPE_v128 ? 16 : 8;
    if (!is_type(g->type) || g->mutable > 1) return bad(c, "global", i);
    if (i < m->importedGlobals) continue;
    if (!claim(c, g->slot, size, size) || !init_ok(c, g->init, g->type, i)) {
      return bad(c, "global", i);
    }
  }
  return true;
}

static bool check_segments(const Check *c) {
  const Module *m = c->m;
  for (u32 i = 0; i < m->elemCount; i++) {
    const ElemInfo *e = &m->elems[i];
    bool ok = e->mode <= SEGMENT_declarative && is_ref(e->type) && e->first <= m->initCount &&
              e->count <= m->initCount - e->first;
    if (ok && e->mode == SEGMENT_active) {
      ok = e->table < m->tableCount && m->tables[e->table].elem == e->type &&
           init_ok(c, e->start, TYPE_i32, m->globalCount);
    }
    for (u32 k = 0; ok && k < e->count; k++) {
      ok = init_ok(c, e->first + k, e->type, m->globalCount);
    }
    if (!ok) return bad(c, "element segment", i);
  }
  for (u32 i = 0; i < m->dataCount; i++) {
    const DataInfo *d = &m->datas[i];
    bool ok = d->mode <= SEGMENT_active && d->offset <= m->dataSize &&
              d->size <= m->dataSize - d->offset;
    if (ok && d->mode == SEGMENT_active) {
      ok = d->memory < m->memoryCount && init_ok(c, d->start, TYPE_i32, m->globalCount);
    }
    if (!ok) return bad(c, "data segment", i);
  }
  return true;
}

static bool check_start(const Check *c) {
  const Module *m = c->m;
  if (m->start == NONE32) return true;
  if (m->start >= m->funcCount) return bad(c, "start function", m->start);
  const TypeInfo *t = &m->types[m->funcTypes[m->start]];
  return (t->params[1] == 0 && t->results[1] == 0) || bad(c, "start function", m->start);
}

bool check_module(Module *module, Span section, Error *error) {
  Check c = {module, section, error, 0};
  u64 size = round_up(module->header->recordSize / 64 + 8, PAGE_UNIT);
  module->described = section;
  if (!find_arrays(&c)) return false;
  c.claimed = sys_map(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (c.claimed == 0) return fail(error, "out of memory");
  bool ok = check_types(&c) && check_imports(&c) && check_refs(&c) && check_exports(&c) &&
            check_objects(&c) && check_globals(&c) && check_segments(&c) && check_start(&c);
  sys_unmap(c.claimed, size);
  return ok;
}

// ---- what traps and traces read ----------------------------------------------------------------

/** How far the return address is; odd where it stays in the link register. */
static bool frame_ok(u32 frame) {
  return LINK_REGISTER ? frame % 16 == 8 || frame % 16 == 1 : frame % 8 == 0;
}

static bool check_funcs(const Check *c, Span section) {
  Module *m = c->m;
  u32 count = m->funcCount - m->importedFuncs;
  if (section.size != (u64)count * sizeof(FuncInfo)) {
    return fail(c->error, "damaged: section .ingot.funcs has the wrong size");
  }
  m->funcs = section.at;
  u64 end = 16 * TRAP_COUNT;
  for (u32 i = 0; i < count; i++) {
    const FuncInfo *f = &m->funcs[i];
    if (f->text < end || f->size == 0 || (u64)f->text + f->size > m->textSize ||
        !frame_ok(f->frame) || f->index != m->importedFuncs + i) {
      return bad(c, "code of function", m->importedFuncs + i);
    }
    end = (u64)f->text + f->size;
  }
  return true;
}

// There are hundreds of thousands of sites in a large program, and all of them are looked at every
// time it starts: loops without a way out, which compilers turn into vectors.
#if defined(__clang__)
#define VECTORS
#else
#define VECTORS __attribute__((optimize("O3")))
#endif

VECTORS static bool are_sorted(const u32 *numbers, u32 count) {
  u32 wrong = 0;
  for (u32 i = 1; i < count; i++) wrong |= numbers[i - 1] > numbers[i];
  return wrong == 0;
}

/** A kind and a multiple of 8. */
VECTORS static bool are_infos(const u32 *infos, u32 count) {
  u32 wrong = 0;
  for (u32 i = 0; i < count; i++) wrong |= ((infos[i] & 0xff) > SITE_ref) | (infos[i] & 0x700);
  return wrong == 0;
}

static bool check_sites(const Check *c, Span section) {
  Module *m = c->m;
  const SiteHeader *h = section.at;
  if (section.size < sizeof *h || h->reserved != 0 ||
      section.size != sizeof *h + (u64)h->count * 12) {
    return fail(c->error, "damaged: section .ingot.sites has the wrong size");
  }
  m->siteCount = h->count;
  m->sitePc = (const u32 *)(h + 1);
  m->siteSource = m->sitePc + h->count;
  m->siteInfo = m->siteSource + h->count;
  u32 most = h->count == 0 ? 0 : m->sitePc[h->count - 1];
  bool good = most <= m->textSize && are_sorted(m->sitePc, h->count);
  if (good && are_infos(m->siteInfo, h->count)) return true;
  return fail(c->error, "damaged: a site is malformed, or they are out of order");
}

static bool check_names(const Check *c, Span section) {
  Module *m = c->m;
  if (section.size == 0) return true;
  const NamesHeader *h = section.at;
  u64 head = sizeof *h + 4;
  if (section.size < head || h->reserved != 0 || (u64)h->count * 4 > section.size - head ||
      (h->count != 0 && h->count != m->funcCount)) {
    return fail(c->error, "damaged: section .ingot.names has the wrong size");
  }
  m->nameCount = h->count;
  m->nameOffsets = (const u32 *)(h + 1);
  m->names = (const char *)(m->nameOffsets + h->count + 1);
  u64 bytes = section.size - head - (u64)h->count * 4;
  for (u32 i = 0; i <= h->count; i++) {
    if ((i > 0 && m->nameOffsets[i - 1] > m->nameOffsets[i]) || m->nameOffsets[i] > bytes) {
      return bad(c, "name", i);
    }
  }
  return true;
}

bool check_trace(Module *module, Span funcs, Span sites, Span names, Error *error) {
  Check c = {module, sites, error, 0};
  return check_funcs(&c, funcs) && check_sites(&c, sites) && check_names(&c, names);
}
