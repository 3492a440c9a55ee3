;; Constants are folded, equal values shared; what traps is left alone.
;; test tidy
(module
  (func (export "constants") (result i32 i64 f64)
    (i32.add (i32.mul (i32.const 6) (i32.const 7)) (i32.const -2))
    (i64.shl (i64.extend_i32_u (i32.const -1)) (i64.const 4))
    (f64.sqrt (f64.promote_f32 (f32.const 2.25))))
  (func (export "trap") (result i32) (i32.div_s (i32.const 1) (i32.const 0)))
  (func (export "shared") (param i32 i32) (result i32)
    (i32.xor
      (i32.mul (i32.add (local.get 0) (local.get 1)) (i32.const 3))
      (i32.mul (i32.add (local.get 1) (local.get 0)) (i32.const 5))))
  (func (export "branch") (param i32) (result i32)
    (if (result i32) (i32.eqz (i32.const 0))
      (then (local.get 0))
      (else (i32.const 1)))))

;; run: %constants() == 40, 68719476720, 1.5
;; run: %trap() traps integer divide by zero
;; run: %shared(2, 3) == 22
;; run: %branch(7) == 7
;; | func %0 () -> (i32, i64, f64) {
;; | b1:
;; |   ret 40, i64 68719476720, f64 1.5 @0x69
;; | }
;; | func %1 () -> (i32) {
;; | b1:
;; |   v3: i32 = divs 1, 0 @0x70
;; |   ret v3 @0x71
;; | }
;; | func %2 (i32, i32) -> (i32) {
;; | b1(v1: i32, v2: i32):
;; |   v3: i32 = add v1, v2
;; |   v5: i32 = mul v3, 3
;; |   v7: i32 = mul v3, 5
;; |   v8: i32 = xor v5, v7
;; |   ret v8 @0x85
;; | }
;; | func %3 (i32) -> (i32) {
;; | b1(v1: i32):
;; |   br 1, b2, b3 @0x8b
;; | b2:
;; |   jump b4(v1) @0x8f
;; | b3:
;; |   jump b4(1) @0x92
;; | b4(v7: i32):
;; |   ret v7 @0x93
;; | }
