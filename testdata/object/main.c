#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "tally.h"

static const char *note(void *user, int32_t end, int64_t total) {
  printf("%s: %" PRId64 " up to %d\n", (const char *)user, total, (int)end);
  return NULL; /* or a sentence, which ends the call into the module */
}

int main(void) {
  char error[200];
  const tally_imports imports = {"noted", note};
  tally *t = tally_instantiate(&imports, error, sizeof error);
  if (t == NULL) return fprintf(stderr, "%s\n", error), 1;
  size_t size;
  uint8_t *memory = tally_memory(t, &size);
  memcpy(memory + 16, "abc", 3);
  int64_t total = 0;
  const char *wrong = tally_sum(t, 16, 3, &total);
  printf("%" PRId64 ", %s\n", total, wrong == NULL ? "no trap" : wrong);
  wrong = tally_sum(t, (int32_t)size - 1, 3, &total);
  printf("trap: %s\n", wrong == NULL ? "none" : wrong);
  tally_delete(t);
  return 0;
}
