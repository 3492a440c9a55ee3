/* A cluster of bodies under gravity, in double precision: all pairs, softened, moved by the
 * leapfrog (kick, drift, kick) scheme, which keeps energy and momentum. Only + - * / and sqrt are
 * used, in a fixed order, so every machine gets the same bits. */
#include <math.h>

#include "program.h"

enum { BODIES = 40 };

typedef struct {
  double x[BODIES], y[BODIES], z[BODIES];
  double vx[BODIES], vy[BODIES], vz[BODIES];
  double ax[BODIES], ay[BODIES], az[BODIES];
  double mass[BODIES];
} Cluster;

static Cluster cluster;

static const double SOFTENING = 0.01, STEP = 1.0 / 1024;

/* Bodies in a ball with random velocities, then moved to where the centre of mass is at rest. */
static void form(Cluster *c, u64 seed) {
  double px = 0, py = 0, pz = 0, total = 0;
  for (int i = 0; i < BODIES; i++) {
    double x, y, z;
    do {
      x = 2 * random_unit(&seed) - 1;
      y = 2 * random_unit(&seed) - 1;
      z = 2 * random_unit(&seed) - 1;
    } while (x * x + y * y + z * z > 1);
    c->x[i] = x, c->y[i] = y, c->z[i] = z;
    c->vx[i] = 0.6 * (random_unit(&seed) - 0.5) - 0.5 * y;
    c->vy[i] = 0.6 * (random_unit(&seed) - 0.5) + 0.5 * x;
    c->vz[i] = 0.6 * (random_unit(&seed) - 0.5);
    c->mass[i] = (0.5 + random_unit(&seed)) / BODIES;
    px += c->mass[i] * c->vx[i];
    py += c->mass[i] * c->vy[i];
    pz += c->mass[i] * c->vz[i];
    total += c->mass[i];
  }
  for (int i = 0; i < BODIES; i++) {
    c->vx[i] -= px / total;
    c->vy[i] -= py / total;
    c->vz[i] -= pz / total;
  }
}

static void attract(Cluster *c) {
  memset(c->ax, 0, sizeof c->ax);
  memset(c->ay, 0, sizeof c->ay);
  memset(c->az, 0, sizeof c->az);
  for (int i = 0; i < BODIES; i++) {
    double ax = c->ax[i], ay = c->ay[i], az = c->az[i];
    for (int j = i + 1; j < BODIES; j++) {
      double dx = c->x[j] - c->x[i], dy = c->y[j] - c->y[i], dz = c->z[j] - c->z[i];
      double square = dx * dx + dy * dy + dz * dz + SOFTENING;
      double pull = 1 / (square * sqrt(square));
      double pi = pull * c->mass[j], pj = pull * c->mass[i];
      ax += dx * pi, ay += dy * pi, az += dz * pi;
      c->ax[j] -= dx * pj;
      c->ay[j] -= dy * pj;
      c->az[j] -= dz * pj;
    }
    c->ax[i] = ax, c->ay[i] = ay, c->az[i] = az;
  }
}

static void kick(Cluster *c, double time) {
  for (int i = 0; i < BODIES; i++) {
    c->vx[i] += c->ax[i] * time;
    c->vy[i] += c->ay[i] * time;
    c->vz[i] += c->az[i] * time;
  }
}

static void drift(Cluster *c, double time) {
  for (int i = 0; i < BODIES; i++) {
    c->x[i] += c->vx[i] * time;
    c->y[i] += c->vy[i] * time;
    c->z[i] += c->vz[i] * time;
  }
}

/* Moves a cluster whose accelerations are current. */
static void advance(Cluster *c, int steps) {
  for (int i = 0; i < steps; i++) {
    kick(c, STEP / 2);
    drift(c, STEP);
    attract(c);
    kick(c, STEP / 2);
  }
}

static double energy(const Cluster *c) {
  double sum = 0;
  for (int i = 0; i < BODIES; i++) {
    double square = c->vx[i] * c->vx[i] + c->vy[i] * c->vy[i] + c->vz[i] * c->vz[i];
    sum += c->mass[i] * square / 2;
    for (int j = i + 1; j < BODIES; j++) {
      double dx = c->x[j] - c->x[i], dy = c->y[j] - c->y[i], dz = c->z[j] - c->z[i];
      sum -= c->mass[i] * c->mass[j] / sqrt(dx * dx + dy * dy + dz * dz + SOFTENING);
    }
  }
  return sum;
}

/* The total angular momentum about the z axis. */
static double spin(const Cluster *c) {
  double sum = 0;
  for (int i = 0; i < BODIES; i++) sum += c->mass[i] * (c->x[i] * c->vy[i] - c->y[i] * c->vx[i]);
  return sum;
}

static u32 digest(const Cluster *c, u32 sum) {
  for (int i = 0; i < BODIES; i++) {
    sum = mix_f64(mix_f64(sum, c->x[i]), c->y[i]);
    sum = mix_f64(mix_f64(sum, c->z[i]), c->vx[i]);
  }
  return sum;
}

unsigned bench(int n) {
  u32 sum = 0;
  form(&cluster, 1);
  attract(&cluster);
  for (int i = 0; i < n; i++) {
    advance(&cluster, 500);
    sum = digest(&cluster, sum);
  }
  return sum;
}

int main(int argc, char **argv) {
  int n = scale(argc, argv, 6);
  form(&cluster, 1);
  attract(&cluster);
  printf("time      energy        spin          first body\n");
  for (int i = 0; i <= n; i++) {
    if (i) advance(&cluster, 500);
    printf("%.3f  %.9f  %.9f  %.9f %.9f %.9f\n", i * 500 * STEP, energy(&cluster), spin(&cluster),
           cluster.x[0], cluster.y[0], cluster.z[0]);
  }
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
