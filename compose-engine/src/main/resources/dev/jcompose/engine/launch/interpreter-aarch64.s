// Walks a table of system calls. Entry layout, 112 bytes, all fields 8 bytes:
//   0 call number           8 mask: which arguments are addresses to load from
//  16 address to save to   24 mask of tolerated errors (all ones: any)
//  32 least good result    40 bytes to skip when positive
//  48 bytes to skip when a tolerated error came
//  56 report the result    64 six arguments
// A report is (address of the entry, result), 16 bytes, written to descriptor 3.
// A negative call number is no call: the process stays as process 1 of the container, forwards
// every signal to the process in the first argument, reaps orphans, and ends as that one ends.
.globl _start
_start:
  mov x19, #0x1000
  movk x19, #0x60, lsl #16
next:
  ldr x20, [x19, #8]
  add x21, x19, #64
  sub sp, sp, #48
  mov x22, #0
load:
  ldr x23, [x21, x22, lsl #3]
  lsr x24, x20, x22
  tbz x24, #0, 1f
  ldr x23, [x23]
1:
  str x23, [sp, x22, lsl #3]
  add x22, x22, #1
  cmp x22, #6
  b.ne load
  ldp x0, x1, [sp]
  ldp x2, x3, [sp, #16]
  ldp x4, x5, [sp, #32]
  add sp, sp, #48
  ldr x8, [x19]
  tbnz x8, #63, reaper
  svc #0
  mov x25, x0
  ldr x9, [x19, #56]
  cbz x9, 2f
  bl report
2:
  cmn x25, #4095
  b.hs error
  ldr x9, [x19, #16]
  cbz x9, 3f
  str x25, [x9]
3:
  ldr x9, [x19, #32]
  cmp x25, x9
  b.lt fail
  cmp x25, #0
  b.le advance
  ldr x9, [x19, #40]
  add x19, x19, x9
advance:
  add x19, x19, #112
  b next
error:
  ldr x11, [x19, #24]
  cmn x11, #1
  b.eq tolerated
  neg x10, x25
  cmp x10, #63
  b.hi fail
  lsr x11, x11, x10
  tbz x11, #0, fail
tolerated:
  ldr x9, [x19, #16]
  cbz x9, 4f
  str x25, [x9]
4:
  ldr x9, [x19, #48]
  add x19, x19, x9
  b advance
fail:
  bl report
  mov x0, #126
  mov x8, #94
  svc #0
report:
  stp x19, x25, [sp, #-16]!
  mov x0, #3
  mov x1, sp
  mov x2, #16
  mov x8, #64
  svc #0
  add sp, sp, #16
  ret
reaper:
  mov x26, x0
  mov x9, #-1
  stp x9, xzr, [sp, #-16]!
wait:
  mov x0, sp
  mov x1, #0
  mov x2, #0
  mov x3, #8
  mov x8, #137
  svc #0
  cmn x0, #4
  b.eq wait
  tbnz x0, #63, fail
  cmp x0, #17
  b.eq reap
  mov x1, x0
  mov x0, x26
  mov x8, #129
  svc #0
  b wait
reap:
  mov x0, #-1
  add x1, sp, #8
  mov x2, #1
  mov x3, #0
  mov x8, #260
  svc #0
  cmp x0, #0
  b.le wait
  cmp x0, x26
  b.ne reap
  ldrb w0, [sp, #9]
  ldrb w9, [sp, #8]
  ands w9, w9, #127
  b.eq 5f
  add w0, w9, #128
5:
  mov x8, #94
  svc #0
