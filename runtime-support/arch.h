// What one machine's assembler file and the C files agree on: the head of the Context, whose
// offsets amd64.S and arm64.S use, and what differs between machines that C can say in a constant.
#ifndef INGOT_ARCH_H
#define INGOT_ARCH_H

#include "abi.gen.h"

// Offsets in Context; asserted in runtime.h.
#define CTX_HOST_SP 0    // the host's stack pointer while the guest runs
#define CTX_GUEST_SP 8   // the guest's stack pointer while the host runs
#define CTX_CALLED 16    // host function that the guest called
#define CTX_TRAP_PC 24   // an instruction, or the return address of the call that trapped
#define CTX_TRAP_SP 32   // the guest's stack pointer there
#define CTX_TRAP_LINK 40 // arm64: the return address of a function that has not stored it
#define CTX_TRAP_CODE 48
#define CTX_TRAP_EXACT 52 // 1: trapPc is an instruction
#define CTX_LIB_SP 56    // stack pointer at the entry of the running library call
#define CTX_LIB_PC 64    // arm64: its return address; on amd64 that lies at libSp
#define CTX_RET_POP 72   // bytes of stack arguments that resume removes
#define CTX_SAVED 80     // the guest's callee-saved registers at an exit
#define CTX_INTS 160     // integer registers, in argument or in result order
#define CTX_VECS 224     // vector registers
#define CTX_RESUMED 352  // amd64: the guest was last entered by rt_resume
// And in HostFunc, behind its FuncRef: values in vector registers come or go.
#define HOST_VECTORS sizeof_FuncRef

#if defined(__x86_64__)
#define TARGET TARGET_amd64
#define MACHINE 62
#define INT_REGS 7
#define VEC_REGS 8
#define SAVED_REGS 5 // rbx rbp r12 r13 r14
#define PAGE_UNIT OS_PAGE
#define LINK_REGISTER 0 // a call pushes the return address
#elif defined(__aarch64__)
#define TARGET TARGET_arm64
#define MACHINE 183
#define INT_REGS 8
#define VEC_REGS 8
#define SAVED_REGS 9 // x19-x26 x30
#define PAGE_UNIT 0x10000 // kernels have pages of 4, 16 or 64 KiB
#define LINK_REGISTER 1   // a call leaves the return address in x30
#else
#error "ingot's runtime knows amd64 and arm64"
#endif

// The guest stack ends at a multiple of this, and its last 8 bytes point to the Context, so that
// code on the guest stack finds the Context without a register or a thread local.
#define STACK_ALIGN 0x8000000

#define EXIT_RETURN 0
#define EXIT_HOST 1
#define EXIT_TRAP 2

#endif
