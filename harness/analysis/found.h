// Something that analysis found in one execution besides its races, with the steps that show it.
#pragma once

#include <string>
#include <vector>

#include "schedule/strategy.h"

namespace jitterlab {

inline constexpr char kLeak[] = "leak";

struct FoundStep {
  TaskId task = 0;
  std::string does;         // "makes it"
  Operation operation;      // for its place
  bool names_data = false;  // what is accessed is told behind `does`
  bool is_example = false;  // another execution may show another step here, and it is the same finding
};

struct Found {
  std::string kind;              // kLeak, or as misuses.h calls it
  std::string what;              // "segment key 0x3039, 20 bytes"; any bytes
  std::vector<FoundStep> steps;  // in their order; none: not known
};

}  // namespace jitterlab
