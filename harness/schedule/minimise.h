// A failing schedule -> one with the fewest preemptions and switches that still fails. Harness side, pure: what fails
// is asked of the caller.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "schedule/recorder.h"

namespace jitterlab {

// Carries out a loose replay of the switches. When it fails in the same way: the execution as it really went, which
// makes those switches of the list that could be made; else nothing.
using Fails = std::function<std::optional<Recording>(const std::vector<Switch>&)>;

struct Minimised {
  Recording recording;  // fails; none of its switches can be left out alone, unless most_tries was reached
  int tries = 0;        // executions
};

// `failing` must fail. No more than `most_tries` executions.
Minimised minimise(Recording failing, const Fails& fails, int most_tries);

}  // namespace jitterlab
