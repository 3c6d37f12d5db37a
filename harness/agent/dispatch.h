// Calls that libc makes inside itself, where no wrapper sees them: fgets() reads by a system call of its own. While a
// Dispatched lives, the system calls of the calling thread come to a handler of ours (syscall user dispatch), which
// carries out in steps those that might wait, and makes the others as they are.
#pragma once

namespace jitterlab {

class Dispatched {
 public:
  // `pc`: in the program, for the steps.
  explicit Dispatched(const void* pc);
  ~Dispatched();
  Dispatched(const Dispatched&) = delete;
  Dispatched& operator=(const Dispatched&) = delete;

 private:
  char before_;
  const void* pc_before_;
};

// A system call by its number and six arguments, if it is one of those that are carried out in steps. `result` as from
// the kernel. False: it is none, and nothing has been done.
bool carry_out_in_steps(long number, const long* arguments, const void* pc, long& result);

}  // namespace jitterlab
