// The runtime's own structures and the functions its files offer one another. One Context is one
// store: modules, groups of what lives and dies together (instances, memories, tables, globals,
// host functions) and a guest stack. There is no other state except the list of contexts that the
// signal handler searches.
//
//   artifact.c     bytes -> Module, everything checked        store.c     Context, Group, objects
//   check.c        the structure of .ingot.module             instantiate.c start.c
//   call.c         C calls guest, guest calls C               libcalls.c  what generated code calls
//   signals.c      faults become traps                        trap.c      stack traces
//   wasi.h         WASI preview 1, and hosts.c                control.c main.c number.c  the loader
//   limits.c       interruption, time limits                  addon.h     the runtime in Node
//   payload.c      a program inside of the loader             embed.c     the runtime in an object
//
// Functions that may fail return false or null and put a sentence into an Error.
#ifndef INGOT_RUNTIME_H
#define INGOT_RUNTIME_H

#include "sys.h"
#include "arch.h"

#pragma GCC visibility push(hidden)

typedef struct Context Context;

/** A loaded artifact. All pointers lead into its mapping, and were checked. */
typedef struct Module {
  struct Module *next; // in its context
  u32 number;
  u32 users; // instances, and 1 for whoever loaded it
  const u8 *file;
  u64 fileSize;
  const u8 *text; // the executable mapping
  u64 textSize, textMapped;
  const ArtifactHeader *header;
  const TypeInfo *types;
  const ImportInfo *imports;
  const ExportInfo *exports;
  const RefInfo *refs;
  const u32 *funcTypes;
  const TableInfo *tables;
  const MemoryInfo *memories;
  const GlobalInfo *globals;
  const ElemInfo *elems;
  const DataInfo *datas;
  const Init *inits;
  const char *strings;
  u32 typeCount, importCount, exportCount, refCount, funcCount, tableCount, memoryCount;
  u32 globalCount, elemCount, dataCount, initCount, stringsSize;
  u32 importedFuncs, importedTables, importedMemories, importedGlobals;
  u32 start;
  Span described; // .ingot.module
  const u8 *data;
  u64 dataSize;
  const FuncInfo *funcs;
  const u32 *sitePc, *siteSource, *siteInfo;
  u32 siteCount;
  const u32 *nameOffsets;
  u32 nameCount;
  const char *names;
} Module;

/** A function type known to a store. Equal ids, equal keys: store_sig refuses anything else. */
typedef struct Sig {
  u32 id;
  Text key, params, results; // types: a byte each
  u64 paramArea, resultArea; // bytes that a call takes on the stack
  bool vectors;              // floats or vectors are among the values
} Sig;

/** A 128-bit slot for a value of any type; unused high parts are zero. */
typedef struct Value {
  u64 lo, hi;
} Value;

/** Address space taken from the pool. */
typedef struct Region {
  u8 *base;
  u64 size;
} Region;

/** A memory, table or global with what linking needs to know about it. */
typedef struct Extern {
  u64 tag; // EXTERN_TAG ^ address, so that handles of a protocol can be told from noise
  u32 kind;
  u32 type;    // value type of a global, element type of a table
  u32 mutable; // of a global
  bool guarded; // memory: the full reservation lies behind its base
  u64 max;      // declared maximum, NONE64 = none
  void *object; // MemoryObject, TableObject or the global's cell
  Region region; // address space of a memory or table; of a borrowed memory the owner's
  u64 head;      // memory: opened bytes at the region's start, the record of its instance
  bool grew;     // in the list of grown memories
  struct HostFunc *grower; // of a borrowed memory: has its owner grow it
  u64 picture;   // memory: of which snapshot's it is mapped from (snapshot.c)
  struct Extern *nextGrown;
  struct Extern *next; // in its group's list of its kind
} Extern;

#define EXTERN_TAG 0x696e676f74207631ul

/** An instance of a module. `record` is the I of the ABI; it lies before memory 0 or by itself. */
typedef struct Linked {
  struct Linked *next; // in its group
  u32 number;
  Module *module;
  Instance *record;
  Region region; // empty when memory 0 has it
  Extern **tables, **memories, **globals;
  FuncRef start;
} Linked;

typedef enum Outcome { OK, TRAPPED, HOST_FAILED, EXITED, LINK_FAILED, FAILED } Outcome;

typedef struct HostFunc HostFunc;
/** A function of the host. Failing with HOST_FAILED leaves the sentence in the context's error. */
typedef Outcome HostCode(Context *ctx, HostFunc *func, const Value *args, Value *results);

struct HostFunc {
  FuncRef ref; // first: its address is the function reference
  u32 vectors; // of its Sig; known to the assembler file
  u64 tag;
  const Sig *sig;
  HostCode *code;
  void *data;
  u32 number;
  u32 owner;      // in Node: the place of its group
  HostFunc *next; // in its group
};

/**
 * What lives and dies together: instances that can call one another or refer to each other's
 * functions, and what belongs to them. A loader has one group only, its context's `store`.
 */
typedef struct Group {
  struct Group *next, *before; // in its context
  struct Chunk *chunks;        // of its arena
  u64 unit;                    // bytes of its next chunk
  Linked *instances;
  Extern *mapped, *globals; // mapped: memories and tables
  HostFunc *hosts;
} Group;

struct Context {
  // Known to the assembler file.
  u64 hostSp, guestSp;
  HostFunc *called;
  u64 trapPc, trapSp, trapLink;
  u32 trapCode, trapExact;
  u64 libSp, libPc;
  u64 retPop;
  u64 saved[10];
  u64 ints[8];
  u64 vecs[8][2];
  u64 resumed;
  // What JavaScript sees of a Context ends with these; others do not use them.
  Desk desk;
  u64 area[AREA / 8];
  // Not known to it.
  struct Seat *seat; // in the registry
  Module *modules;
  Linked *lastHit;
  u32 moduleCount, instanceCount;
  Group store;   // lives as long as the context; begins the list of groups
  Group *group;  // where new objects go
  Sig **sigs; // open addressing by id
  u32 sigCount, sigSlots;
  struct Chunk *spare; // first chunks of groups that have ended
  u32 spareCount;
  Extern *grown; // memories that guests have grown since this was taken
  u32 borrowed;  // memories of the host's own, which may grow without our knowledge
  Region pool[64];
  u8 *stackBase, *stackLimit, *stackTop; // guard from base to limit
  u32 depth;                             // nested enters
  u32 exitCode;
  u64 pageLimit;  // of every memory that is made
  u64 pagesLeft;  // what all memories together may still take
  u64 tableLimit; // of every table
  volatile bool busy; // a library call must not be left now
  bool blank;     // instances get no segments: a snapshot says what they are
  bool (*reclaim)(Context *ctx); // frees what is no longer used, when address space runs out
  void *host;                    // whoever embeds the runtime
  Error error;
};

_Static_assert(offsetof(Context, hostSp) == CTX_HOST_SP, "");
_Static_assert(offsetof(Context, guestSp) == CTX_GUEST_SP, "");
_Static_assert(offsetof(Context, called) == CTX_CALLED, "");
_Static_assert(offsetof(Context, trapPc) == CTX_TRAP_PC, "");
_Static_assert(offsetof(Context, trapSp) == CTX_TRAP_SP, "");
_Static_assert(offsetof(Context, trapLink) == CTX_TRAP_LINK, "");
_Static_assert(offsetof(Context, trapCode) == CTX_TRAP_CODE, "");
_Static_assert(offsetof(Context, trapExact) == CTX_TRAP_EXACT, "");
_Static_assert(offsetof(Context, libSp) == CTX_LIB_SP, "");
_Static_assert(offsetof(Context, libPc) == CTX_LIB_PC, "");
_Static_assert(offsetof(Context, retPop) == CTX_RET_POP, "");
_Static_assert(offsetof(Context, saved) == CTX_SAVED, "");
_Static_assert(offsetof(Context, ints) == CTX_INTS, "");
_Static_assert(offsetof(Context, vecs) == CTX_VECS, "");
_Static_assert(offsetof(Context, resumed) == CTX_RESUMED, "");
_Static_assert(offsetof(HostFunc, vectors) == HOST_VECTORS, "");

// ---- artifact.c, check.c -----------------------------------------------------------------------

/** How the content is checked: by checksum and SHA-256, not at all, by its checksum only. */
enum { SKIP_HASH = 1, SUM_ONLY = 2 };

/** Maps and checks the artifact in a file; the descriptor may be closed afterwards. */
bool artifact_load(Module *module, int fd, u32 options, Error *error);
/** The same for an artifact in memory whose .text lies at `text`; both outlive the module. */
bool artifact_use(Module *module, Span file, Span text, Error *error);
void artifact_unload(Module *module);
/** Checks the sections of an artifact whose frame is known to be sound. */
bool check_module(Module *module, Span section, Error *error);
/** How function types spell a value type. */
const char *type_name(u32 type);
bool check_trace(Module *module, Span funcs, Span sites, Span names, Error *error);

static inline Text module_text(const Module *m, const u32 at[2]) {
  return (Text){m->strings + at[0], at[1]};
}

/** FuncInfo of a function defined in the module. */
static inline const FuncInfo *module_func(const Module *m, u32 index) {
  return &m->funcs[index - m->importedFuncs];
}

// ---- store.c -----------------------------------------------------------------------------------

enum { STACK_MIN = 64 << 10, STACK_DEFAULT = 1 << 20, STACK_MAX = 64 << 20, DEPTH_MAX = 1500 };

Context *context_new(u64 stackSize, Error *error);
/** Back to the state after context_new. */
void context_reset(Context *ctx);
void context_free(Context *ctx);
/** Zeroed memory that lives as long as ctx->group; null when there is none. */
void *context_alloc(Context *ctx, usize size);

/** A group of its own; null when there is no memory. */
Group *group_new(Context *ctx);
/** Moves everything that is in `from`, which ends, into `to`. */
void group_unite(Group *to, Group *from);
/** Ends a group and what is in it. */
void group_free(Context *ctx, Group *group);

/** Adds a module to the store: numbers it and registers its function types. */
bool store_module(Context *ctx, Module *module, Error *error);
/** One user less; the last one unloads it and unmaps the Module, which was mapped by itself. */
void module_release(Context *ctx, Module *module);
/** 32-bit FNV-1a of a type's canonical key, never 0: sigId of src/abi.ts. */
u32 sig_id(Text key);
/** Registers a function type, copying it; null if another one has its id. */
const Sig *store_sig(Context *ctx, Sig sig, Error *error);
/** The function type of this id; null if it is not registered. */
const Sig *store_find_sig(const Context *ctx, u32 id);

/** Address space that faults, rounded up in size; null when there is none. */
u8 *region_take(Context *ctx, u64 *size);
/** Gives a region back; [base, base + head) and [at, at + bytes) are all of it that was opened. */
void region_give(Context *ctx, Region region, u64 head, u8 *at, u64 bytes);

Extern *extern_new(Context *ctx, u32 kind, void *object);
/** Ends the group's memories and tables that were made after `until`; null: all of them. */
void objects_drop(Context *ctx, Group *group, Extern *until);
/** Maps address space that faults, if need be by ending what is no longer used. */
u8 *space_take(Context *ctx, u64 size);
/** Makes it accessible, likewise. */
bool space_open(Context *ctx, void *at, u64 size);
/** Fills in a MemoryObject with address space of its own, and opens `min` pages. */
Extern *memory_new(Context *ctx, MemoryObject *object, u64 min, u64 max, u32 model, Error *error);
/** The same in address space at hand: byte 0 is `offset` bytes into the region. */
Extern *memory_in(Context *ctx, MemoryObject *object, Region region, u64 offset, u64 min, u64 max,
                  u32 model);
/**
 * A memory of the host's own, its `base` filled in, which `grower` grows: (pages) -> old pages or
 * -1, an i32 each. `guarded`: all around it is as around one of ours.
 */
Extern *memory_borrow(Context *ctx, MemoryObject *object, u64 max, bool guarded, HostFunc *grower);
/** Whether there may be a memory more that has so many pages from the start. */
bool memory_allowed(const Context *ctx, u64 min, Error *error);
Extern *table_new(Context *ctx, TableObject *object, u32 elem, u64 min, u64 max, Error *error);
Extern *global_new(Context *ctx, u64 *cell, u32 type, u32 mutable);
HostFunc *host_new(Context *ctx, const Sig *sig, HostCode *code, void *data, u32 number);

/** What a handle stands for, or null where it is nothing of that kind in ctx->store. */
Extern *find_extern(Context *ctx, u64 handle, u32 kind);
FuncRef *find_func(Context *ctx, u64 handle);

/** Bytes of address space that a memory needs from its base up. */
static inline u64 memory_span(u64 max, u32 model) {
  u64 pages = max < 65536 ? max : 65536;
  return model & MODEL_explicitBounds ? pages * WASM_PAGE : RESERVE;
}

static inline u64 memory_cap(u64 max, u32 model) {
  u64 cap = model & MODEL_addressFacts ? FACTS_MAX_PAGES : 65536;
  return max < cap ? max : cap;
}

// ---- instantiate.c, start.c --------------------------------------------------------------------

/** An object to link with: a FuncRef for functions, else an Extern; null = there is none. */
typedef struct Import {
  u32 kind;
  void *object;
} Import;

/** Whether something fits as an import of this index; else a sentence says why it does not. */
bool match_import(const Module *module, u32 index, Import given, Error *error);
/**
 * Instantiates into ctx->group, up to the start function, which is left to be called. OK, TRAPPED,
 * LINK_FAILED and FAILED (sentence in ctx->error).
 */
Outcome link_instance(Context *ctx, Module *module, const Import *imports, Linked **out);
/** The start function, null if there is none. */
FuncRef *linked_start(Linked *linked);
/** Links, introduces the instance to WASI and calls the start function. */
Outcome instantiate(Context *ctx, Module *module, const Import *imports, Linked **out);
/** The function reference of a function, null for one that has none. */
FuncRef *linked_func(const Linked *linked, u32 index);
/** Finds an export by name; null if there is none. */
const ExportInfo *linked_export(const Linked *linked, Text name);
Import linked_object(const Linked *linked, const ExportInfo *e);

// ---- libcalls.c: bulk operations, which yield a trap code or 0 ---------------------------------

u32 memory_init_from(Linked *linked, u32 memory, u32 data, u32 to, u32 from, u32 count);
u32 table_init_from(Linked *linked, u32 table, u32 elem, u32 to, u32 from, u32 count);
u64 memory_grow(Context *ctx, MemoryObject *memory, u64 pages);
/** JavaScript will have to look at the memory again: its size changes. */
void memory_changed(Context *ctx, Extern *memory);
u64 table_grow(TableObject *table, u64 value, u64 count);
u64 init_value(const Linked *linked, u32 init);
static inline Linked *linked_of(const Instance *instance) { return (Linked *)instance->module; }

// ---- call.c ------------------------------------------------------------------------------------

/**
 * Calls a function; `args` and `results` have as many slots as its type says. After TRAPPED the
 * code is in ctx->trapCode and trace() tells where, until the next call.
 */
Outcome invoke(Context *ctx, FuncRef *func, const Value *args, Value *results);
/** The outcome of a host function that traps, where the guest called it. */
Outcome trap_call(Context *ctx, u32 code);
/** Bytes of stack that values of these types take beyond the registers. */
u64 area_size(Text types);
/** Whether there are floats or vectors among them. */
bool has_vectors(Text types);

/** On the guest stack, above the first frame of a call: the host call in which it was made. */
typedef struct Entered {
  u64 sp, pc; // the guest's stack pointer then, and its return address; 0: none was under way
} Entered;

// ---- trap.c ------------------------------------------------------------------------------------

typedef struct Frame {
  Text name; // empty: unknown
  u32 func;
  u32 source; // byte offset in the module; NONE32: unknown
} Frame;

/** The guest frames of the last trap, innermost first; returns how many there are in all. */
u32 trace(Context *ctx, Frame *frames, u32 max);
/** The same, but looks no further than the first `max` frames. */
u32 trace_top(Context *ctx, Frame *frames, u32 max);
/** Those from where a guest goes on that has called the host, its arguments still on the stack. */
u32 trace_from(Context *ctx, u64 pc, u64 sp, Frame *frames, u32 max);
/** A frame as a line of text, terminated; its length. */
usize frame_line(const Frame *f, char *to, usize size);
const char *trap_text(u32 code);
Module *module_at(const Context *ctx, u64 pc);
/** Index of a site at exactly this offset; return addresses and instructions are told apart. */
u32 site_at(const Module *module, u32 pc, bool instruction);

// ---- signals.c ---------------------------------------------------------------------------------

/** From here on, faults of the context's guests are traps. False: out of memory. */
bool signals_add(Context *ctx);
/** The context whose guest stack this is, null if it is another stack. */
Context *context_at(u64 sp);
void signals_remove(Context *ctx);
/** Notes the trap `interrupt`, and where a signal found the guest: in code or a library call. */
void interrupted(Context *ctx, void *ucontext);
/** Gives the calling thread a stack for signal handlers, if it has none; null or what was made. */
bool signals_thread(Region *made);
/** Takes it away again. */
void signals_thread_end(Region made);

// ---- limits.c ----------------------------------------------------------------------------------

/** Ends the process when it is interrupted, and lets writes to closed pipes fail. */
void limits_start(void);
/** Called by a signal handler with the context whose guest was running, or null; never returns. */
typedef void Stopped(Context *ctx);
/** Stops the guest after so many microseconds. */
bool limits_time(u64 micros, Stopped *then);

// ---- the architecture: amd64.S and amd64.c, arm64.S and arm64.c --------------------------------

/** Runs a function on the guest stack from `sp` on; `vectors`: of its Sig; returns EXIT_*. */
u32 rt_enter(Context *ctx, u64 sp, const FuncRef *func, u32 vectors);
/** Returns from the host function ctx->called to the guest; `vectors`: of its Sig. */
u32 rt_resume(Context *ctx, u32 vectors);
/** Calls a host function of one i32 and an i32 result from C that runs on the guest stack. */
u64 rt_ask(HostFunc *func, u64 value);
/** Where the exit stub and the trap stub begin: FuncRef.code, Instance.trap. */
void rt_exit(void);
void rt_trap(void);
/** Where a call entered from C returns to: the end of every stack walk. */
extern const u8 rt_enter_return[];
/** Leaves the guest with the trap that the Context describes. */
_Noreturn void rt_land(Context *ctx);
void rt_sigreturn(void);
extern const u64 rt_libcalls[];

/** Missing CPU features out of `wanted`, as bits; the baseline's absence is bit 63. */
u64 arch_missing(u64 wanted);
const char *arch_feature(u32 bit);
u64 arch_pc(const void *ucontext);
u64 arch_sp(const void *ucontext);
/** The register of return addresses; 0 on a machine that has none. */
u64 arch_link(const void *ucontext);
/** Makes the interrupted thread go on at rt_land. */
void arch_land(void *ucontext, Context *ctx);
/** The trap is in the running library call: sets where the guest called it. */
void arch_in_library(Context *ctx);
/**
 * How far a function that begins at `entry` has lowered the stack pointer when it is interrupted at
 * `pc` inside its prologue; NONE64 when pc is past it.
 */
u64 arch_prologue(const u8 *entry, const u8 *pc);

#pragma GCC visibility pop

#endif
