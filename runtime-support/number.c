// Numbers as text, for --invoke: integers, and floats with correct rounding in both directions.
// A decimal number is a fraction of two big integers; reading divides it to the precision of the
// type, writing looks for the shortest decimal that reads back as the same number. Slow and exact.
#include "number.h"

enum { WORDS = 320, DIGITS_MAX = 800, HEX_MAX = 64 };

/** An unsigned integer, least significant word first; `n` words are in use. */
typedef struct Big {
  u32 n;
  u32 words[WORDS];
} Big;

/** value = integer * 2^exponent; f32 and f64 differ in these two only. */
typedef struct Kind {
  i32 precision, least;
} Kind;

static const Kind kinds[2] = {{24, -149}, {53, -1074}};

static void big_set(Big *b, u64 value) {
  b->words[0] = (u32)value;
  b->words[1] = (u32)(value >> 32);
  b->n = b->words[1] != 0 ? 2 : b->words[0] != 0;
}

static void big_multiply_add(Big *b, u32 factor, u32 addend) {
  u64 carry = addend;
  for (u32 i = 0; i < b->n; i++) {
    carry += (u64)b->words[i] * factor;
    b->words[i] = (u32)carry;
    carry >>= 32;
  }
  if (carry != 0) b->words[b->n++] = (u32)carry;
}

static void big_power_of_ten(Big *b, u32 power) {
  for (; power >= 9; power -= 9) big_multiply_add(b, 1000000000, 0);
  for (; power > 0; power--) big_multiply_add(b, 10, 0);
}

static void big_shift_left(Big *b, u32 bits) {
  u32 words = bits / 32, left = bits % 32;
  if (b->n == 0) return;
  b->words[b->n] = 0;
  for (u32 i = b->n + 1; i-- > 0;) {
    u64 pair = (u64)b->words[i] << 32 | (i > 0 ? b->words[i - 1] : 0);
    b->words[i + words] = (u32)(pair << left >> 32);
  }
  for (u32 i = 0; i < words; i++) b->words[i] = 0;
  b->n += words + 1;
  while (b->n > 0 && b->words[b->n - 1] == 0) b->n--;
}

static void big_halve(Big *b) {
  for (u32 i = 0; i < b->n; i++) {
    u32 above = i + 1 < b->n ? b->words[i + 1] : 0;
    b->words[i] = b->words[i] >> 1 | above << 31;
  }
  if (b->n > 0 && b->words[b->n - 1] == 0) b->n--;
}

static i32 big_compare(const Big *a, const Big *b) {
  if (a->n != b->n) return a->n < b->n ? -1 : 1;
  for (u32 i = a->n; i-- > 0;) {
    if (a->words[i] != b->words[i]) return a->words[i] < b->words[i] ? -1 : 1;
  }
  return 0;
}

/** a -= b, where a >= b. */
static void big_subtract(Big *a, const Big *b) {
  i64 borrow = 0;
  for (u32 i = 0; i < a->n; i++) {
    borrow += (i64)a->words[i] - (i < b->n ? b->words[i] : 0);
    a->words[i] = (u32)borrow;
    borrow >>= 32;
  }
  while (a->n > 0 && a->words[a->n - 1] == 0) a->n--;
}

static i32 big_bits(const Big *b) {
  return b->n == 0 ? 0 : (i32)(32 * b->n) - __builtin_clz(b->words[b->n - 1]);
}

/** Nearest integer of above / below, ties to even; the quotient is below 2^62. Destroys both. */
static u64 divide(Big *above, Big *below) {
  enum { BITS = 62 };
  u64 quotient = 0;
  big_shift_left(below, BITS);
  for (u32 i = 0; i <= BITS; i++) {
    quotient <<= 1;
    if (big_compare(above, below) >= 0) {
      big_subtract(above, below);
      quotient |= 1;
    }
    if (i < BITS) big_halve(below);
  }
  big_shift_left(above, 1); // the remainder, doubled, against the divisor
  i32 order = big_compare(above, below);
  return quotient + (order > 0 || (order == 0 && (quotient & 1)));
}

static void shift_ratio(Big *above, Big *below, i32 exponent) {
  if (exponent > 0) big_shift_left(below, (u32)exponent);
  else big_shift_left(above, (u32)-exponent);
}

/** Bits of the float nearest to above / below. */
static u64 to_float(Big *above, Big *below, const Kind *k) {
  if (above->n == 0) return 0;
  // The quotient is in (2^(d-1), 2^(d+1)); aim for precision + 1 bits, then settle.
  i32 d = big_bits(above) - big_bits(below);
  Big a = *above, b = *below;
  shift_ratio(&a, &b, d);
  if (big_compare(&a, &b) < 0) d--;
  i32 exponent = d - k->precision + 1;
  if (exponent < k->least) exponent = k->least;
  shift_ratio(above, below, exponent);
  u64 fields = (u64)(exponent - k->least) << (k->precision - 1);
  u64 bits = fields + divide(above, below);
  u64 infinity = (u64)(k->precision == 24 ? 0xff : 0x7ff) << (k->precision - 1);
  return bits > infinity ? infinity : bits;
}

// ---- reading -----------------------------------------------------------------------------------

static i32 digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

static bool is_hex(const char *s) { return s[0] == '0' && (s[1] == 'x' || s[1] == 'X'); }

bool parse_integer(const char *s, u32 bits, u64 *out) {
  bool minus = *s == '-';
  if (*s == '-' || *s == '+') s++;
  u32 base = is_hex(s) ? 16 : 10;
  if (base == 16) s += 2;
  u64 value = 0, most = bits == 64 ? NONE64 : NONE32;
  if (*s == 0) return false;
  for (; *s != 0; s++) {
    u32 digit = (u32)digit_of(*s);
    if (digit >= base || value > (most - digit) / base) return false;
    value = value * base + digit;
  }
  if (minus && value > 1ul << (bits - 1)) return false;
  *out = (minus ? 0 - value : value) & most;
  return true;
}

/** The exponent behind a mantissa, limited to what still makes a difference; ends the text. */
static bool parse_exponent(const char *s, char letter, i32 *out) {
  *out = 0;
  if (*s == 0) return true;
  if ((*s++ | 0x20) != letter) return false;
  bool minus = *s == '-';
  if (*s == '-' || *s == '+') s++;
  if (*s == 0) return false;
  for (; *s != 0; s++) {
    if (digit_of(*s) > 9) return false;
    if (*out < 100000) *out = *out * 10 + digit_of(*s);
  }
  if (minus) *out = -*out;
  return true;
}

/** Digits with an optional point; *places counts those behind it. Dropped digits leave a trace. */
static const char *parse_digits(const char *s, u32 base, u32 most, Big *to, i32 *places) {
  u32 kept = 0;
  bool point = false, any = false;
  for (;; s++) {
    if (*s == '.' && !point) {
      point = true;
      continue;
    }
    i32 digit = digit_of(*s);
    if (digit >= (i32)base) return any ? s : 0;
    any = true;
    if (kept < most) {
      if (kept > 0 || digit > 0) kept++;
      if (to->n == 0) big_set(to, (u64)digit);
      else big_multiply_add(to, base, (u32)digit);
      if (point) ++*places;
    } else {
      if (digit > 0) to->words[0] |= 1;
      if (!point) --*places;
    }
  }
}

static bool parse_fraction(const char *s, const Kind *k, u64 *out) {
  bool hex = is_hex(s);
  i32 places = 0, exponent;
  Big above, below;
  big_set(&above, 0);
  big_set(&below, 1);
  s = parse_digits(hex ? s + 2 : s, hex ? 16 : 10, hex ? HEX_MAX : DIGITS_MAX, &above, &places);
  if (s == 0 || !parse_exponent(s, hex ? 'p' : 'e', &exponent)) return false;
  i32 scale = hex ? exponent - 4 * places : exponent - places;
  i32 size = hex ? big_bits(&above) + scale : big_bits(&above) * 3 / 10 + scale;
  if (above.n == 0 || size < (hex ? -1200 : -400)) {
    *out = 0;
    return true;
  }
  if (size > (hex ? 1200 : 400)) {
    *out = (u64)(k->precision == 24 ? 0xff : 0x7ff) << (k->precision - 1);
    return true;
  }
  if (hex) shift_ratio(&above, &below, -scale);
  else if (scale >= 0) big_power_of_ten(&above, (u32)scale);
  else big_power_of_ten(&below, (u32)-scale);
  *out = to_float(&above, &below, k);
  return true;
}

bool parse_float(const char *s, u32 bits, u64 *out) {
  const Kind *k = &kinds[bits == 64];
  u64 sign = *s == '-' ? 1ul << (bits - 1) : 0;
  if (*s == '-' || *s == '+') s++;
  Text word = text_of(s);
  u64 infinity = (u64)(bits == 32 ? 0xff : 0x7ff) << (k->precision - 1);
  if (text_same(word, text_of("inf"))) *out = infinity;
  else if (text_same(word, text_of("nan"))) *out = infinity | 1ul << (k->precision - 2);
  else if (!parse_fraction(s, k, out)) return false;
  *out |= sign;
  return true;
}

// ---- writing -----------------------------------------------------------------------------------

/** value = integer * 2^exponent as a fraction, times 10^power. */
static u64 scaled(u64 integer, i32 exponent, i32 power) {
  Big above, below;
  big_set(&above, integer);
  big_set(&below, 1);
  if (power >= 0) big_power_of_ten(&above, (u32)power);
  else big_power_of_ten(&below, (u32)-power);
  shift_ratio(&above, &below, -exponent);
  return divide(&above, &below);
}

static bool reads_as(u64 digits, i32 power, const Kind *k, u64 bits) {
  Big above, below;
  big_set(&above, digits);
  big_set(&below, 1);
  if (power >= 0) big_power_of_ten(&above, (u32)power);
  else big_power_of_ten(&below, (u32)-power);
  return to_float(&above, &below, k) == bits;
}

/** Digits of a decimal number with its point after `point` of them, in JavaScript's manner. */
static usize lay_out(const char *digits, i32 count, i32 point, char *to) {
  usize n = 0;
  if (point > 21 || point < -5) {
    to[n++] = digits[0];
    if (count > 1) to[n++] = '.';
    for (i32 i = 1; i < count; i++) to[n++] = digits[i];
    return n + format(to + n, 8, "e%s%d", point > 0 ? "+" : "", point - 1);
  }
  for (i32 i = point < 1 ? point - 1 : 0; i < count || i < point; i++) {
    if (i == (point < 1 ? point : point) && n > 0) to[n++] = '.';
    to[n++] = i < 0 || i >= count ? '0' : digits[i];
  }
  return n;
}

usize format_float(u64 bits, u32 width, char *to) {
  const Kind *k = &kinds[width == 64];
  usize n = 0;
  u64 sign = 1ul << (width - 1), hidden = 1ul << (k->precision - 1);
  u64 infinity = (u64)(width == 32 ? 0xff : 0x7ff) << (k->precision - 1);
  if ((bits & ~sign) > infinity) return format(to, 8, "nan");
  if (bits & sign) to[n++] = '-';
  bits &= ~sign;
  if (bits == infinity) return n + format(to + n, 8, "inf");
  if (bits == 0) return n + format(to + n, 8, "0");
  i32 field = (i32)(bits >> (k->precision - 1));
  u64 integer = field == 0 ? bits : (bits & (hidden - 1)) | hidden;
  i32 exponent = k->least + (field == 0 ? 0 : field - 1);
  i32 places = (width == 32 ? 9 : 17), log2 = 63 - __builtin_clzl(integer) + exponent;
  i32 log10 = (log2 * 1233) >> 12; // never too high by more than one, nor too low
  u64 value = 0;
  i32 power = 0, count;
  for (count = 1; count <= places; count++) {
    u64 limit = 1;
    for (i32 i = 0; i < count; i++) limit *= 10;
    power = count - 1 - (log10 + 1);
    value = scaled(integer, exponent, power);
    for (; value < limit / 10; power++) value = scaled(integer, exponent, power + 1);
    if (reads_as(value, -power, k, bits)) break;
  }
  char digits[24];
  usize length = format(digits, sizeof digits, "%U", value);
  i32 point = (i32)length - power;
  while (length > 1 && digits[length - 1] == '0') length--;
  return n + lay_out(digits, (i32)length, point, to + n);
}
