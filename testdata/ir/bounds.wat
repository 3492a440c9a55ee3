;; Explicit bounds checks: a load is preceded by one, and equal ones are shared.
;; test tidy,place
;; bounds: explicit
(module
  (memory 1)
  (data (i32.const 16) "\01\02\03\04\05\06\07\08")


  ;; The second load is the first one; the third sees the store.
  (func (export "load") (param i32) (result i32)
    (i32.load offset=16 (local.get 0))
    (i32.load offset=16 (local.get 0))
    (i32.store8 offset=16 (local.get 0) (i32.const 9))
    (i32.load offset=16 (local.get 0))
    (i32.add) (i32.add)))

;; run: %load(0) == 201917963
;; run: %load(65520) traps out of bounds memory access
;; | func %0 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v2: ptr = inst
;; |   v3: i64 = load size v2 + 56 @0x2a
;; |   v5: i64 = extu v1
;; |   v6: i64 = add v5, i64 20
;; |   v7: i32 = gtu v6, v3
;; |   trapif v7, memory @0x2a
;; |   v9: i32 = load memory v1 + 16 @0x2a
;; |   store.8u memory v1 + 16, 9 @0x36
;; |   v15: i32 = load memory v1 + 16 #1 @0x3b
;; |   v16: i32 = add v9, v15
;; |   v17: i32 = add v9, v16
;; |   ret v17 @0x40
;; | }
