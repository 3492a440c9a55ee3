// What clang's -enable-emscripten-sjlj expects beside a program: Emscripten's own runtime library has
// it, this is the same in our words. Where longjmp wants to go is noted in two words, and every call
// of setjmp puts itself on a list of its function. With -DOLDER, the way Emscripten was until 2021:
// longjmp is the host's, and so is the second result of functions.
#include <stdint.h>
#include <stdlib.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define IMPORT(name) __attribute__((import_module("env"), import_name(name)))

uintptr_t __THREW__;
int __threwValue;

EXPORT("setThrew") void setThrew(uintptr_t threw, int value) {
  if (__THREW__ != 0) return;
  __THREW__ = threw;
  __threwValue = value;
}

#if defined(OLDER)
#define STACK_SAVE "stackSave"
#define STACK_RESTORE "stackRestore"
IMPORT("setTempRet0") void setTempRet0(uint32_t value);
#else
#define STACK_SAVE "emscripten_stack_get_current"
#define STACK_RESTORE "_emscripten_stack_restore"
static uint32_t high;
void setTempRet0(uint32_t value) { high = value; }
uint32_t getTempRet0(void) { return high; }

IMPORT("_emscripten_throw_longjmp") _Noreturn void _emscripten_throw_longjmp(void);
_Noreturn void emscripten_longjmp(uintptr_t to, int value) {
  setThrew(to, value == 0 ? 1 : value);
  _emscripten_throw_longjmp();
}
#endif

EXPORT(STACK_SAVE) void *get_stack(void) {
  void *sp;
  __asm__(".globaltype __stack_pointer, i32\n\tglobal.get __stack_pointer\n\tlocal.set %0" : "=r"(sp));
  return sp;
}

EXPORT(STACK_RESTORE) void set_stack(void *sp) {
  __asm__("local.get %0\n\tglobal.set __stack_pointer" : : "r"(sp));
}

typedef struct Entry {
  uint32_t id, label;
} Entry;

/** Adds a call of setjmp to its function's list, which ends with id 0; the size is a second result. */
Entry *saveSetjmp(uint32_t *env, uint32_t label, Entry *list, uint32_t size) {
  static uint32_t ids;
  uint32_t n = 0;
  while (n < size && list[n].id != 0) n++;
  if (n + 1 >= size) {
    size = 2 * (n + 1);
    list = realloc(list, (size + 1) * sizeof *list);
  }
  *env = ++ids;
  list[n] = (Entry){*env, label};
  list[n + 1].id = 0;
  setTempRet0(size);
  return list;
}

uint32_t testSetjmp(uint32_t id, const Entry *list, uint32_t size) {
  for (uint32_t n = 0; n < size && list[n].id != 0; n++) {
    if (list[n].id == id) return list[n].label;
  }
  return 0;
}
