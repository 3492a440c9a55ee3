;; Library calls: what loops over memories and tables, and traps when it would leave them.
;; test tidy
(module
  (import "env" "zero" (func $zero (param i32) (result i32)))
  (memory 1 3)
  (table $t 3 6 funcref)
  (table $u 2 funcref)
  (elem $e func $seven $zero)
  (elem declare func $seven)
  (data $d "hello")
  (func $seven (param i32) (result i32) (i32.const 7))

  (func (export "fill") (param i32 i32) (result i32)
    (memory.fill (local.get 0) (i32.const 0x1ab) (local.get 1))
    (i32.load8_u (local.get 0)))

  (func (export "init") (param i32) (result i32)
    (memory.init $d (i32.const 8) (i32.const 1) (local.get 0))
    (memory.copy (i32.const 9) (i32.const 8) (i32.const 3))
    (data.drop $d)
    (i32.load (i32.const 8)))

  (func (export "twice") (memory.init $d (i32.const 0) (i32.const 0) (i32.const 5))
    (data.drop $d)
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)))

  (func (export "table") (param i32) (result i32)
    (table.init $t $e (i32.const 1) (i32.const 0) (i32.const 2))
    (table.copy $u $t (i32.const 0) (i32.const 1) (i32.const 2))
    (elem.drop $e)
    (table.set $t (i32.const 0) (table.get $u (i32.const 0)))
    (call_indirect $t (param i32) (result i32) (i32.const 1) (local.get 0)))

  (func (export "grow") (param i32) (result i32 i32 i32)
    (table.grow $t (ref.func $seven) (local.get 0))
    (table.size $t)
    (table.fill $t (i32.const 0) (ref.null func) (i32.const 2))
    (ref.is_null (table.get $t (i32.const 1))))

  (func (export "pages") (param i32) (result i32) (memory.grow (local.get 0))))

;; run: %fill(3, 5) == 171
;; run: %fill(65530, 6) == 171
;; run: %fill(65530, 7) traps out of bounds memory access
;; run: %init(4) == 1819043173
;; run: %init(5) traps out of bounds memory access
;; run: %twice() traps out of bounds memory access
;; run: %table(0) == 7
;; run: %table(1) == 7
;; run: %table(2) == 0
;; run: %table(3) traps undefined element
;; run: %grow(2) == 3, 5, 1
;; run: %grow(3) == 3, 6, 1
;; run: %grow(4) == -1, 3, 1
;; run: %pages(2) == 1
;; run: %pages(3) == -1
;; | func %1 (i32) -> (i32) {
;; | b1(v1: i32):
;; |   ret 7 @0x8f
;; | }
;; | func %2 (i32, i32) -> (i32) {
;; | b1(v1: i32, v2: i32):
;; |   libcall memory_fill(0, v1, 427, v2) @0x99
;; |   v6: i32 = load.8u memory v1 guard #1 @0x9e
;; |   ret v6 @0xa1
;; | }
;; | func %3 (i32) -> (i32) {
;; | b1(v1: i32):
;; |   libcall memory_init(0, 0, 8, 1, v1) @0xaa
;; |   libcall memory_copy(0, 0, 9, 8, 3) @0xb4
;; |   libcall data_drop(0) @0xb8
;; |   v10: i32 = load memory 0 + 8 guard #9 @0xbd
;; |   ret v10 @0xc0
;; | }
;; | func %4 () -> () {
;; | b1:
;; |   libcall memory_init(0, 0, 0, 0, 5) @0xc9
;; |   libcall data_drop(0) @0xcd
;; |   libcall memory_init(0, 0, 0, 0, 1) @0xd6
;; |   ret @0xda
;; | }
;; | type t0 (i32) -> (i32)
;; | func %5 (i32) -> (i32) {
;; | b1(v1: i32):
;; |   libcall table_init(0, 0, 1, 0, 2) @0xe3
;; |   libcall table_copy(1, 0, 0, 1, 2) @0xed
;; |   libcall elem_drop(0) @0xf1
;; |   v8: ptr = inst
;; |   v9: i32 = load size v8 + 328 #12 @0xf8
;; |   v10: i32 = eq v9, 0
;; |   trapif v10, table @0xf8
;; |   v12: ptr = load fixed v8 + 320 @0xf8
;; |   v15: ref = load table v12 #11 @0xf8
;; |   v16: i32 = load size v8 + 296 #12 @0xfa
;; |   v17: i32 = eq v16, 0
;; |   trapif v17, table @0xfa
;; |   v19: ptr = load fixed v8 + 288 @0xfa
;; |   store table v19, v15 @0xfa
;; |   v21: i32 = geu v1, v16
;; |   trapif v21, element @0x100
;; |   v23: i64 = extu v1
;; |   v24: i64 = shl v23, i64 3
;; |   v25: ptr = add v19, v24
;; |   v26: ref = load table v25 #13 @0x100
;; |   sigcheck v26, 0xe1dded16 @0x100
;; |   v28: i32 = callref v26 t0(1) @0x100
;; |   ret v28 @0x103
;; | }
;; | func %6 (i32) -> (i32, i32, i32) {
;; | b1(v1: i32):
;; |   v2: ptr = inst
;; |   v4: ref = add v2, i64 376
;; |   v6: i32 = libcall table_grow(0, v4, v1) @0x10a
;; |   v7: i32 = load size v2 + 296 #4 @0x10d
;; |   libcall table_fill(0, 0, ref 0, 2) @0x116
;; |   v12: i32 = load size v2 + 296 #8 @0x11b
;; |   v13: i32 = leu v12, 1
;; |   trapif v13, table @0x11b
;; |   v15: ptr = load fixed v2 + 288 @0x11b
;; |   v19: ptr = add v15, i64 8
;; |   v20: ref = load table v19 #7 @0x11b
;; |   v21: i32 = eq v20, ref 0
;; |   ret v6, v7, v21 @0x11e
;; | }
;; | func %7 (i32) -> (i32) {
;; | b1(v1: i32):
;; |   v3: i32 = libcall memory_grow(0, v1) @0x123
;; |   ret v3 @0x125
;; | }
