// The loader's control mode: `ingot-rt --control`.
#ifndef INGOT_CONTROL_H
#define INGOT_CONTROL_H

#include "runtime.h"

/** Serves requests until standard input ends; returns the exit code of the process. */
int control_run(u64 stackSize, u32 options);

#endif
