// A folder that is gone when its owner is.
#pragma once

#include <string>

namespace jitterlab {

class TempDir {
 public:
  TempDir();  // below $TMPDIR or /tmp, mode 0700; throws Error
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace jitterlab
