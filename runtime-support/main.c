// The standalone loader, a static program without a C library:
//
//   ingot-rt [OPTION]... FILE [ARG...]         run it
//   ingot-rt --check-only [CHECK] FILE         is it an artifact this machine can run?
//   ingot-rt --control [CHECK] [OPTION]...
//
//   --sum-only                 CHECK: look at the checksum of the content, not at its hash
//   --no-hash                  CHECK: look at neither
//   --dir HOST[::GUEST][:ro]   let it see a directory, by the name GUEST; ro: not to be changed
//   --env NAME=VALUE           set a variable
//   --listen HOST:PORT         a socket to accept on, after the directories
//   --invoke NAME              call this export instead of _start
//   --argv0 NAME               it is called NAME instead of FILE
//   --stack SIZE               from 64K to 64M
//   --max-memory SIZE          of all memories together; one that grows beyond fails to
//   --timeout DURATION         stop it then
//   --fixed-clock NS           what every clock says
//   --seed N                   random numbers that are the same every time
//
// A loader that carries a program (payload.h) runs that, and all arguments are the program's.
// Exit codes: the program's own; 134 after a trap, and when time is up; 130 after an interruption;
// 1 for an artifact that cannot be run; 2 for wrong usage. SIZE is in bytes, or with a suffix K, M
// or G; DURATION in seconds, or with a suffix ms, s, m or h, and may have a fraction.
#include "control.h"
#include "number.h"
#include "payload.h"

enum { FAILED_CODE = 1, USAGE_CODE = 2, TRAP_CODE = 134, FRAMES = 64, OPTIONS_MAX = 256 };

typedef struct Options {
  const char *dirs[OPTIONS_MAX];
  Text env[OPTIONS_MAX];
  u32 dirCount, envCount;
  const char *invoke, *file, *name; // name: what the guest and messages call the file
  char **args; // the rest, null-terminated
  u64 timeout; // microseconds, 0: none
  Settings settings;
  bool control, checkOnly;
} Options;

static int usage(const char *pattern, const char *what) {
  print(2, "ingot: ");
  print(2, pattern, what);
  print(2, "\nusage: ingot-rt [--dir HOST[::GUEST][:ro]]... [--env NAME=VALUE]... [--invoke NAME] "
           "[--argv0 NAME] [--listen HOST:PORT] [--stack SIZE] [--max-memory SIZE] "
           "[--timeout DURATION] [--fixed-clock NS] [--seed N] FILE [ARG...]\n");
  return USAGE_CODE;
}

static int failed(const Options *o, const char *why) {
  print(2, "ingot: %t: %s\n", text_of(o->name), why);
  return FAILED_CODE;
}

// ---- options -----------------------------------------------------------------------------------

static bool same(const char *a, const char *b) { return text_same(text_of(a), text_of(b)); }

/** The first `n` characters as a number; false for more than 19 digits and for anything else. */
static bool parse_digits(const char *s, usize n, u64 *out) {
  *out = 0;
  for (usize i = 0; i < n; i++) {
    if (s[i] < '0' || s[i] > '9') return false;
    *out = *out * 10 + (u64)(s[i] - '0');
  }
  return n > 0 && n < 20;
}

static bool parse_size(const char *s, u64 least, u64 most, u64 *out) {
  usize n = strlen(s);
  u32 shift = 0;
  char suffix = n > 1 ? (char)(s[n - 1] | 0x20) : 0;
  if (suffix == 'k') shift = 10;
  if (suffix == 'm') shift = 20;
  if (suffix == 'g') shift = 30;
  if (!parse_digits(s, n - (shift != 0), out) || *out > NONE64 >> shift) return false;
  *out <<= shift;
  return *out >= least && *out <= most;
}

/** A duration as microseconds, which must not be 0. */
static bool parse_duration(const char *s, u64 *out) {
  static const struct {
    const char *suffix;
    u64 micros;
  } units[] = {{"", 1000000}, {"ms", 1000}, {"s", 1000000}, {"m", 60000000}, {"h", 3600000000}};
  usize whole = 0, end;
  while (s[whole] >= '0' && s[whole] <= '9') whole++;
  end = whole;
  if (s[end] == '.') end++;
  while (end > whole && s[end] >= '0' && s[end] <= '9') end++;
  if (!parse_digits(s, whole, out) || *out > 1000000000) return false;
  for (u32 i = 0; i < COUNT(units); i++) {
    if (!same(s + end, units[i].suffix)) continue;
    u64 part = units[i].micros;
    *out *= part;
    for (usize k = whole + 1; k < end; k++) *out += (u64)(s[k] - '0') * (part /= 10);
    return *out > 0;
  }
  return false;
}

static bool has_equals(const char *s) {
  while (*s != 0 && *s != '=') s++;
  return *s == '=';
}

/** The options that have a value. Each applies it, or says what is wrong with it. */
typedef const char *Apply(Options *o, const char *value);

static const char *set_dir(Options *o, const char *value) {
  if (o->dirCount == OPTIONS_MAX) return "too many options %s";
  o->dirs[o->dirCount++] = value;
  return 0;
}

static const char *set_env(Options *o, const char *value) {
  if (o->envCount == OPTIONS_MAX) return "too many options %s";
  if (!has_equals(value)) return "%s needs NAME=VALUE";
  o->env[o->envCount++] = text_of(value);
  return 0;
}

static const char *set_listen(Options *o, const char *value) {
  Settings *s = &o->settings;
  if (s->listenCount == LISTENS_MAX) return "too many options %s";
  s->listen[s->listenCount++] = text_of(value);
  return 0;
}

static const char *set_invoke(Options *o, const char *value) {
  o->invoke = value;
  return 0;
}

static const char *set_name(Options *o, const char *value) {
  o->name = value;
  return 0;
}

static const char *set_stack(Options *o, const char *value) {
  bool good = parse_size(value, STACK_MIN, STACK_MAX, &o->settings.stack);
  return good ? 0 : "%s needs a size from 64K to 64M";
}

static const char *set_memory(Options *o, const char *value) {
  u64 bytes;
  if (!parse_size(value, 0, NONE64, &bytes)) return "%s needs a size";
  o->settings.pages = bytes / WASM_PAGE;
  return 0;
}

static const char *set_timeout(Options *o, const char *value) {
  return parse_duration(value, &o->timeout) ? 0 : "%s needs a duration, like 500ms or 2s";
}

static const char *set_clock(Options *o, const char *value) {
  o->settings.fixed.hasClock = true;
  return parse_digits(value, strlen(value), &o->settings.fixed.clock) ? 0 : "%s needs nanoseconds";
}

static const char *set_seed(Options *o, const char *value) {
  o->settings.fixed.hasSeed = true;
  return parse_integer(value, 64, &o->settings.fixed.seed) ? 0 : "%s needs a number";
}

static const struct {
  const char *name;
  Apply *apply;
} valued[] = {
  {"--dir", set_dir},         {"--env", set_env},           {"--listen", set_listen},
  {"--invoke", set_invoke},   {"--argv0", set_name},        {"--stack", set_stack},
  {"--timeout", set_timeout}, {"--max-memory", set_memory}, {"--fixed-clock", set_clock},
  {"--seed", set_seed},
};

static Apply *find_option(const char *name) {
  for (u32 i = 0; i < COUNT(valued); i++) {
    if (same(name, valued[i].name)) return valued[i].apply;
  }
  return 0;
}

/** Returns 0, or the exit code after a message. */
static int parse_options(Options *o, char **argv) {
  char **at = argv + 1;
  for (; *at != 0 && (*at)[0] == '-'; at++) {
    if (same(*at, "--control")) o->control = true;
    else if (same(*at, "--check-only")) o->checkOnly = true;
    else if (same(*at, "--no-hash")) o->settings.load |= SKIP_HASH;
    else if (same(*at, "--sum-only")) o->settings.load |= SUM_ONLY;
    else {
      Apply *option = find_option(*at);
      if (option == 0) return usage("unknown option %s", *at);
      if (at[1] == 0) return usage("%s needs a value", *at);
      const char *wrong = option(o, at[1]);
      if (wrong != 0) return usage(wrong, *at);
      at++;
    }
  }
  if (o->settings.load != 0 && !o->control && !o->checkOnly) {
    return usage("%s need --check-only or --control", "--no-hash and --sum-only");
  }
  if (o->control) return *at == 0 ? 0 : usage("%s is one argument too many", *at);
  if (*at == 0) return usage("which file?", 0);
  o->file = *at;
  if (o->name == 0) o->name = o->file;
  o->args = at + 1;
  return 0;
}

// ---- the program -------------------------------------------------------------------------------

static int report_trap(Context *ctx) {
  Frame frames[FRAMES];
  u32 count = trace(ctx, frames, FRAMES);
  print(2, "ingot: trap: %s\n", trap_text(ctx->trapCode));
  for (u32 i = 0; i < count && i < FRAMES; i++) {
    char line[1100];
    write_all(2, line, frame_line(&frames[i], line, sizeof line));
  }
  if (count > FRAMES) print(2, "  ... %u more\n", count - FRAMES);
  return TRAP_CODE;
}

static void time_is_up(Context *ctx) {
  if (ctx != 0) report_trap(ctx);
  else print(2, "ingot: trap: %s\n", trap_text(TRAP_interrupt));
  sys_exit(TRAP_CODE);
}

static int report(const Options *o, Context *ctx, Outcome outcome) {
  switch (outcome) {
  case OK: return 0;
  case TRAPPED: return report_trap(ctx);
  case EXITED: return (int)(ctx->exitCode & 0xff);
  default: return failed(o, ctx->error.text);
  }
}

/** The program's arguments: the file's name, and with --invoke nothing else. */
static Wasi *make_wasi(Context *ctx, const Options *o) {
  static const int stdio[3] = {0, 1, 2};
  u32 count = 0;
  while (o->args[count] != 0) count++;
  Text *args = context_alloc(ctx, (count + 1) * sizeof *args);
  if (args == 0) return 0;
  args[0] = text_of(o->name);
  for (u32 i = 0; i < count; i++) args[i + 1] = text_of(o->args[i]);
  Strings argv = {args, o->invoke == 0 ? count + 1 : 1}, env = {o->env, o->envCount};
  return wasi_new(ctx, argv, env, stdio);
}

/** Only WASI and what hosts.c has can be imported. */
static const Import *find_imports(Context *ctx, const Module *m, Wasi *wasi) {
  Import *imports = context_alloc(ctx, (m->importCount + 1ul) * sizeof *imports);
  if (imports == 0) return 0;
  for (u32 i = 0; i < m->importCount; i++) {
    if (!wasi_import(wasi, m, &m->imports[i], &imports[i])) return 0;
  }
  return imports;
}

static FuncRef *find_export(const Linked *l, const char *name) {
  const ExportInfo *e = linked_export(l, text_of(name));
  return e == 0 || e->kind != EXTERN_func ? 0 : linked_func(l, e->index);
}

static bool parse_value(u32 type, const char *s, Value *v) {
  switch (type) {
  case TYPE_i32: return parse_integer(s, 32, &v->lo);
  case TYPE_i64: return parse_integer(s, 64, &v->lo);
  case TYPE_f32: return parse_float(s, 32, &v->lo);
  case TYPE_f64: return parse_float(s, 64, &v->lo);
  case TYPE_funcref:
  case TYPE_externref: return same(s, "null");
  default: return false;
  }
}

static void print_value(u32 type, const Value *v) {
  char number[40];
  switch (type) {
  case TYPE_i32: print(1, "%d\n", (i32)v->lo); return;
  case TYPE_i64: print(1, "%D\n", (i64)v->lo); return;
  case TYPE_f32:
  case TYPE_f64:
    number[format_float(v->lo, type == TYPE_f32 ? 32 : 64, number)] = 0;
    print(1, "%s\n", number);
    return;
  case TYPE_v128: {
    char hex[33];
    for (u32 i = 0; i < 32; i++) {
      u64 half = i < 16 ? v->hi : v->lo;
      hex[i] = "0123456789abcdef"[half >> (60 - 4 * (i % 16)) & 15];
    }
    hex[32] = 0;
    print(1, "0x%s\n", hex);
    return;
  }
  default: print(1, "%s\n", v->lo == 0 ? "null" : type == TYPE_funcref ? "func" : "extern");
  }
}

/** Calls an export with arguments from the command line and prints its results. */
static int run_export(const Options *o, Context *ctx, FuncRef *func) {
  const Sig *sig = store_find_sig(ctx, func->sig);
  usize params = sig->params.length, given = 0;
  while (o->args[given] != 0) given++;
  if (given != params) {
    print(2, "ingot: %t takes %U arguments, not %U\n", text_of(o->invoke), params, given);
    return USAGE_CODE;
  }
  Value *args = context_alloc(ctx, (params + 1) * sizeof *args);
  Value *results = context_alloc(ctx, (sig->results.length + 1) * sizeof *results);
  if (args == 0 || results == 0) return failed(o, "out of memory");
  for (usize i = 0; i < params; i++) {
    if (parse_value((u8)sig->params.at[i], o->args[i], &args[i])) continue;
    print(2, "ingot: argument %U, \"%t\", is not a value of its type\n", i + 1,
          text_of(o->args[i]));
    return USAGE_CODE;
  }
  Outcome outcome = invoke(ctx, func, args, results);
  if (outcome != OK) return report(o, ctx, outcome);
  for (usize i = 0; i < sig->results.length; i++) {
    print_value((u8)sig->results.at[i], &results[i]);
  }
  return 0;
}

static bool is_plain(Context *ctx, const FuncRef *func) {
  const Sig *sig = store_find_sig(ctx, func->sig);
  return sig->params.length == 0 && sig->results.length == 0;
}

static int run_linked(const Options *o, Context *ctx, Linked *l) {
  FuncRef *start = find_export(l, "_start"), *initialize = find_export(l, "_initialize");
  if (o->invoke == 0) {
    if (start == 0) return failed(o, "exports no function \"_start\"; name another by --invoke");
    if (!is_plain(ctx, start)) return failed(o, "its \"_start\" is not a program's");
    return report(o, ctx, invoke(ctx, start, 0, 0));
  }
  FuncRef *func = find_export(l, o->invoke);
  if (func == 0) {
    print(2, "ingot: %t: exports no function \"%t\"\n", text_of(o->name), text_of(o->invoke));
    return USAGE_CODE;
  }
  if (initialize != 0 && initialize != func && is_plain(ctx, initialize)) {
    Outcome outcome = invoke(ctx, initialize, 0, 0);
    if (outcome != OK) return report(o, ctx, outcome);
  }
  return run_export(o, ctx, func);
}

static int run(const Options *o, Context *ctx, Module *module) {
  Wasi *wasi = make_wasi(ctx, o);
  if (wasi == 0) return failed(o, "out of memory");
  bool good = true;
  for (u32 i = 0; good && i < o->dirCount; i++) {
    good = wasi_preopen(wasi, mount_of(text_of(o->dirs[i])), &ctx->error);
  }
  if (!good || !settings_apply(&o->settings, wasi, &ctx->error)) {
    print(2, "ingot: %s\n", ctx->error.text);
    return USAGE_CODE;
  }
  const Import *imports = find_imports(ctx, module, wasi);
  if (imports == 0) return failed(o, ctx->error.text[0] == 0 ? "out of memory" : ctx->error.text);
  if (o->timeout != 0 && !limits_time(o->timeout, time_is_up)) {
    return failed(o, "its time cannot be limited here");
  }
  Linked *linked = 0;
  Outcome outcome = instantiate(ctx, module, imports, &linked);
  return outcome == OK ? run_linked(o, ctx, linked) : report(o, ctx, outcome);
}

/** Runs a loaded module in a store of its own. */
static int start(const Options *o, Module *module) {
  Error error;
  Context *ctx = context_new(o->settings.stack, &error);
  if (ctx == 0 || !store_module(ctx, module, &error)) return failed(o, error.text);
  ctx->pagesLeft = o->settings.pages;
  return run(o, ctx, module);
}

static int run_file(const Options *o) {
  static Module module;
  Error error;
  i64 fd = sys_open(AT_FDCWD, o->file, O_RDONLY);
  if (fd < 0) {
    failed(o, fd == -ENOENT ? "there is no such file" : "cannot be opened");
    return USAGE_CODE;
  }
  if (!artifact_load(&module, (int)fd, o->settings.load, &error)) return failed(o, error.text);
  sys_close((int)fd);
  return o->checkOnly ? 0 : start(o, &module);
}

/** Runs the program that the loader carries. */
static int run_payload(Options *o, const Payload *payload, u64 *stack) {
  static Module module;
  Error error;
  o->name = stack[0] == 0 ? "program" : (char *)stack[1];
  if (!payload_check(payload, payload_check_all(stack), &error) ||
      !payload_load(payload, &module, &error)) {
    return failed(o, error.text);
  }
  char **words = payload_words(payload, stack);
  if (words == 0) return failed(o, "out of memory");
  int code = parse_options(o, words);
  return code == 0 ? start(o, &module) : code;
}

/** `stack` is what the kernel left there: argc, argv, null, environment. */
_Noreturn void rt_main(u64 *stack);
_Noreturn void rt_main(u64 *stack) {
  static Options options = {.settings = {.stack = STACK_DEFAULT, .pages = NONE32}};
  const Payload *payload = payload_find();
  limits_start();
  if (payload != 0) sys_exit(run_payload(&options, payload, stack));
  int code = parse_options(&options, (char **)(stack + 1));
  if (code == 0 && options.control) code = control_run(&options.settings);
  else if (code == 0) code = run_file(&options);
  sys_exit(code);
}

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n\tcall rt_main\n");
#else
__asm__(".globl _start\n_start:\n\tmov x0, sp\n\tb rt_main\n");
#endif
