/* Sorting several ways and several types: quicksort (median of three, insertion sort below 16) and
 * radix sort of 32-bit keys, bottom-up merge sort of 64-bit keys, heap sort of doubles, and a
 * generic quicksort with comparison through a function pointer for records and strings. Every
 * comparison is a total order, so the C library's qsort must give the very same result. */
#include "program.h"

enum { SIZE = 20000, SMALL = 16, NAME = 12 };

/* ---- 32-bit keys ---- */

static void insertion_u32(u32 *a, u32 n) {
  for (u32 i = 1; i < n; i++) {
    u32 key = a[i], j = i;
    for (; j && a[j - 1] > key; j--) a[j] = a[j - 1];
    a[j] = key;
  }
}

static inline u32 median_u32(u32 a, u32 b, u32 c) {
  if (a > b) return b > c ? b : a < c ? a : c;
  return a > c ? a : b < c ? b : c;
}

static void quick_u32(u32 *a, u32 n) {
  while (n > SMALL) {
    u32 pivot = median_u32(a[n / 8], a[n / 2], a[n - 1 - n / 8]);
    u32 low = 0, high = n - 1;
    for (;; low++, high--) {
      while (a[low] < pivot) low++;
      while (a[high] > pivot) high--;
      if (low >= high) break;
      u32 t = a[low];
      a[low] = a[high];
      a[high] = t;
    }
    u32 left = high + 1;
    if (left < n - left) {
      quick_u32(a, left);
      a += left, n -= left;
    } else {
      quick_u32(a + left, n - left);
      n = left;
    }
  }
  insertion_u32(a, n);
}

static void radix_u32(u32 *a, u32 *spare, u32 n) {
  for (int shift = 0; shift < 32; shift += 8) {
    u32 start[257] = {0};
    for (u32 i = 0; i < n; i++) start[(a[i] >> shift & 255) + 1]++;
    for (int d = 1; d < 256; d++) start[d] += start[d - 1];
    for (u32 i = 0; i < n; i++) spare[start[a[i] >> shift & 255]++] = a[i];
    u32 *t = a;
    a = spare;
    spare = t;
  }
}

/* ---- 64-bit keys ---- */

static void merge_i64(i64 *a, i64 *spare, u32 n) {
  i64 *from = a, *to = spare;
  for (u32 width = 1; width < n; width *= 2) {
    for (u32 start = 0; start < n; start += 2 * width) {
      u32 middle = start + width < n ? start + width : n;
      u32 end = start + 2 * width < n ? start + 2 * width : n;
      u32 i = start, j = middle;
      for (u32 k = start; k < end; k++) {
        bool left = i < middle && (j >= end || from[i] <= from[j]);
        to[k] = left ? from[i++] : from[j++];
      }
    }
    i64 *t = from;
    from = to;
    to = t;
  }
  if (from != a) memcpy(a, from, n * sizeof *a);
}

/* ---- doubles ---- */

static void sift_f64(double *a, u32 root, u32 n) {
  double value = a[root];
  for (u32 child; (child = 2 * root + 1) < n; root = child) {
    if (child + 1 < n && a[child] < a[child + 1]) child++;
    if (value >= a[child]) break;
    a[root] = a[child];
  }
  a[root] = value;
}

static void heap_f64(double *a, u32 n) {
  for (u32 i = n / 2; i--;) sift_f64(a, i, n);
  while (n > 1) {
    double top = a[0];
    a[0] = a[--n];
    a[n] = top;
    sift_f64(a, 0, n);
  }
}

/* ---- anything, by function pointer ---- */

typedef int Compare(const void *, const void *);

static inline void swap_bytes(u8 *a, u8 *b, u32 width) {
  for (; width >= 4; a += 4, b += 4, width -= 4) {
    u32 x, y;
    memcpy(&x, a, 4);
    memcpy(&y, b, 4);
    memcpy(a, &y, 4);
    memcpy(b, &x, 4);
  }
  for (; width; a++, b++, width--) {
    u8 t = *a;
    *a = *b;
    *b = t;
  }
}

/* The pivot comes from a scrambled place, since patterns in the data defeat any fixed one. */
static void quick_any(u8 *base, u32 n, u32 width, Compare *compare) {
  while (n > 1) {
    swap_bytes(base, base + (n * 0x9E3779B1u >> 8) % n * width, width);
    u32 end = 0;
    for (u32 i = 1; i < n; i++) {
      u8 *item = base + i * width;
      if (compare(item, base) < 0) swap_bytes(item, base + ++end * width, width);
    }
    swap_bytes(base, base + end * width, width);
    u8 *right = base + (end + 1) * width;
    u32 rest = n - end - 1;
    if (end < rest) {
      quick_any(base, end, width, compare);
      base = right, n = rest;
    } else {
      quick_any(right, rest, width, compare);
      n = end;
    }
  }
}

typedef struct {
  u32 key, id;
  double weight;
  char name[NAME];
  u32 tag;
} Record;

static inline int order(u64 a, u64 b) {
  return (a > b) - (a < b);
}

static int by_id(const void *a, const void *b) {
  return order(((const Record *)a)->id, ((const Record *)b)->id);
}

static int by_key(const void *a, const void *b) {
  int o = order(((const Record *)a)->key, ((const Record *)b)->key);
  return o ? o : by_id(a, b);
}

static int by_weight(const void *a, const void *b) {
  double x = ((const Record *)a)->weight, y = ((const Record *)b)->weight;
  return x < y ? -1 : x > y ? 1 : by_id(a, b);
}

static int by_name(const void *a, const void *b) {
  int o = strcmp(((const Record *)a)->name, ((const Record *)b)->name);
  return o ? o : by_id(a, b);
}

static int by_bytes(const void *a, const void *b) {
  return memcmp(a, b, NAME);
}

static Compare *const orders[] = {by_key, by_weight, by_name, by_id};

/* ---- data and the workload ---- */

typedef enum { RANDOM, FEW, RISING, FALLING, PIPE, SHAPES } Shape;

static const char *const shape_names[] = {"random", "few keys", "rising", "falling", "organ pipe"};

static u32 keys[SIZE], key_twin[SIZE], key_spare[SIZE];
static i64 longs[SIZE], long_spare[SIZE];
static double doubles[SIZE];
static Record records[SIZE], twin[SIZE];
static char names[SIZE][NAME];

static u32 shaped(Shape shape, u32 i, u32 n, u64 *seed) {
  switch (shape) {
  case FEW: return random_below(seed, 8);
  case RISING: return i * 3;
  case FALLING: return (n - i) * 3;
  case PIPE: return i < n / 2 ? i : n - i;
  default: return (u32)random_u64(seed);
  }
}

static void fill(Shape shape, u32 n, u64 seed) {
  for (u32 i = 0; i < n; i++) {
    keys[i] = shaped(shape, i, n, &seed);
    longs[i] = (i64)((u64)keys[i] << 20) - ((i64)1 << 50);
    doubles[i] = keys[i] * 0.125 - 1e8;
    Record *r = &records[i];
    *r = (Record){.key = keys[i] / 16, .id = i, .weight = random_unit(&seed)};
    for (int c = 0; c < NAME - 1; c++) {
      r->name[c] = (char)('a' + random_below(&seed, c < 2 ? 2 : 26));
    }
    memcpy(names[i], r->name, NAME);
  }
}

static u32 digest_records(u32 sum, const Record *r, u32 n) {
  for (u32 i = 0; i < n; i++) sum = mix(sum, r[i].id);
  return sum;
}

unsigned bench(int n) {
  u32 sum = 0, size = 4000;
  for (int i = 0; i < n; i++) {
    fill((Shape)(i % SHAPES), size, (u64)i + 1);
    memcpy(key_twin, keys, size * sizeof *keys);
    quick_u32(keys, size);
    radix_u32(key_twin, key_spare, size);
    merge_i64(longs, long_spare, size);
    heap_f64(doubles, size);
    for (int o = 0; o < COUNT(orders); o++) {
      quick_any((u8 *)records, size, sizeof *records, orders[o]);
      sum = mix(sum, records[size / 3].id);
      if (o + 2 == COUNT(orders)) sum = digest_records(sum, records, size);
    }
    quick_any((u8 *)names, size, NAME, by_bytes);
    sum = mix(sum, keys[size / 4] ^ key_twin[size / 2]);
    sum = mix_u64(sum, (u64)longs[size / 3]);
    sum = mix_bytes(mix_f64(sum, doubles[size / 5]), names[size / 6], NAME);
  }
  return sum;
}

/* One line per shape: checksums, and whether all the sorts agree with each other and with qsort. */
static void check(Shape shape, u32 n) {
  fill(shape, n, 99);
  memcpy(key_twin, keys, sizeof keys);
  quick_u32(keys, n);
  radix_u32(key_twin, key_spare, n);
  merge_i64(longs, long_spare, n);
  heap_f64(doubles, n);
  bool ok = !memcmp(keys, key_twin, n * sizeof *keys);
  for (u32 i = 1; i < n; i++) {
    ok &= keys[i - 1] <= keys[i] && longs[i - 1] <= longs[i] && doubles[i - 1] <= doubles[i];
  }
  u32 sum = 0;
  for (int o = 0; o < COUNT(orders) - 1; o++) {
    memcpy(twin, records, sizeof records);
    quick_any((u8 *)records, n, sizeof *records, orders[o]);
    qsort(twin, n, sizeof *twin, orders[o]);
    ok &= !memcmp(records, twin, n * sizeof *records);
    sum = digest_records(sum, records, n);
  }
  printf("%-10s %5u  %08x %08x %08x %08x  %s\n", shape_names[shape], n,
         mix_bytes(0, keys, n * sizeof *keys), mix_bytes(0, longs, n * sizeof *longs),
         mix_bytes(0, doubles, n * sizeof *doubles), sum, ok ? "ok" : "WRONG");
}

int main(int argc, char **argv) {
  int n = scale(argc, argv, 10);
  for (int shape = 0; shape < SHAPES; shape++) {
    check((Shape)shape, SIZE / 8);
    check((Shape)shape, shape + 1u);
  }
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
