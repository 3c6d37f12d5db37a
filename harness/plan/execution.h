// One run of a scenario under one strategy and one seed.
#pragma once

#include <cstdint>
#include <string>

namespace jitterlab {

enum class Strategy {
  kPlain,       // the student's own build, no agent
  kJitter,      // the instrumented build; the agent delays at steps; everything runs in parallel otherwise
  kControlled,  // the instrumented build; one task runs at a time, chosen in the agent as a schedule says
};

// "plain", "jitter", "controlled"
std::string to_string(Strategy strategy);

struct Execution {
  std::string scenario;
  Strategy strategy = Strategy::kPlain;
  int index = 0;           // from 0, within this scenario and strategy
  std::uint64_t seed = 0;  // parameters and delays are drawn from it; kControlled: the same for all of a scenario
  bool operator==(const Execution&) const = default;
};

}  // namespace jitterlab
