;; Memory, globals, tables and calls as arithmetic on the instance record.
;; test tidy,place
(module
  (type $unary (func (param i32) (result i32)))
  (memory 1)
  (global $count (mut i32) (i32.const 5))
  (table 4 funcref)
  (elem (i32.const 0) $inc $neg)
  (data (i32.const 16) "\01\02\03\04\05\06\07\08")

  (func $inc (type $unary) (i32.add (local.get 0) (i32.const 1)))
  (func $neg (type $unary) (i32.sub (i32.const 0) (local.get 0)))

  ;; The second load is the first one; the third sees the store.
  (func (export "load") (param i32) (result i32)
    (i32.load offset=16 (local.get 0))
    (i32.load offset=16 (local.get 0))
    (i32.store8 offset=16 (local.get 0) (i32.const 9))
    (i32.load offset=16 (local.get 0))
    (i32.add) (i32.add))

  (func (export "count") (result i32)
    (global.set $count (i32.mul (global.get $count) (i32.const 3)))
    (global.get $count))

  (func (export "indirect") (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 1) (local.get 0)))

  (func (export "grow") (param i32) (result i32)
    (drop (memory.grow (local.get 0)))
    (memory.size)))

;; run: %load(0) == 201917963
;; run: %load(65520) traps out of bounds memory access
;; run: %count() == 15
;; run: %indirect(0, 41) == 42
;; run: %indirect(1, 41) == -41
;; run: %indirect(2, 41) traps uninitialized element
;; run: %indirect(4, 41) traps undefined element
;; run: %grow(2) == 3
;; run: %grow(65536) == 1
;; | func %0 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: i32 = add v1, 1
;; |   ret v3 @0x6e
;; | }
;; | func %1 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: i32 = sub 0, v1
;; |   ret v3 @0x76
;; | }
;; | func %2 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v2: i32 = load memory v1 + 16 guard @0x7b
;; |   store.8u memory v1 + 16, 9 guard @0x87
;; |   v5: i32 = load memory v1 + 16 guard #1 @0x8c
;; |   v6: i32 = add v2, v5
;; |   v7: i32 = add v2, v6
;; |   ret v7 @0x91
;; | }
;; | func %3 () -> (i32) placed {
;; | b1:
;; |   v1: ptr = inst
;; |   v2: i32 = load global v1 + 288 @0x94
;; |   v4: i32 = mul v2, 3
;; |   store global v1 + 288, v4 @0x99
;; |   ret v4 @0x9d
;; | }
;; | type t0 (i32) -> (i32)
;; | func %4 (i32, i32) -> (i32) placed {
;; | b1(v1: i32, v2: i32):
;; |   v3: ptr = inst
;; |   v4: i32 = load size v3 + 304 @0xa4
;; |   v5: i32 = geu v1, v4
;; |   trapif v5, element @0xa4
;; |   v7: ptr = load fixed v3 + 296 @0xa4
;; |   v8: i64 = extu v1
;; |   v10: i64 = shl v8, i64 3
;; |   v11: ptr = add v7, v10
;; |   v12: ref = load table v11 @0xa4
;; |   sigcheck v12, 0xe1dded16 @0xa4
;; |   v14: i32 = callref v12 t0(v2) @0xa4
;; |   ret v14 @0xa7
;; | }
;; | func %5 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: i32 = libcall memory_grow(0, v1) @0xac
;; |   v4: ptr = inst
;; |   v5: i32 = load size v4 + 64 #4 @0xaf
;; |   ret v5 @0xb1
;; | }
