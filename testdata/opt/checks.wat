;; Explicit bounds checks: one that is implied by an older one of the same root is gone, also when memory
;; grew in between; one that reaches further is made relative to the older base.
;; test tidy,place
;; bounds: explicit
(module
  (memory 1 4)

  (func (export "implied") (param i32) (result i32)
    (i32.store offset=12 (local.get 0) (i32.const 7))
    (drop (memory.grow (i32.const 1)))
    (i32.add
      (i32.load offset=12 (local.get 0))
      (i32.load8_u (i32.add (local.get 0) (i32.const 8)))))

  (func (export "further") (param i32) (result i32)
    (i32.add
      (i32.load (i32.add (local.get 0) (i32.const 16)))
      (i32.load (i32.add (local.get 0) (i32.const 18)))))

  ;; The older check is on one way only.
  (func (export "oneway") (param i32 i32) (result i32)
    (if (local.get 1) (then (drop (i32.load offset=4 (local.get 0)))))
    (i32.load (local.get 0))))

;; run: %implied(0) == 7
;; run: %implied(65524) traps out of bounds memory access
;; run: %further(-16) == 0
;; run: %further(65514) == 0
;; run: %further(65515) traps out of bounds memory access
;; run: %oneway(65532, 0) == 0
;; run: %oneway(65532, 1) traps out of bounds memory access
;; | func %0 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: ptr = inst
;; |   v4: i64 = load size v3 + 56 @0x4b
;; |   v6: i64 = extu v1
;; |   v7: i64 = add v6, i64 16
;; |   v8: i32 = gtu v7, v4
;; |   trapif v8, memory @0x4b
;; |   store memory v1 + 12, 7 @0x4b
;; |   v13: i32 = libcall memory_grow(0, 1) @0x50
;; |   v16: i32 = load memory v1 + 12 #2 @0x55
;; |   v23: i32 = load.8u memory v1 + 8 #2 @0x5d
;; |   v24: i32 = add v16, v23
;; |   ret v24 @0x61
;; | }
;; | func %1 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v4: ptr = inst
;; |   v5: i64 = load size v4 + 56 @0x69
;; |   v3: i32 = add v1, 16
;; |   v7: i64 = extu v3
;; |   v8: i64 = add v7, i64 4
;; |   v9: i32 = gtu v8, v5
;; |   trapif v9, memory @0x69
;; |   v11: i32 = load memory v3 @0x69
;; |   v18: i64 = add v7, i64 6
;; |   v19: i32 = gtu v18, v5
;; |   trapif v19, memory @0x71
;; |   v21: i32 = load memory v3 + 2 @0x71
;; |   v22: i32 = add v11, v21
;; |   ret v22 @0x75
;; | }
;; | func %2 (i32, i32) -> (i32) placed {
;; | b1(v1: i32, v2: i32):
;; |   v4: ptr = inst
;; |   v7: i64 = extu v1
;; |   br v2, b2, b3 @0x7a
;; | b2:
;; |   v5: i64 = load size v4 + 56 @0x7e
;; |   v8: i64 = add v7, i64 8
;; |   v9: i32 = gtu v8, v5
;; |   trapif v9, memory @0x7e
;; |   jump b3 @0x82
;; | b3:
;; |   v13: i64 = load size v4 + 56 @0x85
;; |   v15: i64 = add v7, i64 4
;; |   v16: i32 = gtu v15, v13
;; |   trapif v16, memory @0x85
;; |   v18: i32 = load memory v1 @0x85
;; |   ret v18 @0x88
;; | }
