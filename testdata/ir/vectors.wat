;; Vector operators from the module to placed SSA form: lanes of memory are put together from
;; loads and stores, constants are shared, and vectors go through everything that values go through.
;; test tidy,place
(module
  (memory 1)
  (global $g (mut v128) (v128.const i32x4 1 2 3 4))
  (global $k v128 (v128.const i64x2 5 -6))
  (table 2 funcref)
  (elem (i32.const 0) $swap $same)
  (type $two (func (param v128 v128) (result v128 v128)))
  (func $swap (type $two) local.get 1 local.get 0)
  (func $same (type $two) local.get 0 local.get 1)

  ;; Loads of eight bytes and of one lane; the constant address leaves no sum.
  (func (export "loads") (param i32) (result v128)
    (i16x8.add
      (v128.load8x8_s offset=8 (local.get 0))
      (i16x8.sub
        (v128.load16_splat offset=2 (local.get 0))
        (v128.load16_lane offset=4 3 (local.get 0) (v128.load32_zero (local.get 0))))))

  (func (export "stores") (param i32 v128)
    (v128.store (local.get 0) (local.get 1))
    (v128.store8_lane offset=1 15 (local.get 0) (local.get 1))
    (v128.store64_lane offset=16 1 (local.get 0) (local.get 1)))

  ;; The load reads what was stored; the second one lies beside the store.
  (func (export "known") (param i32 v128) (result v128)
    (v128.store offset=16 (local.get 0) (local.get 1))
    (v128.store offset=32 (local.get 0) (v128.not (local.get 1)))
    (v128.and (v128.load offset=16 (local.get 0)) (v128.load offset=32 (local.get 0))))

  (func (export "values") (param i32 v128) (result v128)
    (local v128)
    (if (local.get 0)
      (then (local.set 2 (v128.const i32x4 1 1 1 1)))
      (else (local.set 2 (global.get $g))))
    (global.set $g (i8x16.shuffle 0 1 2 3 20 21 22 23 8 9 10 11 28 29 30 31
      (local.get 1) (local.get 2)))
    (i32x4.add
      (select (result v128) (local.get 2) (v128.const i32x4 1 1 1 1) (local.get 0))
      (i32x4.mul (global.get $k) (global.get $g))))

  (func (export "call") (param i32 v128) (result v128)
    (call_indirect (type $two) (local.get 1) (v128.const i32x4 7 8 9 10) (local.get 0))
    i32x4.sub))
;; run: %stores(0, vec 1 2 3 4) ==
;; run: %known(64, vec 1 2 3 4) == vec 0 0 0 0
;; run: %values(1, vec 1 2 3 4) == vec 6 1 -17 0
;; run: %values(0, vec 10 20 30 40) == vec 51 1 -179 -3
;; run: %call(0, vec 1 2 3 4) == vec 6 6 6 6
;; run: %call(1, vec 1 2 3 4) == vec -6 -6 -6 -6
;; run: %stores(65519, vec 1 2 3 4) traps out of bounds memory access
;; run: %loads(65520) == vec 0 0 0 0
;; run: %loads(65521) traps out of bounds memory access
;; | func %0 (v128, v128) -> (v128, v128) placed {
;; | b1(v1: v128, v2: v128):
;; |   ret v2, v1 @0xa4
;; | }
;; | func %1 (v128, v128) -> (v128, v128) placed {
;; | b1(v1: v128, v2: v128):
;; |   ret v1, v2 @0xab
;; | }
;; | func %2 (i32) -> (v128) placed {
;; | b1(v1: i32):
;; |   v2: v128 = load.64u memory v1 + 8 guard @0xb0
;; |   v3: v128 = vextlows.i16x8 v2
;; |   v4: i32 = load.16u memory v1 + 2 guard @0xb6
;; |   v5: v128 = vsplat.i16x8 v4
;; |   v6: v128 = load.32u memory v1 guard @0xbe
;; |   v7: i32 = load.16u memory v1 + 4 guard @0xc2
;; |   v8: v128 = vreplace.i16x8 v6, v7, 3
;; |   v9: v128 = vsub.i16x8 v5, v8
;; |   v10: v128 = vadd.i16x8 v3, v9
;; |   ret v10 @0xcd
;; | }
;; | func %3 (i32, v128) -> () placed {
;; | b1(v1: i32, v2: v128):
;; |   store memory v1, v2 guard @0xd4
;; |   v4: i32 = vextractu.i8x16 v2, 15
;; |   store.8u memory v1 + 1, v4 guard @0xdc
;; |   v6: i64 = vextractu.i64x2 v2, 1
;; |   store memory v1 + 16, v6 guard @0xe5
;; |   ret @0xea
;; | }
;; | func %4 (i32, v128) -> (v128) placed {
;; | b1(v1: i32, v2: v128):
;; |   store memory v1 + 16, v2 guard @0xf1
;; |   v4: v128 = vnot.i8x16 v2
;; |   store memory v1 + 32, v4 guard @0xfb
;; |   ret vec 0x0 0x0 0x0 0x0 @0x10d
;; | }
;; | func %5 (i32, v128) -> (v128) placed {
;; | b1(v1: i32, v2: v128):
;; |   v7: ptr = inst
;; |   br v1, b2, b3 @0x114
;; | b2:
;; |   jump b4(vec 0x1 0x1 0x1 0x1) @0x12a
;; | b3:
;; |   v8: v128 = load global v7 + 288 @0x12b
;; |   jump b4(v8) @0x12f
;; | b4(v10: v128):
;; |   v12: v128 = vshuffle.i8x16 v2, v10, vec 0x3020100 0x17161514 0xb0a0908 0x1f1e1d1c
;; |   store global v7 + 288, v12 @0x146
;; |   v14: v128 = select v1, v10, vec 0x1 0x1 0x1 0x1
;; |   v15: v128 = load fixed v7 + 304 @0x161
;; |   v16: v128 = vmul.i32x4 v12, v15
;; |   v17: v128 = vadd.i32x4 v14, v16
;; |   ret v17 @0x16b
;; | }
;; | type t0 (v128, v128) -> (v128, v128)
;; | func %6 (i32, v128) -> (v128) placed {
;; | b1(v1: i32, v2: v128):
;; |   v4: ptr = inst
;; |   v5: i32 = load size v4 + 328 @0x184
;; |   v6: i32 = geu v1, v5
;; |   trapif v6, element @0x184
;; |   v8: ptr = load fixed v4 + 320 @0x184
;; |   v9: i64 = extu v1
;; |   v11: i64 = shl v9, i64 3
;; |   v12: ptr = add v8, v11
;; |   v13: ref = load table v12 @0x184
;; |   sigcheck v13, 0x87d2ff42 @0x184
;; |   v15: v128 = callref v13 t0(v2, vec 0x7 0x8 0x9 0xa) @0x184
;; |   v16: v128 = result v15, 1
;; |   v17: v128 = vsub.i32x4 v15, v16
;; |   ret v17 @0x18a
;; | }
