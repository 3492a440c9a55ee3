// The passes, one function at a time: the pipeline of DESIGN as straight-line calls on one reused
// workspace. In: a module and the options that code depends on. Out: a Blob per function. Whoever wants to
// see a stage passes `observe`, which is called between the passes.

import { Allocator } from "../../backend/alloc/alloc.ts";
import { Lir } from "../../backend/lir.ts";
import type { Allocation } from "../../backend/lir.ts";
import { newBackEnd } from "../../backend/targets.ts";
import type { BackEnd } from "../../backend/targets.ts";
import { Cfg } from "../ir/cfg.ts";
import { Func } from "../ir/func.ts";
import type { Blob } from "../object/blob.ts";
import { Place } from "../opt/place.ts";
import { Tidy } from "../opt/tidy.ts";
import { Bug, Invalid } from "../support/errors.ts";
import { Builder } from "../translate/build.ts";
import { newEnv } from "../translate/env.ts";
import type { Env } from "../translate/env.ts";
import { newDialect } from "../wasm/dialect.ts";
import { firstError } from "../wasm/form.ts";
import type { Module } from "../wasm/module.ts";
import { BodyWalker } from "../wasm/validate.ts";
import { newTimes } from "./job.ts";
import type { CodeOptions, Phase, PhaseTimes } from "./job.ts";
