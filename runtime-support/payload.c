// A program inside of the loader. The kernel has mapped it: it is two segments of the executable
// that runs, so nothing is opened and /proc is not needed. In: those segments and the process's
// stack. Out: a Module, and a command line as if the loader had been given a file, so that every
// option of the loader can be baked in.
//
// The end of the file is the end of .ingot.rest: where the kernel cannot read the mark there, a
// part was cut off.
#include "checksum.h"
#include "payload.h"

extern const Payload ingot_rest;
extern const u8 ingot_code[];

/** Pages of a mapping behind the end of its file exist, but cannot be read. */
static bool readable(const void *at) {
  enum { NO_SUCH_ACTION = 99, SET = 8 };
  return syscall(NR_rt_sigprocmask, NO_SUCH_ACTION, (u64)at, 0, SET, 0, 0) != -EFAULT;
}

const Payload *payload_find(void) {
  const Payload *p = &ingot_rest;
  __asm__("" : "+r"(p)); // its contents are not what the compiler was given
  return !readable(p) || p->magic == PAYLOAD_MAGIC ? p : 0;
}

static Span part(const Payload *p, const u64 at[2]) {
  return (Span){(u8 *)p + at[0], at[1]};
}

static Span code_of(const Payload *p) {
  return (Span){p->code == 0 ? (u8 *)ingot_code : (u8 *)p->code, p->codeSize};
}

// ---- is it whole? ------------------------------------------------------------------------------

static u64 checksum(const Payload *p) {
  enum { BEFORE = Payload_checksum, SKIPPED = BEFORE + 8 };
  Sums s;
  sums_start(&s);
  sums_add(&s, p, BEFORE);
  sums_add(&s, (const u8 *)p + SKIPPED, p->size - SKIPPED);
  Span code = code_of(p);
  sums_add(&s, code.at, code.size);
  return sums_end(&s);
}

static bool inside(const Payload *p, const u64 at[2]) {
  return at[0] <= p->size && at[1] <= p->size - at[0];
}

bool payload_check(const Payload *p, bool all, Error *error) {
  u64 size = readable(p) ? p->size & ~7ul : 0;
  const u64 *end = (const u64 *)((const u8 *)p + size) - 1;
  if (size < sizeof *p || !readable(end) || *end != PAYLOAD_END) {
    return fail(error, "truncated: its end is missing");
  }
  Span code = code_of(p), words = part(p, p->words);
  if (p->size % 8 != 0 || p->code != round_up((u64)p + size, TEXT_ALIGN) || code.size % 8 != 0 ||
      code.size < 8 || !inside(p, p->artifact) || !inside(p, p->words) || p->artifact[0] % 8 != 0 ||
      (words.size != 0 && ((char *)words.at)[words.size - 1] != 0) || !readable(code.at) ||
      !readable((u8 *)code.at + code.size - 8)) {
    return fail(error, "damaged: it contradicts itself");
  }
  if (!all && p->size + code.size > PAYLOAD_CHECKED) return true;
  return checksum(p) == p->checksum || fail(error, "damaged: its checksum is wrong");
}

bool payload_load(const Payload *p, Module *module, Error *error) {
  return artifact_use(module, part(p, p->artifact), code_of(p), error);
}

// ---- the command line --------------------------------------------------------------------------

typedef struct Words {
  char **at;
  u32 count;
} Words;

/** argc, argv, null, environment, null, auxiliary vector of pairs. */
static char **environment(u64 *stack) { return (char **)(stack + stack[0] + 2); }


/** "NAME=VALUE" for a name of `n` bytes; null if there is no such variable. */
static char *variable(u64 *stack, const char *name, usize n) {
  for (char **e = environment(stack); *e != 0; e++) {
    usize i = 0;
    while (i < n && (*e)[i] == name[i]) i++;
    if (i == n && (*e)[n] == '=') return *e;
  }
  return 0;
}

bool payload_check_all(u64 *stack) { return variable(stack, "INGOT_CHECK", 11) != 0; }

/** The process has rights that whoever set its environment may lack. */
static bool is_privileged(u64 *stack) {
  enum { AT_SECURE = 23 };
  char **e = environment(stack);
  while (*e != 0) e++;
  for (const u64 *v = (u64 *)(e + 1); v[0] != 0; v += 2) {
    if (v[0] == AT_SECURE) return v[1] != 0;
  }
  return true;
}

/** Cuts off the first item of a list: they are divided by `;`, and `;;` is a `;` of the item. */
static char *next_item(char **list) {
  char *item = *list, *to = item, *from = item;
  for (; *from != 0; *to++ = *from++) {
    if (*from != ';') continue;
    if (from[1] != ';') break;
    from++;
  }
  *list = *from == 0 ? from : from + 1;
  *to = 0;
  return item;
}

static usize name_length(const char *s) {
  usize n = 0;
  while (s[n] != 0 && s[n] != '=') n++;
  return n;
}

static bool same(const char *a, const char *b) { return text_same(text_of(a), text_of(b)); }

/** An option and its value. The first of several values of a variable is the one that counts; a
    name without a value stands for the process's own variable, if it has one. */
static void add(Words *w, u64 *stack, char *option, char *value) {
  if (same(option, "--env")) {
    usize n = name_length(value);
    if (value[n] == 0) value = variable(stack, value, n);
    if (value == 0) return;
    for (u32 i = 1; i + 1 < w->count; i += 2) {
      if (name_length(w->at[i + 1]) != n || !same(w->at[i], option)) continue;
      if (memcmp(w->at[i + 1], value, n) == 0) return;
    }
  }
  w->at[w->count++] = option;
  w->at[w->count++] = value;
}

static void add_list(Words *w, u64 *stack, const char *name, char *option) {
  char *list = variable(stack, name, strlen(name));
  if (list == 0) return;
  list += strlen(name) + 1;
  while (*list != 0) {
    char *item = next_item(&list);
    if (*item != 0) add(w, stack, option, item);
  }
}

/** Most words that there can be: a list has at most half as many items as bytes. */
static u64 words_max(const Payload *p, u64 *stack) {
  const char *dirs = variable(stack, "INGOT_DIRS", 10), *env = variable(stack, "INGOT_ENV", 9);
  u64 n = 8 + p->words[1] + stack[0];
  return n + (dirs == 0 ? 0 : strlen(dirs)) + (env == 0 ? 0 : strlen(env));
}

char **payload_words(const Payload *p, u64 *stack) {
  char **argv = (char **)(stack + 1);
  u64 size = words_max(p, stack) * sizeof(char *);
  Words w = {sys_map(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 0};
  if (w.at == 0) return 0;
  char *name = stack[0] == 0 ? "program" : argv[0];
  w.at[w.count++] = name;
  if (!is_privileged(stack)) {
    add_list(&w, stack, "INGOT_ENV", "--env");
    add_list(&w, stack, "INGOT_DIRS", "--dir");
  }
  char *word = (char *)p + p->words[0], *end = word + p->words[1];
  while (word < end) {
    char *value = word + strlen(word) + 1;
    if (value >= end) break;
    add(&w, stack, word, value);
    word = value + strlen(value) + 1;
  }
  add(&w, stack, "--argv0", name);
  w.at[w.count++] = "program"; // FILE
  for (u64 i = 1; i < stack[0]; i++) w.at[w.count++] = argv[i];
  return w.at;
}
