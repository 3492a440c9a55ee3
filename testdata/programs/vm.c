/* A small stack machine: an assembler for programs in text, and an interpreter that dispatches by
 * switch. A routine owns a frame of locals above its arguments; the memory is an array of words.
 *
 *   instruction = op in the low byte, operand in the upper 24 bits (signed)
 *   call        = operand is the address of an `enter`, which is never executed: its operand says
 *                 what the routine's frame holds, as arguments | locals << 8
 *   source      = instructions and their operands as words between blanks; `name:` defines a label,
 *                 `;` starts a comment up to the end of the line */
#include "program.h"

enum { CODE = 512, STACK = 4096, MEMORY = 1 << 15, LABELS = 64 };

#define OPS(X)                                                                                     \
  X(push) X(get) X(set) X(load) X(store) X(add) X(sub) X(mul) X(div) X(rem) X(and) X(or) X(xor)    \
  X(shl) X(shr) X(lt) X(le) X(eq) X(not) X(jump) X(jz) X(jnz) X(call) X(enter) X(ret) X(dup)       \
  X(drop) X(inc) X(out) X(halt)

#define NAME(op) OP_##op,
typedef enum { OPS(NAME) OP_COUNT } Op;
#undef NAME

#define NAME(op) #op,
static const char *const op_names[] = {OPS(NAME)};
#undef NAME

/* ---- assembler ---- */

typedef struct {
  char name[16];
  int address; /* -1 until defined */
} Label;

typedef struct {
  i32 code[CODE];
  int size;
  Label labels[LABELS];
  int label_count;
} Image;

static bool takes_operand(int op) {
  return op <= OP_set || (op >= OP_jump && op <= OP_enter) || op == OP_inc;
}

static int find_label(Image *image, const char *name) {
  for (int i = 0; i < image->label_count; i++) {
    if (!strcmp(image->labels[i].name, name)) return i;
  }
  Label *label = &image->labels[image->label_count];
  snprintf(label->name, sizeof label->name, "%s", name);
  label->address = -1;
  return image->label_count++;
}

/* The next word of the source, or NULL at the end. */
static const char *next_word(const char **at) {
  static char word[32];
  size_t length = 0;
  for (;;) {
    while (**at == ' ' || **at == '\n') ++*at;
    if (**at != ';') break;
    while (**at && **at != '\n') ++*at;
  }
  while (**at && !strchr(" \n;", **at) && length < sizeof word - 1) word[length++] = *(*at)++;
  word[length] = 0;
  return length ? word : NULL;
}

static int find_op(const char *word) {
  int op = 0;
  while (op < OP_COUNT && strcmp(op_names[op], word)) op++;
  if (op == OP_COUNT) {
    fprintf(stderr, "unknown instruction %s\n", word);
    exit(1);
  }
  return op;
}

static void assemble(Image *image, const char *source) {
  image->size = image->label_count = 0;
  for (const char *word; (word = next_word(&source));) {
    size_t length = strlen(word);
    if (word[length - 1] == ':') {
      char name[16];
      snprintf(name, sizeof name, "%.*s", (int)length - 1, word);
      image->labels[find_label(image, name)].address = image->size;
      continue;
    }
    int op = find_op(word);
    i32 operand = 0;
    if (takes_operand(op)) {
      word = next_word(&source);
      bool name = op >= OP_jump && op <= OP_call;
      operand = name ? find_label(image, word) : atoi(word);
    }
    image->code[image->size++] = (i32)((u32)operand << 8 | (u32)op);
  }
  for (int i = 0; i < image->size; i++) {
    int op = image->code[i] & 255;
    if (op < OP_jump || op > OP_call) continue;
    int address = image->labels[image->code[i] >> 8].address;
    image->code[i] = address << 8 | op;
  }
}

/* ---- interpreter ---- */

typedef enum { HALTED, OUT_OF_STACK, OUT_OF_MEMORY, DIVIDED_BY_ZERO, BAD_OP } Outcome;

typedef struct {
  i32 stack[STACK];
  i32 memory[MEMORY];
  u32 output; /* checksum of all that was put out */
  i32 last;
  u64 steps;
} Machine;

#define BINARY(op, expression)                                                                     \
  case OP_##op: {                                                                                  \
    u32 b = (u32)stack[--top], a = (u32)stack[top - 1];                                            \
    stack[top - 1] = (i32)(expression);                                                            \
    break;                                                                                         \
  }

static Outcome run(Machine *m, const Image *image) {
  i32 *stack = m->stack, *memory = m->memory;
  const i32 *code = image->code;
  u32 top = 0, frame = 0, pc = 0; /* stack[top - 1] is the uppermost value */
  u64 steps = 0;
  for (;; steps++) {
    i32 inst = code[pc++], operand = inst >> 8;
    switch (inst & 255) {
    case OP_push:
      stack[top++] = operand;
      break;
    case OP_get:
      stack[top++] = stack[frame + (u32)operand];
      break;
    case OP_set:
      stack[frame + (u32)operand] = stack[--top];
      break;
    case OP_inc:
      stack[frame + (u32)operand]++;
      break;
    case OP_load: {
      u32 address = (u32)stack[top - 1];
      if (address >= MEMORY) return OUT_OF_MEMORY;
      stack[top - 1] = memory[address];
      break;
    }
    case OP_store: { /* address value -- */
      u32 address = (u32)stack[top - 2];
      if (address >= MEMORY) return OUT_OF_MEMORY;
      memory[address] = stack[top - 1];
      top -= 2;
      break;
    }
    BINARY(add, a + b)
    BINARY(sub, a - b)
    BINARY(mul, a * b)
    BINARY(and, a & b)
    BINARY(or, a | b)
    BINARY(xor, a ^ b)
    BINARY(shl, a << (b & 31))
    BINARY(shr, a >> (b & 31))
    BINARY(lt, (i32)a < (i32)b)
    BINARY(le, (i32)a <= (i32)b)
    BINARY(eq, a == b)
    case OP_div:
    case OP_rem: {
      i32 b = stack[--top], a = stack[top - 1];
      if (!b) return DIVIDED_BY_ZERO;
      if (b == -1) stack[top - 1] = (inst & 255) == OP_div ? (i32)(0u - (u32)a) : 0;
      else stack[top - 1] = (inst & 255) == OP_div ? a / b : a % b;
      break;
    }
    case OP_not:
      stack[top - 1] = !stack[top - 1];
      break;
    case OP_dup:
      stack[top] = stack[top - 1];
      top++;
      break;
    case OP_drop:
      top--;
      break;
    case OP_jump:
      pc = (u32)operand;
      break;
    case OP_jz:
      if (!stack[--top]) pc = (u32)operand;
      break;
    case OP_jnz:
      if (stack[--top]) pc = (u32)operand;
      break;
    case OP_call: { /* arguments -- arguments locals frame pc */
      u32 shape = (u32)code[operand] >> 8, locals = shape >> 8;
      u32 base = top - (shape & 255);
      top += locals;
      if (top + 64 > STACK) return OUT_OF_STACK;
      stack[top++] = (i32)frame;
      stack[top++] = (i32)pc;
      frame = base;
      pc = (u32)operand + 1;
      break;
    }
    case OP_ret: { /* arguments locals frame pc result -- result */
      i32 result = stack[top - 1];
      pc = (u32)stack[top - 2];
      u32 caller = (u32)stack[top - 3];
      stack[frame] = result;
      top = frame + 1;
      frame = caller;
      break;
    }
    case OP_out:
      m->last = stack[--top];
      m->output = mix(m->output, (u32)m->last);
      break;
    case OP_halt:
      m->steps = steps;
      return HALTED;
    default:
      return BAD_OP;
    }
  }
}

/* ---- the workload; memory word 0 holds the size, and `main` keeps its locals in its frame ---- */

static const struct {
  const char *name;
  int small, large;
  const char *source;
} programs[] = {
    {"fib", 15, 18, /* two calls per call */
     "push 0 load call fib out halt\n"
     "fib: enter 1 get 0 push 2 lt jz more get 0 ret\n"
     "more: get 0 push 1 sub call fib get 0 push 2 sub call fib add ret\n"},
    {"sieve", 3000, 20000, /* count the primes below the size; marks lie from word 1 */
     "call main out halt\n"
     "main: enter 1024 ; locals: 0 number, 1 multiple, 2 count, 3 size\n"
     "  push 0 load set 3  push 0 set 2  push 1 set 0\n"
     "clear: get 0 get 3 lt jz begin  get 0 push 1 add push 0 store  inc 0 jump clear\n"
     "begin: push 2 set 0\n"
     "next: get 0 get 3 lt jz done  get 0 push 1 add load jnz skip  inc 2\n"
     "  get 0 get 0 mul set 1\n"
     "strike: get 1 get 3 lt jz skip  get 1 push 1 add push 1 store\n"
     "  get 1 get 0 add set 1 jump strike\n"
     "skip: inc 0 jump next\n"
     "done: get 2 ret\n"},
    {"collatz", 300, 900, /* the longest chain from any number below the size */
     "call main out halt\n"
     "main: enter 1280 ; locals: 0 start, 1 number, 2 length, 3 best, 4 winner\n"
     "  push 0 set 3  push 1 set 0\n"
     "next: get 0 push 0 load lt jz done  get 0 set 1  push 0 set 2\n"
     "step: get 1 push 1 eq jnz ended  inc 2  get 1 push 1 and jnz odd\n"
     "  get 1 push 1 shr set 1 jump step\n"
     "odd: get 1 push 3 mul push 1 add set 1 jump step\n"
     "ended: get 3 get 2 lt jz worse  get 2 set 3  get 0 set 4\n"
     "worse: inc 0 jump next\n"
     "done: get 4 out get 3 ret\n"},
    {"bubble", 60, 200, /* sort pseudo-random words, put out all */
     "call main out halt\n"
     "main: enter 1280 ; locals: 0 i, 1 end, 2 seed, 3 size, 4 value\n"
     "  push 0 load set 3  push 1 set 0  push 12345 set 2\n"
     "fill: get 3 get 0 lt jnz sort\n"
     "  get 2 push 1103515 mul push 12345 add push 1048575 and set 2\n"
     "  get 0 get 2 store  inc 0 jump fill\n"
     "sort: get 3 set 1\n"
     "pass: get 1 push 2 lt jnz show  push 1 set 0\n"
     "pair: get 0 get 1 lt jz passed\n"
     "  get 0 load dup set 4  get 0 push 1 add load le jnz ordered\n"
     "  get 0  get 0 push 1 add load  store  get 0 push 1 add  get 4  store\n"
     "ordered: inc 0 jump pair\n"
     "passed: get 1 push 1 sub set 1 jump pass\n"
     "show: push 1 set 0\n"
     "print: get 3 get 0 lt jnz done  get 0 load out  inc 0 jump print\n"
     "done: get 3 ret\n"},
    {"gcd", 40, 120, /* the sum of gcd(a, b) over a square, by a recursive routine */
     "call main out halt\n"
     "gcd: enter 2 get 1 jnz more get 0 ret\n"
     "more: get 1 get 0 get 1 rem call gcd ret\n"
     "main: enter 768 push 0 set 2  push 1 set 0\n"
     "row: get 0 push 0 load lt jz done  push 1 set 1\n"
     "column: get 1 push 0 load lt jz rowed\n"
     "  get 0 get 1 call gcd get 2 add set 2  inc 1 jump column\n"
     "rowed: inc 0 jump row\n"
     "done: get 2 ret\n"},
    {"fault", 1, 1, /* ends in an error, on purpose */
     "push 7 out push 1 push 0 div out halt\n"},
    {"deep", 1, 1, /* never returns */
     "call deep halt\n"
     "deep: enter 256 call deep ret\n"},
};

static const char *const outcomes[] = {"halted", "out of stack", "out of memory",
                                       "divided by zero", "bad instruction"};

static Image image;
static Machine machine;

static Outcome execute(int program, int size) {
  machine.memory[0] = size;
  machine.output = 0;
  machine.last = 0;
  machine.steps = 0;
  assemble(&image, programs[program].source);
  return run(&machine, &image);
}

unsigned bench(int n) {
  u32 sum = 0;
  for (int i = 0; i < n; i++) {
    for (int p = 0; p < COUNT(programs); p++) {
      Outcome outcome = execute(p, programs[p].large - i % 3);
      sum = mix_u64(mix(sum, machine.output + (u32)outcome), machine.steps);
    }
  }
  return sum;
}

int main(int argc, char **argv) {
  int n = scale(argc, argv, 1);
  for (int p = 0; p < COUNT(programs); p++) {
    Outcome outcome = execute(p, programs[p].small);
    printf("%-8s size %5d: %-16s last %9d output %08x steps %llu\n", programs[p].name,
           programs[p].small, outcomes[outcome], machine.last, machine.output,
           (unsigned long long)machine.steps);
  }
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
