/* Chess: a move generator proved by the published counts of positions (perft), and a small
 * alpha-beta search over it. The board is "0x88": 16 columns of which 8 exist, so that one mask
 * tells whether a square is on it.
 *
 *   piece = type | side << 3          move = from | to << 8 | promotion << 16 | kind << 20 */
#include "program.h"

enum { NONE, PAWN, KNIGHT, BISHOP, ROOK, QUEEN, KING };
enum { WHITE, BLACK };
enum { PLAIN, CASTLE, PASSANT, DOUBLE };
enum { MOVES = 256, NO_SQUARE = 127, INFINITE = 30000 };

typedef struct {
  u8 board[128];
  u8 side, castling; /* castling: 1 2 white king's and queen's side, 4 8 black */
  u8 passant, king[2];
} Position;

typedef struct {
  u32 moves[MOVES];
  int count;
} List;

static const int knight_steps[] = {-33, -31, -18, -14, 14, 18, 31, 33};
static const int king_steps[] = {-17, -16, -15, -1, 1, 15, 16, 17};
static const int rook_steps[] = {-16, -1, 1, 16};
static const int bishop_steps[] = {-17, -15, 15, 17};

static inline bool outside(int square) {
  return square & 0x88;
}

static inline int type_of(int piece) {
  return piece & 7;
}

static inline int side_of(int piece) {
  return piece >> 3;
}

/* ---- positions in Forsyth-Edwards notation ---- */

static void set_up(Position *p, const char *fen) {
  static const char letters[] = ".PNBRQK..pnbrqk";
  *p = (Position){.passant = NO_SQUARE};
  int row = 7, column = 0;
  for (; *fen != ' '; fen++) {
    if (*fen == '/') {
      row--, column = 0;
    } else if (*fen <= '8') {
      column += *fen - '0';
    } else {
      int piece = (int)(strchr(letters, *fen) - letters);
      if (type_of(piece) == KING) p->king[side_of(piece)] = (u8)(row * 16 + column);
      p->board[row * 16 + column++] = (u8)piece;
    }
  }
  p->side = fen[1] == 'b';
  for (fen += 3; *fen != ' '; fen++) {
    if (*fen != '-') p->castling |= 1 << (strchr("KQkq", *fen) - "KQkq");
  }
  if (fen[1] != '-') p->passant = (u8)(fen[1] - 'a' + (fen[2] - '1') * 16);
}

/* ---- moves ---- */

static bool slides_to(const Position *p, int square, const int *steps, int type, int by) {
  for (int i = 0; i < 4; i++) {
    for (int at = square + steps[i]; !outside(at); at += steps[i]) {
      int piece = p->board[at];
      if (!piece) continue;
      if (piece == (type | by << 3) || piece == (QUEEN | by << 3)) return true;
      break;
    }
  }
  return false;
}

static bool attacked(const Position *p, int square, int by) {
  int down = by == WHITE ? -16 : 16;
  for (int side = -1; side <= 1; side += 2) {
    int at = square + down + side;
    if (!outside(at) && p->board[at] == (PAWN | by << 3)) return true;
  }
  for (int i = 0; i < 8; i++) {
    int at = square + knight_steps[i];
    if (!outside(at) && p->board[at] == (KNIGHT | by << 3)) return true;
    at = square + king_steps[i];
    if (!outside(at) && p->board[at] == (KING | by << 3)) return true;
  }
  return slides_to(p, square, rook_steps, ROOK, by) ||
         slides_to(p, square, bishop_steps, BISHOP, by);
}

static inline void add(List *list, int from, int to, int promotion, int kind) {
  list->moves[list->count++] = (u32)(from | to << 8 | promotion << 16 | kind << 20);
}

static void add_pawn(List *list, int from, int to, int kind) {
  if (to >> 4 != 0 && to >> 4 != 7) {
    add(list, from, to, NONE, kind);
    return;
  }
  for (int piece = QUEEN; piece >= KNIGHT; piece--) add(list, from, to, piece, kind);
}

static void pawn_moves(const Position *p, int from, List *list) {
  int up = p->side == WHITE ? 16 : -16, start = p->side == WHITE ? 1 : 6, to = from + up;
  if (!p->board[to]) {
    add_pawn(list, from, to, PLAIN);
    if (from >> 4 == start && !p->board[to + up]) add(list, from, to + up, NONE, DOUBLE);
  }
  for (int side = -1; side <= 1; side += 2) {
    int at = to + side;
    if (outside(at)) continue;
    if (at == p->passant) add(list, from, at, NONE, PASSANT);
    else if (p->board[at] && side_of(p->board[at]) != p->side) add_pawn(list, from, at, PLAIN);
  }
}

static void steps(const Position *p, int from, const int *by, int n, bool slide, List *list) {
  for (int i = 0; i < n; i++) {
    for (int to = from + by[i]; !outside(to); to += by[i]) {
      int taken = p->board[to];
      if (taken && side_of(taken) == p->side) break;
      add(list, from, to, NONE, PLAIN);
      if (taken || !slide) break;
    }
  }
}

static void castlings(const Position *p, List *list) {
  int home = p->side == WHITE ? 4 : 0x74, other = !p->side;
  const u8 *b = p->board + home;
  int rights = p->castling >> (2 * p->side);
  if (!(rights & 3) || attacked(p, home, other)) return;
  if (rights & 1 && !b[1] && !b[2] && !attacked(p, home + 1, other)) {
    add(list, home, home + 2, NONE, CASTLE);
  }
  if (rights & 2 && !b[-1] && !b[-2] && !b[-3] && !attacked(p, home - 1, other)) {
    add(list, home, home - 2, NONE, CASTLE);
  }
}

/* All moves, some of which may leave the king attacked. */
static void generate(const Position *p, List *list) {
  list->count = 0;
  for (int from = 0; from < 120; from++) {
    if (outside(from)) from += 8;
    int piece = p->board[from];
    if (!piece || side_of(piece) != p->side) continue;
    switch (type_of(piece)) {
    case PAWN: pawn_moves(p, from, list); break;
    case KNIGHT: steps(p, from, knight_steps, 8, false, list); break;
    case BISHOP: steps(p, from, bishop_steps, 4, true, list); break;
    case ROOK: steps(p, from, rook_steps, 4, true, list); break;
    case QUEEN: steps(p, from, king_steps, 8, true, list); break;
    default: steps(p, from, king_steps, 8, false, list);
    }
  }
  castlings(p, list);
}

/* The castling rights that survive when a square is left or taken. */
static inline int rights_after(int square) {
  switch (square) {
  case 0x00: return ~2;
  case 0x04: return ~3;
  case 0x07: return ~1;
  case 0x70: return ~8;
  case 0x74: return ~12;
  case 0x77: return ~4;
  default: return ~0;
  }
}

/* Plays a move; false when it leaves the own king attacked. */
static bool play(Position *p, u32 move) {
  int from = move & 127, to = move >> 8 & 127;
  int promotion = move >> 16 & 15, kind = (int)(move >> 20);
  int piece = p->board[from], side = p->side;
  p->board[from] = NONE;
  p->board[to] = (u8)(promotion ? promotion | side << 3 : piece);
  p->passant = kind == DOUBLE ? (u8)((from + to) / 2) : NO_SQUARE;
  p->castling &= (u8)(rights_after(from) & rights_after(to));
  if (type_of(piece) == KING) p->king[side] = (u8)to;
  if (kind == PASSANT) p->board[(from & 0x70) | (to & 7)] = NONE;
  if (kind == CASTLE) {
    int corner = to > from ? to + 1 : to - 2, beside = (from + to) / 2;
    p->board[beside] = p->board[corner];
    p->board[corner] = NONE;
  }
  p->side = (u8)!side;
  return !attacked(p, p->king[side], !side);
}

/* ---- counting and searching ---- */

static u64 perft(const Position *p, int depth) {
  if (!depth) return 1;
  List list;
  u64 total = 0;
  generate(p, &list);
  for (int i = 0; i < list.count; i++) {
    Position next = *p;
    if (play(&next, list.moves[i])) total += perft(&next, depth - 1);
  }
  return total;
}

/* Material, and a small reward for standing near the centre, from the side to move. */
static int evaluate(const Position *p) {
  static const int value[] = {0, 100, 310, 325, 500, 920, 0};
  static const int centre[] = {0, 3, 6, 9, 9, 6, 3, 0};
  int score = 0;
  for (int square = 0; square < 120; square++) {
    if (outside(square)) square += 8;
    int piece = p->board[square];
    if (!piece) continue;
    int worth = value[type_of(piece)] + centre[square & 7] + centre[square >> 4];
    score += side_of(piece) == p->side ? worth : -worth;
  }
  return score;
}

static u64 visited;

static int search(const Position *p, int depth, int alpha, int beta, u32 *best) {
  visited++;
  if (!depth) return evaluate(p);
  List list;
  bool any = false;
  generate(p, &list);
  for (int pass = 0; pass < 2; pass++) { /* captures first */
    for (int i = 0; i < list.count; i++) {
      u32 move = list.moves[i], reply = 0;
      if ((p->board[move >> 8 & 127] != NONE) == pass) continue;
      Position next = *p;
      if (!play(&next, move)) continue;
      int score = -search(&next, depth - 1, -beta, -alpha, &reply);
      if (!any || score > alpha) *best = move;
      any = true;
      if (score > alpha) alpha = score;
      if (alpha >= beta) return alpha;
    }
  }
  if (any) return alpha;
  return attacked(p, p->king[p->side], !p->side) ? -INFINITE - depth : 0;
}

/* ---- the workload ---- */

static const struct {
  const char *fen;
  int depth;
  u32 count; /* published */
} cases[] = {
    {"rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1", 3, 8902},
    {"r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 0 1", 3, 97862},
    {"8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - - 0 1", 4, 43238},
    {"r3k2r/Pppp1ppp/1b3nbN/nP6/BBP1P3/q4N2/Pp1P2PP/R2Q1RK1 w kq - 0 1", 3, 9467},
    {"rnbq1k1r/pp1Pbppp/2p5/8/2B5/8/PPP1NnPP/RNBQK2R w KQ - 1 8", 3, 62379},
};

unsigned bench(int n) {
  u32 sum = 0;
  for (int i = 0; i < n; i++) {
    Position p;
    u32 best = 0;
    set_up(&p, cases[i % COUNT(cases)].fen);
    sum = mix_u64(sum, perft(&p, 3));
    set_up(&p, cases[1].fen);
    p.side = i & 1;
    visited = 0;
    sum = mix(sum, (u32)search(&p, 3, -2 * INFINITE, 2 * INFINITE, &best));
    sum = mix_u64(mix(sum, best), visited);
  }
  return sum;
}

int main(int argc, char **argv) {
  int n = scale(argc, argv, 1);
  for (int i = 0; i < COUNT(cases); i++) {
    Position p;
    u32 best = 0;
    set_up(&p, cases[i].fen);
    u64 count = perft(&p, cases[i].depth);
    visited = 0;
    int score = search(&p, 3, -2 * INFINITE, 2 * INFINITE, &best);
    printf("perft %d: %6llu %s; best %c%c%c%c, score %5d, %llu visited\n", cases[i].depth,
           (unsigned long long)count, count == cases[i].count ? "ok" : "WRONG", 'a' + (best & 7),
           '1' + (best >> 4 & 7), 'a' + (best >> 8 & 7), '1' + (best >> 12 & 7), score,
           (unsigned long long)visited);
  }
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
