/* Regular expressions: a compiler to a small instruction set and two matchers that must agree.
 *
 *   backtrack   depth first, with a visited bit per (instruction, position), so never exponential
 *   simulate    breadth first over lists of threads in order of priority (Thompson's construction)
 *
 * Both find the leftmost match that a backtracking engine prefers: alternatives in order, loops
 * greedy unless marked lazy. Syntax: literals . [a-z] [^x] \d \w \s \b | ( ) * + ? *? +? ?? ^ $ */
#include "program.h"

enum { CODE = 256, SETS = 32, LINE = 256 };

typedef enum { CHAR, ANY, SET, SPLIT, JUMP, BEGIN, FINISH, BOUNDARY, MATCH } Op;

typedef struct {
  Op op;
  u16 x, y; /* CHAR: x is the byte; SET: x is its index; SPLIT: x is tried before y; JUMP: x */
} Inst;

typedef struct {
  Inst code[CODE];
  u32 sets[SETS][8];
  int size, set_count;
} Program;

/* ---- compilation ---- */

typedef struct {
  const char *at;
  Program *program;
} Compiler;

static void compile_choice(Compiler *c);

static int emit(Compiler *c, Op op, int x, int y) {
  Program *p = c->program;
  if (p->size == CODE) {
    fputs("pattern too large\n", stderr);
    exit(1);
  }
  p->code[p->size] = (Inst){op, (u16)x, (u16)y};
  return p->size++;
}

/* Opens a gap of one instruction before `at` and moves what follows, jumps included. */
static void open_gap(Compiler *c, int at) {
  emit(c, JUMP, 0, 0);
  Inst *code = c->program->code;
  for (int i = c->program->size - 1; i > at; i--) {
    code[i] = code[i - 1];
    if (code[i].op != SPLIT && code[i].op != JUMP) continue;
    if (code[i].x >= at) code[i].x++;
    if (code[i].op == SPLIT && code[i].y >= at) code[i].y++;
  }
}

static inline void add_byte(u32 *set, int byte) {
  set[byte >> 5] |= 1u << (byte & 31);
}

/* The bytes of \d, \w or \s; false for any other letter. */
static bool add_class(u32 *set, char name) {
  if (name != 'd' && name != 'w' && name != 's') return false;
  for (int b = 0; b < 128; b++) {
    bool digit = b >= '0' && b <= '9';
    bool letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
    bool space = b == ' ' || b == '\t';
    if (name == 'd' ? digit : name == 'w' ? digit || letter : space) add_byte(set, b);
  }
  return true;
}

static u32 *new_set(Compiler *c) {
  Program *p = c->program;
  if (p->set_count == SETS) {
    fputs("too many sets\n", stderr);
    exit(1);
  }
  emit(c, SET, p->set_count, 0);
  return memset(p->sets[p->set_count++], 0, sizeof p->sets[0]);
}

static void compile_set(Compiler *c) {
  u32 *set = new_set(c);
  bool negate = *c->at == '^';
  if (negate) c->at++;
  while (*c->at && *c->at != ']') {
    u8 from = (u8)*c->at++;
    if (from == '\\' && add_class(set, *c->at)) {
      c->at++;
      continue;
    }
    if (from == '\\') from = (u8)*c->at++;
    u8 to = from;
    if (c->at[0] == '-' && c->at[1] != ']') to = (u8)c->at[1], c->at += 2;
    for (int b = from; b <= to; b++) add_byte(set, b);
  }
  if (*c->at) c->at++;
  if (negate) for (int i = 0; i < 8; i++) set[i] = ~set[i];
}

static void compile_atom(Compiler *c) {
  char ch = *c->at++;
  switch (ch) {
  case '(':
    compile_choice(c);
    if (*c->at == ')') c->at++;
    break;
  case '[': compile_set(c); break;
  case '.': emit(c, ANY, 0, 0); break;
  case '^': emit(c, BEGIN, 0, 0); break;
  case '$': emit(c, FINISH, 0, 0); break;
  case '\\':
    ch = *c->at++;
    if (ch == 'b') emit(c, BOUNDARY, 0, 0);
    else if (ch == 'd' || ch == 'w' || ch == 's') add_class(new_set(c), ch);
    else emit(c, CHAR, (u8)ch, 0);
    break;
  default: emit(c, CHAR, (u8)ch, 0);
  }
}

/* An atom with its loop: x*  =  L: split M, N;  M: x; jump L;  N: */
static void compile_loop(Compiler *c) {
  int start = c->program->size;
  compile_atom(c);
  char loop = *c->at;
  if (loop != '*' && loop != '+' && loop != '?') return;
  c->at++;
  bool lazy = *c->at == '?';
  if (lazy) c->at++;
  int split = loop == '+' ? c->program->size : start, into = start, past;
  if (loop == '+') {
    emit(c, SPLIT, 0, 0);
  } else {
    open_gap(c, start);
    into = start + 1;
    if (loop == '*') emit(c, JUMP, start, 0);
  }
  past = c->program->size;
  c->program->code[split] = (Inst){SPLIT, (u16)(lazy ? past : into), (u16)(lazy ? into : past)};
}

static void compile_sequence(Compiler *c) {
  while (*c->at && *c->at != '|' && *c->at != ')') compile_loop(c);
}

static void compile_choice(Compiler *c) {
  int start = c->program->size;
  compile_sequence(c);
  if (*c->at != '|') return;
  c->at++;
  open_gap(c, start);
  int jump = emit(c, JUMP, 0, 0);
  c->program->code[start] = (Inst){SPLIT, (u16)(start + 1), (u16)(jump + 1)};
  compile_choice(c);
  c->program->code[jump].x = (u16)c->program->size;
}

static void compile(Program *p, const char *pattern) {
  Compiler c = {pattern, p};
  p->size = p->set_count = 0;
  compile_choice(&c);
  emit(&c, MATCH, 0, 0);
}

/* ---- what both matchers ask ---- */

static inline bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static inline bool holds(Op op, const char *text, int at, int end) {
  if (op == BEGIN) return at == 0;
  if (op == FINISH) return at == end;
  return (at > 0 && is_word(text[at - 1])) != (at < end && is_word(text[at]));
}

static inline bool eats(const Program *p, Inst inst, u8 byte) {
  if (inst.op == CHAR) return byte == inst.x;
  if (inst.op == ANY) return true;
  return p->sets[inst.x][byte >> 5] >> (byte & 31) & 1;
}

/* ---- backtracking ---- */

static u32 visited[CODE * (LINE + 1) / 32 + 1];

/* The end of the preferred match from an instruction at a position, or -1. */
static int follow(const Program *p, int pc, const char *text, int at, int end) {
  for (;;) {
    u32 bit = (u32)pc * (LINE + 1) + (u32)at;
    if (visited[bit >> 5] >> (bit & 31) & 1) return -1;
    visited[bit >> 5] |= 1u << (bit & 31);
    Inst inst = p->code[pc];
    switch (inst.op) {
    case MATCH: return at;
    case JUMP: pc = inst.x; continue;
    case SPLIT: {
      int found = follow(p, inst.x, text, at, end);
      if (found >= 0) return found;
      pc = inst.y;
      continue;
    }
    case BEGIN:
    case FINISH:
    case BOUNDARY:
      if (!holds(inst.op, text, at, end)) return -1;
      break;
    default:
      if (at == end || !eats(p, inst, (u8)text[at])) return -1;
      at++;
    }
    pc++;
  }
}

static int backtrack(const Program *p, const char *text, int from, int end, int *stop) {
  memset(visited, 0, sizeof *visited * ((u32)p->size * (LINE + 1) / 32 + 1));
  for (int start = from; start <= end; start++) {
    *stop = follow(p, 0, text, start, end);
    if (*stop >= 0) return start;
  }
  return -1;
}

/* ---- simulation ---- */

typedef struct {
  u16 pc, start;
} Thread;

typedef struct {
  Thread threads[CODE];
  int count;
} List;

static u32 mark[CODE], generation;
static List lists[2];

/* Adds a thread and all that it reaches without eating, in order of priority. */
static void add(const Program *p, List *list, Thread t, const char *text, int at, int end) {
  for (;; t.pc++) {
    if (mark[t.pc] == generation) return;
    mark[t.pc] = generation;
    Inst inst = p->code[t.pc];
    while (inst.op == JUMP) {
      t.pc = inst.x;
      if (mark[t.pc] == generation) return;
      mark[t.pc] = generation;
      inst = p->code[t.pc];
    }
    if (inst.op == SPLIT) {
      add(p, list, (Thread){inst.x, t.start}, text, at, end);
      t.pc = (u16)(inst.y - 1);
    } else if (inst.op == BEGIN || inst.op == FINISH || inst.op == BOUNDARY) {
      if (!holds(inst.op, text, at, end)) return;
    } else {
      list->threads[list->count++] = t;
      return;
    }
  }
}

static int simulate(const Program *p, const char *text, int from, int end, int *stop) {
  List *now = &lists[0], *next = &lists[1];
  int start = -1;
  now->count = 0;
  generation++;
  for (int at = from; at <= end; at++) {
    if (start < 0) add(p, now, (Thread){0, (u16)at}, text, at, end);
    if (!now->count && start >= 0) break;
    generation++;
    next->count = 0;
    for (int i = 0; i < now->count; i++) {
      Thread t = now->threads[i];
      Inst inst = p->code[t.pc];
      if (inst.op == MATCH) {
        start = t.start;
        *stop = at;
        break;
      }
      if (at < end && eats(p, inst, (u8)text[at])) {
        add(p, next, (Thread){(u16)(t.pc + 1), t.start}, text, at + 1, end);
      }
    }
    List *other = now;
    now = next;
    next = other;
  }
  return start;
}

/* ---- the workload ---- */

typedef int Matcher(const Program *p, const char *text, int from, int end, int *stop);

static const char *const patterns[] = {
    "error",
    "^\\d+-\\d+-\\d+ ",
    "[\\w.]+@(\\w+\\.)+(com|org|net)\\b",
    "(GET|PUT|POST) /[^ ?]*\\?",
    "\"(\\\\.|[^\"])*\"",
    "user=(.*?) .*t=(\\d+)ms$",
    "(a|aa|aaa)*b|([aeiou]+[^aeiou ])+s\\b",
    "\\b[0-9a-f]+:[0-9a-f:]+\\b|x*",
};

enum { PATTERNS = COUNT(patterns), LINES = 150 };

static Program programs[PATTERNS];
static char lines[LINES][LINE];
static int lengths[LINES];

static void generate(u64 seed) {
  static const char *verb[] = {"GET", "PUT", "POST", "HEAD"};
  static const char *host[] = {"mail.example.com", "lists.apache.org", "aaaa.net", "local"};
  static const char *note[] = {"\"all fine\"", "\"an \\\"odd\\\" case\"", "error",
                               "aaaaaaaaaaaaaaaac"};
  for (int i = 0; i < LINES; i++) {
    u32 r = (u32)random_u64(&seed);
    lengths[i] = snprintf(
        lines[i], LINE, "2024-%02u-%02u %s /p%u/idx%s user=u.%u@%s %s fe80:%x:%x t=%u%s",
        1 + r % 12, 1 + r % 28, verb[r >> 8 & 3], r >> 10 & 63, r & 1 << 16 ? "?q=1" : ".html",
        r >> 17 & 255, host[r >> 25 & 3], note[r >> 27 & 3], r & 0xFFFF, r >> 16, r >> 29,
        r >> 31 ? "ms" : "");
  }
}

/* Sums over all matches of one pattern in one line. */
static u32 match_line(const Program *p, Matcher *matcher, int line, u32 sum, u32 *count) {
  int at = 0, stop;
  while (at <= lengths[line]) {
    int start = matcher(p, lines[line], at, lengths[line], &stop);
    if (start < 0) break;
    sum = mix(sum, (u32)start << 16 | (u32)stop);
    ++*count;
    at = stop > start ? stop : stop + 1;
  }
  return sum;
}

static u32 match_all(const Program *p, Matcher *matcher, u32 sum, u32 *count) {
  for (int i = 0; i < LINES; i++) sum = match_line(p, matcher, i, sum, count);
  return sum;
}

unsigned bench(int n) {
  u32 sum = 0, count = 0;
  for (int i = 0; i < n; i++) {
    if (i % 8 == 0) generate((u64)i + 1);
    for (int p = 0; p < PATTERNS; p++) {
      compile(&programs[p], patterns[p]);
      sum = match_all(&programs[p], p == i % PATTERNS ? simulate : backtrack, sum, &count);
    }
  }
  return mix(sum, count);
}

int main(int argc, char **argv) {
  int n = scale(argc, argv, 1);
  generate(2024);
  printf("%s\n", lines[0]);
  for (int i = 0; i < PATTERNS; i++) {
    u32 one = 0, other = 0;
    compile(&programs[i], patterns[i]);
    u32 a = match_all(&programs[i], backtrack, 0, &one);
    u32 b = match_all(&programs[i], simulate, 0, &other);
    printf("%-40s %2d instructions %5u matches %08x %s\n", patterns[i], programs[i].size, one, a,
           a == b && one == other ? "both agree" : "DIFFERENT");
  }
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
