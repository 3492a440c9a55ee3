;; Locals become values: parameters only where different values meet.
;; test tidy
(module
  ;; Both sides assign, one local differs.
  (func (export "both") (param i32) (result i32) (local i32 i32)
    (if (local.get 0)
      (then (local.set 1 (i32.const 3)) (local.set 2 (i32.const 5)))
      (else (local.set 1 (i32.const 3)) (local.set 2 (i32.const 6))))
    (i32.add (local.get 1) (local.get 2)))

  ;; One side assigns.
  (func (export "one") (param i32 i32) (result i32)
    (if (local.get 0) (then (local.set 1 (i32.add (local.get 1) (i32.const 1)))))
    (local.get 1))

  ;; A loop changes two of three.
  (func (export "sum") (param i32 i32) (result i32) (local i32)
    (loop
      (local.set 2 (i32.add (local.get 2) (i32.mul (local.get 0) (local.get 1))))
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get 2))

  ;; Values on the stack across a branch.
  (func (export "pick") (param i32) (result i32 i64)
    (block (result i32 i64)
      (i32.const 1) (i64.const 2)
      (br_if 0 (local.get 0))
      (drop) (drop)
      (i32.const 3) (i64.const 4))))

;; run: %both(1) == 8
;; run: %both(0) == 9
;; run: %one(1, 5) == 6
;; run: %one(0, 5) == 5
;; run: %sum(4, 10) == 100
;; run: %pick(1) == 1, 2
;; run: %pick(0) == 3, 4
;; | func %0 (i32) -> (i32) {
;; | b1(v1: i32):
;; |   br v1, b2, b3 @0x4e
;; | b2:
;; |   jump b4(5) @0x58
;; | b3:
;; |   jump b4(6) @0x61
;; | b4(v9: i32):
;; |   v10: i32 = add v9, 3
;; |   ret v10 @0x67
;; | }
;; | func %1 (i32, i32) -> (i32) {
;; | b1(v1: i32, v2: i32):
;; |   br v1, b2, b3(v2) @0x6c
;; | b2:
;; |   v5: i32 = add v2, 1
;; |   jump b3(v5) @0x75
;; | b3(v7: i32):
;; |   ret v7 @0x78
;; | }
;; | func %2 (i32, i32) -> (i32) {
;; | b1(v1: i32, v2: i32):
;; |   jump b2(v1, 0) @0x7d
;; | b2(v5: i32, v6: i32):
;; |   v7: i32 = mul v2, v5
;; |   v8: i32 = add v6, v7
;; |   v11: i32 = add v5, -1
;; |   br v11, b2(v11, v8), b3 @0x90
;; | b3:
;; |   ret v8 @0x95
;; | }
;; | func %3 (i32) -> (i32, i64) {
;; | b1(v1: i32):
;; |   br v1, b3(1, i64 2), b2 @0xa0
;; | b2:
;; |   jump b3(3, i64 4) @0xa8
;; | b3(v8: i32, v9: i64):
;; |   ret v8, v9 @0xa9
;; | }
