// Uses all that testdata/object/all.wat exports, under two prefixes in one program, and on a thread.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include "one.h"
#include "two.h"

static const char *log_(void *user, int32_t a, double b, int32_t *r) {
  *r = a + (int32_t)(b * 2);
  return a == 6 ? (const char *)user : 0;
}

static const char *pair(void *user, ingot_v128 v, void *ref, int64_t *r0, float *r1) {
  *r0 = v.bytes[3];
  *r1 = ref == user ? 1.5f : 0;
  return 0;
}

static char reason[] = "six is not wanted";
static const one_imports imports = {reason, log_, pair};
static const two_imports others = {reason, log_, pair};

static one *make(void) {
  char error[100] = "";
  one *c = one_instantiate(&imports, error, sizeof error);
  if (c == 0) puts(error);
  assert(c != 0);
  return c;
}

static void values(one *c) {
  int32_t i = 0;
  int64_t l = 0;
  float f = 0;
  ingot_v128 v = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}}, w = {{0}};
  assert(one_div(c, -42, 2, &i) == 0 && i == -21);
  assert(one_div(c, 42, 2, 0) == 0);
  assert(one_two(c, -5, 1.5f, &l, &f) == 0 && l == -5 && f == 1.5f);
  assert(one_a_b(c, v, &w) == 0 && memcmp(&v, &w, 16) == 0);
  assert(one_a_b_2(c) == 0);
  assert(one_delete_2(c, &i) == 0 && i == 11);
  assert(one_tell(c, 5, &i) == 0 && i == 10);
  assert(strcmp(one_tell(c, 6, &i), reason) == 0);
  assert(one_pair(c, v, reason, &l, &f) == 0 && l == 4 && f == 1.5f);
  size_t size;
  assert(memcmp(one_memory(c, &size) + 16, "hello", 5) == 0 && size == 65536);
  assert(one_get_count(c) == 7 && one_get_pi(c) == 3.25);
  one_set_count(c, -8);
  assert(one_get_count(c) == -8);
}

static void traps(one *c) {
  char stack[1000], little[8];
  int32_t i = 3;
  assert(strcmp(one_div(c, 1, 0, &i), "integer divide by zero") == 0 && i == 3);
  size_t n = one_stack_trace(c, stack, sizeof stack);
  assert(n == strlen(stack) && strstr(stack, "wasm-function[2]") != 0);
  assert(one_stack_trace(c, little, sizeof little) == 7);
  assert(strcmp(one_peek(c, -4, &i), "out of bounds memory access") == 0);
  assert(strcmp(one_deep(c, 1, &i), "call stack exhausted") == 0);
  assert(one_div(c, 1, 1, &i) == 0 && i == 1);
  assert(one_stack_trace(c, stack, sizeof stack) == 0 && stack[0] == 0);
}

static void *on_thread(void *c) {
  values(c);
  traps(c);
  return 0;
}

/** Handlers of several runtimes stand in a chain; none may be lost when instances go. */
static void several(void) {
  char error[100];
  int32_t i;
  one *a = make();
  two *b = two_instantiate(&others, error, sizeof error);
  assert(b != 0 && strcmp(two_peek(b, -4, &i), "out of bounds memory access") == 0);
  one_delete(a);
  assert(strcmp(two_peek(b, -4, &i), "out of bounds memory access") == 0);
  a = make();
  two_delete(b);
  traps(a);
  one_delete(a);
}

int main(void) {
  one *c = make();
  pthread_t thread;
  assert(pthread_create(&thread, 0, on_thread, c) == 0 && pthread_join(thread, 0) == 0);
  one_delete(c);
  c = make();
  values(c);
  traps(c);
  one_delete(c);
  one_delete(0);
  several();
  static const one_imports missing = {reason, log_, 0};
  char error[10];
  float f;
  int64_t l;
  ingot_v128 v = {{0}};
  c = one_instantiate(&missing, error, sizeof error);
  assert(c != 0 && strcmp(one_pair(c, v, 0, &l, &f), "an import is null: env_log_2") == 0);
  one_delete(c);
  for (int i = 0; i < 200; i++) one_delete(make());
  puts("all");
  return 0;
}
