/* A compressor and decompressor of our own: LZ77 over a 32 KiB window found by hash chains with one
 * step of lazy matching, then two canonical Huffman codes, all in one stream of bits.
 *
 *   stream   = size (32 bits), then blocks until all bytes are out
 *   block    = code lengths of both alphabets, 4 bits each, then symbols up to END
 *   symbol   = literal 0..255, END, or END + 1 + class of (length - 3), extra bits, distance
 *   distance = class of (distance - 1), extra bits
 *
 * A number v falls in class 2k + h by its top two bits, as v = (2 + h) << (k - 1) | extra for
 * k >= 1; 0 and 1 are classes of their own. Bits fill bytes from the low end; codes are sent
 * reversed. */
#include "program.h"

enum {
  WINDOW = 1 << 15,
  HASH_BITS = 13,
  MIN_MATCH = 3,
  MAX_MATCH = 258,
  CHAIN = 32,
  END = 256,
  LITERALS = END + 1 + 16, /* lengths - 3 reach 255: classes 0..15 */
  DISTANCES = 30,          /* distances - 1 reach 32767: classes 0..29 */
  MAX_BITS = 15,
  FAST_BITS = 9,
  TOKENS = 1 << 14, /* tokens per block */
  MAX_INPUT = 1 << 17,
};

/* ---- bits ---- */

typedef struct {
  u8 *data;
  u32 at, size;
  u64 bits;
  int count;
} Bits;

static void put(Bits *b, u32 value, int count) {
  b->bits |= (u64)value << b->count;
  b->count += count;
  while (b->count >= 8) {
    b->data[b->at++] = (u8)b->bits;
    b->bits >>= 8;
    b->count -= 8;
  }
}

static inline void refill(Bits *b) {
  while (b->count <= 48 && b->at < b->size) {
    b->bits |= (u64)b->data[b->at++] << b->count;
    b->count += 8;
  }
}

static inline u32 take(Bits *b, int count) {
  u32 value = (u32)b->bits & ((1u << count) - 1);
  b->bits >>= count;
  b->count -= count;
  return value;
}

static inline int class_of(u32 v) {
  if (v < 2) return (int)v;
  int top = 31 - __builtin_clz(v);
  return 2 * top + (int)(v >> (top - 1) & 1);
}

static inline int extra_bits(int class) {
  return class < 2 ? 0 : class / 2 - 1;
}

static inline u32 class_base(int class) {
  return class < 2 ? (u32)class : (2u + (class & 1)) << (class / 2 - 1);
}

/* ---- Huffman codes ---- */

typedef struct {
  u8 length[LITERALS];
  u16 code[LITERALS];            /* reversed, for writing */
  u16 fast[1 << FAST_BITS];      /* symbol << 4 | length, 0 when longer than FAST_BITS */
  u16 symbols[LITERALS];         /* by code value, for reading */
  u16 count[MAX_BITS + 1];
} Code;

/* Code lengths from frequencies: repeatedly join the two lightest trees. When a code grows beyond
 * MAX_BITS, flatten the frequencies and try again. */
static void measure(Code *code, const u32 *frequency, int n) {
  u32 weight[2 * LITERALS];
  int parent[2 * LITERALS], shift = 0;
  for (;;) {
    int nodes = n, longest = 0;
    for (int i = 0; i < n; i++) {
      weight[i] = frequency[i] ? (frequency[i] >> shift) + 1 : 0;
      parent[i] = -1;
    }
    for (;;) {
      int a = -1, b = -1;
      for (int i = 0; i < nodes; i++) {
        if (!weight[i] || parent[i] >= 0) continue;
        if (a < 0 || weight[i] < weight[a]) b = a, a = i;
        else if (b < 0 || weight[i] < weight[b]) b = i;
      }
      if (b < 0) break;
      weight[nodes] = weight[a] + weight[b];
      parent[nodes] = -1;
      parent[a] = parent[b] = nodes++;
    }
    for (int i = 0; i < n; i++) {
      int depth = 0;
      for (int at = i; parent[at] >= 0; at = parent[at]) depth++;
      if (weight[i] && !depth) depth = 1;
      code->length[i] = (u8)depth;
      if (depth > longest) longest = depth;
    }
    if (longest <= MAX_BITS) return;
    shift++;
  }
}

static u32 reverse(u32 code, int length) {
  u32 r = 0;
  for (int i = 0; i < length; i++) r |= (code >> i & 1) << (length - 1 - i);
  return r;
}

/* Canonical codes, and the tables to read them, from the lengths. */
static void assign(Code *code, int n) {
  u32 next[MAX_BITS + 2] = {0};
  u16 offset[MAX_BITS + 2] = {0};
  memset(code->count, 0, sizeof code->count);
  memset(code->fast, 0, sizeof code->fast);
  for (int i = 0; i < n; i++) code->count[code->length[i]]++;
  code->count[0] = 0;
  for (int l = 1; l <= MAX_BITS; l++) {
    next[l + 1] = (next[l] + code->count[l]) << 1;
    offset[l + 1] = offset[l] + code->count[l];
  }
  for (int i = 0; i < n; i++) {
    int length = code->length[i];
    if (!length) continue;
    u32 bits = reverse(next[length]++, length);
    code->code[i] = (u16)bits;
    code->symbols[offset[length]++] = (u16)i;
    for (; length <= FAST_BITS && bits < 1u << FAST_BITS; bits += 1u << length) {
      code->fast[bits] = (u16)(i << 4 | length);
    }
  }
}

static inline void put_symbol(Bits *b, const Code *code, int symbol) {
  put(b, code->code[symbol], code->length[symbol]);
}

/* The next symbol, or -1 when no code fits. */
static int take_symbol(Bits *b, const Code *code) {
  u32 entry = code->fast[b->bits & ((1 << FAST_BITS) - 1)];
  if (entry) {
    take(b, entry & 15);
    return (int)(entry >> 4);
  }
  int value = 0, first = 0, index = 0;
  for (int l = 1; l <= MAX_BITS; l++) {
    value = value << 1 | (int)take(b, 1);
    if (value - first < code->count[l]) return code->symbols[index + value - first];
    index += code->count[l];
    first = (first + code->count[l]) << 1;
  }
  return -1;
}

/* ---- compression ---- */

typedef struct {
  u16 length, distance; /* distance 0: length is a literal */
} Token;

static i32 head[1 << HASH_BITS], chain[WINDOW];
static Token tokens[TOKENS];
static Code literal_code, distance_code;

static inline u32 hash3(const u8 *p) {
  return (p[0] | (u32)p[1] << 8 | (u32)p[2] << 16) * 0x9E3779B1u >> (32 - HASH_BITS);
}

static void insert(const u8 *in, u32 at, u32 size) {
  if (at + MIN_MATCH > size) return;
  u32 h = hash3(in + at);
  chain[at % WINDOW] = head[h];
  head[h] = (i32)at;
}

/* The longest earlier match at a position. */
static u32 find(const u8 *in, u32 at, u32 size, u32 *distance) {
  u32 limit = size - at < MAX_MATCH ? size - at : MAX_MATCH, best = MIN_MATCH - 1;
  if (limit < MIN_MATCH) return 0;
  i32 candidate = head[hash3(in + at)];
  for (int tries = CHAIN; tries && candidate >= 0 && at - (u32)candidate < WINDOW; tries--) {
    const u8 *p = in + candidate, *q = in + at;
    if (p[best] == q[best]) {
      u32 length = 0;
      while (length < limit && p[length] == q[length]) length++;
      if (length > best) {
        best = length;
        *distance = at - (u32)candidate;
        if (length == limit) break;
      }
    }
    i32 next = chain[candidate % WINDOW];
    if (next >= candidate) break;
    candidate = next;
  }
  return best >= MIN_MATCH ? best : 0;
}

static void write_block(Bits *out, int count) {
  u32 literals[LITERALS] = {0}, distances[DISTANCES] = {0};
  for (int i = 0; i < count; i++) {
    Token t = tokens[i];
    if (!t.distance) {
      literals[t.length]++;
    } else {
      literals[END + 1 + class_of(t.length - MIN_MATCH)]++;
      distances[class_of(t.distance - 1u)]++;
    }
  }
  literals[END] = 1;
  measure(&literal_code, literals, LITERALS);
  measure(&distance_code, distances, DISTANCES);
  assign(&literal_code, LITERALS);
  assign(&distance_code, DISTANCES);
  for (int i = 0; i < LITERALS; i++) put(out, literal_code.length[i], 4);
  for (int i = 0; i < DISTANCES; i++) put(out, distance_code.length[i], 4);
  for (int i = 0; i < count; i++) {
    Token t = tokens[i];
    if (!t.distance) {
      put_symbol(out, &literal_code, t.length);
      continue;
    }
    u32 length = t.length - MIN_MATCH, distance = t.distance - 1u;
    int lc = class_of(length), dc = class_of(distance);
    put_symbol(out, &literal_code, END + 1 + lc);
    put(out, length - class_base(lc), extra_bits(lc));
    put_symbol(out, &distance_code, dc);
    put(out, distance - class_base(dc), extra_bits(dc));
  }
  put_symbol(out, &literal_code, END);
}

/* Compresses into `to`, which must be large enough, and returns the size. */
static u32 compress(const u8 *in, u32 size, u8 *to) {
  Bits out = {.data = to};
  int count = 0;
  put(&out, size, 32);
  for (u32 i = 0; i < 1 << HASH_BITS; i++) head[i] = -1;
  for (u32 at = 0; at < size;) {
    u32 distance = 0, later = 0;
    u32 length = find(in, at, size, &distance);
    insert(in, at, size);
    if (length && length < 64 && find(in, at + 1, size, &later) > length) length = 0;
    if (!length) {
      tokens[count++] = (Token){in[at++], 0};
    } else {
      tokens[count++] = (Token){(u16)length, (u16)distance};
      for (u32 i = 1; i < length; i++) insert(in, at + i, size);
      at += length;
    }
    if (count == TOKENS || at >= size) {
      write_block(&out, count);
      count = 0;
    }
  }
  put(&out, 0, 7);
  return out.at;
}

/* ---- decompression ---- */

static int read_block(Bits *in, u8 *to, u32 at, u32 size) {
  for (int i = 0; i < LITERALS; i++) refill(in), literal_code.length[i] = (u8)take(in, 4);
  for (int i = 0; i < DISTANCES; i++) refill(in), distance_code.length[i] = (u8)take(in, 4);
  assign(&literal_code, LITERALS);
  assign(&distance_code, DISTANCES);
  for (;;) {
    refill(in);
    int symbol = take_symbol(in, &literal_code);
    if (symbol == END) return (int)at;
    if (symbol < 0 || in->count < 0) return -1;
    if (symbol < END) {
      if (at == size) return -1;
      to[at++] = (u8)symbol;
      continue;
    }
    int lc = symbol - END - 1;
    u32 length = MIN_MATCH + class_base(lc) + take(in, extra_bits(lc));
    int dc = take_symbol(in, &distance_code);
    if (dc < 0) return -1;
    refill(in);
    u32 distance = 1 + class_base(dc) + take(in, extra_bits(dc));
    if (distance > at || length > size - at) return -1;
    for (u32 i = 0; i < length; i++, at++) to[at] = to[at - distance];
  }
}

/* The number of bytes unpacked, or -1 for a damaged stream. */
static int decompress(u8 *from, u32 packed, u8 *to, u32 room) {
  Bits in = {.data = from, .size = packed};
  refill(&in);
  u32 size = take(&in, 16);
  size |= take(&in, 16) << 16;
  if (size > room) return -1;
  int at = 0;
  while (at >= 0 && (u32)at < size) at = read_block(&in, to, (u32)at, size);
  return at;
}

/* ---- the workload ---- */

static u8 input[MAX_INPUT], packed[2 * MAX_INPUT], unpacked[MAX_INPUT];

static void make_text(u32 size, u64 seed) {
  static const char *syllable[] = {"an", "ber", "co", "den", "el", "for", "gra", "hi", "in", "jo",
                                   "ka", "lo",  "mi", "no",  "or", "pre", "qui", "re", "so", "the"};
  for (u32 at = 0; at < size;) {
    u64 word = 1 + random_below(&seed, 1 + random_below(&seed, 400));
    int parts = 1 + (int)(word % 3);
    for (int i = 0; i < parts; i++) {
      const char *s = syllable[random_u64(&word) % COUNT(syllable)];
      while (*s && at < size) input[at++] = (u8)*s++;
    }
    if (at < size) input[at++] = random_below(&seed, 12) ? ' ' : '\n';
  }
}

static void make_records(u32 size, u64 seed) {
  for (u32 at = 0, i = 0; at < size; at++, i++) {
    u32 field = i % 16, row = i / 16;
    if (field < 4) input[at] = (u8)(row >> (8 * field));
    else if (field < 8) input[at] = (u8)(random_below(&seed, 4) * 16);
    else input[at] = (u8)(field * row / 64);
  }
}

static void make_noise(u32 size, u64 seed) {
  for (u32 at = 0; at < size; at++) input[at] = (u8)random_below(&seed, 256);
}

static void make_zeros(u32 size, u64 seed) {
  memset(input, (int)seed, size);
}

unsigned bench(int n) {
  u32 sum = 0, size = 1 << 15;
  for (int i = 0; i < n; i++) {
    if (i & 1) make_records(size, (u64)i + 1);
    else make_text(size, (u64)i + 1);
    u32 length = compress(input, size, packed);
    sum = mix(sum, length);
    for (int k = 0; k < 4; k++) sum = mix(sum, (u32)decompress(packed, length, unpacked, size));
    if (memcmp(input, unpacked, size)) return 0;
    sum = mix_bytes(sum, packed, length);
  }
  return sum;
}

int main(int argc, char **argv) {
  static const struct {
    const char *name;
    void (*make)(u32 size, u64 seed);
  } kinds[] = {
      {"text", make_text}, {"records", make_records}, {"noise", make_noise}, {"zeros", make_zeros}};
  static const u32 sizes[] = {0, 1, 2, 300, 40000, MAX_INPUT};
  int n = scale(argc, argv, 2);
  for (int k = 0; k < COUNT(kinds); k++) {
    for (int s = 0; s < COUNT(sizes); s++) {
      u32 size = sizes[s];
      kinds[k].make(size, size + 1);
      u32 length = compress(input, size, packed);
      int back = decompress(packed, length, unpacked, MAX_INPUT);
      bool same = back == (int)size && !memcmp(input, unpacked, size);
      printf("%-8s %6u -> %6u  sum %08x  %s\n", kinds[k].name, size, length,
             mix_bytes(0, packed, length), same ? "ok" : "DIFFERENT");
    }
  }
  printf("truncated: %d\n", decompress(packed, 40, unpacked, MAX_INPUT));
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
