// What an ELF executable says about itself. The file was made from hostile input; libelf reads it with care for bounds.
#pragma once

#include <string>
#include <vector>

namespace jitterlab {

struct Executable {
  std::vector<std::string> imports;  // functions and objects it takes from libraries, sorted
  bool is_static = false;            // asks for no dynamic loader
};

// `bytes` is the whole file. Throws Error when it is no ELF executable.
Executable read_executable(std::string bytes);

}  // namespace jitterlab
