// What one machine's assembler file and the C files agree on: the head of the Context, whose
// offsets amd64.S uses, and the functions each architecture provides.
#ifndef INGOT_ARCH_H
#define INGOT_ARCH_H

#include "abi.gen.h"

// Offsets in Context; asserted in runtime.h.
#define CTX_HOST_SP 0   // the host's stack pointer while the guest runs
#define CTX_GUEST_SP 8  // the guest's stack pointer while the host runs
#define CTX_CALLED 16   // host function that the guest called
#define CTX_TRAP_PC 24  // 0: it is the word at trapSp
#define CTX_TRAP_SP 32
#define CTX_LIB_SP 40   // stack pointer at the entry of the running library call
#define CTX_TRAP_CODE 48
#define CTX_RET_POP 56  // bytes of stack arguments that resume removes
#define CTX_SAVED 64    // the guest's callee-saved registers at an exit
#define CTX_INTS 128    // integer registers, in argument or in result order
#define CTX_VECS 192    // vector registers

// The guest stack ends at a multiple of this, and its last 8 bytes point to the Context, so that
// code on the guest stack finds the Context without a register or a thread local.
#define STACK_ALIGN 0x8000000

#define EXIT_RETURN 0
#define EXIT_HOST 1
#define EXIT_TRAP 2

#endif
