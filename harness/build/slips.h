// Inventory -> what is wrong with a hand-in, in words that say what to do. Pure.
//
// Whatever the student did, the outcome is a failed build or a remark, never an Error.
#pragma once

#include <string>
#include <vector>

#include "build/failure.h"
#include "build/hand_in.h"
#include "build/source_set.h"
#include "lab/lab.h"

namespace jitterlab {

struct HandedIn {
  std::vector<SourceFile> files;  // fit to be compiled: by name, safe names only
  std::vector<BuildFailure> failures;
  std::vector<std::string> remarks;
};

HandedIn judge_hand_in(Inventory inventory, const HandIn& wanted);

}  // namespace jitterlab
