// Whether a handout tells students what their programs are graded by. Pure.
#pragma once

#include <string>
#include <vector>

#include "lab/lab.h"

namespace jitterlab {

// What the text of a lab's README.md leaves out: patterns and examples of events, checks with their points.
std::vector<std::string> handout_complaints(const Lab& lab, const std::string& handout);

}  // namespace jitterlab
