// Room for a program: the two sections that `ingot build` and `--emit obj` replace. As they stand
// here they say that there is none.
#include "abi.gen.h"

  .section .ingot.rest, "a", %progbits
  .p2align 4
  .globl ingot_rest
  .hidden ingot_rest
ingot_rest:
  .zero sizeof_Payload

  .section .ingot.code, "ax", %progbits
  .balign CODE_ALIGN
  .globl ingot_code
  .hidden ingot_code
ingot_code:
  .zero 16

  .section .note.GNU-stack, "", %progbits
