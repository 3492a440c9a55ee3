;; Blocks in blocks, branches of every kind, values carried through labels, calls without end.
(module $control
  (type $pair (func (param i32 i64) (result i64 i32)))
  (memory 1)
  (table funcref (elem $swap $collatz $swap))
  (func $swap (type $pair)
    (local.get 1)
    (local.get 0))
  (func $collatz (export "collatz") (param $n i32) (result i32) (local $steps i32)
    (block $done
      (loop $again
        (br_if $done (i32.le_u (local.get $n) (i32.const 1)))
        (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
        (if (i32.and (local.get $n) (i32.const 1))
          (then (local.set $n (i32.add (i32.mul (local.get $n) (i32.const 3)) (i32.const 1))))
          (else (local.set $n (i32.shr_u (local.get $n) (i32.const 1)))))
        (br $again)))
    (local.get $steps))
  (func $switch (export "switch") (param i32) (result i32)
    (block $d (result i32)
      (block $c (result i32)
        (block $b (result i32)
          (block $a (result i32)
            (br_table $a $b $c $d $b $a (i32.const 10) (local.get 0)))
          (i32.add (i32.const 100)))
        (i32.add (i32.const 1000)))
      (br_if 1 (i32.const 5) (local.get 0))
      (i32.add)))
  (func $fac (export "fac") (param i64) (result i64)
    (if (result i64) (i64.eqz (local.get 0))
      (then (i64.const 1))
      (else (i64.mul (local.get 0) (call $fac (i64.sub (local.get 0) (i64.const 1)))))))
  (func (export "deep") (param i32) (result i32)
    loop (result i32)
      block
        block
          loop
            block
              local.get 0
              br_table 0 1 2 3 4
            end
            i32.const 7
            return
          end
        end
        i32.const 8
        br 1
      end
      i32.const 1
      i32.const 2
      local.get 0
      select (result i32)
      drop
      unreachable
    end)
  (func (export "pairs") (param i32 i64) (result i64 i32)
    (call_indirect (type $pair) (local.get 0) (local.get 1) (i32.const 2))
    (block (param i64 i32) (result i64 i32)
      (br_if 0 (i32.const 1))
      (nop)))
  (func (export "endless") (loop $l (br $l)))
  (func $recurse (export "recurse") (call $recurse)))
