// Calls hosts.wat as an object; what the runtime says goes to standard error.
#include <stdio.h>
#include "hosts.h"

static const char *seed(void *user, int64_t *result) { return *result = *(int64_t *)user, (char *)0; }

static void say(const char *what, const char *wrong) {
  printf("%s: %s\n", what, wrong == 0 ? "well" : wrong);
}

int main(void) {
  int64_t given = 1234567890123, got = 0;
  int32_t thrown = -1;
  char error[200], stack[500];
  const hosts_imports imports = {&given, seed};
  const ingot_world world = {0, 0, 0, true};
  hosts *h = hosts_instantiate(&imports, &world, error, sizeof error);
  if (h == 0) return puts(error), 1;
  say("seed", hosts_seed(h, &got));
  say("try", hosts_try(h, 1, &thrown));
  printf("%lld %d\n", (long long)got, (int)thrown);
  say("try", hosts_try(h, 0, &thrown));
  printf("%d\n", (int)thrown);
  say("throw", hosts_throw(h));
  say("fail", hosts_fail(h));
  hosts_stack_trace(h, stack, sizeof stack);
  fputs(stack, stdout);
  hosts_delete(h);
  h = hosts_instantiate(&imports, 0, error, sizeof error);
  say("silently", hosts_fail(h));
  hosts_delete(h);
  return 0;
}
