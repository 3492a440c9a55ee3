;; A module as AssemblyScript compiles one: strings are UTF-16 in objects, with their class and size
;; in front of them, and live as long as somebody has pinned them.
;;
;;   export function greet(name: string): string { return "Hello, " + name; }
;;   export function half(n: i32): i32 { assert(n % 2 == 0, "odd"); return n / 2; }
(module
  (import "env" "abort" (func $abort (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  ;; Class 2 is String; sizes are in bytes.
  (data (i32.const 24) "\02\00\00\00\0e\00\00\00H\00e\00l\00l\00o\00,\00 \00")
  (data (i32.const 56) "\02\00\00\00\06\00\00\00o\00d\00d\00")
  (data (i32.const 88) "\02\00\00\00\0e\00\00\00h\00a\00l\00f\00.\00t\00s\00")
  (global $top (mut i32) (i32.const 128))
  (func $new (export "__new") (param $size i32) (param $class i32) (result i32)
    (local $at i32)
    (local.set $at (i32.add (global.get $top) (i32.const 20)))
    (local.set $at (i32.and (i32.add (local.get $at) (i32.const 15)) (i32.const -16)))
    (i32.store (i32.sub (local.get $at) (i32.const 8)) (local.get $class))
    (i32.store (i32.sub (local.get $at) (i32.const 4)) (local.get $size))
    (global.set $top (i32.add (local.get $at) (local.get $size)))
    (local.get $at))
  ;; This one collects no garbage.
  (func (export "__pin") (param i32) (result i32) (local.get 0))
  (func (export "__unpin") (param i32))
  (func (export "__collect"))
  (func $size (param $object i32) (result i32)
    (i32.load (i32.sub (local.get $object) (i32.const 4))))
  (func (export "greet") (param $name i32) (result i32)
    (local $result i32)
    (local.set $result
      (call $new (i32.add (i32.const 14) (call $size (local.get $name))) (i32.const 2)))
    (memory.copy (local.get $result) (i32.const 32) (i32.const 14))
    (memory.copy
      (i32.add (local.get $result) (i32.const 14))
      (local.get $name)
      (call $size (local.get $name)))
    (local.get $result))
  (func (export "half") (param $n i32) (result i32)
    (if (i32.and (local.get $n) (i32.const 1))
      (then
        (call $abort (i32.const 64) (i32.const 96) (i32.const 2) (i32.const 39))
        (unreachable)))
    (i32.div_s (local.get $n) (i32.const 2))))
