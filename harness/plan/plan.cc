#include "plan/plan.h"

#include "plan/stable_hash.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

std::uint64_t seed_of(std::uint64_t master_seed, const std::string& scenario, Strategy strategy, int index) {
  return mix(master_seed, stable_hash(scenario), static_cast<std::uint64_t>(strategy),
             static_cast<std::uint64_t>(index));
}

void append(std::vector<Execution>& executions, const std::string& scenario, Strategy strategy, int count,
            std::uint64_t master_seed) {
  for (int index = 0; index < count; ++index)
    executions.push_back({scenario, strategy, index, seed_of(master_seed, scenario, strategy, index)});
}

}  // namespace

std::uint64_t default_seed(const Lab& lab) { return default_seed(lab.id, lab.version); }

std::uint64_t default_seed(const std::string& lab, int version) {
  return mix(stable_hash(lab), static_cast<std::uint64_t>(version));
}

std::vector<Execution> plan(const Lab& lab, std::uint64_t master_seed, const std::string& only_scenario) {
  std::vector<Execution> executions;
  for (const Scenario& scenario : lab.scenarios) {
    if (!only_scenario.empty() && scenario.name != only_scenario) continue;
    append(executions, scenario.name, Strategy::kPlain, scenario.executions.plain, master_seed);
    append(executions, scenario.name, Strategy::kJitter, scenario.executions.jitter, master_seed);
  }
  return executions;
}

Execution controlled_execution(const std::string& scenario, std::uint64_t master_seed, int index) {
  return {scenario, Strategy::kControlled, index, seed_of(master_seed, scenario, Strategy::kControlled, 0)};
}

}  // namespace jitterlab
