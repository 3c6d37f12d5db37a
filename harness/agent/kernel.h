// System calls made without libc: they leave errno alone, are no cancellation points, and cannot be caught by functions
// of the program that carry the name of a libc function.
#pragma once

#include <sys/syscall.h>

namespace jitterlab {

#ifndef __x86_64__
#error "the agent knows the system calls of x86-64 only"
#endif

// The result, or -errno.
inline long kernel(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0, long f = 0) {
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  long result;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
}

template <typename T>
long kernel_pointer(T* pointer) {
  return reinterpret_cast<long>(pointer);
}

}  // namespace jitterlab
