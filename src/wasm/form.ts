// Function bodies as the binary grammar alone sees them: read without any validation. The walker
// does both at once; this reader settles which error comes first when a module has several. The
// reference interpreter decodes the whole module, in the order of the bytes and past the declared
// ends of bodies, before it validates anything: so where decoding or validation fails, the bodies
// before that point are read again here, and if one of them is malformed, that is the error.

import { ByteReader } from "../support/bytes.ts";
import { Invalid, Malformed } from "../support/errors.ts";
import type { Dialect } from "./dialect.ts";
import { ImmBox, readImm, readOp, readValType } from "./immediates.ts";
import type { Body, Module } from "./module.ts";
import { Imm, OP, OPS } from "./ops.ts";

/** Reads bodies in order; throws Malformed for the first that is not well-formed. */
export function readBodies(
  bytes: Uint8Array,
  bodies: readonly Body[],
  firstFunc: number,
  dialect: Dialect,
): void {
  const imm = new ImmBox();
  bodies.forEach((body, i) => {
    const r = new ByteReader(bytes, body.start);
    r.func = firstFunc + i;
    readBody(r, body, dialect, imm);
  });
}

function readBody(r: ByteReader, body: Body, dialect: Dialect, imm: ImmBox): void {
  readLocals(r, dialect);
  // One byte per open block: 1 for an `if` that may still get its `else`.
  const open: number[] = [0];
  while (open.length > 0) {
    const at = r.pos;
    const op = readOp(r, dialect.features);
    if (op === OP["end"]) open.pop();
    else if (op === OP["else"] && open.pop() !== 1) r.fail("END opcode expected", at);
    else if (op === OP["else"]) open.push(0);
    readImm(r, OPS[op]!.imm, imm, dialect);
    if (OPS[op]!.imm === Imm.blocktype) open.push(op === OP["if"] ? 1 : 0);
  }
  if (r.pos !== body.end) r.fail("section size mismatch");
}

function readLocals(r: ByteReader, dialect: Dialect): void {
  const at = r.pos;
  const runs = r.u32();
  let total = 0;
  for (let i = 0; i < runs; i++) {
    total += r.u32();
    readValType(r, dialect);
  }
  if (total >= 0x1_0000_0000) r.fail("too many locals", at);
}

/**
 * The error to report in place of `error`, which was caught after the bodies were seen: that of a
 * malformed body, if there is one.
 */
export function firstError(
  error: unknown,
  m: Pick<Module, "bytes" | "bodies">,
  firstFunc: number,
  dialect: Dialect,
): unknown {
  if (!(error instanceof Malformed) && !(error instanceof Invalid)) return error;
  try {
    readBodies(m.bytes, m.bodies, firstFunc, dialect);
    return error;
  } catch (earlier) {
    return earlier;
  }
}
