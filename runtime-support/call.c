// Calls in both directions. The guest's convention: arguments in positions of two register classes
// (integers and references; floats and vectors), the rest in an area on the stack, 8 bytes each,
// vectors 16 and aligned, the area rounded up to 16. Results likewise, in an area that the caller
// reserves above the arguments:
//
//   sp ->  | return address | stack arguments | stack results | caller's frame ...
//
// On a machine with a link register there is no return address on the stack. The callee removes the
// arguments. Register values travel through ctx->ints and ctx->vecs, which the assembler file loads
// and stores in argument or in result order, as the case may be.
//
// A call may be nested: while a host function runs, it may call the guest again, on the rest of the
// same stack. What the interrupted guest function needs later is kept in invoke's own frame. Above
// the results, an Entered tells stack traces where to go on.
#include "runtime.h"

/** Walks over the places of a list of values. */
typedef struct Places {
  u32 ints, vecs;
  u64 stack; // bytes of the area used so far
} Places;

static bool is_float(u32 type) {
  return type == TYPE_f32 || type == TYPE_f64 || type == TYPE_v128;
}

/** Where the next value lives: in a register slot, or in the stack area at `area`. */
static u64 *next_place(Places *at, Context *ctx, u64 area, u32 type) {
  if (is_float(type)) {
    u32 n = at->vecs++;
    if (n < VEC_REGS) return ctx == 0 ? 0 : ctx->vecs[n];
  } else {
    u32 n = at->ints++;
    if (n < INT_REGS) return ctx == 0 ? 0 : &ctx->ints[n];
  }
  u64 size = type == TYPE_v128 ? 16 : 8;
  at->stack = round_up(at->stack, size);
  u64 *place = (u64 *)(area + at->stack);
  at->stack += size;
  return place;
}

u64 area_size(Text types) {
  Places at = {0};
  for (usize i = 0; i < types.length; i++) next_place(&at, 0, 0, (u8)types.at[i]);
  return round_up(at.stack, 16);
}

bool has_vectors(Text types) {
  for (usize i = 0; i < types.length; i++) {
    if (is_float((u8)types.at[i])) return true;
  }
  return false;
}

static u64 low_word(u32 type, u64 word) {
  return type == TYPE_i32 || type == TYPE_f32 ? (u32)word : word;
}

static void store_values(Context *ctx, u64 area, Text types, const Value *values) {
  Places at = {0};
  for (usize i = 0; i < types.length; i++) {
    u32 type = (u8)types.at[i];
    u64 *place = next_place(&at, ctx, area, type);
    place[0] = low_word(type, values[i].lo);
    if (type == TYPE_v128) place[1] = values[i].hi;
  }
}

static void load_values(Context *ctx, u64 area, Text types, Value *values) {
  Places at = {0};
  for (usize i = 0; i < types.length; i++) {
    u32 type = (u8)types.at[i];
    u64 *place = next_place(&at, ctx, area, type);
    values[i].lo = low_word(type, place[0]);
    values[i].hi = type == TYPE_v128 ? place[1] : 0;
  }
}

/** The guest has called ctx->called: run it, and prepare to resume. */
static Outcome host_call(Context *ctx) {
  enum { RETURN_ADDRESS = LINK_REGISTER ? 0 : 8, INLINE = 16 };
  HostFunc *func = ctx->called;
  const Sig *sig = func->sig;
  u64 sp = ctx->guestSp;
  u64 saved[SAVED_REGS];
  memcpy(saved, ctx->saved, sizeof saved);
  u64 args_area = sp + RETURN_ADDRESS;
  u64 pop = sig->paramArea;
  Value few[2 * INLINE];
  Value *args = few, *results = few + INLINE;
  Region many = {0};
  if (sig->params.length > INLINE || sig->results.length > INLINE) {
    many.size = (sig->params.length + sig->results.length) * sizeof(Value);
    many.base = sys_map(0, many.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (many.base == 0) return fail(&ctx->error, "out of memory"), HOST_FAILED;
    args = (Value *)many.base;
    results = args + sig->params.length;
  }
  load_values(ctx, args_area, sig->params, args);
  Outcome outcome = func->code(ctx, func, args, results);
  if (outcome == OK) store_values(ctx, args_area + pop, sig->results, results);
  sys_unmap(many.base, many.size);
  memcpy(ctx->saved, saved, sizeof saved);
  ctx->called = func;
  ctx->guestSp = sp;
  ctx->retPop = pop;
  return outcome;
}

/** Where the guest goes on after the host call under way; 0: it has not made one. */
static u64 return_address(const Context *ctx) {
  if (ctx->depth == 0) return 0;
  return LINK_REGISTER ? ctx->saved[SAVED_REGS - 1] : *(const u64 *)ctx->guestSp;
}

Outcome trap_call(Context *ctx, u32 code) {
  ctx->trapCode = code;
  ctx->trapExact = false;
  ctx->trapLink = 0;
  ctx->trapSp = ctx->guestSp + (LINK_REGISTER ? 0 : 8);
  ctx->trapPc = return_address(ctx);
  return TRAPPED;
}

Outcome invoke(Context *ctx, FuncRef *func, const Value *args, Value *results) {
  enum { RED_ZONE = 128, ROOM = 4096 };
  const Sig *sig = store_find_sig(ctx, func->sig);
  u64 outer = ctx->guestSp;
  u64 pop = sig->paramArea, area = pop + sig->resultArea;
  u64 sp = ((outer - RED_ZONE) & ~15ul) - sizeof(Entered) - area;
  if (ctx->depth >= DEPTH_MAX || outer - (u64)ctx->stackLimit < RED_ZONE + area + ROOM) {
    return trap_call(ctx, TRAP_stack);
  }
  u64 link = ctx->saved[SAVED_REGS - 1];
  *(Entered *)(sp + area) = (Entered){outer, return_address(ctx)};
  ctx->depth++;
  store_values(ctx, sp, sig->params, args);
  u32 exit = rt_enter(ctx, sp, func, sig->vectors);
  Outcome outcome = OK;
  while (exit == EXIT_HOST && (outcome = host_call(ctx)) == OK) {
    exit = rt_resume(ctx, ctx->called->vectors);
  }
  if (exit == EXIT_TRAP) outcome = TRAPPED;
  else if (exit == EXIT_RETURN) load_values(ctx, sp + pop, sig->results, results);
  ctx->depth--;
  ctx->guestSp = outer;
  ctx->saved[SAVED_REGS - 1] = link; // for return_address
  return outcome;
}
