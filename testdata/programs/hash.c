/* Three hashes of three characters over generated data: SHA-256 (32-bit rotates and adds), XXH64
 * (64-bit multiplies on four lanes) and CRC-32 (table look-ups, four bytes at a time). All three
 * are written from their specifications and first prove themselves on published test vectors. Words
 * are loaded by memcpy, so the host must be little-endian, as Wasm is. */
#include "program.h"

static inline u32 rotr32(u32 x, int n) {
  return x >> n | x << (32 - n);
}

static inline u64 rotl64(u64 x, int n) {
  return x << n | x >> (64 - n);
}

static inline u32 load32(const u8 *p) {
  u32 x;
  memcpy(&x, p, sizeof x);
  return x;
}

static inline u64 load64(const u8 *p) {
  u64 x;
  memcpy(&x, p, sizeof x);
  return x;
}

static inline u32 load32_big(const u8 *p) {
  return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
}

/* ---- SHA-256 (FIPS 180-4) ---- */

static const u32 sha_k[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static const u32 sha_start[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static void sha_block(u32 state[8], const u8 *block) {
  u32 w[64];
  for (int i = 0; i < 16; i++) w[i] = load32_big(block + 4 * i);
  for (int i = 16; i < 64; i++) {
    u32 s0 = rotr32(w[i - 15], 7) ^ rotr32(w[i - 15], 18) ^ w[i - 15] >> 3;
    u32 s1 = rotr32(w[i - 2], 17) ^ rotr32(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  u32 a = state[0], b = state[1], c = state[2], d = state[3];
  u32 e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < 64; i++) {
    u32 s1 = rotr32(e, 6) ^ rotr32(e, 11) ^ rotr32(e, 25);
    u32 t1 = h + s1 + ((e & f) ^ (~e & g)) + sha_k[i] + w[i];
    u32 s0 = rotr32(a, 2) ^ rotr32(a, 13) ^ rotr32(a, 22);
    u32 t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1;
    d = c, c = b, b = a, a = t1 + t2;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

static void sha256(const u8 *data, u32 size, u32 state[8]) {
  memcpy(state, sha_start, sizeof sha_start);
  u32 whole = size & ~63u;
  for (u32 at = 0; at < whole; at += 64) sha_block(state, data + at);
  u8 tail[128] = {0};
  u32 rest = size - whole;
  memcpy(tail, data + whole, rest);
  tail[rest] = 0x80;
  u32 end = rest < 56 ? 64 : 128;
  u64 bits = (u64)size * 8;
  for (int i = 0; i < 8; i++) tail[end - 1 - i] = (u8)(bits >> (8 * i));
  for (u32 at = 0; at < end; at += 64) sha_block(state, tail + at);
}

/* ---- XXH64 ---- */

#define P1 0x9E3779B185EBCA87ull
#define P2 0xC2B2AE3D27D4EB4Full
#define P3 0x165667B19E3779F9ull
#define P4 0x85EBCA77C2B2AE63ull
#define P5 0x27D4EB2F165667C5ull

static inline u64 xxh_round(u64 lane, u64 word) {
  return rotl64(lane + word * P2, 31) * P1;
}

static u64 xxh64(const u8 *p, u32 size, u64 seed) {
  const u8 *end = p + size;
  u64 h;
  if (size >= 32) {
    u64 lane[4] = {seed + P1 + P2, seed + P2, seed, seed - P1};
    for (; end - p >= 32; p += 32) {
      for (int i = 0; i < 4; i++) lane[i] = xxh_round(lane[i], load64(p + 8 * i));
    }
    h = rotl64(lane[0], 1) + rotl64(lane[1], 7) + rotl64(lane[2], 12) + rotl64(lane[3], 18);
    for (int i = 0; i < 4; i++) h = (h ^ xxh_round(0, lane[i])) * P1 + P4;
  } else {
    h = seed + P5;
  }
  h += size;
  for (; end - p >= 8; p += 8) h = rotl64(h ^ xxh_round(0, load64(p)), 27) * P1 + P4;
  for (; end - p >= 4; p += 4) h = rotl64(h ^ load32(p) * P1, 23) * P2 + P3;
  for (; p < end; p++) h = rotl64(h ^ *p * P5, 11) * P1;
  h = (h ^ h >> 33) * P2;
  h = (h ^ h >> 29) * P3;
  return h ^ h >> 32;
}

/* ---- CRC-32, reflected polynomial EDB88320, four tables ---- */

static u32 crc_table[4][256];

static void crc_prepare(void) {
  for (u32 i = 0; i < 256; i++) {
    u32 c = i;
    for (int bit = 0; bit < 8; bit++) c = c >> 1 ^ (c & 1 ? 0xEDB88320u : 0);
    crc_table[0][i] = c;
  }
  for (u32 i = 0; i < 256; i++) {
    for (int t = 1; t < 4; t++) {
      u32 c = crc_table[t - 1][i];
      crc_table[t][i] = c >> 8 ^ crc_table[0][c & 255];
    }
  }
}

static u32 crc32(const u8 *p, u32 size) {
  u32 c = ~0u;
  for (; size >= 4; p += 4, size -= 4) {
    c ^= load32(p);
    c = crc_table[3][c & 255] ^ crc_table[2][c >> 8 & 255] ^ crc_table[1][c >> 16 & 255] ^
        crc_table[0][c >> 24];
  }
  for (; size; p++, size--) c = c >> 8 ^ crc_table[0][(c ^ *p) & 255];
  return ~c;
}

/* ---- the workload ---- */

enum { SIZE = 1 << 16 };

static u8 data[SIZE];

static void fill(u64 seed) {
  for (u32 i = 0; i < SIZE; i += 8) {
    u64 x = random_u64(&seed);
    memcpy(data + i, &x, sizeof x);
  }
}

unsigned bench(int n) {
  u32 sum = 0;
  crc_prepare();
  fill(1);
  for (int i = 0; i < n; i++) {
    u32 digest[8];
    data[i % SIZE] ^= (u8)sum;
    sha256(data, SIZE - (u32)i % 64, digest);
    sum = mix_bytes(sum, digest, sizeof digest);
    for (u32 k = 0; k < 8; k++) sum = mix_u64(sum, xxh64(data + k, SIZE - 16, sum));
    for (u32 k = 0; k < 2; k++) sum = mix(sum, crc32(data + k, SIZE - 8));
  }
  return sum;
}

static void print_all(const char *label, const u8 *bytes, u32 size) {
  u32 digest[8];
  sha256(bytes, size, digest);
  printf("%-12s sha256 ", label);
  for (int i = 0; i < 8; i++) printf("%08x", digest[i]);
  printf("\n%-12s xxh64 %016llx crc32 %08x\n", "", (unsigned long long)xxh64(bytes, size, 0),
         crc32(bytes, size));
}

int main(int argc, char **argv) {
  int n = scale(argc, argv, 8);
  crc_prepare();
  print_all("empty", data, 0);
  print_all("abc", (const u8 *)"abc", 3);
  print_all("123456789", (const u8 *)"123456789", 9);
  for (u32 size = 55; size <= 65; size += 5) {
    char label[16];
    snprintf(label, sizeof label, "random %u", size);
    fill(size);
    print_all(label, data, size);
  }
  fill(7);
  print_all("64 KiB", data, SIZE);
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
