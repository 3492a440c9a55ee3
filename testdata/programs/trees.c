/* Work for the allocator: perfect binary trees built and torn down, a treap under a stream of
 * insertions and removals, and blocks of all sizes that grow, shrink and move while their contents
 * are checked. Checksums depend on the data only, never on addresses. */
#include "program.h"

/* ---- perfect trees ---- */

typedef struct Node Node;
struct Node {
  Node *left, *right;
  u32 label;
};

static Node *grow(int depth, u32 label) {
  Node *node = allocate(sizeof *node);
  node->label = label;
  node->left = depth ? grow(depth - 1, 2 * label) : NULL;
  node->right = depth ? grow(depth - 1, 2 * label + 1) : NULL;
  return node;
}

static u32 weigh(const Node *node) {
  if (!node) return 1;
  return weigh(node->left) * 3 + weigh(node->right) * 5 + node->label;
}

static void fell(Node *node) {
  if (!node) return;
  fell(node->left);
  fell(node->right);
  free(node);
}

static u32 forest(int depth) {
  Node *lasting = grow(depth, 1);
  u32 sum = 0;
  for (int d = 2; d <= depth; d += 2) {
    for (int i = 1 << (depth - d); i; i--) {
      Node *tree = grow(d, (u32)i);
      sum = mix(sum, weigh(tree));
      fell(tree);
    }
  }
  sum = mix(sum, weigh(lasting));
  fell(lasting);
  return sum;
}

/* ---- a treap: ordered by key, a heap by rank ---- */

typedef struct Treap Treap;
struct Treap {
  Treap *child[2];
  u32 key, rank;
  u64 value;
};

static Treap *rotate(Treap *node, int up) {
  Treap *child = node->child[up];
  node->child[up] = child->child[!up];
  child->child[!up] = node;
  return child;
}

static Treap *insert(Treap *node, u32 key, u64 value, u32 *size) {
  if (!node) {
    node = allocate(sizeof *node);
    *node = (Treap){{NULL, NULL}, key, mix(99, key), value};
    ++*size;
    return node;
  }
  if (key == node->key) {
    node->value += value;
    return node;
  }
  int side = key > node->key;
  node->child[side] = insert(node->child[side], key, value, size);
  return node->child[side]->rank > node->rank ? rotate(node, side) : node;
}

/* Removes a key if it is there: sinks it below its children until one of them is missing. */
static Treap *cut(Treap *node, u32 key, u32 *size) {
  if (!node) return NULL;
  if (key != node->key) {
    int side = key > node->key;
    node->child[side] = cut(node->child[side], key, size);
    return node;
  }
  Treap *left = node->child[0], *right = node->child[1];
  if (left && right) {
    int up = right->rank > left->rank;
    node = rotate(node, up);
    node->child[!up] = cut(node->child[!up], key, size);
    return node;
  }
  free(node);
  --*size;
  return left ? left : right;
}

static u32 walk(const Treap *node, u32 sum) {
  if (!node) return sum;
  sum = mix_u64(walk(node->child[0], sum), node->value + node->key);
  return walk(node->child[1], sum);
}

static int height(const Treap *node) {
  if (!node) return 0;
  int left = height(node->child[0]), right = height(node->child[1]);
  return 1 + (left > right ? left : right);
}

/* Random insertions and removals among `keys` keys; returns a checksum of what remains. */
static u32 treap(u32 steps, u32 keys, u64 seed, bool report) {
  Treap *root = NULL;
  u32 size = 0;
  for (u32 i = 0; i < steps; i++) {
    u32 key = random_below(&seed, keys);
    if (random_below(&seed, 3)) root = insert(root, key, i, &size);
    else root = cut(root, key, &size);
  }
  u32 sum = mix(walk(root, 0), size);
  if (report) printf("treap: %u keys, height %d, sum %08x\n", size, height(root), sum);
  for (u32 key = 0; key < keys; key++) root = cut(root, key, &size);
  return root || size ? 0 : sum;
}

/* ---- blocks of all sizes ---- */

enum { BLOCKS = 256 };

static u8 *blocks[BLOCKS];
static u32 sizes[BLOCKS];

static inline u8 stamp(u32 block, u32 at) {
  return (u8)(block * 31 + at * 7);
}

/* Checks the first bytes of a block and both ends of the rest; returns the number of wrong ones. */
static u32 inspect(u32 block) {
  u32 wrong = 0, size = sizes[block];
  for (u32 i = 0; i < size; i += i < 16 ? 1 : 1 + size / 16) {
    wrong += blocks[block][i] != stamp(block, i);
  }
  return wrong + (size && blocks[block][size - 1] != stamp(block, size - 1));
}

/* Returns a checksum of all sizes seen, or 0 when a block had a wrong byte. */
static u32 churn(u32 steps, u64 seed) {
  u32 wrong = 0, sum = 1;
  for (u32 i = 0; i < steps; i++) {
    u32 b = random_below(&seed, BLOCKS), old = sizes[b];
    u32 size = random_below(&seed, 1u << (3 + random_below(&seed, 11)));
    wrong += inspect(b);
    switch (random_below(&seed, 4)) {
    case 0:
      free(blocks[b]);
      blocks[b] = NULL;
      size = 0;
      break;
    case 1:
      free(blocks[b]);
      blocks[b] = calloc(size + 1, 1);
      if (!blocks[b] || blocks[b][size / 2]) return 0;
      old = 0;
      break;
    default:
      blocks[b] = realloc(blocks[b], size + 1);
      if (!blocks[b]) return 0;
    }
    for (u32 at = old; at < size; at++) blocks[b][at] = stamp(b, at);
    sizes[b] = size;
    sum = mix(sum, size);
  }
  for (u32 b = 0; b < BLOCKS; b++) {
    wrong += inspect(b);
    free(blocks[b]);
    blocks[b] = NULL;
    sizes[b] = 0;
  }
  return wrong ? 0 : sum;
}

/* One block of many pages, touched here and there. */
static u32 span(u32 size) {
  u8 *block = allocate(size);
  u32 sum = 0;
  for (u32 at = 0; at < size; at += 99991) block[at] = stamp(1, at);
  for (u32 at = 0; at < size; at += 99991) sum = mix(sum, block[at]);
  free(block);
  return sum;
}

/* ---- the workload ---- */

unsigned bench(int n) {
  u32 sum = 0;
  for (int i = 0; i < n; i++) {
    sum = mix(sum, forest(10 + i % 3));
    sum = mix(sum, treap(8000, 2000, (u64)i + 1, false));
    sum = mix(sum, churn(3000, (u64)i + 1));
  }
  return sum;
}

int main(int argc, char **argv) {
  int n = scale(argc, argv, 2);
  for (int depth = 4; depth <= 14; depth += 5) printf("forest %2d: %08x\n", depth, forest(depth));
  treap(1000, 100, 5, true);
  treap(30000, 5000, 6, true);
  printf("churn: %08x\n", churn(20000, 7));
  printf("large: %08x\n", span(48 << 20));
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
