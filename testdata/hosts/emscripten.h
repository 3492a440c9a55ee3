// setjmp for programs that are built for Emscripten's hosts without Emscripten (emscripten.c);
// natively, the C library's.
#if defined(__wasm__)
typedef struct jmp_buf_words {
  unsigned words[8];
} jmp_buf[1];
int setjmp(jmp_buf) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf, int);
#else
#include <setjmp.h>
#endif
