// Answers the questions of analysis/places.h about the programs of a submission.
#pragma once

#include <map>
#include <string>

#include "analysis/places.h"
#include "build/build.h"
#include "sandbox/box.h"

namespace jitterlab {

// Where the programs that ran can be read on the host, and their sources.
struct ProgramSources {
  std::map<std::string, std::string> executables;  // path inside the box -> file of the host
  std::map<std::string, std::string> texts;        // file of the submission -> its text
  std::string
      script;  // the one Python program of the submission, as `texts` names it; empty: there is none, or several
  bool trust = false;
};

// Of programs that run in boxes opened with this setup.
ProgramSources program_sources(const BuiltPrograms& built, const BoxSetup& setup);

// What the debugging information of each program says, by its path inside the box.
using Answers = std::map<std::string, std::string>;

// Opens a box for each program that is asked about. A program that is not one of the submission (a shell, Python) has
// no places. Throws Error when a sandbox fails.
Answers answers_to(const PlaceQuestions& questions, const ProgramSources& sources);

Places places_from(const Answers& answers, const std::map<std::string, std::string>& texts);

// Both.
Places look_up(const PlaceQuestions& questions, const ProgramSources& sources);

}  // namespace jitterlab
