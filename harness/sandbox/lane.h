// A user id that no other box on this machine has while this one lives, so that process limits, which the kernel counts
// per user id, never count somebody else's processes.
#pragma once

#include <sys/types.h>

#include "os/fd.h"

namespace jitterlab {

class Lane {
 public:
  // Takes the first free id. Throws Error when all are taken.
  Lane();
  uid_t user() const { return user_; }

 private:
  uid_t user_ = 0;
  Fd lock_;  // a socket with an abstract address: the kernel frees it when we end, however we end
};

}  // namespace jitterlab
