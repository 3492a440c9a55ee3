// The runtime inside of Node: what addon.c (calls) and anchors.c, entries.c offer one another. An
// environment of Node (the main thread, a worker) has a Home, and in it one Context. JavaScript
// knows native objects by their addresses, and groups by handles that are never used twice, all of
// them as numbers; it keeps the group of whatever it holds alive through the group's anchor.
//
//   addon.c     loads into Node; calls in both directions
//   anchors.c   groups: their anchors, what collects them
//   entries.c   modules, instances, memories, tables, globals
//   snapshot.c  what an instance is, to be brought back
//   interrupts.c  stopping a guest at a deadline, and when its thread is ended
//
// Whatever may run JavaScript or its garbage collector is on the host's stack: guest code is left
// for good before JavaScript goes on.
#ifndef INGOT_ADDON_H
#define INGOT_ADDON_H

#include "runtime.h"
#include <node_api.h>

#pragma GCC visibility push(hidden)

/** A group that JavaScript knows. */
typedef struct Anchor {
  Group *group;  // null: free
  napi_ref ref;  // weak: the JavaScript object that keeps the group
  u64 weight;    // bytes that V8 was told of
  u32 turn;      // how many groups this place has had before
  u32 memories;  // that have address space of their own
  u32 next;      // free places
} Anchor;

typedef struct Home {
  Context *ctx;
  napi_env env;
  Region signalStack;
  Anchor *anchors;
  u32 room, used, free; // places: in all, touched so far, first free one + 1
  u32 live, sweepAt;    // groups; when to look for dead ones
  u32 memories, memoriesMax;
  // Of the activations below the innermost one: what they need later.
  struct Save *outer;
  struct Snapshot *snapshots;
  // Deadlines: 0 while there is no timer; whether it is set.
  int alarmSignal, timer;
  bool armed;
  // The timer that looks whether the thread is ended; whether there is one.
  int watch;
  bool watched;
  u64 start;    // guestSp while none is open
  u64 origin;   // where the outermost activation begins: there, unless it was put aside
  u64 returned; // where the stack results of the last call are
} Home;

/** The Home of a call's environment. */
static inline Home *home_of(napi_env env) {
  void *data = 0;
  napi_get_instance_data(env, &data);
  return data;
}

enum { ARGS_MAX = 7 };
/** The arguments of a call; those that are missing are undefined. */
typedef struct Args {
  Home *home;
  napi_env env;
  napi_value at[ARGS_MAX];
} Args;

Args args_of(napi_env env, napi_callback_info info);
f64 number_at(const Args *a, u32 index);
static inline void *address_at(const Args *a, u32 index) {
  return (void *)(u64)number_at(a, index);
}
napi_value number_value(napi_env env, f64 number);
/** Makes it the desk's target. */
static inline void put_number(Context *ctx, f64 number) {
  memcpy(&ctx->desk.target, &number, sizeof number);
}
napi_value throw_text(napi_env env, const char *text);

// ---- anchors.c ---------------------------------------------------------------------------------

/** The anchor of a handle, null if its group has ended. */
Anchor *anchor_of(Home *home, f64 handle);
/** What its host functions know it by while it lives: the lower part of its handle. */
static inline u32 anchor_place(const Home *home, const Anchor *a) {
  return (u32)(a - home->anchors);
}
/** Tells V8 of bytes that depend on the group's anchor. */
void anchor_weigh(Home *home, Anchor *anchor, i64 bytes);
/** Counts a memory with address space of its own. */
void anchor_memory(Home *home, Anchor *anchor, u64 bytes);
/** ctx->reclaim: lets V8 collect and ends the groups that are dead. */
bool anchors_reclaim(Context *ctx);
/** Ends all groups. */
void anchors_end(Home *home);

napi_value group_create(napi_env env, napi_callback_info info);
napi_value group_release(napi_env env, napi_callback_info info);
napi_value groups_sweep(napi_env env, napi_callback_info info);
napi_value group_join(napi_env env, napi_callback_info info);
napi_value groups_count(napi_env env, napi_callback_info info);
napi_value group_refs(napi_env env, napi_callback_info info);

// ---- entries.c ---------------------------------------------------------------------------------

napi_value module_load(napi_env env, napi_callback_info info);
napi_value module_unload(napi_env env, napi_callback_info info);
napi_value module_described(napi_env env, napi_callback_info info);
napi_value instance_match(napi_env env, napi_callback_info info);
napi_value instance_link(napi_env env, napi_callback_info info);
napi_value memory_create(napi_env env, napi_callback_info info);
napi_value buffer_address(napi_env env, napi_callback_info info);
napi_value memory_lend(napi_env env, napi_callback_info info);
napi_value memory_resize(napi_env env, napi_callback_info info);
napi_value module_guards(napi_env env, napi_callback_info info);
napi_value memory_buffer(napi_env env, napi_callback_info info);
napi_value memory_more(napi_env env, napi_callback_info info);
napi_value table_create(napi_env env, napi_callback_info info);
napi_value table_more(napi_env env, napi_callback_info info);
napi_value global_create(napi_env env, napi_callback_info info);
napi_value buffer_detach(napi_env env, napi_callback_info info);

// ---- snapshot.c --------------------------------------------------------------------------------

/** Ends all snapshots. */
void snapshots_end(Home *home);

napi_value snapshot_take(napi_env env, napi_callback_info info);
napi_value snapshot_put(napi_env env, napi_callback_info info);
napi_value snapshot_release(napi_env env, napi_callback_info info);
napi_value snapshot_refs(napi_env env, napi_callback_info info);

// ---- interrupts.c ------------------------------------------------------------------------------

/** Takes the thread's timers away. */
void interrupts_end(Home *home);
napi_value alarm_set(napi_env env, napi_callback_info info);
napi_value endings_watch(napi_env env, napi_callback_info info);

#pragma GCC visibility pop

#endif
