// Instantiation as programs without a JavaScript engine have it: link, let WASI know the memory of
// the instance, call the start function.
#include "wasi.h"

Outcome instantiate(Context *ctx, Module *module, const Import *imports, Linked **out) {
  Linked *linked = 0;
  Outcome outcome = link_instance(ctx, module, imports, &linked);
  if (linked == 0) return outcome;
  *out = linked;
  wasi_bind(linked, imports);
  FuncRef *start = outcome == OK ? linked_start(linked) : 0;
  return start == 0 ? outcome : invoke(ctx, start, 0, 0);
}
