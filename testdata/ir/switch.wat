;; br_table: one block per distinct label.
;; test tidy,place
(module
  (func (export "f") (param i32) (result i32)
    (block (block (block (br_table 0 1 0 2 (local.get 0)))
      (return (i32.const 10)))
      (return (i32.const 20)))
    (i32.const 30))
  (func (export "g") (param i32) (result i32)
    (block (result i32) (br_table 0 0 (i32.const 7) (local.get 0)))))

;; run: %f(0) == 10
;; run: %f(1) == 20
;; run: %f(2) == 10
;; run: %f(3) == 30
;; run: %f(-1) == 30
;; run: %g(5) == 7
;; | func %0 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   switch v1 [b2, b3, b2] b4 @0x2d
;; | b2:
;; |   jump b5 @0x2d
;; | b3:
;; |   jump b6 @0x2d
;; | b4:
;; |   jump b7 @0x2d
;; | b5:
;; |   ret 10 @0x36
;; | b6:
;; |   ret 20 @0x3a
;; | b7:
;; |   ret 30 @0x3e
;; | }
;; | func %1 (i32) -> (i32) placed {
;; | b1(v1: i32):
;; |   switch v1 [b2] b2 @0x47
;; | b2:
;; |   jump b3 @0x47
;; | b3:
;; |   ret 7 @0x4c
;; | }
