(module
  (import "host" "note" (func $note (param i32 i64)))
  (memory (export "memory") 1)
  (func (export "sum") (param $at i32) (param $count i32) (result i64)
    (local $total i64)
    (loop $next
      (local.set $total (i64.add (local.get $total) (i64.load8_u (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (local.get $count)))
    (call $note (local.get $at) (local.get $total))
    (local.get $total)))
