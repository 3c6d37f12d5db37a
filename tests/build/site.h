// A lab, a submission and a cache of a test, built in a real box.
#pragma once

#include <string>

#include "build/build.h"
#include "build/folder.h"

namespace jitterlab {

class Site {
 public:
  Site() {
    lab.id = "test";
    lab.hand_in = one_program();
  }
  BuiltPrograms build() { return build_in(submission.path()); }
  BuiltPrograms build_in(const std::string& path) {
    BuildOptions options;
    options.cache_folder = cache();
    options.trust = trust;
    return jitterlab::build(lab, path, options);
  }
  std::string cache() const { return work_.path() + "/cache"; }

  Lab lab;
  Folder submission;
  bool trust = false;

 private:
  Folder work_;
};

inline constexpr char kHonest[] = "#include <stdio.h>\nint main(void) { puts(\"honest\"); return 0; }\n";

}  // namespace jitterlab
