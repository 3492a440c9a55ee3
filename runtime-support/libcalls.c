// What generated code calls: growth and bulk operations on memories and tables. The entries
// (rt_lib_*) are in the assembler file; these functions run on the guest stack and end either by
// returning or in rt_land. The operations themselves are shared with instantiation, which applies
// active segments in the same way. Sums of 32-bit numbers are taken in 64 bits.
#include "runtime.h"

static MemoryObject *memory_of(const Linked *l, u32 memory) {
  return l->memories[memory]->object;
}

static TableObject *table_of(const Linked *l, u32 table) { return l->tables[table]->object; }

static u64 *entries(const TableObject *t) { return (u64 *)t->base; }

u64 memory_grow(Context *ctx, MemoryObject *m, u64 pages) {
  u64 old = m->pages;
  if (pages > m->max - old || pages > ctx->pagesLeft) return NONE32;
  u64 bytes = pages * WASM_PAGE;
  if (!sys_protect((u8 *)m->base + m->bytes, bytes, PROT_READ | PROT_WRITE)) return NONE32;
  m->pages = old + pages;
  ctx->pagesLeft -= pages;
  m->bytes += bytes;
  return old;
}

void memory_changed(Context *ctx, Extern *e) {
  if (e->grew) return;
  e->grew = true;
  e->nextGrown = ctx->grown;
  ctx->grown = e;
}

u64 table_grow(TableObject *t, u64 value, u64 count) {
  u64 old = t->size;
  if (count > t->max - old) return NONE32;
  u64 from = round_up(old * 8, PAGE_UNIT), to = round_up((old + count) * 8, PAGE_UNIT);
  if (!sys_protect((u8 *)t->base + from, to - from, PROT_READ | PROT_WRITE)) return NONE32;
  for (u64 i = 0; i < count; i++) entries(t)[old + i] = value;
  t->size = old + count;
  return old;
}

u32 memory_init_from(Linked *l, u32 memory, u32 data, u32 to, u32 from, u32 count) {
  MemoryObject *m = memory_of(l, memory);
  const DataInfo *d = &l->module->datas[data];
  u64 size = ((u8 *)l->record->dataDropped)[data] ? 0 : d->size;
  if ((u64)from + count > size || (u64)to + count > m->bytes) return TRAP_memory;
  memcpy((u8 *)m->base + to, l->module->data + d->offset + from, count);
  return TRAP_none;
}

u32 table_init_from(Linked *l, u32 table, u32 elem, u32 to, u32 from, u32 count) {
  TableObject *t = table_of(l, table);
  const ElemInfo *e = &l->module->elems[elem];
  u64 size = ((u8 *)l->record->elemDropped)[elem] ? 0 : e->count;
  if ((u64)to + count > t->size) return TRAP_table;
  if ((u64)from + count > size) return TRAP_segment;
  for (u32 i = 0; i < count; i++) entries(t)[to + i] = init_value(l, e->first + from + i);
  return TRAP_none;
}

// ---- entries -----------------------------------------------------------------------------------
// Named by LIBCALLS; reached from the assembler file only.

u64 lib_memory_grow(Instance *instance, u32 memory, u32 pages);
void lib_memory_fill(Instance *instance, u32 memory, u32 to, u32 value, u32 count);
void lib_memory_copy(Instance *instance, u32 memory, u32 other, u32 to, u32 from, u32 count);
void lib_memory_init(Instance *instance, u32 memory, u32 data, u32 to, u32 from, u32 count);
void lib_data_drop(Instance *instance, u32 data);
u64 lib_table_grow(Instance *instance, u32 table, u64 value, u32 count);
void lib_table_fill(Instance *instance, u32 table, u32 to, u64 value, u32 count);
void lib_table_copy(Instance *instance, u32 table, u32 other, u32 to, u32 from, u32 count);
void lib_table_init(Instance *instance, u32 table, u32 elem, u32 to, u32 from, u32 count);
void lib_elem_drop(Instance *instance, u32 elem);

// What lies between may not be left by an interruption (interrupts.c).

static void begin(Context *ctx) {
  ctx->busy = true;
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

static void end(Context *ctx) {
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  ctx->busy = false;
}

static void check(const Instance *instance, u32 code) {
  if (code == TRAP_none) return;
  Context *ctx = (Context *)instance->context;
  ctx->trapCode = code;
  ctx->trapExact = false;
  arch_in_library(ctx);
  rt_land(ctx);
}

/** Its owner grows it, and says what has become of it before the guest goes on (addon.c). */
static u64 grow_borrowed(Context *ctx, const Extern *e, u32 pages) {
  const MemoryObject *m = e->object;
  if (pages > m->max - m->pages) return NONE32;
  u64 sp = ctx->libSp, pc = ctx->libPc; // others may call the library meanwhile
  u64 old = rt_ask(e->grower, pages);
  ctx->libSp = sp;
  ctx->libPc = pc;
  return old;
}

u64 lib_memory_grow(Instance *instance, u32 memory, u32 pages) {
  Extern *e = linked_of(instance)->memories[memory];
  Context *ctx = (Context *)instance->context;
  if (e->grower != 0) return grow_borrowed(ctx, e, pages);
  begin(ctx);
  u64 old = memory_grow(ctx, e->object, pages);
  if (old != NONE32) memory_changed(ctx, e);
  end(ctx);
  return old;
}

void lib_memory_fill(Instance *instance, u32 memory, u32 to, u32 value, u32 count) {
  MemoryObject *m = memory_of(linked_of(instance), memory);
  if ((u64)to + count > m->bytes) check(instance, TRAP_memory);
  memset((u8 *)m->base + to, (int)(value & 0xff), count);
}

void lib_memory_copy(Instance *instance, u32 memory, u32 other, u32 to, u32 from, u32 count) {
  MemoryObject *m = memory_of(linked_of(instance), memory);
  MemoryObject *o = memory_of(linked_of(instance), other);
  if ((u64)to + count > m->bytes || (u64)from + count > o->bytes) check(instance, TRAP_memory);
  memmove((u8 *)m->base + to, (u8 *)o->base + from, count);
}

void lib_memory_init(Instance *instance, u32 memory, u32 data, u32 to, u32 from, u32 count) {
  check(instance, memory_init_from(linked_of(instance), memory, data, to, from, count));
}

void lib_data_drop(Instance *instance, u32 data) { ((u8 *)instance->dataDropped)[data] = 1; }

u64 lib_table_grow(Instance *instance, u32 table, u64 value, u32 count) {
  Context *ctx = (Context *)instance->context;
  begin(ctx);
  u64 old = table_grow(table_of(linked_of(instance), table), value, count);
  end(ctx);
  return old;
}

void lib_table_fill(Instance *instance, u32 table, u32 to, u64 value, u32 count) {
  TableObject *t = table_of(linked_of(instance), table);
  if ((u64)to + count > t->size) check(instance, TRAP_table);
  for (u32 i = 0; i < count; i++) entries(t)[to + i] = value;
}

void lib_table_copy(Instance *instance, u32 table, u32 other, u32 to, u32 from, u32 count) {
  TableObject *t = table_of(linked_of(instance), table);
  TableObject *o = table_of(linked_of(instance), other);
  if ((u64)to + count > t->size || (u64)from + count > o->size) check(instance, TRAP_table);
  memmove(entries(t) + to, entries(o) + from, (u64)count * 8);
}

void lib_table_init(Instance *instance, u32 table, u32 elem, u32 to, u32 from, u32 count) {
  check(instance, table_init_from(linked_of(instance), table, elem, to, from, count));
}

void lib_elem_drop(Instance *instance, u32 elem) { ((u8 *)instance->elemDropped)[elem] = 1; }
