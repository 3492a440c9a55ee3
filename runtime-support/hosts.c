// What compilers other than WASI's expect of every host, under the module name "env": functions
// that AssemblyScript's modules import, and those of Emscripten's that stand alone
// (-sSTANDALONE_WASM). src/engine/hosts.ts has the same table for the interpreter, with the same
// texts; one suite of tests drives both. A function is provided under its name and exactly its
// type.
//
// setjmp and longjmp, as LLVM lowers them for Emscripten: a function that calls setjmp makes its
// other calls through invoke_SIG(index, arguments...), which calls an entry of the table. longjmp
// notes where it wants to go (setThrew) and then unwinds to the innermost of them, which restores
// the stack pointer and returns; the caller looks at what was noted. Unwinding is a trap of its
// own code, which is one for everybody but invoke_SIG. Without anybody to catch it, it remains a
// trap.
//
// AssemblyScript's strings are UTF-16, a pointer to the first unit with the size in bytes in the
// four bytes before it; 0 is no string.
#include "number.h"
#include "wasi.h"

enum { TEXT_MAX = 1 << 20, SIG_MAX = 256 };

// ---- texts on standard error -------------------------------------------------------------------

typedef struct Out {
  const Wasi *wasi;
  usize used;
  char text[1024];
} Out;

static void flush(Out *out) {
  const Fd *fd = &out->wasi->fds[2];
  for (usize at = 0; fd->open && at < out->used;) {
    i64 n = sys_write(fd->host, out->text + at, out->used - at);
    if (n == -EAGAIN) wait_for(fd->host, 4);
    else if (n > 0) at += (usize)n;
    else if (n != -EINTR) break;
  }
  out->used = 0;
}

static void add(Out *out, Text t) {
  for (usize i = 0; i < t.length; i++) {
    if (out->used == sizeof out->text) flush(out);
    out->text[out->used++] = t.at[i];
  }
}

static void add_number(Out *out, u32 n) {
  char text[16];
  add(out, (Text){text, format(text, sizeof text, "%u", n)});
}

static void add_code_point(Out *out, u32 c) {
  char at[4];
  usize n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  static const u8 heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
  for (usize i = n; i-- > 1; c >>= 6) at[i] = (char)(0x80 | (c & 0x3f));
  at[0] = (char)(heads[n] | c);
  add(out, (Text){at, n});
}

/** A string of AssemblyScript; what lies outside of memory is left out. */
static void add_wide(Out *out, u64 pointer) {
  enum { REPLACEMENT = 0xfffd };
  const u8 *head = pointer < 4 ? 0 : wasi_memory(out->wasi, pointer - 4, 4);
  if (head == 0) return;
  const MemoryObject *memory = out->wasi->memory->object;
  u64 size = load32(head), left = memory->bytes - pointer;
  if (size > TEXT_MAX) size = TEXT_MAX;
  if (size > left) size = left;
  const u8 *at = head + 4, *end = at + size;
  bool open = false; // the last unit was the first half of a pair
  while (end - at >= 2) {
    u32 unit = load16(at), next = end - at >= 4 ? load16(at + 2) : 0;
    bool pair = unit >> 10 == 0x36 && next >> 10 == 0x37;
    at += pair ? 4 : 2;
    open = unit >> 10 == 0x36 && !pair;
    if (pair) unit = 0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff);
    else if (unit >> 11 == 0x1b) unit = REPLACEMENT;
    add_code_point(out, unit);
  }
  if (at < end && !open) add_code_point(out, REPLACEMENT);
}

/** A string of C. */
static void add_narrow(Out *out, u64 pointer) {
  const char *at = (const char *)wasi_memory(out->wasi, pointer, 0);
  if (pointer == 0 || at == 0) return;
  const MemoryObject *memory = out->wasi->memory->object;
  u64 left = memory->bytes - pointer, n = 0;
  while (n < left && n < TEXT_MAX && at[n] != 0) n++;
  add(out, (Text){at, n});
}

// ---- AssemblyScript ----------------------------------------------------------------------------

static Outcome abort_at(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  (void)r;
  Out out = {.wasi = func->data};
  add(&out, text_of("abort: "));
  add_wide(&out, a[0].lo);
  add(&out, text_of(" in "));
  add_wide(&out, a[1].lo);
  add(&out, text_of("("));
  add_number(&out, (u32)a[2].lo);
  add(&out, text_of(":"));
  add_number(&out, (u32)a[3].lo);
  add(&out, text_of(")\n"));
  flush(&out);
  return trap_call(ctx, TRAP_abort);
}

static Outcome trace_values(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  (void)ctx, (void)r;
  Out out = {.wasi = func->data};
  add(&out, text_of("trace: "));
  add_wide(&out, a[0].lo);
  for (u64 i = 0; i < 5 && i < a[1].lo; i++) {
    char number[40];
    add(&out, text_of(i == 0 ? " " : ", "));
    add(&out, (Text){number, format_float(a[2 + i].lo, 64, number)});
  }
  add(&out, text_of("\n"));
  flush(&out);
  return OK;
}

static u64 f64_bits(double number) {
  u64 bits;
  memcpy(&bits, &number, 8);
  return bits;
}

/** A positive, finite double of 53 random bits. */
static Outcome seed(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  (void)a;
  u64 random;
  if (!wasi_random(func->data, (u8 *)&random, 8)) {
    fail(&ctx->error, "there are no random numbers");
    return HOST_FAILED;
  }
  r[0].lo = f64_bits((double)(random >> 11));
  return OK;
}

// ---- Emscripten --------------------------------------------------------------------------------

/** Generated code looks its memory up again by itself. */
static Outcome grown(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  return (void)ctx, (void)func, (void)a, (void)r, OK;
}

/** Grows memory to so many bytes; by a fifth, if there is that much, so that it happens rarely. */
static Outcome resize_heap(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  const Wasi *wasi = func->data;
  MemoryObject *memory = wasi->memory == 0 ? 0 : wasi->memory->object;
  u64 pages = (a[0].lo + WASM_PAGE - 1) / WASM_PAGE;
  r[0].lo = memory != 0;
  if (memory == 0 || pages <= memory->pages) return OK;
  u64 ample = memory->pages + memory->pages / 5;
  if (ample > pages && memory_grow(ctx, memory, ample - memory->pages) != NONE32) return OK;
  r[0].lo = memory_grow(ctx, memory, pages - memory->pages) != NONE32;
  return OK;
}

static Outcome copy(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  u8 *to = wasi_memory(func->data, a[0].lo, a[2].lo);
  const u8 *from = wasi_memory(func->data, a[1].lo, a[2].lo);
  if (to == 0 || from == 0) return trap_call(ctx, TRAP_memory);
  memmove(to, from, a[2].lo);
  if (func->sig->results.length > 0) r[0].lo = a[0].lo;
  return OK;
}

static Outcome abort_now(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  (void)func, (void)a, (void)r;
  return trap_call(ctx, TRAP_abort);
}

static Outcome assert_fail(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  (void)r;
  Out out = {.wasi = func->data};
  add(&out, text_of("abort: assertion failed: "));
  add_narrow(&out, a[0].lo);
  add(&out, text_of(" in "));
  add_narrow(&out, a[1].lo);
  add(&out, text_of("("));
  add_number(&out, (u32)a[2].lo);
  add(&out, text_of(") "));
  add_narrow(&out, a[3].lo);
  add(&out, text_of("\n"));
  flush(&out);
  return trap_call(ctx, TRAP_abort);
}

/** Milliseconds since 1970, whole. */
static Outcome date_now(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  (void)ctx, (void)a;
  u64 now = 0;
  wasi_clock(func->data, 0, &now);
  r[0].lo = f64_bits((double)(now / 1000000));
  return OK;
}

/** Milliseconds from any moment, which never go back. */
static Outcome get_now(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  (void)ctx, (void)a;
  u64 now = 0;
  wasi_clock(func->data, 1, &now);
  r[0].lo = f64_bits((double)now / 1e6);
  return OK;
}

/** The upper half of a 64-bit result that was made two of 32 bits. */
static Outcome set_high(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  (void)ctx, (void)r;
  ((Wasi *)func->data)->jumps.high = (u32)a[0].lo;
  return OK;
}

static Outcome get_high(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  (void)ctx, (void)a;
  r[0].lo = ((Wasi *)func->data)->jumps.high;
  return OK;
}

// ---- setjmp and longjmp ------------------------------------------------------------------------

static Outcome throw_longjmp(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  (void)func, (void)a, (void)r;
  return trap_call(ctx, TRAP_longjmp);
}

/** Older modules leave it to the host to note where to go. */
static Outcome longjmp_to(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  const Jumps *jumps = &((Wasi *)func->data)->jumps;
  Value noted[2] = {a[0], {a[1].lo == 0 ? 1 : a[1].lo, 0}};
  Outcome unwinding = trap_call(ctx, TRAP_longjmp);
  Outcome done = jumps->setThrew == 0 ? OK : invoke(ctx, jumps->setThrew, noted, r);
  return done == OK ? unwinding : done;
}

/** The function at an index of the table, null after a trap. */
static FuncRef *entry_at(Context *ctx, const HostFunc *func, u64 index) {
  const TableObject *table = ((Wasi *)func->data)->jumps.table;
  if (table == 0 || index >= table->size) return trap_call(ctx, TRAP_element), (FuncRef *)0;
  FuncRef *entry = ((FuncRef **)table->base)[index];
  if (entry == 0) return trap_call(ctx, TRAP_null), (FuncRef *)0;
  const Sig *sig = store_find_sig(ctx, entry->sig), *own = func->sig;
  Text params = {own->params.at + 1, own->params.length - 1};
  if (text_same(sig->params, params) && text_same(sig->results, own->results)) return entry;
  return trap_call(ctx, TRAP_signature), (FuncRef *)0;
}

static Outcome invoke_entry(Context *ctx, HostFunc *func, const Value *a, Value *r) {
  static const Value thrown[2] = {{1, 0}, {0, 0}};
  const Jumps *jumps = &((Wasi *)func->data)->jumps;
  FuncRef *entry = entry_at(ctx, func, a[0].lo);
  Value sp = {0};
  if (entry == 0) return TRAPPED;
  Outcome done = jumps->stackSave == 0 ? OK : invoke(ctx, jumps->stackSave, 0, &sp);
  if (done == OK) done = invoke(ctx, entry, a + 1, r);
  if (done != TRAPPED || ctx->trapCode != TRAP_longjmp || jumps->setThrew == 0) return done;
  done = jumps->stackRestore == 0 ? OK : invoke(ctx, jumps->stackRestore, &sp, r);
  if (done == OK) done = invoke(ctx, jumps->setThrew, thrown, r);
  for (usize i = 0; i < func->sig->results.length; i++) r[i] = (Value){0};
  return done;
}

// ---- the table ---------------------------------------------------------------------------------

static const struct {
  const char *name, *params, *results; // letters as in invoke_SIG
  HostCode *code;
} rows[] = {
  {"abort", "iiii", "", abort_at},
  {"trace", "iiddddd", "", trace_values},
  {"seed", "", "d", seed},
  {"Date.now", "", "d", date_now},
  {"abort", "", "", abort_now},
  {"_abort_js", "", "", abort_now},
  {"__assert_fail", "iiii", "", assert_fail},
  {"emscripten_notify_memory_growth", "i", "", grown},
  {"emscripten_resize_heap", "i", "i", resize_heap},
  {"emscripten_memcpy_js", "iii", "", copy},
  {"_emscripten_memcpy_js", "iii", "", copy},
  {"emscripten_memcpy_big", "iii", "", copy},
  {"emscripten_memcpy_big", "iii", "i", copy},
  {"emscripten_date_now", "", "d", date_now},
  {"emscripten_get_now", "", "d", get_now},
  {"setTempRet0", "i", "", set_high},
  {"getTempRet0", "", "i", get_high},
  {"_emscripten_throw_longjmp", "", "", throw_longjmp},
  {"emscripten_longjmp", "ii", "", longjmp_to},
};

static HostFunc *new_func(Wasi *wasi, Text params, Text results, HostCode *code) {
  const Sig *sig = sig_of(wasi->ctx, params, results);
  return sig == 0 ? 0 : host_new(wasi->ctx, sig, code, wasi, 0);
}

/** invoke_SIG: a letter for the result, v for none, then one for each parameter. */
static HostFunc *new_invoke(Wasi *wasi, Text name) {
  char params[SIG_MAX] = "i";
  usize n = name.length - 7;
  if (n == 0 || n > sizeof params) return 0;
  for (usize i = 0; i < n; i++) {
    char c = name.at[7 + i];
    bool known = c == 'i' || c == 'j' || c == 'f' || c == 'd' || c == 'V' || c == 'F' || c == 'X';
    if (!known && !(c == 'v' && i == 0)) return 0;
    if (i > 0) params[i] = c;
  }
  Text result = {name.at + 7, name.at[7] != 'v'};
  return new_func(wasi, (Text){params, n}, result, invoke_entry);
}

HostFunc *hosts_find(Wasi *wasi, Text module, Text name, u32 type) {
  HostFunc *found = 0;
  if (!text_same(module, text_of("env"))) return 0;
  if (name.length > 7 && memcmp(name.at, "invoke_", 7) == 0) return new_invoke(wasi, name);
  for (u32 i = 0; i < COUNT(rows); i++) {
    if (!text_same(name, text_of(rows[i].name)) || (found != 0 && found->sig->id == type)) continue;
    HostFunc *h =
      new_func(wasi, text_of(rows[i].params), text_of(rows[i].results), rows[i].code);
    if (found == 0 || (h != 0 && h->sig->id == type)) found = h;
  }
  return found;
}

bool hosts_own(const HostFunc *func) {
  if (func->code == invoke_entry) return true;
  for (u32 i = 0; i < COUNT(rows); i++) {
    if (func->code == rows[i].code) return true;
  }
  return false;
}

/** An exported function of exactly this type. */
static FuncRef *find_export(const Linked *l, const char *name, const char *params,
                            const char *results) {
  const ExportInfo *e = linked_export(l, text_of(name));
  if (e == 0 || e->kind != EXTERN_func) return 0;
  FuncRef *func = linked_func(l, e->index);
  const Sig *sig = store_find_sig(((Context *)l->record->context), func->sig);
  const Sig *own = sig_of((Context *)l->record->context, text_of(params), text_of(results));
  return sig == own ? func : 0;
}

void hosts_bind(Wasi *wasi, const Linked *l) {
  Jumps *j = &wasi->jumps;
  const ExportInfo *e = linked_export(l, text_of("__indirect_function_table"));
  u32 table = e == 0 || e->kind != EXTERN_table ? 0 : e->index;
  j->bound = true;
  j->stackSave = find_export(l, "emscripten_stack_get_current", "", "i");
  if (j->stackSave == 0) j->stackSave = find_export(l, "stackSave", "", "i");
  j->stackRestore = find_export(l, "_emscripten_stack_restore", "i", "");
  if (j->stackRestore == 0) j->stackRestore = find_export(l, "stackRestore", "i", "");
  j->setThrew = find_export(l, "setThrew", "ii", "");
  bool has = table < l->module->tableCount && l->tables[table]->type == TYPE_funcref;
  j->table = has ? l->tables[table]->object : 0;
}
