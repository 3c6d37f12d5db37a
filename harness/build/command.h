// The command lines of the two builds. Pure. Python has one: a look through the syntax.
//
// Plain: as the student would. Instrumented: for the agent, which supplies the callbacks (agent/README.md says why each
// flag is there). One call of the driver compiles and links; libtsan is kept out of it by -nodefaultlibs.
#pragma once

#include <string>
#include <vector>

#include "lab/lab.h"

namespace jitterlab {

enum class Variant { kPlain, kInstrumented };

// "plain", "instrumented"; also the name of the file that the compiler writes.
std::string to_string(Variant variant);

// "/usr/bin/gcc", "/usr/bin/g++" or "/usr/bin/python3".
std::string compiler_path(Language language);

// What C++'s semaphores are made of. Those of GCC 12's library lose wake-ups: an acquire that a release disturbs sleeps
// although the count is positive (GCC's bug 104928), and a correct program hangs. So they are POSIX semaphores; but
// then try_acquire_for() takes no time in floating point, and a program that asks for that gets the library's own.
enum class Semaphores { kPosix, kOfLibrary };

// Everything that decides what is built, but for the sources and where they are; part of the cache's key.
std::vector<std::string> compiler_flags(Language language, Variant variant, Semaphores semaphores = Semaphores::kPosix);
std::vector<std::string> libraries(Language language, Variant variant);

// Paths inside the box.
struct CompilePlaces {
  std::string sources;  // working directory of the compiler; left out of diagnostics and of debug information
  std::string output;
  std::string agent;  // libjitterlab-agent.so, kInstrumented only
};

// `sources` are file names, safe ones (is_safe_name); `flags` come after the student's and before ours.
std::vector<std::string> compile_command(Language language, Variant variant, const std::vector<std::string>& sources,
                                         const CompilePlaces& places, const std::vector<std::string>& flags = {},
                                         Semaphores semaphores = Semaphores::kPosix);

}  // namespace jitterlab
