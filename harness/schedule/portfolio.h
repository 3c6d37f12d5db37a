// The default strategy: which of the others makes execution i. None of them finds everything (Zhao et al., ASPLOS 2025;
// Wolff et al.: "Greybox Fuzzing for Concurrency Testing", ASPLOS 2024), so they share the executions.
#pragma once

#include <cstdint>

#include "schedule/strategy.h"

namespace jitterlab {

struct Share {
  StrategyKind kind = StrategyKind::kRandom;
  std::uint32_t depth = 0;    // PCT only: Hints::depth
  bool is_selective = false;  // SURW only: the operations on one object, drawn anew; false: all operations
};

// Of 20 executions in a row: 10 selective SURW, 2 basic URW, 3 POS, 2 PCT with d = 2, 1 with d = 3, 2 random. The first
// of all needs no profile; it gives one.
Share portfolio(std::uint64_t execution);

}  // namespace jitterlab
