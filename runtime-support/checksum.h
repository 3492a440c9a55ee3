// The checksum of src/object/checksum.ts: 64 bits over parts of memory.
#pragma once
#include "runtime.h"

typedef u32 Lanes __attribute__((vector_size(16), aligned(8), may_alias));

/** A checksum under way. */
typedef struct Sums {
  Lanes a[2], b[2];
} Sums;

void sums_start(Sums *sums);
/** Adds a part: [at, at + size), at and size multiples of 8. */
void sums_add(Sums *sums, const void *at, u64 size);
u64 sums_end(const Sums *sums);
