;; Address facts: which sums with constants become displacements.
;; test tidy,place
(module
  (memory 1)
  (data (i32.const 0) "\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f\10")

  ;; x - 4 alone folds: where it wraps, both fail.
  (func (export "below") (param i32) (result i32)
    (i32.load8_u (i32.add (local.get 0) (i32.const -4))))

  ;; With an offset of its own it does not: x = 2 must fail, and [x - 4 + 8] would not.
  (func (export "offset") (param i32) (result i32)
    (i32.load8_u offset=8 (i32.add (local.get 0) (i32.const -4))))

  ;; After an access at x the sum x + 4 cannot wrap.
  (func (export "above") (param i32) (result i32)
    (i32.add
      (i32.load8_u (local.get 0))
      (i32.load8_u (i32.add (local.get 0) (i32.const 4)))))

  ;; Before one it can.
  (func (export "wraps") (param i32) (result i32)
    (i32.load8_u (i32.add (local.get 0) (i32.const 4))))

  ;; Siblings of one root: the second is addressed by way of the first.
  (func (export "siblings") (param i32) (result i32)
    (local $y i32)
    (local.set $y (i32.shl (local.get 0) (i32.const 2)))
    (i32.add
      (i32.load8_u (i32.add (local.get $y) (i32.const 4)))
      (i32.load8_u (i32.add (local.get $y) (i32.const 8)))))

  ;; Bits say that nothing wraps.
  (func (export "bounded") (param i32) (result i32)
    (i32.load8_u offset=4 (i32.add (i32.and (local.get 0) (i32.const 7)) (i32.const 4))))

  ;; What is needed anyway is not taken apart.
  (func (export "needed") (param i32) (result i32)
    (local $p i32)
    (local.set $p (i32.add (local.get 0) (i32.const -4)))
    (drop (i32.load8_u (local.get $p)))
    (local.get $p)))

;; run: %below(4) == 1
;; run: %below(3) traps out of bounds memory access
;; run: %below(65539) == 0
;; run: %below(65540) traps out of bounds memory access
;; run: %offset(4) == 9
;; run: %offset(2) traps out of bounds memory access
;; run: %above(1) == 8
;; run: %above(-4) traps out of bounds memory access
;; run: %wraps(-4) == 1
;; run: %wraps(-5) traps out of bounds memory access
;; run: %siblings(0) == 14
;; run: %siblings(-1) == 6
;; run: %bounded(8) == 9
;; run: %needed(8) == 4
;; | func %0 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v4: i32 = load.8u memory v1 + -4 guard @0x6b
;; |   ret v4 @0x6e
;; | }
;; | func %1 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: i32 = add v1, -4
;; |   v4: i32 = load.8u memory v3 + 8 guard @0x76
;; |   ret v4 @0x79
;; | }
;; | func %2 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v2: i32 = load.8u memory v1 guard @0x7e
;; |   v5: i32 = load.8u memory v1 + 4 guard @0x86
;; |   v6: i32 = add v2, v5
;; |   ret v6 @0x8a
;; | }
;; | func %3 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: i32 = add v1, 4
;; |   v4: i32 = load.8u memory v3 guard @0x92
;; |   ret v4 @0x95
;; | }
;; | func %4 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v4: i32 = shl v1, 2
;; |   v6: i32 = add v4, 4
;; |   v7: i32 = load.8u memory v6 guard @0xa6
;; |   v10: i32 = load.8u memory v6 + 4 guard @0xae
;; |   v11: i32 = add v7, v10
;; |   ret v11 @0xb2
;; | }
;; | func %5 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v3: i32 = and v1, 7
;; |   v6: i32 = load.8u memory v3 + 8 guard @0xbd
;; |   ret v6 @0xc0
;; | }
;; | func %6 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   v4: i32 = add v1, -4
;; |   v5: i32 = load.8u memory v4 guard @0xce
;; |   ret v4 @0xd4
;; | }
