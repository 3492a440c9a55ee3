/* A ray tracer in single precision: spheres, a checkered floor and a lamp, shadows and mirrors.
 * Each kind of shape answers through a function pointer, so every ray makes indirect calls. The
 * picture is shown in letters; its checksum is over the bytes of grey. */
#include <math.h>

#include "program.h"

enum { WIDTH = 76, HEIGHT = 32, BOUNCES = 4, MAX_WIDTH = 160, MAX_HEIGHT = 120 };

typedef struct {
  float x, y, z;
} Vec;

static inline Vec vec(float x, float y, float z) {
  return (Vec){x, y, z};
}

static inline float between(float x, float low, float high) {
  return x < low ? low : x > high ? high : x;
}

static inline Vec add(Vec a, Vec b) {
  return vec(a.x + b.x, a.y + b.y, a.z + b.z);
}

static inline Vec sub(Vec a, Vec b) {
  return vec(a.x - b.x, a.y - b.y, a.z - b.z);
}

static inline Vec times(Vec a, float f) {
  return vec(a.x * f, a.y * f, a.z * f);
}

static inline float dot(Vec a, Vec b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline Vec unit(Vec a) {
  return times(a, 1 / sqrtf(dot(a, a)));
}

static inline Vec mirror(Vec ray, Vec normal) {
  return sub(ray, times(normal, 2 * dot(ray, normal)));
}

/* ---- shapes ---- */

typedef struct Shape Shape;

typedef struct {
  float (*hit)(const Shape *, Vec from, Vec ray); /* distance along a unit ray, or 0 for none */
  Vec (*normal)(const Shape *, Vec at);
  float (*grey)(const Shape *, Vec at);
} Kind;

struct Shape {
  const Kind *kind;
  Vec centre; /* the floor uses only its height */
  float radius, shade, shine;
};

static float sphere_hit(const Shape *s, Vec from, Vec ray) {
  Vec to = sub(s->centre, from);
  float along = dot(to, ray), square = dot(to, to) - along * along;
  float inside = s->radius * s->radius - square;
  if (inside < 0) return 0;
  float half = sqrtf(inside);
  if (along - half > 0.001f) return along - half;
  return along + half > 0.001f ? along + half : 0;
}

static Vec sphere_normal(const Shape *s, Vec at) {
  return times(sub(at, s->centre), 1 / s->radius);
}

static float sphere_grey(const Shape *s, Vec at) {
  (void)at;
  return s->shade;
}

static float floor_hit(const Shape *s, Vec from, Vec ray) {
  if (ray.y > -0.0001f) return 0;
  float distance = (s->centre.y - from.y) / ray.y;
  return distance > 0.001f && distance < 60 ? distance : 0;
}

static Vec floor_normal(const Shape *s, Vec at) {
  (void)s, (void)at;
  return vec(0, 1, 0);
}

static float floor_grey(const Shape *s, Vec at) {
  int checker = (int)floorf(at.x) + (int)floorf(at.z);
  return checker & 1 ? s->shade : 1 - s->shade;
}

static const Kind sphere = {sphere_hit, sphere_normal, sphere_grey};
static const Kind ground = {floor_hit, floor_normal, floor_grey};

enum { SHAPES = 9 };

static Shape shapes[SHAPES];
static Vec lamp;

/* A mirror ball amid a ring of small ones that turns with time. */
static void arrange(int time) {
  shapes[0] = (Shape){&ground, vec(0, -1, 0), 0, 0.15f, 0.1f};
  shapes[1] = (Shape){&sphere, vec(0, 0.2f, 6), 1.2f, 0.2f, 0.8f};
  Vec arm = vec(2.2f, 0, 0);
  float turn = (float)time * 0.01f;
  for (int i = 2; i < SHAPES; i++) {
    float shade = 0.3f + 0.1f * (float)(i % 5);
    shapes[i] = (Shape){&sphere, add(vec(0, -0.6f, 6), arm), 0.4f, shade, 0.3f};
    arm = vec(0.62349f * arm.x - 0.78183f * arm.z, 0, 0.78183f * arm.x + 0.62349f * arm.z);
    arm = add(arm, times(vec(arm.z, 0, -arm.x), turn));
  }
  lamp = vec(-4, 6, 0);
}

/* ---- light ---- */

static const Shape *nearest(Vec from, Vec ray, float *distance) {
  const Shape *found = NULL;
  for (int i = 0; i < SHAPES; i++) {
    float d = shapes[i].kind->hit(&shapes[i], from, ray);
    if (d > 0 && (!found || d < *distance)) {
      found = &shapes[i];
      *distance = d;
    }
  }
  return found;
}

static float trace(Vec from, Vec ray, int bounces) {
  float distance = 0;
  const Shape *shape = nearest(from, ray, &distance);
  if (!shape) return 0.35f + 0.4f * (ray.y > 0 ? ray.y : 0);
  Vec at = add(from, times(ray, distance)), normal = shape->kind->normal(shape, at);
  Vec to_lamp = sub(lamp, at), light = unit(to_lamp);
  float far = sqrtf(dot(to_lamp, to_lamp)), facing = dot(normal, light), shine = 0;
  float blocked = 0;
  if (facing > 0 && nearest(at, light, &blocked) && blocked < far) facing = 0;
  if (facing > 0) {
    shine = dot(mirror(ray, normal), light);
    for (int i = 0; i < 4; i++) shine = shine > 0 ? shine * shine : 0;
  }
  float grey = shape->kind->grey(shape, at) * (0.15f + 0.85f * between(facing, 0, 1)) + shine;
  if (!bounces) return grey;
  float seen = trace(at, mirror(ray, normal), bounces - 1);
  return grey * (1 - shape->shine) + seen * shape->shine;
}

static u8 picture[MAX_HEIGHT][MAX_WIDTH];

/* Draws with square pixels that are `aspect` times as high as wide; returns a checksum. */
static u32 draw(int width, int height, float aspect) {
  u32 sum = 0;
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      float across = ((float)x + 0.5f - (float)width / 2) / (float)width;
      float up = ((float)height / 2 - (float)y - 0.5f) / (float)width * aspect;
      float grey = trace(vec(0, 0.8f, 0), unit(vec(across, up - 0.1f, 0.9f)), BOUNCES);
      picture[y][x] = (u8)(255 * between(grey, 0, 1));
    }
    sum = mix_bytes(sum, picture[y], (size_t)width);
  }
  return sum;
}

/* ---- the workload ---- */

unsigned bench(int n) {
  u32 sum = 0;
  for (int i = 0; i < n; i++) {
    arrange(i);
    sum = mix(sum, draw(MAX_WIDTH, MAX_HEIGHT, 1));
  }
  return sum;
}

int main(int argc, char **argv) {
  static const char ink[] = " .:-=+*#%@";
  int n = scale(argc, argv, 1);
  arrange(0);
  u32 sum = draw(WIDTH, HEIGHT, 2);
  for (int y = 0; y < HEIGHT; y++) {
    for (int x = 0; x < WIDTH; x++) putchar(ink[picture[y][x] * 10 / 256]);
    putchar('\n');
  }
  printf("picture %08x\n%d rounds: %08x\n", sum, n, bench(n));
  return 0;
}
