// The seccomp filter of every program: what a program of a lab never needs is refused, and calls that tell about
// objects, mechanisms and timers are reported before they go on.
#pragma once

#include <linux/filter.h>

#include <string>
#include <vector>

namespace jitterlab::init {

// Compiled once at start; copied into each child by fork.
class Filter {
 public:
  // With `exits`, leaving a session and ending are reported too. Throws Error.
  explicit Filter(bool exits);

  // In the child, after the last change of user. With `notify`, returns the descriptor on which reports arrive.
  // -1 and errno on failure.
  int apply(bool notify) const;

 private:
  std::vector<sock_filter> silent_, notifying_;
};

}  // namespace jitterlab::init
