// Each kind of start condition, when it comes to hold and when it never does.
#include "scenario_fixture.h"

namespace jitterlab {
namespace {

struct Kind {
  std::string name;
  std::string condition;
  std::string holds, never;  // what the other role runs
};

std::ostream& operator<<(std::ostream& stream, const Kind& kind) { return stream << kind.name; }

class StartCondition : public ScenarioTest, public testing::WithParamInterface<Kind> {
 protected:
  Observation play_with(const std::string& other) {
    return play("    roles:\n      other: { run: \"" + other + "\", ends: stopped }\n" +
                "      waiting: { run: \"shell -c 'echo started'\", start: " + GetParam().condition + " }\n" +
                "    limits: { seconds: 60 }\n");
  }
};

TEST_P(StartCondition, ThatComesToHoldStartsTheRole) {
  const Observation seen = play_with(GetParam().holds);
  EXPECT_EQ(out(seen, "waiting"), "started\n");
  EXPECT_TRUE(ending(seen, "waiting").exited_with(0)) << ending(seen, "waiting").words();
  EXPECT_EQ(seen.limit, Limit::kNone);
  EXPECT_FALSE(seen.came_to_rest);
}

TEST_P(StartCondition, ThatNeverHoldsLeavesTheRoleNotStarted) {
  const Observation seen = play_with(GetParam().never);
  EXPECT_EQ(ending(seen, "waiting").kind(), Ending::Kind::kNotStarted);
  EXPECT_EQ(first(seen, "waiting").pid, 0);
  EXPECT_EQ(seen.limit, Limit::kNone);
  EXPECT_FALSE(seen.came_to_rest);
}

const std::string kWaiting = "shell -c 'echo READY; mkfifo f; read x < f'";

INSTANTIATE_TEST_SUITE_P(
    Each, StartCondition,
    testing::Values(Kind{"TcpOnIpv4", "tcp 50007 listens", "actor tcp4 50007", "actor tcp4 50008"},
                    Kind{"TcpOnIpv6", "tcp 50007 listens", "actor tcp6 50007", "actor udp 50007"},
                    Kind{"Udp", "udp 50000 bound", "actor udp 50000", "actor tcp4 50000"},
                    Kind{"Segment", "segment 12345 exists", "actor segment 12345", "actor segment 12346"},
                    Kind{"Semaphores", "semaphores 0x3039 exist", "actor semaphores 0x3039", "actor queue 0x3039"},
                    Kind{"Queue", "queue 7 exists", "actor queue 7", "actor segment 7"},
                    Kind{"Fifo", "fifo f exists", kWaiting, "shell -c 'echo > f'"},
                    Kind{"RolePrinted", "role other printed ^READ", kWaiting, "shell -c 'echo NOT READY'"},
                    Kind{"RoleWaits", "role other waits", kWaiting, "shell -c 'echo x'"},
                    Kind{"RoleEnded", "role other ended", "shell -c 'echo x'", "actor ignores-term"},
                    Kind{"EveryoneWaits", "everyone waits", kWaiting, "shell -c 'echo x'"}),
    [](const auto& info) { return info.param.name; });

using Start = ScenarioTest;

TEST_F(Start, RoleWhoseSeveralConditionsDoNotAllHoldIsNotStarted) {
  const Observation seen = play(R"(
    roles:
      other: { run: "shell -c 'echo READY'" }
      waiting: { run: "shell -c 'echo started'", start: [role other ended, fifo f exists] }
)");
  EXPECT_EQ(ending(seen, "waiting").kind(), Ending::Kind::kNotStarted);
}

TEST_F(Start, RolesThatWaitForEachOtherEndTheExecutionAtOnce) {
  const Observation seen = play(R"(
    roles:
      a: { run: "shell -c 'echo a'", start: role b ended }
      b: { run: "shell -c 'echo b'", start: role a ended }
)");
  EXPECT_EQ(ending(seen, "a").kind(), Ending::Kind::kNotStarted);
  EXPECT_EQ(ending(seen, "b").kind(), Ending::Kind::kNotStarted);
  EXPECT_EQ(seen.limit, Limit::kNone);
}

TEST_F(Start, RoleEndedMeansEveryInstance) {
  const Observation seen = play(R"(
    roles:
      many: { run: "shell -c 'test {instance} = 0 || sleep 0.3; echo many'", instances: 3 }
      last: { run: "shell -c 'echo last'", start: role many ended }
)");
  EXPECT_EQ(out(seen), "many\nmany\nmany\nlast\n");
}

}  // namespace
}  // namespace jitterlab
