// The checksum of files that are checked whenever they are used; what it is and what it is for
// stands in src/object/checksum.ts, which computes the same.
#include "checksum.h"

static inline void add_round(Sums *s, const Lanes *from) {
  for (u32 i = 0; i < 2; i++) {
    s->a[i] += from[i];
    s->b[i] = (s->b[i] << 7 | s->b[i] >> 25) + s->a[i];
  }
}

void sums_start(Sums *sums) {
  *sums = (Sums){0};
  sums->a[0] += 1, sums->a[1] += 1;
}

void sums_add(Sums *sums, const void *at, u64 size) {
  Sums s = *sums; // in registers
  const Lanes *from = at;
  for (; size >= 32; size -= 32, from += 2) add_round(&s, from);
  Lanes last[2] = {0};
  memcpy(last, from, size);
  add_round(&s, last);
  *sums = s;
}

static u32 fold(const Lanes lanes[2]) {
  u32 h = 0x811c9dc5;
  for (u32 i = 0; i < 8; i++) {
    h = (h ^ lanes[i / 4][i % 4]) * 0x01000193;
    h ^= h >> 15;
  }
  return h;
}

u64 sums_end(const Sums *sums) { return (u64)fold(sums->b) << 32 | fold(sums->a); }
