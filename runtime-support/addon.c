// The native engine inside of Node: a Node-API module without a C library, so that one binary per
// machine loads into every Node, whatever it was built with. Here are the calls in both directions.
//
// A call into the guest takes no arguments and yields nothing that Node-API would have to convert:
// JavaScript writes register slots, stack arguments and the function's address into the Context,
// which it sees as typed arrays, calls `enter`, and reads how that ended from the desk. When the
// guest calls a host function, `enter` returns as well: JavaScript does what is asked for and calls
// `resume`. So guest frames stay on the guest's stack while JavaScript runs, and no C frame lies
// between JavaScript's own: an exception needs no help to pass.
//
// An activation is open from `enter` until the guest returns or traps. Entering again while one is
// suspended puts what it needs later (Save) on the guest stack below it. Whoever leaves one for
// good without resuming it, because a host function threw, lowers desk.level; the next call drops
// what lies above that. Lowering takes no call, which could fail for want of JavaScript's stack.
//
// The innermost activation can be put aside while a promise has not settled: its part of the guest
// stack is copied, the activation ends, and the copy goes back to the same addresses, which frames
// may know, when no activation is open. JavaScript owns the copy.
#include "addon.h"

/** What an activation that is suspended needs when those above it are gone. */
typedef struct Save {
  struct Save *outer;
  u64 guestSp;
  HostFunc *called;
  u64 saved[SAVED_REGS];
} Save;

enum { RED_ZONE = 128, ROOM = 4096, RETURN_ADDRESS = LINK_REGISTER ? 0 : 8 };
enum { SAVE_SIZE = (sizeof(Save) + 15) & ~15ul, GUEST_STACK = 4 << 20 };

/** An activation that is put aside; the bytes of the guest stack from `sp` to `top` follow. */
typedef struct Aside {
  u64 sp, top;
  HostFunc *called;
  u64 saved[SAVED_REGS];
} Aside;

static void close_activation(Home *home, Context *ctx) {
  Save *s = home->outer;
  ctx->desk.level = --ctx->depth;
  if (s == 0) {
    ctx->guestSp = home->origin = home->start;
    return;
  }
  home->outer = s->outer;
  ctx->guestSp = s->guestSp;
  ctx->called = s->called;
  memcpy(ctx->saved, s->saved, sizeof s->saved);
}

/** Drops the activations that JavaScript has left without resuming them. */
static inline void settle(Home *home, Context *ctx) {
  u32 level = ctx->desk.level;
  while (ctx->depth > level) close_activation(home, ctx);
}

/** The guest has been left: says how. */
static inline void report(Home *home, Context *ctx, u32 exit) {
  u32 status = STATUS_returned;
  if (exit == EXIT_HOST) {
    status = ctx->called->number + 1;
    ctx->desk.owner = ctx->called->owner;
  } else {
    home->returned = ctx->guestSp;
    close_activation(home, ctx);
    if (exit == EXIT_TRAP) status = STATUS_trapped;
  }
  if (ctx->grown != 0) status |= STATUS_grew;
  ctx->desk.status = status;
}

static inline u64 target_of(const Context *ctx) {
  f64 address;
  memcpy(&address, &ctx->desk.target, sizeof address);
  return (u64)address;
}

static inline void run(Home *home, u64 area, u32 vectors) {
  Context *ctx = home->ctx;
  settle(home, ctx);
  u64 sp = (ctx->guestSp - RED_ZONE) & ~15ul;
  if (sp - (u64)ctx->stackLimit < SAVE_SIZE + area + ROOM) {
    ctx->trapCode = TRAP_stack;
    ctx->trapPc = 0;
    ctx->trapExact = false;
    ctx->desk.status = STATUS_trapped;
    return;
  }
  if (ctx->depth > 0) {
    sp -= SAVE_SIZE;
    Save *s = (Save *)sp;
    *s = (Save){home->outer, ctx->guestSp, ctx->called, {0}};
    memcpy(s->saved, ctx->saved, sizeof s->saved);
    home->outer = s;
  }
  sp -= area;
  if (area > 0) memcpy((void *)sp, ctx->area, area);
  ctx->desk.level = ++ctx->depth;
  report(home, ctx, rt_enter(ctx, sp, (const FuncRef *)target_of(ctx), vectors));
}

/**
 * No guest may run before somebody has looked at borrowed memories, which their owner grows as it
 * likes. True: nobody has, and the same is to be called again afterwards.
 */
static inline bool is_stale(Context *ctx, u32 again) {
  if (ctx->borrowed == 0) return false;
  if (ctx->desk.looked == 0) {
    ctx->desk.status = STATUS_stale + again;
    return true;
  }
  ctx->desk.looked = 0;
  return false;
}

/** For functions all of whose values are in integer registers. */
static napi_value enter(napi_env env, napi_callback_info info) {
  (void)info;
  Home *home = home_of(env);
  if (!is_stale(home->ctx, AGAIN_enter)) run(home, 0, false);
  return 0;
}

/** For any function; what it wants on the stack lies in the area, arguments before results. */
static napi_value enter_wide(napi_env env, napi_callback_info info) {
  (void)info;
  Home *home = home_of(env);
  if (!is_stale(home->ctx, AGAIN_enterWide)) run(home, home->ctx->desk.area, true);
  return 0;
}

static inline void go_on(Home *home, Context *ctx) {
  ctx->retPop = ctx->called->sig->paramArea;
  report(home, ctx, rt_resume(ctx, ctx->called->vectors));
}

static napi_value resume(napi_env env, napi_callback_info info) {
  (void)info;
  Home *home = home_of(env);
  Context *ctx = home->ctx;
  if (is_stale(ctx, AGAIN_resume)) return 0;
  settle(home, ctx);
  go_on(home, ctx);
  return 0;
}

/** The same with stack results in the area. */
static napi_value resume_wide(napi_env env, napi_callback_info info) {
  (void)info;
  Home *home = home_of(env);
  Context *ctx = home->ctx;
  if (is_stale(ctx, AGAIN_resumeWide)) return 0;
  settle(home, ctx);
  u64 results = ctx->guestSp + RETURN_ADDRESS + ctx->called->sig->paramArea;
  memcpy((void *)results, ctx->area, ctx->desk.area);
  go_on(home, ctx);
  return 0;
}

/** Puts the stack arguments of the host function that was called into the area. */
static napi_value fetch(napi_env env, napi_callback_info info) {
  (void)info;
  Context *ctx = home_of(env)->ctx;
  memcpy(ctx->area, (void *)(ctx->guestSp + RETURN_ADDRESS), ctx->called->sig->paramArea);
  return 0;
}

/** Puts the stack results of the function that has just returned into the area. */
static napi_value collect(napi_env env, napi_callback_info info) {
  (void)info;
  Home *home = home_of(env);
  memcpy(home->ctx->area, (void *)home->returned, home->ctx->desk.area);
  return 0;
}

/** The word at desk.target becomes the first integer slot, or the other way round. */
static napi_value peek(napi_env env, napi_callback_info info) {
  (void)info;
  Context *ctx = home_of(env)->ctx;
  ctx->ints[0] = *(const u64 *)target_of(ctx);
  return 0;
}

static napi_value poke(napi_env env, napi_callback_info info) {
  (void)info;
  Context *ctx = home_of(env)->ctx;
  *(u64 *)target_of(ctx) = ctx->ints[0];
  return 0;
}

// ---- activations that are put aside ------------------------------------------------------------

/**
 * (old copy?) -> a copy of the innermost activation, which has called a host function and ends
 * here; the old one, if it has room. An activation above others ends with its Save, and stack
 * traces look at that: there, the copy has zeros.
 */
static napi_value put_aside(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Home *home = args.home;
  Context *ctx = home->ctx;
  settle(home, ctx);
  u64 sp = ctx->guestSp, save = (u64)home->outer;
  u64 top = save == 0 ? home->origin : save + SAVE_SIZE;
  Aside head = {sp, top, ctx->called, {0}};
  memcpy(head.saved, ctx->saved, sizeof head.saved);
  void *bytes;
  usize size = sizeof head + top - sp, room = 0;
  napi_value copy = args.at[0];
  if (napi_get_arraybuffer_info(env, copy, &bytes, &room) != napi_ok) room = 0;
  if (room < size && napi_create_arraybuffer(env, size, &bytes, &copy) != napi_ok) {
    close_activation(home, ctx);
    return throw_text(env, "out of memory for a guest that waits");
  }
  memcpy(bytes, &head, sizeof head);
  u8 *frames = (u8 *)bytes + sizeof head;
  memcpy(frames, (void *)sp, top - sp);
  if (save != 0) memset(frames + (save - sp), 0, SAVE_SIZE);
  close_activation(home, ctx);
  return copy;
}

/** (copy): the activation is open again, as the only one; to be resumed. */
static napi_value put_back(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Home *home = args.home;
  Context *ctx = home->ctx;
  settle(home, ctx);
  void *bytes;
  usize size;
  if (ctx->depth != 0 || napi_get_arraybuffer_info(env, args.at[0], &bytes, &size) != napi_ok) {
    return throw_text(env, "a guest that waits cannot go on now");
  }
  Aside head;
  memcpy(&head, bytes, sizeof head);
  memcpy((void *)head.sp, (u8 *)bytes + sizeof head, head.top - head.sp);
  memcpy(ctx->saved, head.saved, sizeof head.saved);
  ctx->called = head.called;
  ctx->guestSp = head.sp;
  home->origin = head.top;
  ctx->desk.level = ++ctx->depth;
  return 0;
}

// ---- what else there is to know about a call ---------------------------------------------------

enum { FRAMES = 64, EACH = 3 };

/** Appends the frames of an activation to a list: how many, and of each function, offset, name. */
static u32 put_frames(napi_env env, napi_value list, u32 at, const Frame *frames, u32 count) {
  napi_set_element(env, list, at++, number_value(env, count));
  for (u32 i = 0; i < count; i++) {
    napi_value name;
    napi_create_string_utf8(env, frames[i].name.at, frames[i].name.length, &name);
    napi_set_element(env, list, at++, number_value(env, frames[i].func));
    napi_set_element(env, list, at++, number_value(env, frames[i].source));
    napi_set_element(env, list, at++, name);
  }
  return at;
}

/**
 * () -> the trap's code, then the frames of the activation that has trapped, then those of each
 * that is open, all innermost first; as many as FRAMES in all, and so many activations.
 */
static napi_value trap(napi_env env, napi_callback_info info) {
  (void)info;
  Home *home = home_of(env);
  Context *ctx = home->ctx;
  Frame frames[FRAMES];
  u32 left = FRAMES, count = trace_top(ctx, frames, left);
  napi_value list;
  napi_create_array(env, &list);
  napi_set_element(env, list, 0, number_value(env, ctx->trapCode));
  u32 at = put_frames(env, list, 1, frames, count);
  const Save *outer = home->outer;
  u64 sp = ctx->guestSp, link = ctx->saved[SAVED_REGS - 1];
  for (u32 depth = ctx->depth, k = 1; depth > 0 && k < FRAMES; depth--, k++) {
    left -= count;
    u64 pc = LINK_REGISTER ? link : *(const u64 *)sp;
    count = trace_from(ctx, pc, sp + RETURN_ADDRESS, frames, left);
    at = put_frames(env, list, at, frames, count);
    if (outer == 0) break;
    sp = outer->guestSp;
    link = outer->saved[SAVED_REGS - 1];
    outer = outer->outer;
  }
  return list;
}

/** () -> the Extern and the pages of each memory that guests have grown since the last time */
static napi_value grown(napi_env env, napi_callback_info info) {
  (void)info;
  Context *ctx = home_of(env)->ctx;
  napi_value list;
  u32 count = 0;
  napi_create_array(env, &list);
  for (; ctx->grown != 0; ctx->grown = ctx->grown->nextGrown) {
    const MemoryObject *m = ctx->grown->object;
    ctx->grown->grew = false;
    napi_set_element(env, list, count++, number_value(env, (f64)(u64)ctx->grown));
    napi_set_element(env, list, count++, number_value(env, (f64)m->pages));
  }
  return list;
}

/** () -> the sentence about what went wrong last. */
static napi_value message(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value text;
  napi_create_string_utf8(env, home_of(env)->ctx->error.text, NAPI_AUTO_LENGTH, &text);
  return text;
}

/** () -> what JavaScript sees of the Context, and how much of it the register slots are. */
static napi_value desk(napi_env env, napi_callback_info info) {
  (void)info;
  Context *ctx = home_of(env)->ctx;
  napi_value whole, list;
  u64 size = offsetof(Context, area) + sizeof ctx->area;
  if (napi_create_external_arraybuffer(env, ctx, size, 0, 0, &whole) != napi_ok) {
    return throw_text(env, "Node refuses external buffers");
  }
  const u64 numbers[] = {
    offsetof(Context, ints), offsetof(Context, vecs), offsetof(Context, desk),
    offsetof(Context, area), INT_REGS, VEC_REGS,
  };
  napi_create_array_with_length(env, 1 + COUNT(numbers), &list);
  napi_set_element(env, list, 0, whole);
  for (u32 i = 0; i < COUNT(numbers); i++) {
    napi_set_element(env, list, 1 + i, number_value(env, (f64)numbers[i]));
  }
  return list;
}

// ---- values ------------------------------------------------------------------------------------

Args args_of(napi_env env, napi_callback_info info) {
  usize count = ARGS_MAX;
  Args a = {.home = home_of(env), .env = env};
  napi_get_cb_info(env, info, &count, a.at, 0, 0);
  return a;
}

f64 number_at(const Args *a, u32 index) {
  f64 number = 0;
  napi_get_value_double(a->env, a->at[index], &number);
  return number;
}

napi_value number_value(napi_env env, f64 number) {
  napi_value value;
  napi_create_double(env, number, &value);
  return value;
}

napi_value throw_text(napi_env env, const char *text) {
  napi_throw_error(env, 0, text);
  return 0;
}

// ---- life --------------------------------------------------------------------------------------

static void end(void *data) {
  Home *home = data;
  interrupts_end(home);
  snapshots_end(home);
  anchors_end(home);
  context_free(home->ctx);
  signals_thread_end(home->signalStack);
  sys_unmap(home, sizeof *home);
}

static Home *begin(napi_env env, Error *error) {
  Home *home = sys_map(0, sizeof *home, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (home == 0 || !signals_thread(&home->signalStack)) {
    fail(error, "out of memory");
    return 0;
  }
  home->env = env;
  home->ctx = context_new(GUEST_STACK, error);
  if (home->ctx == 0) return 0;
  home->ctx->host = home;
  home->ctx->reclaim = anchors_reclaim;
  home->start = home->origin = home->ctx->guestSp;
  return home;
}

static const struct {
  const char *name;
  napi_callback code;
} functions[] = {
  {"enter", enter},
  {"enterWide", enter_wide},
  {"resume", resume},
  {"resumeWide", resume_wide},
  {"fetch", fetch},
  {"collect", collect},
  {"putAside", put_aside},
  {"putBack", put_back},
  {"peek", peek},
  {"poke", poke},
  {"trap", trap},
  {"grown", grown},
  {"message", message},
  {"desk", desk},
  {"newGroup", group_create},
  {"releaseGroup", group_release},
  {"sweepGroups", groups_sweep},
  {"joinGroup", group_join},
  {"refs", group_refs},
  {"count", groups_count},
  {"load", module_load},
  {"unload", module_unload},
  {"described", module_described},
  {"guards", module_guards},
  {"match", instance_match},
  {"link", instance_link},
  {"newMemory", memory_create},
  {"address", buffer_address},
  {"borrow", memory_lend},
  {"resize", memory_resize},
  {"buffer", memory_buffer},
  {"growMemory", memory_more},
  {"newTable", table_create},
  {"growTable", table_more},
  {"newGlobal", global_create},
  {"detach", buffer_detach},
  {"alarm", alarm_set},
  {"watchEndings", endings_watch},
  {"takeSnapshot", snapshot_take},
  {"putSnapshot", snapshot_put},
  {"releaseSnapshot", snapshot_release},
  {"snapshotRefs", snapshot_refs},
};

NAPI_MODULE_INIT() {
  Error error = {""};
  Home *home = begin(env, &error);
  if (home == 0) return throw_text(env, error.text);
  napi_set_instance_data(env, home, 0, 0);
  napi_add_env_cleanup_hook(env, end, home);
  for (u32 i = 0; i < COUNT(functions); i++) {
    napi_value function;
    const char *name = functions[i].name;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, functions[i].code, 0, &function);
    napi_set_named_property(env, exports, name, function);
  }
  return exports;
}
