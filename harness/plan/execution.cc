#include "plan/execution.h"

namespace jitterlab {

std::string to_string(Strategy strategy) { return strategy == Strategy::kPlain ? "plain" : "jitter"; }

}  // namespace jitterlab
