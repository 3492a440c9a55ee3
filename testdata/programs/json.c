/* A JSON parser and serializer on a generated document. Parsing is recursive descent over the text
 * into nodes that lie in one arena and are linked first-child, next-sibling; strings are decoded
 * into a second arena, with \u escapes turned into UTF-8. Numbers are doubles with up to 15
 * significant digits, so that one division by an exact power of ten rounds correctly. */
#include "program.h"

enum { NODES = 1 << 15, TEXT = 1 << 18, DEPTH = 64, DECIMALS = 6 };

typedef enum {
  JSON_NULL,
  JSON_FALSE,
  JSON_TRUE,
  JSON_NUMBER,
  JSON_STRING,
  JSON_ARRAY,
  JSON_OBJECT,
} Kind;

typedef struct {
  Kind kind;
  u32 next;           /* sibling, 0 = none */
  u32 name, name_end; /* key within strings[], when the parent is an object */
  union {
    double number;
    struct { u32 start, end; } string; /* within strings[] */
    struct { u32 first, count; } list;
  };
} Node;

typedef struct {
  const char *text;
  u32 at;
  const char *error;
} Parser;

static Node nodes[NODES];
static u32 node_count;
static char strings[TEXT];
static u32 string_end;

/* ---- reading ---- */

static u32 parse_value(Parser *p, int depth);

static u32 fail(Parser *p, const char *error) {
  if (!p->error) p->error = error;
  return 0;
}

static void skip_space(Parser *p) {
  for (;; p->at++) {
    char c = p->text[p->at];
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') return;
  }
}

static bool accept(Parser *p, char c) {
  skip_space(p);
  if (p->text[p->at] != c) return false;
  p->at++;
  return true;
}

static u32 new_node(Parser *p, Kind kind) {
  if (node_count == NODES) return fail(p, "too many values");
  u32 node = node_count++;
  nodes[node] = (Node){.kind = kind};
  return node;
}

static void put_utf8(u32 c) {
  if (c < 0x80) {
    strings[string_end++] = (char)c;
    return;
  }
  int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  strings[string_end++] = (char)(0xFF00 >> (more + 1) | c >> (6 * more));
  while (more--) strings[string_end++] = (char)(0x80 | (c >> (6 * more) & 0x3F));
}

static u32 parse_hex4(Parser *p) {
  u32 value = 0;
  for (int i = 0; i < 4; i++) {
    char c = p->text[p->at];
    u32 digit = c >= '0' && c <= '9'   ? (u32)(c - '0')
                : c >= 'a' && c <= 'f' ? (u32)(c - 'a' + 10)
                : c >= 'A' && c <= 'F' ? (u32)(c - 'A' + 10)
                                       : 16;
    if (digit == 16) return fail(p, "bad \\u escape");
    value = value << 4 | digit;
    p->at++;
  }
  return value;
}

static void parse_escape(Parser *p) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  char c = p->text[p->at++];
  if (c == 'u') {
    u32 code = parse_hex4(p);
    if (code >= 0xD800 && code < 0xDC00 && p->text[p->at] == '\\' && p->text[p->at + 1] == 'u') {
      p->at += 2;
      u32 low = parse_hex4(p);
      if (low < 0xDC00 || low > 0xDFFF) fail(p, "bad surrogate");
      code = 0x10000 + ((code - 0xD800) << 10 | (low & 0x3FF));
    }
    put_utf8(code);
    return;
  }
  const char *found = c ? strchr(from, c) : NULL;
  if (found) strings[string_end++] = to[found - from];
  else fail(p, "bad escape");
}

/* Decodes the string whose opening quote was read; it ends at string_end. */
static u32 parse_string(Parser *p) {
  u32 start = string_end;
  while (!p->error) {
    u8 c = (u8)p->text[p->at++];
    if (c == '"') break;
    if (c < ' ') p->at--, fail(p, c ? "control character in string" : "unterminated string");
    else if (string_end + 8 > TEXT) fail(p, "too much text");
    else if (c == '\\') parse_escape(p);
    else strings[string_end++] = (char)c;
  }
  return start;
}

static inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static u32 parse_number(Parser *p) {
  static const double power[] = {1,   1e1, 1e2, 1e3, 1e4,  1e5,  1e6,  1e7,
                                 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  u64 digits = 0;
  int count = 0, decimals = 0;
  bool minus = p->text[p->at] == '-';
  if (minus) p->at++;
  if (!is_digit(p->text[p->at])) return fail(p, "value expected");
  for (; is_digit(p->text[p->at]); count++) digits = digits * 10 + (u64)(p->text[p->at++] - '0');
  if (p->text[p->at] == '.') {
    p->at++;
    if (!is_digit(p->text[p->at])) return fail(p, "digit expected");
    for (; is_digit(p->text[p->at]); count++, decimals++) {
      digits = digits * 10 + (u64)(p->text[p->at++] - '0');
    }
  }
  if (count > 15) return fail(p, "too many digits");
  u32 node = new_node(p, JSON_NUMBER);
  double value = (double)digits / power[decimals];
  nodes[node].number = minus ? -value : value;
  return node;
}

static u32 parse_word(Parser *p, const char *word, Kind kind) {
  size_t length = strlen(word);
  if (strncmp(p->text + p->at, word, length)) return fail(p, "value expected");
  p->at += (u32)length;
  return new_node(p, kind);
}

/* The members of an array or object, after the opening bracket. */
static u32 parse_list(Parser *p, Kind kind, int depth) {
  char close = kind == JSON_ARRAY ? ']' : '}';
  u32 list = new_node(p, kind), last = 0;
  if (depth == DEPTH) return fail(p, "nested too deeply");
  if (accept(p, close)) return list;
  do {
    u32 name = 0, name_end = 0;
    if (kind == JSON_OBJECT) {
      if (!accept(p, '"')) return fail(p, "name expected");
      name = parse_string(p);
      name_end = string_end;
      if (!accept(p, ':')) return fail(p, "':' expected");
    }
    u32 item = parse_value(p, depth + 1);
    if (p->error) return 0;
    nodes[item].name = name;
    nodes[item].name_end = name_end;
    if (last) nodes[last].next = item;
    else nodes[list].list.first = item;
    nodes[list].list.count++;
    last = item;
  } while (accept(p, ','));
  return accept(p, close) ? list : fail(p, "',' or closing bracket expected");
}

static u32 parse_value(Parser *p, int depth) {
  skip_space(p);
  switch (p->text[p->at]) {
  case '{': p->at++; return parse_list(p, JSON_OBJECT, depth);
  case '[': p->at++; return parse_list(p, JSON_ARRAY, depth);
  case 'n': return parse_word(p, "null", JSON_NULL);
  case 't': return parse_word(p, "true", JSON_TRUE);
  case 'f': return parse_word(p, "false", JSON_FALSE);
  case '"': {
    p->at++;
    u32 start = parse_string(p), node = new_node(p, JSON_STRING);
    nodes[node].string.start = start;
    nodes[node].string.end = string_end;
    return node;
  }
  default: return parse_number(p);
  }
}

/* The root node, or 0 with p->error and p->at set. Node 0 stays unused. */
static u32 parse(Parser *p, const char *text) {
  *p = (Parser){.text = text};
  node_count = 1;
  string_end = 0;
  u32 root = parse_value(p, 0);
  skip_space(p);
  if (!p->error && p->text[p->at]) fail(p, "end expected");
  return p->error ? 0 : root;
}

/* ---- writing ---- */

static char output[TEXT];
static u32 output_end;

static inline void put_char(char c) {
  output[output_end++] = c;
}

static void put_text(const char *text) {
  while (*text) put_char(*text++);
}

static void put_string(u32 start, u32 end) {
  static const char hex[] = "0123456789abcdef";
  put_char('"');
  for (u32 i = start; i < end; i++) {
    u8 c = (u8)strings[i];
    if (c == '"' || c == '\\') put_char('\\'), put_char((char)c);
    else if (c == '\n') put_text("\\n");
    else if (c < ' ') put_text("\\u00"), put_char(hex[c >> 4]), put_char(hex[c & 15]);
    else put_char((char)c);
  }
  put_char('"');
}

/* Up to DECIMALS decimals, without trailing zeros. */
static void put_number(double value) {
  char digits[24];
  int count = 0, decimals = DECIMALS;
  if (value < 0) {
    put_char('-');
    value = -value;
  }
  u64 scaled = (u64)(value * 1e6 + 0.5);
  while (decimals && scaled % 10 == 0) scaled /= 10, decimals--;
  do {
    digits[count++] = (char)('0' + scaled % 10);
    scaled /= 10;
    if (count == decimals) digits[count++] = '.';
  } while (scaled || count <= decimals + (decimals > 0));
  while (count) put_char(digits[--count]);
}

static void write_value(u32 node) {
  const Node *v = &nodes[node];
  switch (v->kind) {
  case JSON_NULL: put_text("null"); break;
  case JSON_FALSE: put_text("false"); break;
  case JSON_TRUE: put_text("true"); break;
  case JSON_NUMBER: put_number(v->number); break;
  case JSON_STRING: put_string(v->string.start, v->string.end); break;
  case JSON_ARRAY:
  case JSON_OBJECT:
    put_char(v->kind == JSON_ARRAY ? '[' : '{');
    for (u32 item = v->list.first; item; item = nodes[item].next) {
      if (v->kind == JSON_OBJECT) put_string(nodes[item].name, nodes[item].name_end), put_char(':');
      write_value(item);
      if (nodes[item].next) put_char(',');
    }
    put_char(v->kind == JSON_ARRAY ? ']' : '}');
  }
}

static const char *serialize(u32 root) {
  output_end = 0;
  write_value(root);
  put_char(0);
  return output;
}

/* ---- the workload ---- */

static char document[TEXT];

/* A list of orders with nested items, names that need escapes, and odd white space. */
static void generate(u32 orders, u64 seed) {
  static const char *name[] = {
      "bolt",         "nut \\\"M8\\\"",       "spring\\n", "Zahnrad \\u00fc",
      "\xC3\xA9tau", "gear \\ud83d\\ude00", "tab\\t",    "path\\/to",
  };
  static const char *word[] = {"true", "false", "null"};
  u32 end = 0;
#define ADD(...) (end += (u32)snprintf(document + end, TEXT - end, __VA_ARGS__))
  ADD("{ \"version\": 1, \"orders\": [");
  for (u32 i = 0; i < orders; i++) {
    const char *paid = word[random_below(&seed, 3)], *sign = random_below(&seed, 5) ? "" : "-";
    u32 cents = random_below(&seed, 1000000);
    ADD("%s\n  {\"id\": %u, \"paid\": %s, \"total\":%s%u.%02u, \"tags\":[", i ? "," : "", 1000 + i,
        paid, sign, cents / 100, cents % 100);
    for (u32 k = random_below(&seed, 4), j = 0; j < k; j++) ADD("%s %u", j ? "," : "", j * j);
    ADD(" ],\t\"items\" : [ ");
    for (u32 k = 1 + random_below(&seed, 4), j = 0; j < k; j++) {
      const char *item = name[random_below(&seed, COUNT(name))];
      u32 grams = random_below(&seed, 50000000);
      ADD("%s{\"name\": \"%s\", \"weight\": %u.%06u, \"note\": %s}", j ? ", " : "", item,
          grams / 1000000, grams % 1000000, j ? "{}" : "[]");
    }
    ADD("]}");
  }
  ADD("\n]}\n");
#undef ADD
}

/* Puts what the root serializes to in the document's place. */
static void rewrite(u32 root) {
  serialize(root);
  memcpy(document, output, output_end);
}

/* A checksum of the tree that depends on every name and value. */
static u32 digest(u32 node, u32 sum) {
  const Node *v = &nodes[node];
  sum = mix(sum, v->kind);
  sum = mix_bytes(sum, strings + v->name, v->name_end - v->name);
  if (v->kind == JSON_NUMBER) return mix_f64(sum, v->number);
  if (v->kind == JSON_STRING) {
    return mix_bytes(sum, strings + v->string.start, v->string.end - v->string.start);
  }
  if (v->kind < JSON_ARRAY) return sum;
  for (u32 item = v->list.first; item; item = nodes[item].next) sum = digest(item, sum);
  return mix(sum, v->list.count);
}

unsigned bench(int n) {
  Parser p;
  u32 sum = 0;
  generate(300, 42);
  for (int i = 0; i < n; i++) {
    u32 root = parse(&p, document);
    sum = digest(root, sum);
    rewrite(root);
    if (i % 8 == 7) generate(300, (u64)i);
  }
  return sum;
}

int main(int argc, char **argv) {
  static const char *bad[] = {"", "[1,2", "{\"a\" 1}", "\"ab\\x\"", "[1.]", "tru", "[]]",
                              "\"\\ud800\\u0041\"", "-", "{\"a\":1,}", "1234567890123456"};
  static const char *good[] = {"-0.000001", " [ [ ] , { } ] ", "\"\\u20ac\\u0001\"", "123456789.5"};
  int n = scale(argc, argv, 10);
  Parser p;
  for (int i = 0; i < COUNT(good); i++) printf("%s\n", serialize(parse(&p, good[i])));
  for (int i = 0; i < COUNT(bad); i++) {
    parse(&p, bad[i]);
    printf("%-18s offset %2u: %s\n", bad[i], p.at, p.error ? p.error : "accepted");
  }
  generate(300, 1);
  u32 root = parse(&p, document), before = digest(root, 0);
  printf("%zu bytes, %u values, digest %08x\n", strlen(document), node_count - 1, before);
  rewrite(root);
  printf("%.154s...\n", document);
  root = parse(&p, document);
  printf("%zu bytes, %u values, digest %s\n", strlen(document), node_count - 1,
         digest(root, 0) == before ? "the same" : "DIFFERENT");
  printf("stable: %s\n", strcmp(serialize(root), document) ? "no" : "yes");
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
