#include "os/temp_dir.h"

#include <stdlib.h>

#include <filesystem>

#include "os/error.h"

namespace jitterlab {

TempDir::TempDir() {
  const char* below = ::getenv("TMPDIR");
  path_ = std::string(below && *below ? below : "/tmp") + "/jitterlab-XXXXXX";
  if (!::mkdtemp(path_.data())) throw system_error("cannot make a temporary folder " + path_);
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace jitterlab
