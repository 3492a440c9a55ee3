/* The fast Fourier transform, radix 2 in place, once in double and once in single precision, by one
 * template; and what it is good for: multiplying long integers and filtering a signal. The roots of
 * unity come from repeated halving of the angle by square roots, so that libm has no say in it. */
#include <math.h>

#include "program.h"

enum { LOG = 11, SIZE = 1 << LOG };

static double root_re[SIZE / 2], root_im[SIZE / 2]; /* e^(-2 pi i k / SIZE) */

/* For each bit of k, its angle's sine and cosine, then all products. */
static void prepare(void) {
  double cosine = -1, sine = 0; /* half a turn, which is k = SIZE / 2 */
  root_re[0] = 1;
  root_im[0] = 0;
  for (int step = SIZE / 4; step; step /= 2) {
    double half = sqrt((1 + cosine) / 2);
    sine = half == 0 ? 1 : sine / (2 * half);
    cosine = half;
    root_re[step] = cosine;
    root_im[step] = -sine;
  }
  for (int step = SIZE / 4; step; step /= 2) {
    double re = root_re[step], im = root_im[step];
    for (int k = 2 * step; k < SIZE / 2; k += 2 * step) {
      root_re[k + step] = root_re[k] * re - root_im[k] * im;
      root_im[k + step] = root_re[k] * im + root_im[k] * re;
    }
  }
}

/* Transforms n = 2^log values; with direction -1 the inverse, scaled. */
#define DEFINE_FFT(NAME, REAL)                                                                     \
  static void NAME(REAL *re, REAL *im, int log, REAL direction) {                                  \
    int n = 1 << log;                                                                              \
    for (int i = 1, j = 0; i < n; i++) {                                                           \
      int bit = n >> 1;                                                                            \
      for (; j & bit; bit >>= 1) j ^= bit;                                                         \
      j ^= bit;                                                                                    \
      if (i >= j) continue;                                                                        \
      REAL r = re[i], m = im[i];                                                                   \
      re[i] = re[j], im[i] = im[j];                                                                \
      re[j] = r, im[j] = m;                                                                        \
    }                                                                                              \
    for (int half = 1; half < n; half *= 2) {                                                      \
      int stride = SIZE / 2 / half;                                                                \
      for (int start = 0; start < n; start += 2 * half) {                                          \
        for (int k = 0; k < half; k++) {                                                           \
          REAL wr = (REAL)root_re[k * stride], wi = direction * (REAL)root_im[k * stride];         \
          int p = start + k, q = p + half;                                                         \
          REAL tr = wr * re[q] - wi * im[q], ti = wr * im[q] + wi * re[q];                         \
          re[q] = re[p] - tr, im[q] = im[p] - ti;                                                  \
          re[p] += tr, im[p] += ti;                                                                \
        }                                                                                          \
      }                                                                                            \
    }                                                                                              \
    if (direction > 0) return;                                                                     \
    for (int i = 0; i < n; i++) re[i] /= (REAL)n, im[i] /= (REAL)n;                                \
  }

DEFINE_FFT(fft64, double)
DEFINE_FFT(fft32, float)

static double re64[SIZE], im64[SIZE], signal[SIZE];
static float re32[SIZE], im32[SIZE];

/* ---- long integers: little-endian digits to the base 1000 ---- */

enum { BASE = 1000, DIGITS = SIZE / 2 };

/* Squares a number of n digits in place; returns the new length. One number rides in the real part
 * alone, so its spectrum is squared as complex values. */
static int square(u16 *digits, int n) {
  int log = 1;
  while (1 << log < 2 * n) log++;
  int size = 1 << log;
  for (int i = 0; i < size; i++) {
    re64[i] = i < n ? digits[i] : 0;
    im64[i] = 0;
  }
  fft64(re64, im64, log, 1);
  for (int i = 0; i < size; i++) {
    double re = re64[i], im = im64[i];
    re64[i] = re * re - im * im;
    im64[i] = 2 * re * im;
  }
  fft64(re64, im64, log, -1);
  u64 carry = 0;
  int length = 0;
  for (int i = 0; i < 2 * n; i++) {
    carry += (u64)(re64[i] + 0.5);
    digits[i] = (u16)(carry % BASE);
    carry /= BASE;
    if (digits[i]) length = i + 1;
  }
  return length;
}

static int times_small(u16 *digits, int n, u32 factor) {
  u32 carry = 0;
  for (int i = 0; i < n; i++) {
    carry += digits[i] * factor;
    digits[i] = (u16)(carry % BASE);
    carry /= BASE;
  }
  if (carry) digits[n++] = (u16)carry;
  return n;
}

/* base to the power, as digits; the result must have less than DIGITS of them. */
static int power(u16 *digits, u32 base, u32 exponent) {
  int n = 1;
  digits[0] = 1;
  for (int bit = 31 - __builtin_clz(exponent); bit >= 0; bit--) {
    n = square(digits, n);
    if (exponent >> bit & 1) n = times_small(digits, n, base);
  }
  return n;
}

/* ---- a noisy signal, filtered by dropping weak frequencies ---- */

static void make_signal(u64 seed) {
  for (int i = 0; i < SIZE; i++) {
    double wave = root_re[i * 5 % (SIZE / 2)] + 0.5 * root_im[i * 12 % (SIZE / 2)];
    signal[i] = wave + 0.3 * (random_unit(&seed) - 0.5);
  }
}

static int filter32(float floor) {
  int kept = 0;
  for (int i = 0; i < SIZE; i++) re32[i] = (float)signal[i], im32[i] = 0;
  fft32(re32, im32, LOG, 1);
  for (int i = 0; i < SIZE; i++) {
    if (re32[i] * re32[i] + im32[i] * im32[i] > floor * floor) kept++;
    else re32[i] = im32[i] = 0;
  }
  fft32(re32, im32, LOG, -1);
  return kept;
}

/* ---- the workload ---- */

static u16 digits[2 * DIGITS];

unsigned bench(int n) {
  u32 sum = 0;
  prepare();
  for (int i = 0; i < n; i++) {
    int length = power(digits, 3 + (u32)i % 7, 3000 - (u32)i % 5);
    sum = mix_bytes(sum, digits, (size_t)length * 2);
    make_signal((u64)i + 1);
    sum = mix(sum, (u32)filter32(40));
    for (int k = 0; k < SIZE; k += 64) sum = mix_f64(sum, (double)re32[k]);
  }
  return sum;
}

int main(int argc, char **argv) {
  int n = scale(argc, argv, 5);
  prepare();
  printf("root 1:  %.9f %.9f\n", root_re[1], root_im[1]);
  make_signal(3);
  for (int i = 0; i < SIZE; i++) re64[i] = signal[i], im64[i] = 0;
  fft64(re64, im64, LOG, 1);
  for (int i = 0; i < 60; i += 10) printf("bin %3d: %.9f %.9f\n", i, re64[i], im64[i]);
  fft64(re64, im64, LOG, -1);
  double worst = 0;
  for (int i = 0; i < SIZE; i++) {
    if (fabs(re64[i] - signal[i]) > worst) worst = fabs(re64[i] - signal[i]);
  }
  printf("there and back: %s\n", worst < 1e-12 ? "ok" : "WRONG");
  int kept = filter32(60);
  printf("filtered: %d bins kept, %.9f %.9f\n", kept, (double)re32[0], (double)re32[777]);
  int length = power(digits, 7, 1000);
  printf("7^1000 = %u", digits[length - 1]);
  for (int i = length - 2; i >= 0; i--) printf("%03u", digits[i]);
  printf("\n%d rounds: %08x\n", n, bench(n));
  return 0;
}
