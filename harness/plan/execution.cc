#include "plan/execution.h"

namespace jitterlab {

std::string to_string(Strategy strategy) {
  if (strategy == Strategy::kControlled) return "controlled";
  return strategy == Strategy::kPlain ? "plain" : "jitter";
}

}  // namespace jitterlab
