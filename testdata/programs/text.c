/* Text processing: counts lines, words and letters, ranks the words through a hash table, and sets
 * the paragraphs justified to a given width. Reads a file named by the first argument, standard
 * input for `-`, or a text of its own making when the argument is absent or a number of rounds. */
#include <ctype.h>
#include <fcntl.h>
#include <unistd.h>

#include "program.h"

enum { TEXT = 1 << 18, SLOTS = 1 << 13, WIDTH = 72, TOP = 8 };

static char text[TEXT], wrapped[2 * TEXT];

/* ---- counting ---- */

typedef struct {
  u32 start, length, hash, count; /* count 0: empty slot */
} Word;

typedef struct {
  u32 lines, words, bytes, letters[26];
  Word slots[SLOTS];
  u32 distinct;
} Counts;

static Counts counts;
static char folded[TEXT]; /* the text in lower case, which the slots point into */

static void count_word(Counts *c, u32 start, u32 length) {
  u32 hash = 2166136261u;
  for (u32 i = 0; i < length; i++) hash = (hash ^ (u8)folded[start + i]) * 16777619u;
  for (u32 at = hash;; at++) {
    Word *slot = &c->slots[at % SLOTS];
    if (!slot->count) {
      if (c->distinct >= SLOTS * 3 / 4) return;
      *slot = (Word){start, length, hash, 1};
      c->distinct++;
      return;
    }
    if (slot->hash == hash && slot->length == length &&
        !memcmp(folded + slot->start, folded + start, length)) {
      slot->count++;
      return;
    }
  }
}

static void count_text(Counts *c, u32 size) {
  memset(c, 0, sizeof *c);
  c->bytes = size;
  u32 start = 0, length = 0;
  for (u32 i = 0; i <= size; i++) {
    char ch = i < size ? text[i] : ' ';
    if (ch >= 'A' && ch <= 'Z') ch += 'a' - 'A';
    if (i < size) folded[i] = ch;
    c->lines += ch == '\n';
    if (ch >= 'a' && ch <= 'z') c->letters[ch - 'a']++;
    if ((ch >= 'a' && ch <= 'z') || ch == '\'' || (u8)ch >= 0x80) {
      if (!length) start = i;
      length++;
    } else if (length) {
      count_word(c, start, length);
      c->words++;
      length = 0;
    }
  }
}

static int compare_words(const Word *a, const Word *b) {
  if (a->count != b->count) return a->count < b->count ? 1 : -1;
  u32 shorter = a->length < b->length ? a->length : b->length;
  int order = memcmp(folded + a->start, folded + b->start, shorter);
  return order ? order : (int)a->length - (int)b->length;
}

/* The most frequent words, most frequent first; returns how many there are. */
static int rank(const Counts *c, Word *top) {
  int found = 0;
  for (int i = 0; i < SLOTS; i++) {
    const Word *word = &c->slots[i];
    if (!word->count) continue;
    int at = found < TOP ? found++ : TOP;
    for (; at > 0 && compare_words(word, &top[at - 1]) < 0; at--) {
      if (at < TOP) top[at] = top[at - 1];
    }
    if (at < TOP) top[at] = *word;
  }
  return found;
}

/* ---- setting ---- */

typedef struct {
  u32 start, length;
} Span;

/* Writes one line of words; all but the last of a paragraph are stretched to the width, with the
 * wider gaps on the left and on the right in turn. */
static u32 set_line(const Span *words, int n, int width, bool stretch, bool left, u32 out) {
  int used = n - 1;
  for (int i = 0; i < n; i++) used += (int)words[i].length;
  int spare = stretch && n > 1 && used < width ? width - used : 0;
  for (int i = 0; i < n; i++) {
    memcpy(wrapped + out, text + words[i].start, words[i].length);
    out += words[i].length;
    if (i + 1 == n) break;
    int gaps = n - 1, extra = spare / gaps, more = spare % gaps;
    if (left ? i < more : i >= gaps - more) extra++;
    for (int k = 0; k <= extra; k++) wrapped[out++] = ' ';
  }
  wrapped[out++] = '\n';
  return out;
}

static inline bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Sets the whole text; an empty line ends a paragraph. Returns the size of the result. */
static u32 wrap(u32 size, int width) {
  Span line[TEXT / 1024];
  u32 out = 0, at = 0;
  int n = 0, used = 0, number = 0;
  while (at < size) {
    int breaks = 0;
    for (; at < size && is_blank(text[at]); at++) breaks += text[at] == '\n';
    if (breaks > 1 || at == size) {
      if (n) out = set_line(line, n, width, false, true, out);
      if (at < size && out) wrapped[out++] = '\n';
      n = used = 0;
    }
    u32 start = at;
    while (at < size && !is_blank(text[at])) at++;
    u32 length = at - start;
    if (!length) break;
    if (n && (used + 1 + (int)length > width || n == COUNT(line))) {
      out = set_line(line, n, width, true, ++number & 1, out);
      n = used = 0;
    }
    used += (int)length + (n > 0);
    line[n++] = (Span){start, length};
  }
  return n ? set_line(line, n, width, false, true, out) : out;
}

/* ---- where the text comes from ---- */

/* Sentences from a vocabulary of made-up words, the early ones much more frequent. */
static u32 generate(u64 seed, u32 limit) {
  static const char consonants[] = "bcdfghklmnprstvw", vowels[] = "aeiou";
  u32 size = 0;
  for (u32 sentence = 0; size + 400 < limit; sentence++) {
    u32 words = 4 + random_below(&seed, 14);
    for (u32 w = 0; w < words; w++) {
      u64 word = 1 + random_below(&seed, 1 + random_below(&seed, 1 + random_below(&seed, 3000)));
      u32 syllables = 1 + (u32)(word % 4), first = size;
      for (u32 s = 0; s < syllables; s++) {
        u64 bits = random_u64(&word);
        text[size++] = consonants[bits >> 32 & 15];
        text[size++] = vowels[(bits >> 40 & 255) % 5];
        if (bits >> 48 & 1) text[size++] = consonants[bits >> 50 & 15];
      }
      if (!w) text[first] = (char)toupper(text[first]);
      if (w + 1 < words) {
        if (!random_below(&seed, 9)) text[size++] = ',';
        text[size++] = ' ';
      }
    }
    text[size++] = '.';
    text[size++] = random_below(&seed, 3) ? ' ' : '\n';
    if (sentence % 16 == 15) text[size++] = '\n', text[size++] = '\n';
  }
  return size;
}

/* The first TEXT bytes of a file. */
static u32 read_text(const char *name) {
  int file = strcmp(name, "-") ? open(name, O_RDONLY) : STDIN_FILENO;
  u32 size = 0;
  ssize_t got = file < 0 ? -1 : 1;
  while (got > 0 && size < TEXT) {
    got = read(file, text + size, TEXT - size);
    if (got > 0) size += (u32)got;
  }
  if (got < 0) {
    fprintf(stderr, "text: cannot read %s\n", name);
    exit(1);
  }
  close(file);
  return size;
}

/* ---- the workload ---- */

static u32 digest(u32 sum, const Counts *c) {
  Word top[TOP];
  int found = rank(c, top);
  for (int i = 0; i < found; i++) {
    sum = mix_bytes(sum, folded + top[i].start, top[i].length);
    sum = mix(sum, top[i].count);
  }
  for (int i = 0; i < 26; i++) sum = mix(sum, c->letters[i]);
  return mix(mix(sum, c->words), c->lines ^ c->distinct << 16);
}

unsigned bench(int n) {
  u32 sum = 0;
  for (int i = 0; i < n; i++) {
    u32 size = generate((u64)i + 1, 1 << 16);
    count_text(&counts, size);
    sum = digest(sum, &counts);
    for (int k = 0; k < 4; k++) {
      u32 length = wrap(size, WIDTH - 8 * k);
      sum = mix(sum, length ^ (u32)wrapped[length / 2] << 24);
    }
  }
  return sum;
}

static void report(u32 size) {
  Word top[TOP];
  count_text(&counts, size);
  printf("%u lines, %u words, %u bytes, %u distinct words\n", counts.lines, counts.words,
         counts.bytes, counts.distinct);
  int found = rank(&counts, top);
  for (int i = 0; i < found; i++) {
    printf("%6u %.*s\n", top[i].count, (int)top[i].length, folded + top[i].start);
  }
  u32 length = wrap(size, WIDTH), shown = 0;
  for (int lines = 0; shown < length && lines < 12; shown++) lines += wrapped[shown] == '\n';
  fwrite(wrapped, 1, shown, stdout);
  printf("digest %08x, wrapped %08x\n", digest(0, &counts), mix_bytes(0, wrapped, length));
}

int main(int argc, char **argv) {
  bool number = argc < 2 || isdigit((unsigned char)argv[1][0]);
  if (!number) {
    report(read_text(argv[1]));
    return 0;
  }
  int n = scale(argc, argv, 4);
  report(generate(11, TEXT / 4));
  printf("%d rounds: %08x\n", n, bench(n));
  return 0;
}
