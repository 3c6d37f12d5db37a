// Runs a program under control again and again, with seeds 0 to `count` - 1.
#pragma once

#include <sys/personality.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "agent/agent_bench.h"
#include "schedule/mix.h"

namespace jitterlab {

struct Repeats {
  std::map<std::string, int> endings;  // how it ended and what it printed -> how often
  std::uint64_t hash = 0;              // of all traces
  std::uint32_t lost = 0;              // times that control was lost
  bool operator==(const Repeats&) const = default;
};

// Without the values, which outside a sandbox contain process ids.
inline std::uint64_t hash_of(const std::vector<TraceEvent>& trace) {
  std::uint64_t hash = trace.size();
  for (const TraceEvent& step : trace)
    hash = mix(mix(hash, step.task, static_cast<std::uint64_t>(step.operation.kind), step.operation.object),
               step.operation.offset, step.flags);
  return hash;
}

inline Repeats repeat(int count, StrategyKind strategy, bool slow_others, const std::string& program,
                      const std::vector<std::string>& arguments) {
  // Private memory has no other name than its address.
  personality(ADDR_NO_RANDOMIZE);
  AgentBench bench;
  Repeats result;
  for (int seed = 0; seed < count; ++seed) {
    bench.reset_controlled(strategy, static_cast<std::uint64_t>(seed), slow_others);
    const BenchRun run = bench.run(program, arguments);
    ++result.endings[(run.at_rest ? "at rest" : run.stopped ? "stopped" : run.ending.words()) + ": " + run.out];
    result.hash = mix(result.hash, hash_of(bench.trace()));
    result.lost += bench.area().controlled.lost.load();
  }
  return result;
}

}  // namespace jitterlab
