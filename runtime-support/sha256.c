// SHA-256 (FIPS 180-4). The content hash of an artifact is checked at every load, so the SHA
// instructions are used where the CPU has them (on amd64 some 2 GB/s against 0.3). The round
// constants are the fractional parts of the cube roots of the first 64 primes.
#include "sys.h"

static const u32 K[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static u32 rotate(u32 x, u32 n) { return x >> n | x << (32 - n); }

static u32 load_big(const u8 *p) {
  return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
}

static void blocks_plain(u32 state[8], const u8 *p, usize count) {
  for (; count > 0; count--, p += 64) {
    u32 w[64];
    for (u32 i = 0; i < 16; i++) w[i] = load_big(p + 4 * i);
    for (u32 i = 16; i < 64; i++) {
      u32 s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
      u32 s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    u32 a = state[0], b = state[1], c = state[2], d = state[3];
    u32 e = state[4], f = state[5], g = state[6], h = state[7];
    for (u32 i = 0; i < 64; i++) {
      u32 s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      u32 t1 = h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i];
      u32 s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      u32 t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
  }
}

#if defined(__x86_64__)
#include <immintrin.h>

/** Four rounds; `m` holds their four message words, `state` pairs are ABEF and CDGH. */
__attribute__((target("sha,sse4.1"))) static inline void four(__m128i *abef, __m128i *cdgh,
                                                              __m128i m, u32 round) {
  __m128i wk = _mm_add_epi32(m, _mm_loadu_si128((const __m128i *)(K + round)));
  *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, wk);
  *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(wk, 0x0e));
}

__attribute__((target("sha,sse4.1"))) static void blocks_fast(u32 state[8], const u8 *p,
                                                              usize count) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((__m128i *)state), 0xb1);        // CDAB
  __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((__m128i *)(state + 4)), 0x1b); // EFGH
  __m128i abef = _mm_alignr_epi8(low, high, 8);
  __m128i cdgh = _mm_blend_epi16(high, low, 0xf0);
  for (; count > 0; count--, p += 64) {
    __m128i m[4], abef0 = abef, cdgh0 = cdgh;
    for (u32 i = 0; i < 4; i++) {
      m[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p + 16 * i)), swap);
      four(&abef, &cdgh, m[i], 4 * i);
    }
#pragma GCC unroll 12
    for (u32 i = 4; i < 16; i++) {
      __m128i next = _mm_sha256msg1_epu32(m[i & 3], m[(i + 1) & 3]);
      next = _mm_add_epi32(next, _mm_alignr_epi8(m[(i + 3) & 3], m[(i + 2) & 3], 4));
      m[i & 3] = _mm_sha256msg2_epu32(next, m[(i + 3) & 3]);
      four(&abef, &cdgh, m[i & 3], 4 * i);
    }
    abef = _mm_add_epi32(abef, abef0);
    cdgh = _mm_add_epi32(cdgh, cdgh0);
  }
  __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#elif defined(__aarch64__)

typedef u32 V4 __attribute__((vector_size(16), aligned(4), may_alias));

// In assembly, so that no compiler has to be told that this function may use them.
#define SHA ".arch_extension sha2\n\t"
#define ADD_SHA(name, a, b, wk) __asm__(SHA name " %q0, %q1, %2.4s" : "+w"(a) : "w"(b), "w"(wk))

/** Four rounds; `m` holds their four message words. */
static inline void four(V4 *abcd, V4 *efgh, V4 m, u32 round) {
  V4 wk = m + *(const V4 *)(K + round), before = *abcd;
  ADD_SHA("sha256h", *abcd, *efgh, wk);
  ADD_SHA("sha256h2", *efgh, before, wk);
}

static void blocks_fast(u32 state[8], const u8 *p, usize count) {
  V4 abcd = *(V4 *)state, efgh = *(V4 *)(state + 4);
  for (; count > 0; count--, p += 64) {
    V4 m[4], abcd0 = abcd, efgh0 = efgh;
    for (u32 i = 0; i < 4; i++) {
      __asm__("rev32 %0.16b, %1.16b" : "=w"(m[i]) : "w"(*(const V4 *)(p + 16 * i)));
      four(&abcd, &efgh, m[i], 4 * i);
    }
#pragma GCC unroll 12
    for (u32 i = 4; i < 16; i++) {
      V4 *next = &m[i & 3];
      __asm__(SHA "sha256su0 %0.4s, %1.4s" : "+w"(*next) : "w"(m[(i + 1) & 3]));
      __asm__(SHA "sha256su1 %0.4s, %1.4s, %2.4s"
              : "+w"(*next)
              : "w"(m[(i + 2) & 3]), "w"(m[(i + 3) & 3]));
      four(&abcd, &efgh, *next, 4 * i);
    }
    abcd += abcd0;
    efgh += efgh0;
  }
  *(V4 *)state = abcd;
  *(V4 *)(state + 4) = efgh;
}
#endif

static void blocks(Sha256 *hash, const u8 *p, usize count) {
  if (hash->fast) blocks_fast(hash->state, p, count);
  else blocks_plain(hash->state, p, count);
}

void sha256_start(Sha256 *hash) {
  static const u32 first[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  };
  memcpy(hash->state, first, sizeof first);
  hash->length = 0;
  hash->fast = arch_has_sha();
}

void sha256_add(Sha256 *hash, const void *from, usize n) {
  const u8 *p = from;
  usize held = hash->length & 63;
  hash->length += n;
  if (held != 0) {
    usize take = n < 64 - held ? n : 64 - held;
    memcpy(hash->block + held, p, take);
    p += take, n -= take;
    if (held + take < 64) return;
    blocks(hash, hash->block, 1);
  }
  if (n >= 64) blocks(hash, p, n / 64);
  memcpy(hash->block, p + (n & ~63ul), n & 63);
}

void sha256_end(Sha256 *hash, u8 out[32]) {
  u8 tail[72] = {0x80};
  u64 bits = hash->length * 8;
  usize pad = (119 - (hash->length & 63)) % 64 + 1;
  for (u32 i = 0; i < 8; i++) tail[pad + i] = (u8)(bits >> (56 - 8 * i));
  sha256_add(hash, tail, pad + 8);
  for (u32 i = 0; i < 32; i++) out[i] = (u8)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}
