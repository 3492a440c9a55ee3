// setjmp and longjmp in the ways that programs use them. Built natively with the C library's, and for
// WebAssembly as Emscripten does it (emscripten.h): what it prints must be the same.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "emscripten.h"

static jmp_buf place;

__attribute__((noinline)) static void jump(jmp_buf to, int value) {
  if (value != 12345) longjmp(to, value);
}

// ---- values and distance -----------------------------------------------------------------------

__attribute__((noinline)) static void dive(int depth, double d, long long q, float f) {
  volatile char frame[100];
  memset((char *)frame, depth, sizeof frame);
  if (depth > 0) {
    dive(depth - 1, d + 0.5, q * 2, f);
    printf("never: %d\n", frame[0]);
  } else {
    jump(place, (int)(d + (double)q + f));
  }
}

static void values(void) {
  volatile int times = 0;
  int got = setjmp(place);
  times++;
  printf("time %d: %d\n", times, got);
  if (times == 1) longjmp(place, 0); // arrives as 1
  if (times == 2) longjmp(place, -7);
  if (times == 3) dive(20, 0.5, 1, 3.5f);
  if (times == 4) dive(0, -1e9, 0, 0);
}

// ---- the stack pointer comes back --------------------------------------------------------------

__attribute__((noinline)) static void fill(int n) {
  volatile char frame[60000];
  memset((char *)frame, n, sizeof frame);
  longjmp(place, frame[n % 60000] + 1);
}

static void many(void) {
  volatile long sum = 0;
  for (volatile int i = 0; i < 2000; i++) {
    int got = setjmp(place);
    if (got == 0) fill(i & 63);
    sum += got;
  }
  printf("sum %ld\n", sum);
}

// ---- one inside of the other -------------------------------------------------------------------

static jmp_buf outer, inner;

static int nested(int which) {
  volatile int seen = 0;
  int a = setjmp(outer);
  if (a != 0) return 1000 * seen + a;
  int b = setjmp(inner);
  if (b == 0) {
    seen = 1;
    jump(which & 1 ? inner : outer, 10);
  }
  seen = 2;
  if (which & 2) jump(outer, 20 + b);
  return 500 + b;
}

// ---- through functions that know nothing of it -------------------------------------------------

static int compares;

static int compare(const void *a, const void *b) {
  if (++compares == 40) longjmp(place, compares);
  return *(const int *)a - *(const int *)b;
}

static void through_the_library(void) {
  int numbers[64];
  for (int i = 0; i < 64; i++) numbers[i] = (i * 37) % 64;
  compares = 0;
  int got = setjmp(place);
  if (got == 0) qsort(numbers, 64, sizeof numbers[0], compare);
  printf("left sorting after %d of %d\n", got, compares);
}

// ---- an interpreter with exceptions, the usual customer ----------------------------------------

typedef struct Handler {
  struct Handler *before;
  jmp_buf at;
} Handler;

static Handler *handlers;
static int raised;

static void raise_error(int code) {
  raised = code;
  longjmp(handlers->at, 1);
}

// term: digit | '(' sum ')' | '[' sum ']' (0 if the sum fails) | '!' (fails with its place)
static const char *text;
static int at;

static int sum(void);

static int term(void) {
  char c = text[at++];
  if (c >= '0' && c <= '9') return c - '0';
  if (c == '(') {
    int value = sum();
    if (text[at++] != ')') raise_error(at);
    return value;
  }
  if (c == '[') {
    Handler h = {.before = handlers};
    volatile int value = 0, depth = 1;
    volatile int from = at;
    handlers = &h;
    if (setjmp(h.at) == 0) {
      value = sum();
      handlers = h.before;
    } else {
      handlers = h.before;
      for (at = from; depth > 0 && text[at] != 0; at++) {
        if (text[at] == '[') depth++;
        if (text[at] == ']' && --depth == 0) break;
      }
      value = -raised;
    }
    if (text[at++] != ']') raise_error(at);
    return value;
  }
  raise_error(at);
  return 0;
}

static int sum(void) {
  int value = term();
  while (text[at] == '+') {
    at++;
    value += term();
  }
  return value;
}

static void evaluate(const char *source) {
  Handler h = {.before = 0};
  handlers = &h;
  text = source;
  at = 0;
  if (setjmp(h.at) == 0) printf("%s = %d\n", source, sum());
  else printf("%s fails at %d\n", source, raised);
}

// ---- deep --------------------------------------------------------------------------------------

__attribute__((noinline)) static int level(int depth) {
  jmp_buf here;
  volatile int n = depth;
  volatile int below = 0;
  if (n == 0) return 0;
  int got = setjmp(here);
  if (got == 0) {
    below = level(n - 1);
    jump(here, below + 1);
  }
  return got;
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
  if (strcmp(what, "exit") == 0) {
    if (setjmp(place) == 0) exit(3);
  }
  if (strcmp(what, "trap") == 0) {
    if (setjmp(place) == 0) __builtin_trap();
  }
  if (strcmp(what, "lost") == 0) longjmp(place, 1);
  values();
  many();
  for (int which = 0; which < 4; which++) printf("nested %d: %d\n", which, nested(which));
  through_the_library();
  evaluate("1+2+(3+4)");
  evaluate("1+[2+!]+[[!]+5]+6");
  evaluate("(1+[(2]+3)");
  evaluate("((1+2)+[3)");
  evaluate("1+!");
  printf("levels %d\n", level(100));
  return 0;
}
