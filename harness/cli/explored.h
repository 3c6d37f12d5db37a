// Programs given on the command line -> what is needed to run them: a lab made up on the spot.
#pragma once

#include <string>
#include <vector>

#include "build/build.h"
#include "cli/options.h"
#include "cli/places.h"
#include "lab/lab.h"
#include "run/lanes.h"
#include "schedule/token.h"

namespace jitterlab {

struct Explored {
  Lab lab;  // one scenario, "all", with a role per program
  Lanes lanes;
  std::string command;                 // as it was given
  std::string folder;                  // of the first program, as given; may be empty
  std::uint32_t fingerprint = 0;       // for tokens
  ProgramSources sources;              // for names of places
  std::vector<std::string> folders;    // that the sources lie in
  std::vector<BuildFailure> failures;  // not empty: something did not compile
  std::vector<std::string> remarks;
};

// Compiles what is source. Throws Error for a program that is not there.
Explored prepare_explored(const Options& options);

}  // namespace jitterlab
