// Groups as JavaScript knows them. A group lives as long as its anchor, an object of JavaScript
// that everything refers to which can reach into the group. Two ways lead to its end: JavaScript is
// told by a FinalizationRegistry and releases it, which needs a turn of the event loop; and a sweep
// over the weak references, which needs none: new groups start one now and then, so that a loop
// that instantiates all the time stays flat. V8 knows nothing of the weight of what it would free,
// and is told (external memory); when address space runs out, it is told of so much that it
// collects at once.
#include "addon.h"

enum { PLACE_BITS = 24, SWEEP_FIRST = 256, MEMORIES_FIRST = 1024 };
enum { GROUP_WEIGHT = 16 << 10, MEMORY_WEIGHT = 32 << 10 };

// A handle is place + turn << PLACE_BITS: below 2^53 for 2^29 turns of each place.
static f64 handle_of(const Home *home, const Anchor *a) {
  return (f64)(anchor_place(home, a) + ((u64)a->turn << PLACE_BITS));
}

Anchor *anchor_of(Home *home, f64 handle) {
  u64 number = (u64)handle, place = number & ((1ul << PLACE_BITS) - 1);
  if (place >= home->used) return 0;
  Anchor *a = &home->anchors[place];
  return a->group != 0 && a->turn == number >> PLACE_BITS ? a : 0;
}

void anchor_weigh(Home *home, Anchor *anchor, i64 bytes) {
  int64_t total;
  anchor->weight += (u64)bytes;
  napi_adjust_external_memory(home->env, bytes, &total);
}

void anchor_memory(Home *home, Anchor *anchor, u64 bytes) {
  anchor->memories++;
  home->memories++;
  anchor_weigh(home, anchor, (i64)bytes + MEMORY_WEIGHT);
}

static bool more_room(Home *home) {
  u64 room = home->room == 0 ? 512 : 2ul * home->room, each = sizeof(Anchor);
  if (room > 1ul << PLACE_BITS) return false;
  Anchor *more =
    sys_map(0, room * each, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (more == 0) return false;
  memcpy(more, home->anchors, home->used * each);
  sys_unmap(home->anchors, home->room * each);
  home->anchors = more;
  home->room = (u32)room;
  return true;
}

/** A place for a group, null if there are no more. */
static Anchor *take_place(Home *home) {
  if (home->free != 0) {
    Anchor *a = &home->anchors[home->free - 1];
    home->free = a->next;
    return a;
  }
  if (home->used == home->room && !more_room(home)) return 0;
  return &home->anchors[home->used++];
}

/** The place of a group that has ended, or has become part of another, is free. */
static void leave_place(Home *home, Anchor *a) {
  napi_delete_reference(home->env, a->ref);
  *a = (Anchor){.turn = a->turn + 1, .next = home->free};
  home->free = (u32)(a - home->anchors) + 1;
  home->live--;
}

static void end_group(Home *home, Anchor *a) {
  group_free(home->ctx, a->group);
  anchor_weigh(home, a, -(i64)a->weight);
  home->memories -= a->memories;
  leave_place(home, a);
}

/** Ends the groups whose anchors are gone. */
static u32 sweep(Home *home) {
  u32 ended = 0;
  enum { BATCH = 256 };
  for (u32 from = 0; from < home->used; from += BATCH) {
    napi_handle_scope scope;
    napi_open_handle_scope(home->env, &scope);
    for (u32 i = from; i < from + BATCH && i < home->used; i++) {
      Anchor *a = &home->anchors[i];
      napi_value object = 0;
      if (a->group == 0 || napi_get_reference_value(home->env, a->ref, &object) != napi_ok ||
          object != 0) {
        continue;
      }
      end_group(home, a);
      ended++;
    }
    napi_close_handle_scope(home->env, scope);
  }
  home->sweepAt = home->live + (home->live < SWEEP_FIRST ? SWEEP_FIRST : home->live / 2);
  return ended;
}

/** Makes V8 collect everything it can: it takes these bytes for its fault, then forgets them. */
static void collect_garbage(Home *home) {
  enum { MUCH_BITS = 40 };
  int64_t total;
  napi_adjust_external_memory(home->env, 1l << MUCH_BITS, &total);
  napi_adjust_external_memory(home->env, -(1l << MUCH_BITS), &total);
}

bool anchors_reclaim(Context *ctx) {
  Home *home = ctx->host;
  collect_garbage(home);
  return sweep(home) > 0;
}

void anchors_end(Home *home) {
  for (u32 i = 0; i < home->used; i++) {
    if (home->anchors[i].group != 0) group_free(home->ctx, home->anchors[i].group);
  }
  sys_unmap(home->anchors, home->room * sizeof(Anchor));
  Context *ctx = home->ctx;
  while (ctx->modules != 0) {
    ctx->modules->users = 1;
    module_release(ctx, ctx->modules);
  }
}

// ---- entries -----------------------------------------------------------------------------------

/** (anchor) -> handle of a new group */
napi_value group_create(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Home *home = args.home;
  if (home->live >= home->sweepAt) sweep(home);
  if (home->memories >= home->memoriesMax) {
    if (home->memoriesMax != 0) anchors_reclaim(home->ctx);
    home->memoriesMax = 2 * home->memories + MEMORIES_FIRST;
  }
  Anchor *a = take_place(home);
  Group *group = group_new(home->ctx);
  if (a == 0 || group == 0) return throw_text(env, "out of memory for an instance");
  a->group = group;
  a->weight = 0;
  napi_create_reference(env, args.at[0], 0, &a->ref);
  home->live++;
  anchor_weigh(home, a, GROUP_WEIGHT);
  return number_value(env, handle_of(home, a));
}

/** (handle): the anchor is gone. */
napi_value group_release(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Anchor *a = anchor_of(args.home, number_at(&args, 0));
  if (a != 0) end_group(args.home, a);
  return 0;
}

/** (): ends the groups whose anchors are gone. */
napi_value groups_sweep(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  sweep(args.home);
  return 0;
}

/** (to, from, hosts): `from` becomes part of `to`, which has so many host functions. */
napi_value group_join(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Home *home = args.home;
  Anchor *to = anchor_of(home, number_at(&args, 0)), *from = anchor_of(home, number_at(&args, 1));
  if (to == 0 || from == 0 || to == from) return throw_text(env, "no two groups");
  u32 hosts = (u32)number_at(&args, 2);
  for (HostFunc *h = from->group->hosts; h != 0; h = h->next) {
    h->number += hosts;
    h->owner = anchor_place(home, to);
  }
  group_unite(to->group, from->group);
  to->weight += from->weight;
  to->memories += from->memories;
  leave_place(home, from);
  return 0;
}

/** () -> how many groups there are, and memories of theirs */
napi_value groups_count(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  napi_value list;
  napi_create_array_with_length(env, 2, &list);
  napi_set_element(env, list, 0, number_value(env, args.home->live));
  napi_set_element(env, list, 1, number_value(env, args.home->memories));
  return list;
}

static void add_ref(napi_env env, napi_value list, u32 *count, u64 value) {
  if (value != 0) napi_set_element(env, list, (*count)++, number_value(env, (f64)value));
}

/** (handle, reference type) -> the values of that type in the group's tables and globals */
napi_value group_refs(napi_env env, napi_callback_info info) {
  Args args = args_of(env, info);
  Anchor *a = anchor_of(args.home, number_at(&args, 0));
  if (a == 0) return throw_text(env, "no group");
  u32 count = 0, type = (u32)number_at(&args, 1);
  napi_value list;
  napi_create_array(env, &list);
  for (const Extern *e = a->group->mapped; e != 0; e = e->next) {
    if (e->kind != EXTERN_table || e->type != type) continue;
    const TableObject *t = e->object;
    for (u64 i = 0; i < t->size; i++) add_ref(env, list, &count, ((u64 *)t->base)[i]);
  }
  for (const Extern *e = a->group->globals; e != 0; e = e->next) {
    if (e->type == type) add_ref(env, list, &count, *(u64 *)e->object);
  }
  return list;
}
