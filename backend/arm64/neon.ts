// TABLE. The vector instructions of arm64; insts.ts joins them to its own rows and explains the
// columns. Names are the manual's with a v before them. The size of a record is that of a lane in
// bytes: of the narrower lanes where an instruction widens or narrows.
//
// Encoding, beyond what insts.ts has:
//   V  bits 22-23 are the size's logarithm     L  the size is at bit 19
//   K  the size is at bit 16                   k: a lane of K
//   j: the lane read by an insertion           b: a number of bytes
//   u: a shift to the left by up to width - 1  w: a shift to the right by 1 up to the width

import type { InstRow } from "../shape.ts";

const TWO = "=x128 x128";
const THREE = "=x128 x128 x128";
const INTO_TWO = "=@1 x128 x128";
const INTO_THREE = "=@1 x128 x128 x128";

// prettier-ignore
export const NEON = [
  // bits; bsl takes operand 2 where operand 1 has ones, bit inserts operand 2 where operand 3 has
  // them, bif where it has not
  ["vnot",     TWO,           "",         "1",        "6E205800 d n"],
  ["vand",     THREE,         "",         "1",        "4E201C00 d n m"],
  ["vbic",     THREE,         "",         "1",        "4E601C00 d n m"],
  ["vorr",     THREE,         "",         "1",        "4EA01C00 d n m"],
  ["vorn",     THREE,         "",         "1",        "4EE01C00 d n m"],
  ["veor",     THREE,         "",         "1",        "6E201C00 d n m"],
  ["vbsl",     INTO_THREE,    "",         "1",        "6E601C00 d - n m"],
  ["vbit",     INTO_THREE,    "",         "1",        "6EA01C00 d - n m"],
  ["vbif",     INTO_THREE,    "",         "1",        "6EE01C00 d - n m"],
  // integers
  ["vadd",     THREE,         "",         "1 2 4 8",  "V 4E208400 d n m"],
  ["vsub",     THREE,         "",         "1 2 4 8",  "V 6E208400 d n m"],
  ["vaddp",    THREE,         "",         "1 2 4 8",  "V 4E20BC00 d n m"],
  ["vmul",     THREE,         "",         "1 2 4",    "V 4E209C00 d n m"],
  ["vmla",     INTO_THREE,    "",         "1 2 4",    "V 4E209400 d - n m"],
  ["vmls",     INTO_THREE,    "",         "1 2 4",    "V 6E209400 d - n m"],
  ["vsqadd",   THREE,         "",         "1 2 4 8",  "V 4E200C00 d n m"],
  ["vuqadd",   THREE,         "",         "1 2 4 8",  "V 6E200C00 d n m"],
  ["vsqsub",   THREE,         "",         "1 2 4 8",  "V 4E202C00 d n m"],
  ["vuqsub",   THREE,         "",         "1 2 4 8",  "V 6E202C00 d n m"],
  ["vsmin",    THREE,         "",         "1 2 4",    "V 4E206C00 d n m"],
  ["vumin",    THREE,         "",         "1 2 4",    "V 6E206C00 d n m"],
  ["vsmax",    THREE,         "",         "1 2 4",    "V 4E206400 d n m"],
  ["vumax",    THREE,         "",         "1 2 4",    "V 6E206400 d n m"],
  ["vumaxp",   THREE,         "",         "1 2 4",    "V 6E20A400 d n m"],
  ["vurhadd",  THREE,         "",         "1 2 4",    "V 6E201400 d n m"],
  ["vsqrdmulh",THREE,         "",         "2 4",      "V 6E20B400 d n m"],
  ["vabs",     TWO,           "",         "1 2 4 8",  "V 4E20B800 d n"],
  ["vneg",     TWO,           "",         "1 2 4 8",  "V 6E20B800 d n"],
  ["vcnt",     TWO,           "",         "1",        "4E205800 d n"],
  // all lanes to one
  ["vaddv",    TWO,           "",         "1 2 4",    "V 4E31B800 d n"],
  ["vuminv",   TWO,           "",         "1 2 4",    "V 6E31A800 d n"],
  // shifts: by the lanes of operand 2, to the right if negative; by an immediate
  ["vsshl",    THREE,         "",         "1 2 4 8",  "V 4E204400 d n m"],
  ["vushl",    THREE,         "",         "1 2 4 8",  "V 6E204400 d n m"],
  ["vshl",     TWO,           "count",    "1 2 4 8",  "L 4F005400 d n u"],
  ["vsshr",    TWO,           "count",    "1 2 4 8",  "L 4F000400 d n w"],
  ["vushr",    TWO,           "count",    "1 2 4 8",  "L 6F000400 d n w"],
  // comparisons, with zero as well: all ones where true
  ["vcmeq",    THREE,         "",         "1 2 4 8",  "V 6E208C00 d n m"],
  ["vcmgt",    THREE,         "",         "1 2 4 8",  "V 4E203400 d n m"],
  ["vcmge",    THREE,         "",         "1 2 4 8",  "V 4E203C00 d n m"],
  ["vcmhi",    THREE,         "",         "1 2 4 8",  "V 6E203400 d n m"],
  ["vcmhs",    THREE,         "",         "1 2 4 8",  "V 6E203C00 d n m"],
  ["vcmtst",   THREE,         "",         "1 2 4 8",  "V 4E208C00 d n m"],
  ["vcmeqz",   TWO,           "",         "1 2 4 8",  "V 4E209800 d n"],
  ["vcmgtz",   TWO,           "",         "1 2 4 8",  "V 4E208800 d n"],
  ["vcmgez",   TWO,           "",         "1 2 4 8",  "V 6E208800 d n"],
  ["vcmlez",   TWO,           "",         "1 2 4 8",  "V 6E209800 d n"],
  ["vcmltz",   TWO,           "",         "1 2 4 8",  "V 4E20A800 d n"],
  // lanes that widen or narrow
  ["vsxtl",    TWO,           "",         "1 2 4",    "L 0F00A400 d n"],
  ["vsxtl2",   TWO,           "",         "1 2 4",    "L 4F00A400 d n"],
  ["vuxtl",    TWO,           "",         "1 2 4",    "L 2F00A400 d n"],
  ["vuxtl2",   TWO,           "",         "1 2 4",    "L 6F00A400 d n"],
  ["vsmull",   THREE,         "",         "1 2 4",    "V 0E20C000 d n m"],
  ["vsmull2",  THREE,         "",         "1 2 4",    "V 4E20C000 d n m"],
  ["vumull",   THREE,         "",         "1 2 4",    "V 2E20C000 d n m"],
  ["vumull2",  THREE,         "",         "1 2 4",    "V 6E20C000 d n m"],
  ["vsmlal",   INTO_THREE,    "",         "1 2 4",    "V 0E208000 d - n m"],
  ["vsmlal2",  INTO_THREE,    "",         "1 2 4",    "V 4E208000 d - n m"],
  ["vumlal",   INTO_THREE,    "",         "1 2 4",    "V 2E208000 d - n m"],
  ["vumlal2",  INTO_THREE,    "",         "1 2 4",    "V 6E208000 d - n m"],
  ["vsaddlp",  TWO,           "",         "1 2 4",    "V 4E202800 d n"],
  ["vuaddlp",  TWO,           "",         "1 2 4",    "V 6E202800 d n"],
  ["vsadalp",  INTO_TWO,      "",         "1 2 4",    "V 4E206800 d - n"],
  ["vuadalp",  INTO_TWO,      "",         "1 2 4",    "V 6E206800 d - n"],
  ["vxtn",     TWO,           "",         "1 2 4",    "V 0E212800 d n"],
  ["vsqxtn",   TWO,           "",         "1 2 4",    "V 0E214800 d n"],
  ["vsqxtn2",  INTO_TWO,      "",         "1 2 4",    "V 4E214800 d - n"],
  ["vuqxtn",   TWO,           "",         "1 2 4",    "V 2E214800 d n"],
  ["vsqxtun",  TWO,           "",         "1 2 4",    "V 2E212800 d n"],
  ["vsqxtun2", INTO_TWO,      "",         "1 2 4",    "V 6E212800 d - n"],
  // floats
  ["vfadd",    THREE,         "",         "4 8",      "F 4E20D400 d n m"],
  ["vfsub",    THREE,         "",         "4 8",      "F 4EA0D400 d n m"],
  ["vfmul",    THREE,         "",         "4 8",      "F 6E20DC00 d n m"],
  ["vfdiv",    THREE,         "",         "4 8",      "F 6E20FC00 d n m"],
  ["vfmin",    THREE,         "",         "4 8",      "F 4EA0F400 d n m"],
  ["vfmax",    THREE,         "",         "4 8",      "F 4E20F400 d n m"],
  ["vfabs",    TWO,           "",         "4 8",      "F 4EA0F800 d n"],
  ["vfneg",    TWO,           "",         "4 8",      "F 6EA0F800 d n"],
  ["vfsqrt",   TWO,           "",         "4 8",      "F 6EA1F800 d n"],
  ["vfrintn",  TWO,           "",         "4 8",      "F 4E218800 d n"],
  ["vfrintp",  TWO,           "",         "4 8",      "F 4EA18800 d n"],
  ["vfrintm",  TWO,           "",         "4 8",      "F 4E219800 d n"],
  ["vfrintz",  TWO,           "",         "4 8",      "F 4EA19800 d n"],
  ["vfcmeq",   THREE,         "",         "4 8",      "F 4E20E400 d n m"],
  ["vfcmgt",   THREE,         "",         "4 8",      "F 6EA0E400 d n m"],
  ["vfcmge",   THREE,         "",         "4 8",      "F 6E20E400 d n m"],
  ["vfcmeqz",  TWO,           "",         "4 8",      "F 4EA0D800 d n"],
  ["vfcmgtz",  TWO,           "",         "4 8",      "F 4EA0C800 d n"],
  ["vfcmgez",  TWO,           "",         "4 8",      "F 6EA0C800 d n"],
  ["vfcmlez",  TWO,           "",         "4 8",      "F 6EA0D800 d n"],
  ["vfcmltz",  TWO,           "",         "4 8",      "F 4EA0E800 d n"],
  ["vscvtf",   TWO,           "",         "4 8",      "F 4E21D800 d n"],
  ["vucvtf",   TWO,           "",         "4 8",      "F 6E21D800 d n"],
  ["vfcvtzs",  TWO,           "",         "4 8",      "F 4EA1B800 d n"],
  ["vfcvtzu",  TWO,           "",         "4 8",      "F 6EA1B800 d n"],
  ["vfcvtn",   TWO,           "",         "4",        "0E616800 d n"],
  ["vfcvtl",   TWO,           "",         "8",        "0E617800 d n"],
  // lanes and bytes that move. vdup and vins copy a lane, vdupr and vinsr a general register, vdupf
  // and vinsf a float; vmov is a lane by itself in a vector register
  ["vzip1",    THREE,         "",         "1 2 4 8",  "V 4E003800 d n m"],
  ["vzip2",    THREE,         "",         "1 2 4 8",  "V 4E007800 d n m"],
  ["vuzp1",    THREE,         "",         "1 2 4 8",  "V 4E001800 d n m"],
  ["vuzp2",    THREE,         "",         "1 2 4 8",  "V 4E005800 d n m"],
  ["vtrn1",    THREE,         "",         "1 2 4 8",  "V 4E002800 d n m"],
  ["vtrn2",    THREE,         "",         "1 2 4 8",  "V 4E006800 d n m"],
  ["vext",     THREE,         "bytes",    "1",        "6E000000 d n m b"],
  ["vrev16",   TWO,           "",         "1",        "V 4E201800 d n"],
  ["vrev32",   TWO,           "",         "1 2",      "V 6E200800 d n"],
  ["vrev64",   TWO,           "",         "1 2 4",    "V 4E200800 d n"],
  ["vtbl",     THREE,         "",         "1",        "4E000000 d n m"],
  ["vtbx",     INTO_THREE,    "",         "1",        "4E001000 d - n m"],
  ["vdup",     TWO,           "lane",     "1 2 4 8",  "K 4E000400 d n k"],
  ["vdupf",    "=x128 x",     "",         "4 8",      "K 4E000400 d n"],
  ["vdupr",    "=x128 r",     "",         "1 2 4 8",  "K 4E000C00 d n"],
  ["vins",     INTO_TWO,      "lane from","1 2 4 8",  "K 6E000400 d - n k j"],
  ["vinsf",    "=@1 x128 x",  "lane",     "1 2 4 8",  "K 6E000400 d - n k"],
  ["vinsr",    "=@1 x128 r",  "lane",     "1 2 4 8",  "K 4E001C00 d - n k"],
  ["vmov",     "=x x128",     "lane",     "1 2 4 8",  "K 5E000400 d n k"],
  ["vumov",    "=r32 x128",   "lane",     "1 2 4",    "K 0E003C00 d n k"],
  ["vumov64",  "=r64 x128",   "lane",     "8",        "K 4E003C00 d n k"],
  ["vsmov",    "=r32 x128",   "lane",     "1 2",      "K 0E002C00 d n k"],
  // a lane out of memory to all of them
  ["vld1r",    "=x128 m",     "",         "1 2 4 8",  "{ld1r}"],
] as const satisfies readonly InstRow[];
