;; Division by constants.
;; test tidy,place
(module
  (func (export "u10") (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 10)))
  (func (export "u7") (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 7)))
  (func (export "u28") (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 28)))
  (func (export "s7") (param i32) (result i32) (i32.div_s (local.get 0) (i32.const -7)))
  (func (export "r8") (param i32) (result i32) (i32.rem_s (local.get 0) (i32.const 8)))
  (func (export "l10") (param i64) (result i64) (i64.div_u (local.get 0) (i64.const 10)))
  (func (export "l7") (param i64) (result i64) (i64.rem_u (local.get 0) (i64.const 7)))
  (func (export "m10") (param i64) (result i64) (i64.div_s (local.get 0) (i64.const 10)))
  (func (export "zero") (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 0)))
  (func (export "minus") (param i32) (result i32) (i32.div_s (local.get 0) (i32.const -1))))

;; run: %u10(-1) == 429496729
;; run: %u7(-1) == 613566756
;; run: %u28(-1) == 153391689
;; run: %s7(-2147483648) == 306783378
;; run: %r8(-9) == -1
;; run: %l10(i64 -1) == i64 0x1999999999999999
;; run: %l7(i64 -1) == i64 1
;; run: %m10(i64 -19) == i64 -1
;; run: %zero(1) traps integer divide by zero
;; run: %minus(-2147483648) traps integer overflow
;; run: %minus(5) == -5
;; | func %0 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: i64 = extu v1
;; |   v5: i64 = mul v3, i64 3435973837
;; |   v7: i64 = shru v5, i64 35
;; |   v8: i32 = wrap v7
;; |   ret v8 @0x6a
;; | }
;; | func %1 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: i64 = extu v1
;; |   v5: i64 = mulhu v3, i64 0x2492492492492493
;; |   v6: i32 = wrap v5
;; |   ret v6 @0x72
;; | }
;; | func %2 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v4: i32 = shru v1, 2
;; |   v5: i64 = extu v4
;; |   v7: i64 = mul v5, i64 613566757
;; |   v9: i64 = shru v7, i64 32
;; |   v10: i32 = wrap v9
;; |   ret v10 @0x7a
;; | }
;; | func %3 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: i64 = exts v1
;; |   v5: i64 = mul v3, i64 2454267027
;; |   v7: i64 = shrs v5, i64 34
;; |   v8: i32 = wrap v7
;; |   v10: i32 = shru v1, 31
;; |   v11: i32 = add v8, v10
;; |   v13: i32 = sub 0, v11
;; |   ret v13 @0x82
;; | }
;; | func %4 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v7: i32 = shrs v1, 31
;; |   v9: i32 = shru v7, 29
;; |   v10: i32 = add v1, v9
;; |   v11: i32 = and v10, -8
;; |   v12: i32 = sub v1, v11
;; |   ret v12 @0x8a
;; | }
;; | func %5 (i64) -> (i64) placed {
;; | b1(v1: i64):
;; |   v4: i64 = mulhu v1, i64 0xcccccccccccccccd
;; |   v6: i64 = shru v4, i64 3
;; |   ret v6 @0x92
;; | }
;; | func %6 (i64) -> (i64) placed {
;; | b1(v1: i64):
;; |   v4: i64 = mulhu v1, i64 0x2492492492492493
;; |   v5: i64 = sub v1, v4
;; |   v7: i64 = shru v5, i64 1
;; |   v8: i64 = add v4, v7
;; |   v10: i64 = shru v8, i64 2
;; |   v11: i64 = mul v10, i64 7
;; |   v12: i64 = sub v1, v11
;; |   ret v12 @0x9a
;; | }
;; | func %7 (i64) -> (i64) placed {
;; | b1(v1: i64):
;; |   v4: i64 = mulhs v1, i64 0x6666666666666667
;; |   v6: i64 = shrs v4, i64 2
;; |   v8: i64 = shru v1, i64 63
;; |   v9: i64 = add v6, v8
;; |   ret v9 @0xa2
;; | }
;; | func %8 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: i32 = divu v1, 0 @0xa9
;; |   ret v3 @0xaa
;; | }
;; | func %9 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: i32 = divs v1, -1 @0xb1
;; |   ret v3 @0xb2
;; | }
