// Snapshots of instances: what an instance's own memories, globals and tables hold, and which of
// its segments are dropped. In: an instance. Out: a Snapshot, whose memories are files of the
// kernel's, and with it instances of the same module that become what the snapshot says.
//
// A memory that is restored is mapped from its file, privately: pages that the guest has not
// written since are the file's own, and restoring the memory once more drops the others, which
// costs as much as there are of them, whatever the size of the memory. Pages of zeros take no room
// in the file.
//
// References to functions of the instance's own module lie in its record, and are moved to the
// record of the instance that is restored; those to functions that it imports become what that one
// imports. Whatever else is referred to lives in the group of the first instance.
#include "addon.h"

typedef struct Picture {
  int fd; // -1: the memory is empty
  u64 bytes;
  u64 id; // Extern.picture of memories that are mapped from it
} Picture;

typedef struct Snapshot {
  struct Snapshot *next, **before; // in its Home
  u64 size; // of all this
  u32 memoryCount;
  const Linked *of;
  const Module *module;
  Picture *memories;
  u64 *globals; // two words each
  u64 *sizes;   // of the tables
  u64 *entries; // of all tables, one behind the other
  u8 *dropped;
  u64 bytes; // of the memories
} Snapshot;

static u64 pictures; // given out by any thread

static u32 own_memories(const Module *m) { return m->memoryCount - m->importedMemories; }
static u32 own_tables(const Module *m) { return m->tableCount - m->importedTables; }
static u32 own_globals(const Module *m) { return m->globalCount - m->importedGlobals; }
static u64 segments(const Module *m) { return (u64)m->dataCount + m->elemCount; }

static const TableObject *table_at(const Linked *l, u32 own) {
  return l->tables[l->module->importedTables + own]->object;
}

static Extern *memory_at(const Linked *l, u32 own) {
  return l->memories[l->module->importedMemories + own];
}

static Extern *global_at(const Linked *l, u32 own) {
  return l->globals[l->module->importedGlobals + own];
}

// ---- memories ----------------------------------------------------------------------------------

static bool is_zero(const u64 *words, usize count) {
  for (usize i = 0; i < count; i += 4) {
    if ((words[i] | words[i + 1] | words[i + 2] | words[i + 3]) != 0) return false;
  }
  return true;
}

static bool write_at(int fd, const u8 *from, u64 size, u64 offset) {
  while (size > 0) {
    struct {
      const u8 *at;
      u64 size;
    } part = {from, size};
    i64 n = syscall(NR_pwritev, (u64)fd, (u64)&part, 1, offset, 0, 0);
    if (n == -EINTR) continue;
    if (n <= 0) return false;
    from += n, offset += (u64)n, size -= (u64)n;
  }
  return true;
}

/** Writes the pages that are not zero, those that follow one another at once. */
static bool write_pages(int fd, const u8 *base, u64 bytes) {
  u64 from = 0, to = 0;
  for (u64 at = 0; at < bytes; at += OS_PAGE) {
    if (is_zero((const u64 *)(base + at), OS_PAGE / 8)) continue;
    if (at != to) {
      if (!write_at(fd, base + from, to - from, from)) return false;
      from = at;
    }
    to = at + OS_PAGE;
  }
  return write_at(fd, base + from, to - from, from);
}

static bool take_memory(Picture *p, const MemoryObject *m) {
  enum { MFD_CLOEXEC = 1 };
  p->fd = -1;
  p->bytes = m->bytes;
  p->id = __atomic_add_fetch(&pictures, 1, __ATOMIC_RELAXED);
  if (m->bytes == 0) return true;
  i64 fd = syscall(NR_memfd_create, (u64) "ingot-snapshot", MFD_CLOEXEC, 0, 0, 0, 0);
  if (fd < 0) return false;
  p->fd = (int)fd;
  return syscall(NR_ftruncate, (u64)fd, m->bytes, 0, 0, 0, 0) == 0 &&
         write_pages(p->fd, (const u8 *)m->base, m->bytes);
}

enum { RW = PROT_READ | PROT_WRITE };
enum { CLOSED = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED };

/** The memory becomes what the picture shows. False: the kernel refuses. */
static bool put_memory(Context *ctx, Extern *e, const Picture *p) {
  enum { DONT_NEED = 4 };
  MemoryObject *m = e->object;
  u8 *base = (u8 *)m->base;
  bool mapped = e->picture == p->id && m->bytes >= p->bytes;
  if (p->bytes > 0 && mapped) {
    if (syscall(NR_madvise, m->base, p->bytes, DONT_NEED, 0, 0, 0) != 0) return false;
  } else if (p->bytes > 0) {
    if (sys_map(base, p->bytes, RW, MAP_PRIVATE | MAP_FIXED, p->fd, 0) == 0) return false;
  }
  e->picture = p->id;
  if (m->bytes > p->bytes &&
      sys_map(base + p->bytes, m->bytes - p->bytes, PROT_NONE, CLOSED, -1, 0) == 0) {
    return false;
  }
  if (m->bytes != p->bytes) memory_changed(ctx, e);
  ctx->pagesLeft += m->pages;
  m->bytes = p->bytes;
  m->pages = p->bytes / WASM_PAGE;
  ctx->pagesLeft -= m->pages;
  return true;
}

// ---- references --------------------------------------------------------------------------------

/** Where references of one instance are to lead in another; `foreign`: one led elsewhere. */
typedef struct Move {
  const Linked *from, *to;
  bool foreign;
} Move;

static u64 moved(Move *move, u64 ref) {
  const Module *m = move->from->module;
  if (ref == 0 || move->from == move->to) return ref;
  u64 offset = ref - (u64)move->from->record;
  if (offset < m->header->recordSize) return (u64)move->to->record + offset;
  for (u32 i = 0; i < m->importedFuncs; i++) {
    if ((u64)linked_func(move->from, i) == ref) return (u64)linked_func(move->to, i);
  }
  move->foreign = true;
  return ref;
}

static bool put_tables(const Snapshot *s, Move *move) {
  const u64 *from = s->entries;
  for (u32 i = 0; i < own_tables(s->module); i++) {
    const Extern *e = move->to->tables[s->module->importedTables + i];
    TableObject *t = e->object;
    if (!sys_protect((u8 *)t->base, round_up(s->sizes[i] * 8, PAGE_UNIT), RW)) return false;
    u64 *to = (u64 *)t->base;
    if (e->type == TYPE_funcref) {
      for (u64 k = 0; k < s->sizes[i]; k++) to[k] = moved(move, from[k]);
    } else {
      memcpy(to, from, s->sizes[i] * 8);
    }
    t->size = s->sizes[i];
    from += s->sizes[i];
  }
  return true;
}

static usize cell_size(const Extern *global) { return global->type == TYPE_v128 ? 16 : 8; }

static void put_globals(const Snapshot *s, Move *move) {
  for (u32 i = 0; i < own_globals(s->module); i++) {
    const Extern *e = global_at(move->to, i);
    const u64 *from = &s->globals[2 * i];
    if (e->type == TYPE_funcref) *(u64 *)e->object = moved(move, *from);
    else memcpy(e->object, from, cell_size(e));
  }
}

// ---- taking and putting ------------------------------------------------------------------------

/** Looks neither at the instance nor at its module, which may have ended before. */
static void release(Snapshot *s) {
  for (u32 i = 0; i < s->memoryCount; i++) {
    if (s->memories[i].fd >= 0) sys_close(s->memories[i].fd);
  }
  if (s->before != 0) *s->before = s->next;
  if (s->next != 0) s->next->before = s->before;
  sys_unmap(s, s->size);
}

static void enlist(Home *home, Snapshot *s) {
  s->next = home->snapshots;
  s->before = &home->snapshots;
  if (s->next != 0) s->next->before = &s->next;
  home->snapshots = s;
}

void snapshots_end(Home *home) {
  while (home->snapshots != 0) release(home->snapshots);
}

/** Room for what the instance has now. */
static Snapshot *room_for(const Linked *l) {
  const Module *m = l->module;
  u64 entries = 0;
  for (u32 i = 0; i < own_tables(m); i++) entries += table_at(l, i)->size;
  u64 words = 2ul * own_globals(m) + own_tables(m) + entries;
  u64 size = sizeof(Snapshot) + own_memories(m) * sizeof(Picture) + words * 8 + segments(m);
  Snapshot *s = sys_map(0, size, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (s == 0) return 0;
  Picture *memories = (Picture *)(s + 1);
  u64 *globals = (u64 *)(memories + own_memories(m));
  u64 *sizes = globals + 2 * own_globals(m);
  *s = (Snapshot){.size = size, .memoryCount = own_memories(m), .of = l, .module = m,
                  .memories = memories, .globals = globals, .sizes = sizes,
                  .entries = sizes + own_tables(m)};
  s->dropped = (u8 *)(s->entries + entries);
  for (u32 i = 0; i < own_memories(m); i++) memories[i].fd = -1;
  return s;
}

static Snapshot *take(const Linked *l) {
  Snapshot *s = room_for(l);
  if (s == 0) return 0;
  const Module *m = l->module;
  for (u32 i = 0; i < own_memories(m); i++) {
    if (!take_memory(&s->memories[i], memory_at(l, i)->object)) {
      release(s);
      return 0;
    }
    s->bytes += s->memories[i].bytes;
  }
  u64 *to = s->entries;
  for (u32 i = 0; i < own_tables(m); i++) {
    const TableObject *t = table_at(l, i);
    s->sizes[i] = t->size;
    memcpy(to, (const void *)t->base, t->size * 8);
    to += t->size;
  }
  for (u32 i = 0; i < own_globals(m); i++) {
    const Extern *e = global_at(l, i);
    memcpy(&s->globals[2 * i], e->object, cell_size(e));
  }
  memcpy(s->dropped, (const void *)l->record->dataDropped, segments(m));
  return s;
}

static bool has_room(const Linked *l, const Snapshot *s) {
  for (u32 i = 0; i < own_memories(s->module); i++) {
    const MemoryObject *m = memory_at(l, i)->object;
    if (s->memories[i].bytes > m->max * WASM_PAGE) return false;
  }
  for (u32 i = 0; i < own_tables(s->module); i++) {
    if (s->sizes[i] > table_at(l, i)->max) return false;
  }
  return true;
}

/** PUT_*: how it went. */
enum { PUT_ok, PUT_foreign, PUT_tooLarge, PUT_refused };

static u32 put(Context *ctx, Linked *l, const Snapshot *s) {
  if (!has_room(l, s)) return PUT_tooLarge;
  Move move = {s->of, l, false};
  for (u32 i = 0; i < own_memories(s->module); i++) {
    if (!put_memory(ctx, memory_at(l, i), &s->memories[i])) return PUT_refused;
  }
  if (!put_tables(s, &move)) return PUT_refused;
  put_globals(s, &move);
  memcpy((void *)l->record->dataDropped, s->dropped, segments(s->module));
  return move.foreign ? PUT_foreign : PUT_ok;
}

// ---- entries -----------------------------------------------------------------------------------

/** (Linked) -> Snapshot, 0: no memory. The bytes of its memories become the desk's target. */
napi_value snapshot_take(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Snapshot *s = take(address_at(&args, 0));
  if (s != 0) {
    enlist(args.home, s);
    put_number(args.home->ctx, (f64)s->bytes);
  }
  return number_value(env, (f64)(u64)s);
}

/** (Linked, Snapshot of the same module) -> PUT_* */
napi_value snapshot_put(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  return number_value(env, put(args.home->ctx, address_at(&args, 0), address_at(&args, 1)));
}

/** (Snapshot) */
napi_value snapshot_release(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  (void)env;
  release(address_at(&args, 0));
  return 0;
}

/** (Snapshot, type) -> the references of that type in it */
napi_value snapshot_refs(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  const Snapshot *s = address_at(&args, 0);
  u32 type = (u32)number_at(&args, 1), count = 0;
  const u64 *from = s->entries;
  napi_value list;
  napi_create_array(env, &list);
  for (u32 i = 0; i < own_tables(s->module); i++) {
    bool of_type = s->of->tables[s->module->importedTables + i]->type == type;
    for (u64 k = 0; of_type && k < s->sizes[i]; k++) {
      if (from[k] != 0) napi_set_element(env, list, count++, number_value(env, (f64)from[k]));
    }
    from += s->sizes[i];
  }
  for (u32 i = 0; i < own_globals(s->module); i++) {
    u64 value = s->globals[2 * i];
    if (global_at(s->of, i)->type != type || value == 0) continue;
    napi_set_element(env, list, count++, number_value(env, (f64)value));
  }
  return list;
}
