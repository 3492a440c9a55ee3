/* Exhaustive search: queens on a board by bit masks, and exact cover by dancing links (Knuth), to
 * which sudoku and the packing of pentominoes into a rectangle are reduced. The links are 16-bit
 * indices into arrays, so the search is a chase through small dependent loads. */
#include "program.h"

/* ---- queens ---- */

/* Solutions below a row: columns and both diagonals that are taken, as bits. */
static u32 place_queens(u32 all, u32 columns, u32 left, u32 right) {
  if (columns == all) return 1;
  u32 total = 0;
  for (u32 free = all & ~(columns | left | right); free; free &= free - 1) {
    u32 bit = free & (0 - free);
    total += place_queens(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
  }
  return total;
}

static u32 queens(int n) {
  return place_queens((1u << n) - 1, 0, 0, 0);
}

/* ---- exact cover ---- */

enum { COLUMNS = 324, NODES = 16000, DEPTH = 81 };

typedef struct {
  u16 left[NODES], right[NODES], up[NODES], down[NODES], column[NODES], row[NODES];
  u16 size[COLUMNS + 1];
  int nodes, rows;
  u16 chosen[DEPTH];
  int depth;
  u32 solutions, steps, sum;
} Cover;

static Cover cover;

/* Headers 1..columns in a ring with the root 0. */
static void open_cover(Cover *c, int columns) {
  for (int i = 0; i <= columns; i++) {
    c->left[i] = (u16)(i ? i - 1 : columns);
    c->right[i] = (u16)(i < columns ? i + 1 : 0);
    c->up[i] = c->down[i] = c->column[i] = (u16)i;
    c->size[i] = 0;
  }
  c->nodes = columns + 1;
  c->rows = c->depth = 0;
  c->solutions = c->steps = c->sum = 0;
}

static void add_row(Cover *c, const u16 *columns, int n) {
  int first = c->nodes;
  for (int i = 0; i < n; i++) {
    u16 node = (u16)c->nodes++, head = columns[i];
    c->column[node] = head;
    c->row[node] = (u16)c->rows;
    c->up[node] = c->up[head];
    c->down[node] = head;
    c->down[c->up[head]] = node;
    c->up[head] = node;
    c->left[node] = (u16)(i ? node - 1 : first + n - 1);
    c->right[node] = (u16)(i < n - 1 ? node + 1 : first);
    c->size[head]++;
  }
  c->rows++;
}

static void hide(Cover *c, u16 column) {
  c->left[c->right[column]] = c->left[column];
  c->right[c->left[column]] = c->right[column];
  for (u16 i = c->down[column]; i != column; i = c->down[i]) {
    for (u16 j = c->right[i]; j != i; j = c->right[j]) {
      c->up[c->down[j]] = c->up[j];
      c->down[c->up[j]] = c->down[j];
      c->size[c->column[j]]--;
    }
  }
}

static void show(Cover *c, u16 column) {
  for (u16 i = c->up[column]; i != column; i = c->up[i]) {
    for (u16 j = c->left[i]; j != i; j = c->left[j]) {
      c->size[c->column[j]]++;
      c->up[c->down[j]] = c->down[c->up[j]] = j;
    }
  }
  c->left[c->right[column]] = c->right[c->left[column]] = column;
}

/* Searches until `limit` solutions are found; the sum depends on all of them. */
static void solve(Cover *c, u32 limit) {
  c->steps++;
  if (!c->right[0]) {
    c->solutions++;
    for (int i = 0; i < c->depth; i++) c->sum += mix(7, c->chosen[i]);
    return;
  }
  u16 best = c->right[0];
  for (u16 at = c->right[best]; at; at = c->right[at]) {
    if (c->size[at] < c->size[best]) best = at;
  }
  if (!c->size[best]) return;
  hide(c, best);
  for (u16 i = c->down[best]; i != best && c->solutions < limit; i = c->down[i]) {
    c->chosen[c->depth++] = c->row[i];
    for (u16 j = c->right[i]; j != i; j = c->right[j]) hide(c, c->column[j]);
    solve(c, limit);
    for (u16 j = c->left[i]; j != i; j = c->left[j]) show(c, c->column[j]);
    c->depth--;
  }
  show(c, best);
}

/* ---- sudoku: a row per allowed (cell, digit); a column per demand of a cell, line or box ---- */

/* Fills the empty cells of `grid` and returns the number of solutions, at most two. */
static u32 sudoku(const char *clues, char *grid) {
  static u16 meaning[729];
  u32 found = 0;
  open_cover(&cover, 324);
  for (int cell = 0; cell < 81; cell++) {
    int y = cell / 9, x = cell % 9, box = y / 3 * 3 + x / 3;
    for (int d = 0; d < 9; d++) {
      if (clues[cell] != '.' && clues[cell] != '1' + d) continue;
      u16 columns[4] = {(u16)(1 + cell), (u16)(82 + y * 9 + d), (u16)(163 + x * 9 + d),
                        (u16)(244 + box * 9 + d)};
      meaning[cover.rows] = (u16)(cell * 9 + d);
      add_row(&cover, columns, 4);
    }
  }
  solve(&cover, 1);
  found = cover.solutions;
  for (int i = 0; i < 81; i++) {
    int m = meaning[cover.chosen[i]];
    grid[m / 9] = (char)('1' + m % 9);
  }
  grid[81] = 0;
  return found;
}

/* ---- pentominoes: a column per piece and per cell of the rectangle ---- */

/* Rows of five cells, three to a piece; in the order F I L N P T U V W X Y Z. */
static const char *const pieces[12] = {
    " ##  ##    #   ", "#####          ", "#    ####      ", "  ## ###       ",
    "##   ###       ", "###   #    #   ", "# #  ###       ", "#    #    ###  ",
    "#    ##    ##  ", " #   ###   #   ", "####  #        ", "##    #    ##  ",
};

typedef struct {
  int x[5], y[5];
} Shape;

static int compare_cells(const Shape *s, int a, int b) {
  return s->y[a] != s->y[b] ? s->y[a] - s->y[b] : s->x[a] - s->x[b];
}

/* Moves a shape to the origin and sorts its cells, so that equal shapes have equal bytes. */
static void normalize(Shape *s) {
  int left = s->x[0], top = s->y[0];
  for (int i = 1; i < 5; i++) {
    if (s->x[i] < left) left = s->x[i];
    if (s->y[i] < top) top = s->y[i];
  }
  for (int i = 0; i < 5; i++) s->x[i] -= left, s->y[i] -= top;
  for (int i = 1; i < 5; i++) {
    for (int j = i; j && compare_cells(s, j, j - 1) < 0; j--) {
      int x = s->x[j], y = s->y[j];
      s->x[j] = s->x[j - 1], s->y[j] = s->y[j - 1];
      s->x[j - 1] = x, s->y[j - 1] = y;
    }
  }
}

/* The distinct orientations of a piece; returns how many. */
static int orientations(const char *piece, Shape shapes[8]) {
  int count = 0;
  for (int turn = 0; turn < 8; turn++) {
    Shape s;
    int cells = 0;
    for (int i = 0; i < 15; i++) {
      if (piece[i] != '#') continue;
      int x = i % 5, y = i / 5;
      if (turn & 4) x = -x;
      if (turn & 2) x = -x, y = -y;
      s.x[cells] = turn & 1 ? -y : x;
      s.y[cells++] = turn & 1 ? x : y;
    }
    normalize(&s);
    bool known = false;
    for (int i = 0; i < count; i++) known |= !memcmp(&shapes[i], &s, sizeof s);
    if (!known) shapes[count++] = s;
  }
  return count;
}

static void place(const Shape *s, int piece, int width, int height) {
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      u16 columns[6] = {(u16)(1 + piece)};
      bool fits = true;
      for (int i = 0; i < 5; i++) {
        int cx = x + s->x[i], cy = y + s->y[i];
        fits &= cx < width && cy < height;
        columns[i + 1] = (u16)(13 + cy * width + cx);
      }
      if (fits) add_row(&cover, columns, 6);
    }
  }
}

/* The ways to fill a rectangle of 60 cells, mirror images counted, at most `limit`. */
static u32 pentominoes(int width, int height, u32 limit) {
  Shape shapes[8];
  open_cover(&cover, 72);
  for (int p = 0; p < 12; p++) {
    int count = orientations(pieces[p], shapes);
    for (int i = 0; i < count; i++) place(&shapes[i], p, width, height);
  }
  solve(&cover, limit);
  return cover.solutions;
}

/* ---- the workload ---- */

static const char *const sudokus[] = {
    "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
    "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4..",
    "..............3.85..1.2.......5.7.....4...1...9.......5......73..2.1........4...9",
};

unsigned bench(int n) {
  u32 sum = 0;
  char grid[82];
  for (int i = 0; i < n; i++) {
    sum = mix(sum, queens(8 + i % 2));
    sum = mix(sum, sudoku(sudokus[i % 2], grid));
    sum = mix(mix_bytes(sum, grid, 81), cover.steps);
    sum = mix(sum, pentominoes(10, 6, 2 + (u32)i % 2));
    sum = mix(sum ^ cover.sum, cover.steps);
  }
  return sum;
}

int main(int argc, char **argv) {
  int n = scale(argc, argv, 2);
  char grid[82];
  for (int size = 4; size <= 10; size++) printf("queens %2d: %u\n", size, queens(size));
  for (int i = 0; i < COUNT(sudokus) - 1; i++) {
    u32 found = sudoku(sudokus[i], grid);
    printf("sudoku %d: %u solution, %u steps\n%s\n", i, found, cover.steps, grid);
  }
  u32 ways = pentominoes(20, 3, ~0u);
  printf("pentominoes 20 x 3: %u ways, %u steps, sum %08x\n", ways, cover.steps, cover.sum);
  ways = pentominoes(12, 5, 20);
  printf("pentominoes 12 x 5: %u ways, %u steps, sum %08x\n", ways, cover.steps, cover.sum);
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
