// TABLE. What types the values of each opcode have. Read by the verifier and by the generator of
// random functions. A row is the value operands, ":", the result, a letter each:
//
//   i I f F  i32, 64-bit integer, f32, f64     p  ptr     v  v128
//   e        a lane of the shape by itself: i32 for i8x16, i16x8, i32x4; i64, f32, f64
//   n  an integer, x  a float, t  any type: all of one letter in a row are alike
//   -  no value           *  checked by a function of its own

import type { PerOp } from "./ops.ts";

/** The row of each opcode. */
// prettier-ignore
export const TYPE_RULES: PerOp<string> = {
  none: ":-",       const: ":t",      param: ":t",      result: "*",
  inst: ":p",       membase: ":p",
  add: "nn:n",      sub: "nn:n",      mul: "nn:n",      mulhs: "nn:n",    mulhu: "nn:n",
  divs: "nn:n",     divu: "nn:n",     rems: "nn:n",     remu: "nn:n",
  and: "nn:n",      or: "nn:n",       xor: "nn:n",      shl: "nn:n",      shrs: "nn:n",
  shru: "nn:n",     rotl: "nn:n",     rotr: "nn:n",
  clz: "n:n",       ctz: "n:n",       popcnt: "n:n",
  sext8: "n:n",     sext16: "n:n",    sext32: "I:I",
  wrap: "I:i",      exts: "i:I",      extu: "i:I",
  eq: "nn:i",       ne: "nn:i",       lts: "nn:i",      ltu: "nn:i",      gts: "nn:i",
  gtu: "nn:i",      les: "nn:i",      leu: "nn:i",      ges: "nn:i",      geu: "nn:i",
  feq: "xx:i",      fne: "xx:i",      flt: "xx:i",      fgt: "xx:i",      fle: "xx:i",
  fge: "xx:i",      select: "itt:t",
  fadd: "xx:x",     fsub: "xx:x",     fmul: "xx:x",     fdiv: "xx:x",     fmin: "xx:x",
  fmax: "xx:x",     fcopysign: "xx:x",
  fneg: "x:x",      fabs: "x:x",      fsqrt: "x:x",     fceil: "x:x",     ffloor: "x:x",
  ftrunc: "x:x",    fnearest: "x:x",
  promote: "f:F",   demote: "F:f",    cvts: "n:x",      cvtu: "n:x",      truncs: "x:n",
  truncu: "x:n",    sats: "x:n",      satu: "x:n",      bitcast: "*",
  vnot: "v:v",      vand: "vv:v",     vor: "vv:v",      vxor: "vv:v",     vandnot: "vv:v",
  vbitselect: "vvv:v", vanytrue: "v:i", vsplat: "e:v",  vextracts: "v:e", vextractu: "v:e",
  vreplace: "ve:v", vshuffle: "vvv:v", vswizzle: "vv:v",
  vadd: "vv:v",     vsub: "vv:v",     vmul: "vv:v",     vneg: "v:v",      vabs: "v:v",
  vaddsats: "vv:v", vaddsatu: "vv:v", vsubsats: "vv:v", vsubsatu: "vv:v",
  vmins: "vv:v",    vminu: "vv:v",    vmaxs: "vv:v",    vmaxu: "vv:v",
  vavgru: "vv:v",   vq15mulr: "vv:v", vpopcnt: "v:v",
  vshl: "vi:v",     vshrs: "vi:v",    vshru: "vi:v",    valltrue: "v:i",  vbitmask: "v:i",
  veq: "vv:v",      vne: "vv:v",      vlts: "vv:v",     vltu: "vv:v",     vgts: "vv:v",
  vgtu: "vv:v",     vles: "vv:v",     vleu: "vv:v",     vges: "vv:v",     vgeu: "vv:v",
  vflt: "vv:v",     vfgt: "vv:v",     vfle: "vv:v",     vfge: "vv:v",     vfdiv: "vv:v",
  vfmin: "vv:v",    vfmax: "vv:v",    vfpmin: "vv:v",   vfpmax: "vv:v",   vfsqrt: "v:v",
  vfceil: "v:v",    vffloor: "v:v",   vftrunc: "v:v",   vfnearest: "v:v",
  vnarrows: "vv:v", vnarrowu: "vv:v",
  vextlows: "v:v",  vextlowu: "v:v",  vexthighs: "v:v", vexthighu: "v:v",
  vmullows: "vv:v", vmullowu: "vv:v", vmulhighs: "vv:v", vmulhighu: "vv:v",
  vpairs: "v:v",    vpairu: "v:v",    vdot: "vv:v",     vcvts: "v:v",     vcvtu: "v:v",
  vdemote: "v:v",   vpromote: "v:v",  vsats: "v:v",     vsatu: "v:v",
  load: "*",        store: "*",       call: "*",        callslot: "*",    callref: "*",
  libcall: "*",     sigcheck: "I:-",  trapif: "i:-",
  jump: ":-",       br: "i:-",        switch: "i:-",    ret: "*",         trap: ":-",
};
