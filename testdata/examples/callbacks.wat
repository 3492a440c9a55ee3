;; Calls functions by their numbers, as C does it by pointers to functions.
(module
  (type $order (func (param i32 i32) (result i32)))
  (table $functions (export "functions") 1 funcref)
  (elem (i32.const 0) $ascending)
  (memory (export "memory") 1)
  (func $ascending (type $order) (i32.sub (local.get 0) (local.get 1)))
  (func (export "sort") (param $at i32) (param $count i32) (param $order i32)
    (local $i i32) (local $j i32) (local $x i32)
    (local.set $i (i32.const 1))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
        (local.set $j (i32.add (local.get $at) (i32.shl (local.get $i) (i32.const 2))))
        (local.set $x (i32.load (local.get $j)))
        (block $found
          (loop $shift
            (br_if $found (i32.eq (local.get $j) (local.get $at)))
            (br_if $found
              (i32.le_s
                (call_indirect $functions (type $order)
                  (i32.load (i32.sub (local.get $j) (i32.const 4)))
                  (local.get $x)
                  (local.get $order))
                (i32.const 0)))
            (i32.store (local.get $j) (i32.load (i32.sub (local.get $j) (i32.const 4))))
            (local.set $j (i32.sub (local.get $j) (i32.const 4)))
            (br $shift)))
        (i32.store (local.get $j) (local.get $x))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))))
