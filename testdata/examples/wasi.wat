;; Reads in.txt, writes it in capitals to out.txt, and says how many bytes that were.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "in.txtout.txt")
  (data (i32.const 32) "00 bytes\n")
  ;; 64: a descriptor; 72: address and length of bytes; 80: how many were moved; 1024: the bytes
  (func $check (param $errno i32)
    (if (local.get $errno) (then (call $proc_exit (local.get $errno)))))
  (func $move (param $at i32) (param $length i32)
    (i32.store (i32.const 72) (local.get $at))
    (i32.store (i32.const 76) (local.get $length)))
  (func $open (param $name i32) (param $length i32) (param $flags i32) (param $rights i64)
    (call $check
      (call $path_open
        (i32.const 3) (i32.const 0) (local.get $name) (local.get $length) (local.get $flags)
        (local.get $rights) (i64.const 0) (i32.const 0) (i32.const 64))))
  (func (export "_start")
    (local $size i32) (local $i i32) (local $byte i32)
    (call $open (i32.const 0) (i32.const 6) (i32.const 0) (i64.const 2))
    (call $move (i32.const 1024) (i32.const 60000))
    (call $check
      (call $fd_read (i32.load (i32.const 64)) (i32.const 72) (i32.const 1) (i32.const 80)))
    (local.set $size (i32.load (i32.const 80)))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $i) (local.get $size)))
        (local.set $byte (i32.load8_u offset=1024 (local.get $i)))
        (if (i32.lt_u (i32.sub (local.get $byte) (i32.const 97)) (i32.const 26))
          (then
            (i32.store8 offset=1024 (local.get $i) (i32.sub (local.get $byte) (i32.const 32)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (call $open (i32.const 6) (i32.const 7) (i32.const 9) (i64.const 64))
    (call $move (i32.const 1024) (local.get $size))
    (call $check
      (call $fd_write (i32.load (i32.const 64)) (i32.const 72) (i32.const 1) (i32.const 80)))
    (i32.store8 (i32.const 32)
      (i32.add (i32.const 48) (i32.rem_u (i32.div_u (local.get $size) (i32.const 10)) (i32.const 10))))
    (i32.store8 (i32.const 33)
      (i32.add (i32.const 48) (i32.rem_u (local.get $size) (i32.const 10))))
    (call $move (i32.const 32) (i32.const 9))
    (call $check (call $fd_write (i32.const 1) (i32.const 72) (i32.const 1) (i32.const 80)))))
