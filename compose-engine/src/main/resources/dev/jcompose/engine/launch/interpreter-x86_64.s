# Walks a table of system calls. Entry layout, 112 bytes, all fields 8 bytes:
#   0 call number           8 mask: which arguments are addresses to load from
#  16 address to save to   24 mask of tolerated errors (all ones: any)
#  32 least good result    40 bytes to skip when positive
#  48 bytes to skip when a tolerated error came
#  56 report the result    64 six arguments
# A report is (address of the entry, result), 16 bytes, written to descriptor 3.
# A negative call number is no call: the process stays as process 1 of the container, forwards
# every signal to the process in the first argument, reaps orphans, and ends as that one ends.
.intel_syntax noprefix
.globl _start
_start:
  mov ebx, 0x601000
next:
  mov rcx, [rbx+8]
  xor edx, edx
load:
  mov rsi, [rbx+rdx*8+64]
  bt rcx, rdx
  jnc 1f
  mov rsi, [rsi]
1:
  push rsi
  inc edx
  cmp edx, 6
  jne load
  pop r9
  pop r8
  pop r10
  pop rdx
  pop rsi
  pop rdi
  mov rax, [rbx]
  test rax, rax
  js reaper
  syscall
  mov r12, rax
  cmp qword ptr [rbx+56], 0
  je 2f
  call report
2:
  cmp r12, -4095
  jae error
  mov rcx, [rbx+16]
  test rcx, rcx
  jz 3f
  mov [rcx], r12
3:
  cmp r12, [rbx+32]
  jl fail
  test r12, r12
  jle advance
  add rbx, [rbx+40]
advance:
  add rbx, 112
  jmp next
error:
  mov rdx, [rbx+24]
  cmp rdx, -1
  je tolerated
  mov rcx, r12
  neg rcx
  cmp rcx, 63
  ja fail
  bt rdx, rcx
  jnc fail
tolerated:
  mov rcx, [rbx+16]
  test rcx, rcx
  jz 4f
  mov [rcx], r12
4:
  add rbx, [rbx+48]
  jmp advance
fail:
  call report
  mov edi, 126
  mov eax, 231
  syscall
report:
  push r12
  push rbx
  mov eax, 1
  mov edi, 3
  mov rsi, rsp
  mov edx, 16
  syscall
  pop rbx
  pop r12
  ret
reaper:
  mov r14, rdi
  push 0
  push -1
wait:
  mov rdi, rsp
  xor esi, esi
  xor edx, edx
  mov r10d, 8
  mov eax, 128
  syscall
  cmp rax, -4
  je wait
  test rax, rax
  js fail
  cmp eax, 17
  je reap
  mov rdi, r14
  mov esi, eax
  mov eax, 62
  syscall
  jmp wait
reap:
  mov rdi, -1
  lea rsi, [rsp+8]
  mov edx, 1
  xor r10d, r10d
  mov eax, 61
  syscall
  test rax, rax
  jle wait
  cmp rax, r14
  jne reap
  movzx edi, byte ptr [rsp+9]
  movzx eax, byte ptr [rsp+8]
  and eax, 127
  jz 5f
  lea edi, [rax+128]
5:
  mov eax, 231
  syscall
