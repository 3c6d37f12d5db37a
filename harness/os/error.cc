#include "os/error.h"

#include <cerrno>
#include <cstring>

namespace jitterlab {

Error system_error(const std::string& what) {
  const int error = errno;
  return Error(what + ": " + std::strerror(error));
}

}  // namespace jitterlab
