;; Asks for as many numbers as it is told to, one after the other, and adds them up.
(module
  (import "net" "fetch" (func $fetch (param i32) (result i32)))
  (func (export "total") (param $count i32) (result i32)
    (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (local.set $sum (i32.add (local.get $sum) (call $fetch (local.get $count))))
        (br $next)))
    (local.get $sum)))
