/* Long integers two ways. In base 10^9, little-endian: pi by Machin's formula and factorials, all
 * 64-bit divisions and remainders. In base 2^32: modular powers by Montgomery's multiplication, all
 * 64-bit multiplications with carries, which test numbers for being prime after Fermat. */
#include "program.h"

/* ---- base 10^9, fixed point: word[0] is the integer part ---- */

enum { BASE = 1000000000, WORDS = 128 };

static void divide(u32 *number, int from, int words, u32 by) {
  u64 rest = 0;
  for (int i = from; i < words; i++) {
    rest = rest * BASE + number[i];
    number[i] = (u32)(rest / by);
    rest %= by;
  }
}

/* to = from / by, from a given word on */
static void quotient(u32 *to, const u32 *from, int start, int words, u32 by) {
  u64 rest = 0;
  for (int i = start; i < words; i++) {
    rest = rest * BASE + from[i];
    to[i] = (u32)(rest / by);
    rest %= by;
  }
}

static void add(u32 *to, const u32 *number, int words) {
  u32 carry = 0;
  for (int i = words - 1; i >= 0; i--) {
    u32 sum = to[i] + number[i] + carry;
    carry = sum >= BASE;
    to[i] = carry ? sum - BASE : sum;
  }
}

static void subtract(u32 *from, const u32 *number, int words) {
  u32 borrow = 0;
  for (int i = words - 1; i >= 0; i--) {
    u32 take = number[i] + borrow;
    borrow = from[i] < take;
    from[i] = (borrow ? from[i] + BASE : from[i]) - take;
  }
}

/* to += sign * factor * arctan(1 / x), by the series of alternating odd terms */
static void add_arctan(u32 *to, bool plus, u32 factor, u32 x, int words) {
  static u32 term[WORDS], part[WORDS];
  memset(term, 0, sizeof term);
  memset(part, 0, sizeof part);
  term[0] = factor;
  divide(term, 0, words, x);
  int start = 0;
  for (u32 k = 1; start < words; k += 2, plus = !plus) {
    quotient(part, term, start, words, k);
    if (plus) add(to, part, words);
    else subtract(to, part, words);
    divide(term, start, words, x * x);
    for (; start < words && !term[start]; start++) part[start] = 0;
  }
}

/* pi = 16 arctan(1/5) - 4 arctan(1/239), to 9 (words - 1) digits, the last few of them inexact */
static void compute_pi(u32 *pi, int words) {
  memset(pi, 0, (size_t)words * sizeof *pi);
  add_arctan(pi, true, 16, 5, words);
  add_arctan(pi, false, 4, 239, words);
}

/* n! as words, least significant first; returns how many. */
static int factorial(u32 *number, u32 n) {
  int size = 1;
  number[0] = 1;
  for (u32 factor = 2; factor <= n; factor++) {
    u64 carry = 0;
    for (int i = 0; i < size; i++) {
      carry += (u64)number[i] * factor;
      number[i] = (u32)(carry % BASE);
      carry /= BASE;
    }
    if (carry) number[size++] = (u32)carry;
  }
  return size;
}

/* ---- base 2^32, least significant first ---- */

enum { LIMBS = 17 }; /* enough for 2^521 - 1 */

typedef struct {
  u32 word[LIMBS];
} Long;

static bool less(const Long *a, const Long *b) {
  for (int i = LIMBS - 1; i >= 0; i--) {
    if (a->word[i] != b->word[i]) return a->word[i] < b->word[i];
  }
  return false;
}

static void reduce(Long *a, const Long *modulus) {
  u64 borrow = 0;
  for (int i = 0; i < LIMBS; i++) {
    u64 difference = (u64)a->word[i] - modulus->word[i] - borrow;
    a->word[i] = (u32)difference;
    borrow = difference >> 63;
  }
}

/* a * b / 2^(32 LIMBS) modulo an odd number, whose inverse modulo 2^32 is -inverse. */
static Long montgomery(const Long *a, const Long *b, const Long *modulus, u32 inverse) {
  u32 sum[LIMBS + 2] = {0};
  for (int i = 0; i < LIMBS; i++) {
    u64 carry = 0, factor = a->word[i];
    for (int j = 0; j < LIMBS; j++) {
      carry += factor * b->word[j] + sum[j];
      sum[j] = (u32)carry;
      carry >>= 32;
    }
    carry += sum[LIMBS];
    sum[LIMBS] = (u32)carry;
    sum[LIMBS + 1] = (u32)(carry >> 32);
    factor = sum[0] * inverse;
    carry = (factor * modulus->word[0] + sum[0]) >> 32;
    for (int j = 1; j < LIMBS; j++) {
      carry += factor * modulus->word[j] + sum[j];
      sum[j - 1] = (u32)carry;
      carry >>= 32;
    }
    carry += sum[LIMBS];
    sum[LIMBS - 1] = (u32)carry;
    sum[LIMBS] = sum[LIMBS + 1] + (u32)(carry >> 32);
  }
  Long result;
  memcpy(result.word, sum, sizeof result.word);
  if (sum[LIMBS] || !less(&result, modulus)) reduce(&result, modulus);
  return result;
}

/* a + a modulo a number with a zero uppermost bit */
static void twice(Long *a, const Long *modulus) {
  u32 carry = 0;
  for (int i = 0; i < LIMBS; i++) {
    u32 word = a->word[i];
    a->word[i] = word << 1 | carry;
    carry = word >> 31;
  }
  if (!less(a, modulus)) reduce(a, modulus);
}

static Long power(u32 base, const Long *exponent, const Long *modulus) {
  Long one = {{1}}, factor = {{base}}, result = one;
  u32 inverse = 1;
  for (int i = 0; i < 5; i++) inverse *= 2 - modulus->word[0] * inverse;
  inverse = 0 - inverse;
  for (int i = 0; i < 32 * LIMBS; i++) twice(&factor, modulus), twice(&result, modulus);
  for (int bit = 32 * LIMBS - 1; bit >= 0; bit--) {
    result = montgomery(&result, &result, modulus, inverse);
    if (exponent->word[bit / 32] >> (bit % 32) & 1) {
      result = montgomery(&result, &factor, modulus, inverse);
    }
  }
  return montgomery(&result, &one, modulus, inverse);
}

/* 2^bits - minus */
static Long mersenne(int bits, u32 minus) {
  Long n = {{0}};
  for (int i = 0; i < bits; i++) n.word[i / 32] |= 1u << (i % 32);
  n.word[0] -= minus - 1;
  return n;
}

/* The low word of base^(n - 1) modulo n when n fails Fermat's test, 1 when it passes. */
static u32 fermat(const Long *n, u32 base) {
  Long exponent = *n;
  exponent.word[0]--;
  Long rest = power(base, &exponent, n);
  for (int i = 1; i < LIMBS; i++) {
    if (rest.word[i]) return rest.word[0] == 1 ? 0 : rest.word[0];
  }
  return rest.word[0];
}

/* ---- the workload ---- */

static u32 pi[WORDS], product[WORDS];

unsigned bench(int n) {
  u32 sum = 0;
  for (int i = 0; i < n; i++) {
    compute_pi(pi, 60 + i % 3);
    sum = mix_bytes(sum, pi, 60 * sizeof *pi);
    int size = factorial(product, 300 + (u32)i % 5);
    sum = mix_bytes(sum, product, (size_t)size * sizeof *product);
    Long number = mersenne(521, 1 + 2 * ((u32)i % 4));
    sum = mix(sum, fermat(&number, 3 + (u32)i));
  }
  return sum;
}

int main(int argc, char **argv) {
  int n = scale(argc, argv, 5);
  compute_pi(pi, WORDS);
  printf("pi = %u.", pi[0]);
  for (int i = 1; i < WORDS - 1; i++) printf("%09u", pi[i]);
  int size = factorial(product, 100);
  printf("\n100! = %u", product[size - 1]);
  for (int i = size - 2; i >= 0; i--) printf("%09u", product[i]);
  printf("\n");
  static const int exponents[] = {13, 17, 19, 23, 61, 67, 89, 107, 127, 257, 521};
  for (int i = 0; i < COUNT(exponents); i++) {
    Long number = mersenne(exponents[i], 1);
    u32 rest = fermat(&number, 3);
    printf("2^%d - 1: %s (%08x)\n", exponents[i], rest == 1 ? "prime" : "composite", rest);
  }
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
