// Numbers as text: what the loader's --invoke reads and prints.
#ifndef INGOT_NUMBER_H
#define INGOT_NUMBER_H

#include "sys.h"

/** Decimal or 0x hexadecimal, with a sign, signed or unsigned range of 32 or 64 bits. */
bool parse_integer(const char *s, u32 bits, u64 *out);
/** Decimal or hexadecimal float, inf, nan; the bits of an f32 or f64, correctly rounded. */
bool parse_float(const char *s, u32 bits, u64 *out);
/** The shortest text that reads back as the same number, at most 32 bytes; returns its length. */
usize format_float(u64 bits, u32 width, char *to);

#endif
