// The control area of a controlled execution, read when its programs have ended.
#pragma once

#include <optional>

#include "sandbox/controlled_end.h"

namespace jitterlab {

// What BoxEnd::interference says of such programs.
inline constexpr char kWroteIntoAgent[] = "the submission wrote into the memory of jitterlab's agent";

// `file`: the control area. Nothing when what it says cannot be: the programs wrote into it.
std::optional<ControlledEnd> read_controlled(int file);

}  // namespace jitterlab
