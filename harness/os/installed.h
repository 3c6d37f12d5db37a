// Where the files that belong to the program are: box init, the agent, the labs.
#pragma once

#include <string>

namespace jitterlab {

// The path of a file that is built with the program: looked for beside the running executable, then one and two
// folders above it (tests), then in ../lib/jitterlab. Throws Error that names the places when it is nowhere.
std::string installed_file(const std::string& name);

}  // namespace jitterlab
