// What control.c and requests.c share: the state of a session, and how requests are taken apart and
// replies put together.
#ifndef INGOT_CONTROL_H
#define INGOT_CONTROL_H

#include "wasi.h"

enum { LISTENS_MAX = 16 };

/** What the command line says that holds for programs and for control mode. */
typedef struct Settings {
  u64 stack;
  u32 load; // options of artifact_load
  u64 pages; // limit of all memories together
  Fixed fixed;
  Text listen[LISTENS_MAX];
  u32 listenCount;
} Settings;

/** Serves requests until standard input ends; returns the exit code of the process. */
int control_run(const Settings *settings);
/** Gives a program what the settings say; its directories come before. */
bool settings_apply(const Settings *settings, Wasi *wasi, Error *error);

typedef struct Buffer {
  u8 *at;
  u64 size, room;
} Buffer;

typedef struct Program {
  struct Program *next;
  Wasi *wasi;
} Program;

typedef struct Control {
  Context *ctx;
  const Settings *settings;
  Buffer in, out;
  u64 read; // bytes of `in` that were taken
  bool good;
  u8 *scratch; // a stack of values of the calls under way
  u64 scratchUsed;
  u32 nested; // host calls of the other side under way
  int stdio[3];
  Program *programs;
} Control;

// Taking a request apart. What is not there or does not fit clears `good` and yields zeros.

const u8 *take(Control *c, u64 n);
u64 get(Control *c, u32 n);
u32 get32(Control *c);
Text get_text(Control *c);
/** A value that must have this type; references must be null or alive. */
Value get_value(Control *c, u32 type);
/** Values of these types, with their number before them. */
void get_values(Control *c, Text types, Value *values);

// Putting a reply together; whoever dispatched the request sends it.

void begin(Control *c, u32 message);
void begin_text(Control *c, u32 message, Text text);
void refuse(Control *c, const char *why);
/** Begins the reply that an outcome other than OK demands. */
void begin_failure(Control *c, Outcome outcome);
u8 *add(Control *c, u64 n);
void put(Control *c, u64 value, u32 n);
void put_text(Control *c, Text t);
void put_value(Control *c, u32 type, const Value *v);
void put_values(Control *c, Text types, const Value *values);

/** The host function of the other side: sends HOST_CALL and serves requests until the answer. */
HostCode host_call;

typedef void Handler(Control *c);
Handler on_load, on_instantiate, on_exports, on_new_func, on_new_memory, on_new_table;
Handler on_new_global, on_global_get, on_global_set, on_table_get, on_table_set, on_table_size;
Handler on_memory_size, on_memory_read, on_memory_write, on_wasi, on_free_all;

#endif
