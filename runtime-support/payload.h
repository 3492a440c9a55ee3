// A program inside of the loader or of an object: what payload.c offers to main.c and embed.c. The
// two sections are described in src/abi.ts.
#ifndef INGOT_PAYLOAD_H
#define INGOT_PAYLOAD_H

#include "runtime.h"

/** The program in this binary, maybe cut off; null if there is none. */
const Payload *payload_find(void);
/** Executables: nothing was cut off; the checksum of a small one, or if `all`, is right. */
bool payload_check(const Payload *payload, bool all, Error *error);
/** The process has a variable INGOT_CHECK. */
bool payload_check_all(u64 *stack);
/** The program as a module, checked as every artifact is. */
bool payload_load(const Payload *payload, Module *module, Error *error);
/**
 * The command line that stands for an executable's: words baked in and given by INGOT_DIRS and
 * INGOT_ENV, then FILE and the arguments. `stack` is what the kernel left there. Null: no memory.
 */
char **payload_words(const Payload *payload, u64 *stack);

#endif
