// Where C and generated code meet on amd64. Two stacks: the host's (C) and the guest's. Enter and
// resume switch to the guest's, exit, trap and return switch back; each leaves what the other side
// needs in the Context (arch.h). Guest calling convention: see call.c.
//
//   rt_enter   C calls in; its callee-saved registers go onto the host stack
//   rt_exit    code address of every host function: the guest calls out. Nothing is pushed, so
//              that it cannot fault at the end of the guest stack
//   rt_resume  C goes back to the guest function that called out
//   rt_ask     a library call, on the guest stack, calls out as a guest function does
//   rt_trap    guest code jumps here with the trap code in eax and the site at [rsp]
//   rt_land    leaves the guest where a signal handler or a library call found a trap
//   rt_lib_*   entries of the library calls: note where the guest was, go on in C
//
// The CPU predicts returns by a stack of its own, which the change of stacks does not change: one
// entry too many, and every return from here to JavaScript is predicted wrongly, at 15 to 20 cycles
// each. So an exit first takes the guest's entries off: a `ret` to the next instruction costs one
// wrong prediction. Those are the call of the host function and, unless the guest was last entered
// by rt_resume, which jumps, the call in rt_enter. A return of the guest after rt_resume has no
// entry: it has taken that of C's call, and C is returned to by a jump.
#include "arch.h"

  .intel_syntax noprefix
  .text

  .macro LOAD_VECTORS from
  movups xmm0, [\from + CTX_VECS]
  movups xmm1, [\from + CTX_VECS + 16]
  movups xmm2, [\from + CTX_VECS + 32]
  movups xmm3, [\from + CTX_VECS + 48]
  movups xmm4, [\from + CTX_VECS + 64]
  movups xmm5, [\from + CTX_VECS + 80]
  movups xmm6, [\from + CTX_VECS + 96]
  movups xmm7, [\from + CTX_VECS + 112]
  .endm

  .macro STORE_VECTORS to
  movups [\to + CTX_VECS], xmm0
  movups [\to + CTX_VECS + 16], xmm1
  movups [\to + CTX_VECS + 32], xmm2
  movups [\to + CTX_VECS + 48], xmm3
  movups [\to + CTX_VECS + 64], xmm4
  movups [\to + CTX_VECS + 80], xmm5
  movups [\to + CTX_VECS + 96], xmm6
  movups [\to + CTX_VECS + 112], xmm7
  .endm

  .macro PUSH_HOST
  push rbx
  push rbp
  push r12
  push r13
  push r14
  push r15
  .endm

// Takes an entry off the CPU's stack of returns.
  .macro FORGET_CALL
  lea rcx, [rip + 9f]
  push rcx
  ret
9:
  .endm

  .macro POP_HOST
  pop r15
  pop r14
  pop r13
  pop r12
  pop rbp
  pop rbx
  .endm

  .globl rt_enter, rt_enter_return, rt_exit, rt_resume, rt_ask, rt_trap, rt_land
  .globl rt_sigreturn, rt_libcalls

// u32 rt_enter(Context *rdi, u64 sp rsi, const FuncRef *rdx, u32 vectors ecx): ebp remembers
// whether there are values in vector registers.
  .p2align 4
rt_enter:
  PUSH_HOST
  mov [rdi + CTX_HOST_SP], rsp
  mov dword ptr [rdi + CTX_RESUMED], 0
  mov rsp, rsi
  mov rbx, rdi
  mov ebp, ecx
  mov r11, [rdx + FuncRef_code]
  mov r15, [rdx + FuncRef_base]
  test ecx, ecx
  jz 1f
  LOAD_VECTORS rbx
1:
  mov rdi, [rbx + CTX_INTS]
  mov rsi, [rbx + CTX_INTS + 8]
  mov rdx, [rbx + CTX_INTS + 16]
  mov rcx, [rbx + CTX_INTS + 24]
  mov r8, [rbx + CTX_INTS + 32]
  mov r9, [rbx + CTX_INTS + 40]
  mov rax, [rbx + CTX_INTS + 48]
  call r11
rt_enter_return:
  mov [rbx + CTX_INTS], rax
  mov [rbx + CTX_INTS + 8], rdx
  mov [rbx + CTX_INTS + 16], rcx
  mov [rbx + CTX_INTS + 24], rsi
  mov [rbx + CTX_INTS + 32], rdi
  mov [rbx + CTX_INTS + 40], r8
  mov [rbx + CTX_INTS + 48], r9
  test ebp, ebp
  jz 1f
  STORE_VECTORS rbx
1:
  mov [rbx + CTX_GUEST_SP], rsp
  mov r11, rbx
  mov eax, EXIT_RETURN
  cmp dword ptr [rbx + CTX_RESUMED], 0
  je leave_guest
  mov rsp, [r11 + CTX_HOST_SP]
  POP_HOST
  pop rcx
  jmp rcx

// r11 Context, eax EXIT_*: back to the C function that entered or resumed.
leave_guest:
  mov rsp, [r11 + CTX_HOST_SP]
  POP_HOST
  ret

  .p2align 4
rt_exit:
  mov r11, [r15 + FuncRef_owner]
  mov [r11 + CTX_CALLED], r15
  mov [r11 + CTX_GUEST_SP], rsp
  mov [r11 + CTX_SAVED], rbx
  mov [r11 + CTX_SAVED + 8], rbp
  mov [r11 + CTX_SAVED + 16], r12
  mov [r11 + CTX_SAVED + 24], r13
  mov [r11 + CTX_SAVED + 32], r14
  mov [r11 + CTX_INTS], rdi
  mov [r11 + CTX_INTS + 8], rsi
  mov [r11 + CTX_INTS + 16], rdx
  mov [r11 + CTX_INTS + 24], rcx
  mov [r11 + CTX_INTS + 32], r8
  mov [r11 + CTX_INTS + 40], r9
  mov [r11 + CTX_INTS + 48], rax
  cmp dword ptr [r15 + HOST_VECTORS], 0
  je 1f
  STORE_VECTORS r11
1:
  mov rsp, [r11 + CTX_HOST_SP]
  FORGET_CALL
  cmp dword ptr [r11 + CTX_RESUMED], 0
  jne 1f
  FORGET_CALL
1:
  mov eax, EXIT_HOST
  POP_HOST
  ret

// u32 rt_resume(Context *rdi, u32 vectors esi)
  .p2align 4
rt_resume:
  PUSH_HOST
  mov [rdi + CTX_HOST_SP], rsp
  mov dword ptr [rdi + CTX_RESUMED], 1
  mov r11, rdi
  mov rsp, [r11 + CTX_GUEST_SP]
  mov rbx, [r11 + CTX_SAVED]
  mov rbp, [r11 + CTX_SAVED + 8]
  mov r12, [r11 + CTX_SAVED + 16]
  mov r13, [r11 + CTX_SAVED + 24]
  mov r14, [r11 + CTX_SAVED + 32]
  test esi, esi
  jz 1f
  LOAD_VECTORS r11
1:
  mov rax, [r11 + CTX_INTS]
  mov rdx, [r11 + CTX_INTS + 8]
  mov rcx, [r11 + CTX_INTS + 16]
  mov rsi, [r11 + CTX_INTS + 24]
  mov rdi, [r11 + CTX_INTS + 32]
  mov r8, [r11 + CTX_INTS + 40]
  mov r9, [r11 + CTX_INTS + 48]
  pop r10
  add rsp, [r11 + CTX_RET_POP]
  jmp r10

// u64 rt_ask(HostFunc *rdi, u64 rsi)
  .p2align 4
rt_ask:
  push r15
  mov r15, rdi
  mov rdi, rsi
  call rt_exit
  pop r15
  ret

  .p2align 4
rt_trap:
  mov r11, rsp
  or r11, STACK_ALIGN - 1
  mov r11, [r11 - 7]
  pop rcx
  mov [r11 + CTX_TRAP_PC], rcx
  mov [r11 + CTX_TRAP_SP], rsp
  mov [r11 + CTX_TRAP_CODE], eax
  mov dword ptr [r11 + CTX_TRAP_EXACT], 0
  mov eax, EXIT_TRAP
  jmp leave_guest

// void rt_land(Context *rdi): where and why is in the Context.
  .p2align 4
rt_land:
  mov r11, rdi
  mov eax, EXIT_TRAP
  jmp leave_guest

rt_sigreturn:
  mov eax, 15
  syscall

#define X(name)                              \
  .p2align 4;                                \
rt_lib_##name:                               \
  mov rax, [rdi + Instance_context];         \
  mov [rax + CTX_LIB_SP], rsp;               \
  jmp lib_##name;
LIBCALLS(X)
#undef X

  .section .data.rel.ro, "aw"
  .p2align 3
rt_libcalls:
#define X(name) .quad rt_lib_##name;
LIBCALLS(X)

  .section .note.GNU-stack, "", @progbits
