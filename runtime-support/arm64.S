// Where C and generated code meet on arm64; amd64.S does the same and says what for. The guest's
// calling convention: call.c. Of the registers, x19-x26 belong to the callee as in C, x27 holds the
// instance record, x28 the base of memory 0, x29 is never touched by the guest; no vector register
// survives a guest call, so the host's d8-d15 are kept on the host stack. Return addresses are in
// x30.
//
//   rt_enter   C calls in; its callee-saved registers go onto the host stack
//   rt_exit    code address of every host function: the guest calls out, with the Context as the
//              owner of the reference in x27 and its address in x28
//   rt_resume  C goes back to the guest function that called out
//   rt_ask     a library call, on the guest stack, calls out as a guest function does
//   rt_trap    guest code jumps here with the trap code in w16, the site in x30, and in x15 the
//              return address of a function that has not stored it
//   rt_land    leaves the guest where a signal handler or a library call found a trap
//   rt_lib_*   entries of the library calls: note where the guest was, go on in C
#include "arch.h"

  .text

  .macro LOAD_VECTORS from
  ldp q0, q1, [\from, CTX_VECS]
  ldp q2, q3, [\from, CTX_VECS + 32]
  ldp q4, q5, [\from, CTX_VECS + 64]
  ldp q6, q7, [\from, CTX_VECS + 96]
  .endm

  .macro STORE_VECTORS to
  stp q0, q1, [\to, CTX_VECS]
  stp q2, q3, [\to, CTX_VECS + 32]
  stp q4, q5, [\to, CTX_VECS + 64]
  stp q6, q7, [\to, CTX_VECS + 96]
  .endm

  .macro LOAD_INTS from
  ldp x0, x1, [\from, CTX_INTS]
  ldp x2, x3, [\from, CTX_INTS + 16]
  ldp x4, x5, [\from, CTX_INTS + 32]
  ldp x6, x7, [\from, CTX_INTS + 48]
  .endm

  .macro STORE_INTS to
  stp x0, x1, [\to, CTX_INTS]
  stp x2, x3, [\to, CTX_INTS + 16]
  stp x4, x5, [\to, CTX_INTS + 32]
  stp x6, x7, [\to, CTX_INTS + 48]
  .endm

// Keeps what C wants back and notes the host's stack in the Context, x0.
  .macro PUSH_HOST
  stp x29, x30, [sp, -160]!
  stp x19, x20, [sp, 16]
  stp x21, x22, [sp, 32]
  stp x23, x24, [sp, 48]
  stp x25, x26, [sp, 64]
  stp x27, x28, [sp, 80]
  stp d8, d9, [sp, 96]
  stp d10, d11, [sp, 112]
  stp d12, d13, [sp, 128]
  stp d14, d15, [sp, 144]
  mov x9, sp
  str x9, [x0, CTX_HOST_SP]
  .endm

  .globl rt_enter, rt_enter_return, rt_exit, rt_resume, rt_ask, rt_trap, rt_land
  .globl rt_sigreturn, rt_libcalls

// u32 rt_enter(Context *x0, u64 sp x1, const FuncRef *x2, u32 vectors w3): w20 remembers whether
// there are values in vector registers.
  .p2align 4
rt_enter:
  PUSH_HOST
  mov sp, x1
  mov x19, x0
  mov w20, w3
  ldp x17, x28, [x2, FuncRef_code]
  ldr x27, [x2, FuncRef_owner]
  cbz w20, 1f
  LOAD_VECTORS x19
1:
  LOAD_INTS x19
  blr x17
rt_enter_return:
  STORE_INTS x19
  cbz w20, 1f
  STORE_VECTORS x19
1:
  mov x9, sp
  str x9, [x19, CTX_GUEST_SP]
  mov x9, x19
  mov w0, EXIT_RETURN

// x9 Context, w0 EXIT_*: back to the C function that entered or resumed.
leave_guest:
  ldr x9, [x9, CTX_HOST_SP]
  mov sp, x9
  ldp x19, x20, [sp, 16]
  ldp x21, x22, [sp, 32]
  ldp x23, x24, [sp, 48]
  ldp x25, x26, [sp, 64]
  ldp x27, x28, [sp, 80]
  ldp d8, d9, [sp, 96]
  ldp d10, d11, [sp, 112]
  ldp d12, d13, [sp, 128]
  ldp d14, d15, [sp, 144]
  ldp x29, x30, [sp], 160
  ret

  .p2align 4
rt_exit:
  mov x9, sp
  str x28, [x27, CTX_CALLED]
  str x9, [x27, CTX_GUEST_SP]
  stp x19, x20, [x27, CTX_SAVED]
  stp x21, x22, [x27, CTX_SAVED + 16]
  stp x23, x24, [x27, CTX_SAVED + 32]
  stp x25, x26, [x27, CTX_SAVED + 48]
  str x30, [x27, CTX_SAVED + 64]
  STORE_INTS x27
  ldr w9, [x28, HOST_VECTORS]
  cbz w9, 1f
  STORE_VECTORS x27
1:
  mov x9, x27
  mov w0, EXIT_HOST
  b leave_guest

// u32 rt_resume(Context *x0, u32 vectors w1)
  .p2align 4
rt_resume:
  PUSH_HOST
  mov x9, x0
  ldr x10, [x9, CTX_GUEST_SP]
  ldr x11, [x9, CTX_RET_POP]
  add x10, x10, x11
  mov sp, x10
  ldp x19, x20, [x9, CTX_SAVED]
  ldp x21, x22, [x9, CTX_SAVED + 16]
  ldp x23, x24, [x9, CTX_SAVED + 32]
  ldp x25, x26, [x9, CTX_SAVED + 48]
  ldr x30, [x9, CTX_SAVED + 64]
  cbz w1, 1f
  LOAD_VECTORS x9
1:
  LOAD_INTS x9
  ret

// u64 rt_ask(HostFunc *x0, u64 x1): keeps what a guest function does without, and C does not.
  .p2align 4
rt_ask:
  stp x29, x30, [sp, -96]!
  stp x27, x28, [sp, 16]
  stp d8, d9, [sp, 32]
  stp d10, d11, [sp, 48]
  stp d12, d13, [sp, 64]
  stp d14, d15, [sp, 80]
  mov x28, x0
  ldr x27, [x0, FuncRef_owner]
  mov x0, x1
  bl rt_exit
  ldp x27, x28, [sp, 16]
  ldp d8, d9, [sp, 32]
  ldp d10, d11, [sp, 48]
  ldp d12, d13, [sp, 64]
  ldp d14, d15, [sp, 80]
  ldp x29, x30, [sp], 96
  ret

  .p2align 4
rt_trap:
  ldr x9, [x27, Instance_context]
  mov x10, sp
  str x30, [x9, CTX_TRAP_PC]
  str x10, [x9, CTX_TRAP_SP]
  str x15, [x9, CTX_TRAP_LINK]
  str w16, [x9, CTX_TRAP_CODE]
  str wzr, [x9, CTX_TRAP_EXACT]
  mov w0, EXIT_TRAP
  b leave_guest

// void rt_land(Context *x0): where and why is in the Context.
  .p2align 4
rt_land:
  mov x9, x0
  mov w0, EXIT_TRAP
  b leave_guest

rt_sigreturn:
  mov x8, 139
  svc 0

#define X(name)                                \
  .p2align 4;                                  \
rt_lib_##name:                                 \
  ldr x16, [x0, Instance_context];             \
  mov x17, sp;                                 \
  stp x17, x30, [x16, CTX_LIB_SP];             \
  b lib_##name;
LIBCALLS(X)
#undef X

  .section .data.rel.ro, "aw"
  .p2align 3
rt_libcalls:
#define X(name) .quad rt_lib_##name;
LIBCALLS(X)

  .section .note.GNU-stack, "", %progbits
