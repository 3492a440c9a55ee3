// Runs the command testdata/start/show.wasm as an object, with a world of its own.
#include <stdio.h>
#include "show.h"

int main(void) {
  static const char *const args[] = {"show", "cat", "/in/tally.wat", 0}, *const env[] = {"A=1", 0};
  static const char *const dirs[] = {"testdata/object::/in", 0};
  const ingot_world world = {args, env, dirs, true};
  char error[200];
  show *s = show_instantiate(&world, error, sizeof error);
  if (s == 0) return puts(error), 1;
  const char *wrong = show__start(s);
  printf("%s %u\n", wrong == 0 ? "returned" : wrong, (unsigned)show_exit_code(s));
  show_delete(s);
  s = show_instantiate(0, error, sizeof error);
  wrong = show__start(s);
  printf("%s %u\n", wrong == 0 ? "returned" : wrong, (unsigned)show_exit_code(s));
  show_delete(s);
  return 0;
}
