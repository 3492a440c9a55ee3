// The selector of arm64: the matchers that the generator prints from rules.ts, joined with the
// forms that their results call.

import type { Value } from "../../src/ir/func.ts";
import { bug } from "../../src/support/errors.ts";
import type { Vreg } from "../lir.ts";
import type { LowerEnv, Lowering, Selector } from "../lower.ts";
import { Forms } from "./forms.ts";
import { select, truth } from "./rules.gen.ts";

export class Arm64Selector implements Selector {
  readonly forms: Forms;

  constructor(l: Lowering) {
    this.forms = new Forms(l, select, truth);
  }

  begin(env: LowerEnv): void {
    this.forms.begin(env);
  }

  select(i: Value): void {
    const { forms } = this;
    const op = forms.f.op[i]!;
    forms.reset(i);
    if (!select(forms, op, i)) bug(`select: no rule for opcode ${op}`);
  }

  constant(v: Value): Vreg {
    return this.forms.r.constant(v);
  }

  settle(i: Value): void {
    this.forms.r.shared.settle(i);
  }

  branchOnCase(i: Value, k: number): void {
    this.forms.branchOnCase(i, k);
  }
}
