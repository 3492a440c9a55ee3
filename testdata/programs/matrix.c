/* Dense linear algebra in three arithmetics: LU decomposition with partial pivoting and a solve in
 * double precision, blocked multiplication and a two-dimensional convolution in single precision,
 * and a determinant modulo a prime in 64-bit integers. The order of all sums is fixed. */
#include <math.h>

#include "program.h"

enum { SIZE = 64, BLOCK = 16, IMAGE = 96, KERNEL = 5, PRIME = 2147483647 };

static double a64[SIZE][SIZE], lu[SIZE][SIZE], b64[SIZE], x64[SIZE];
static float a32[SIZE][SIZE], b32[SIZE][SIZE], c32[SIZE][SIZE];
static float image[IMAGE][IMAGE], blurred[IMAGE][IMAGE], kernel[KERNEL][KERNEL];
static u64 modular[SIZE][SIZE];

static void fill(u64 seed) {
  for (int i = 0; i < SIZE; i++) {
    for (int j = 0; j < SIZE; j++) {
      a64[i][j] = 2 * random_unit(&seed) - 1;
      a32[i][j] = (float)a64[i][j];
      b32[i][j] = (float)random_below(&seed, 1000) / 999;
      modular[i][j] = random_below(&seed, PRIME);
    }
    b64[i] = random_unit(&seed);
  }
  for (int i = 0; i < IMAGE; i++) {
    for (int j = 0; j < IMAGE; j++) image[i][j] = (float)random_below(&seed, 256);
  }
  float total = 0;
  for (int i = 0; i < KERNEL; i++) {
    for (int j = 0; j < KERNEL; j++) {
      kernel[i][j] = (float)((3 - abs(i - 2)) * (3 - abs(j - 2)));
      total += kernel[i][j];
    }
  }
  for (int i = 0; i < KERNEL * KERNEL; i++) kernel[i / KERNEL][i % KERNEL] /= total;
}

/* ---- double precision: solve a x = b ---- */

/* Decomposes lu in place, rows swapped as order[] tells. */
static void decompose(int order[SIZE]) {
  for (int i = 0; i < SIZE; i++) order[i] = i;
  for (int k = 0; k < SIZE; k++) {
    int pivot = k;
    for (int i = k + 1; i < SIZE; i++) {
      if (fabs(lu[i][k]) > fabs(lu[pivot][k])) pivot = i;
    }
    if (pivot != k) {
      int t = order[k];
      order[k] = order[pivot];
      order[pivot] = t;
      for (int j = 0; j < SIZE; j++) {
        double v = lu[k][j];
        lu[k][j] = lu[pivot][j];
        lu[pivot][j] = v;
      }
    }
    double scale = 1 / lu[k][k];
    for (int i = k + 1; i < SIZE; i++) {
      double factor = lu[i][k] * scale;
      lu[i][k] = factor;
      for (int j = k + 1; j < SIZE; j++) lu[i][j] -= factor * lu[k][j];
    }
  }
}

static void solve(void) {
  int order[SIZE];
  memcpy(lu, a64, sizeof lu);
  decompose(order);
  for (int i = 0; i < SIZE; i++) {
    double sum = b64[order[i]];
    for (int j = 0; j < i; j++) sum -= lu[i][j] * x64[j];
    x64[i] = sum;
  }
  for (int i = SIZE - 1; i >= 0; i--) {
    double sum = x64[i];
    for (int j = i + 1; j < SIZE; j++) sum -= lu[i][j] * x64[j];
    x64[i] = sum / lu[i][i];
  }
}

static double residual(void) {
  double worst = 0;
  for (int i = 0; i < SIZE; i++) {
    double sum = -b64[i];
    for (int j = 0; j < SIZE; j++) sum += a64[i][j] * x64[j];
    if (fabs(sum) > worst) worst = fabs(sum);
  }
  return worst;
}

/* ---- single precision ---- */

static void multiply(void) {
  memset(c32, 0, sizeof c32);
  for (int jj = 0; jj < SIZE; jj += BLOCK) {
    for (int kk = 0; kk < SIZE; kk += BLOCK) {
      for (int i = 0; i < SIZE; i++) {
        for (int k = kk; k < kk + BLOCK; k++) {
          float factor = a32[i][k];
          for (int j = jj; j < jj + BLOCK; j++) c32[i][j] += factor * b32[k][j];
        }
      }
    }
  }
}

static void convolve(void) {
  for (int i = 0; i < IMAGE - KERNEL + 1; i++) {
    for (int j = 0; j < IMAGE - KERNEL + 1; j++) {
      float sum = 0;
      for (int y = 0; y < KERNEL; y++) {
        for (int x = 0; x < KERNEL; x++) sum += image[i + y][j + x] * kernel[y][x];
      }
      blurred[i][j] = sum;
    }
  }
}

/* ---- integers modulo a Mersenne prime ---- */

static inline u64 times(u64 a, u64 b) {
  u64 product = a * b;
  product = (product & PRIME) + (product >> 31);
  return product >= PRIME ? product - PRIME : product;
}

static u64 inverse(u64 a) {
  u64 result = 1;
  for (u64 power = PRIME - 2; power; power >>= 1, a = times(a, a)) {
    if (power & 1) result = times(result, a);
  }
  return result;
}

static u64 determinant(void) {
  u64 result = 1;
  for (int k = 0; k < SIZE; k++) {
    int pivot = k;
    while (pivot < SIZE && !modular[pivot][k]) pivot++;
    if (pivot == SIZE) return 0;
    if (pivot != k) {
      result = PRIME - result;
      for (int j = k; j < SIZE; j++) {
        u64 t = modular[k][j];
        modular[k][j] = modular[pivot][j];
        modular[pivot][j] = t;
      }
    }
    result = times(result, modular[k][k]);
    u64 scale = inverse(modular[k][k]);
    for (int i = k + 1; i < SIZE; i++) {
      u64 factor = times(modular[i][k], scale);
      for (int j = k; j < SIZE; j++) {
        u64 minus = times(factor, modular[k][j]);
        modular[i][j] = modular[i][j] + (modular[i][j] < minus ? PRIME : 0) - minus;
      }
    }
  }
  return result;
}

/* ---- the workload ---- */

static u32 mix_f32(u32 sum, float value) {
  u32 bits;
  memcpy(&bits, &value, sizeof bits);
  return mix(sum, bits);
}

unsigned bench(int n) {
  u32 sum = 0;
  for (int i = 0; i < n; i++) {
    fill((u64)i + 1);
    solve();
    multiply();
    convolve();
    for (int k = 0; k < SIZE; k++) {
      sum = mix_f64(sum, x64[k]);
      sum = mix_f32(sum, c32[k][SIZE - 1 - k]);
      sum = mix_f32(sum, blurred[k][k / 2]);
    }
    sum = mix_u64(sum, determinant());
  }
  return sum;
}

int main(int argc, char **argv) {
  int n = scale(argc, argv, 5);
  fill(1);
  solve();
  printf("solution %.9f %.9f ... %.9f, residual below 1e-9: %s\n", x64[0], x64[1], x64[SIZE - 1],
         residual() < 1e-9 ? "yes" : "no");
  multiply();
  double trace = 0;
  for (int i = 0; i < SIZE; i++) trace += (double)c32[i][i];
  printf("product  %.9f %.9f, trace %.9f\n", (double)c32[0][0], (double)c32[1][0], trace);
  convolve();
  printf("blurred  %.9f %.9f\n", (double)blurred[0][0], (double)blurred[40][50]);
  printf("determinant modulo 2^31 - 1: %llu\n", (unsigned long long)determinant());
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
