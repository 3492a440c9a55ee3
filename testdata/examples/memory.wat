(module
  (memory (export "memory") 1)
  (data (i32.const 0) "Hello, ")
  (data (i32.const 8) "!")
  ;; Everything from here on is free.
  (global $top (export "top") (mut i32) (i32.const 16))
  (func $alloc (export "alloc") (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (global.get $top))
    (global.set $top
      (i32.and (i32.add (i32.add (local.get $at) (local.get $size)) (i32.const 7)) (i32.const -8)))
    (block $enough
      (loop $grow
        (br_if $enough
          (i32.le_u (global.get $top) (i32.shl (memory.size) (i32.const 16))))
        (br_if $grow (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
      (unreachable))
    (local.get $at))
  (func (export "greet") (param $at i32) (param $length i32) (result i32 i32)
    (local $result i32)
    (local.set $result (call $alloc (i32.add (local.get $length) (i32.const 8))))
    (memory.copy (local.get $result) (i32.const 0) (i32.const 7))
    (memory.copy
      (i32.add (local.get $result) (i32.const 7))
      (local.get $at)
      (local.get $length))
    (memory.copy
      (i32.add (i32.add (local.get $result) (i32.const 7)) (local.get $length))
      (i32.const 8)
      (i32.const 1))
    (local.get $result)
    (i32.add (local.get $length) (i32.const 8))))
