// Putting built programs into a box, and the paths they have there.
#pragma once

#include "build/build.h"
#include "run/run_execution.h"
#include "sandbox/box.h"

namespace jitterlab {

// What a box needs in order to run scenarios of the lab with these programs. `hidden` of the setup keeps the lab and
// its reference out of sight.
BoxSetup box_setup(const Lab& lab, const BuiltPrograms& built, bool trust);

// Their paths in boxes opened with that setup.
ProgramPaths program_paths(const BuiltPrograms& built, const BoxSetup& setup);

}  // namespace jitterlab
