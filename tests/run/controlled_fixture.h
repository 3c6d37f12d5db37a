// Scenarios played under control: `actor` is programs/player.c, instrumented.
#pragma once

#include "scenario_fixture.h"

namespace jitterlab {

class ControlledTest : public ScenarioTest {
 protected:
  ControlledTest() {
    programs_.instrumented["actor"] = "/mnt/player";
    programs_.agent = "/mnt/libjitterlab-agent.so";
  }

  BoxSetup setup() const override {
    BoxSetup setup = ScenarioTest::setup();
    setup.mounts.push_back({PLAYER, "player"});
    setup.mounts.push_back({installed_file("libjitterlab-agent.so"), "libjitterlab-agent.so"});
    return setup;
  }

  Observation follow(const std::string& scenario, const Schedule& schedule, StartBy start = StartBy::kExec) {
    const Lab lab = lab_with("  played:\n" + scenario);
    if (!box_) box_ = Box::open(setup());
    const Execution execution = {"played", Strategy::kControlled, static_cast<int>(schedule.index), 7};
    return run_execution(*box_, lab, programs_, execution, 1, &schedule, start);
  }

  // By a random schedule.
  Observation play(const std::string& scenario, std::uint64_t seed = 1) { return follow(scenario, {.seed = seed}); }

  // What two executions of one schedule have in common.
  static std::string all_of(const Observation& seen) {
    std::string words = out(seen);
    for (const InstanceSeen& instance : seen.instances)
      words += instance.role + " " + std::to_string(instance.pid) + " " + instance.ending.words() + "\n";
    if (!seen.controlled) return words + "nothing of the agent: " + seen.interference;
    return words + "lost " + std::to_string(seen.controlled->lost) + ", schedule " +
           std::to_string(schedule_hash(seen.controlled->trace));
  }
};

}  // namespace jitterlab
