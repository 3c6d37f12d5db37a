// Calls on descriptors under control: they wait when they must and go on when they may, and nothing else decides.
#include <gtest/gtest.h>

#include <sys/personality.h>

#include <set>

#include "agent/agent_bench.h"
#include "os/temp_dir.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::uint64_t kSeeds = 50;
constexpr StrategyKind kStrategies[] = {StrategyKind::kRandom, StrategyKind::kPct, StrategyKind::kPos};

// Values and offsets may be addresses, which a bench without a sandbox does not keep the same.
std::uint64_t hash_of(const std::vector<TraceEvent>& trace) {
  std::uint64_t hash = trace.size();
  for (const TraceEvent& event : trace)
    hash = mix(hash, event.task, static_cast<std::uint64_t>(event.operation.kind), event.operation.object,
               std::uint64_t{event.flags});
  return hash;
}

struct Outcomes {
  std::uint64_t hash = 0;
  std::set<std::string> outputs;
};

class Descriptors : public testing::TestWithParam<std::pair<const char*, const char*>> {
 protected:
  // Addresses are the same in every execution, as in a sandbox.
  Descriptors() { personality(ADDR_NO_RANDOMIZE); }

  // Runs a case with each seed; `rests`: it must never end, else it must always.
  Outcomes run_all(bool rests, bool slow_others) {
    const auto [program, name] = GetParam();
    Outcomes all;
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
      bench_.reset_controlled(kStrategies[seed % std::size(kStrategies)], seed, slow_others);
      std::vector<std::string> arguments{name};
      if (std::string(program) == "fifo_ways") arguments.push_back(folder_.path());
      const BenchRun run = bench_.run(program, arguments);
      const std::string what = std::string(program) + " " + name + ", seed " + std::to_string(seed) + ": " + run.out;
      EXPECT_EQ(run.at_rest, rests) << what;
      EXPECT_FALSE(run.stopped) << what;
      EXPECT_EQ(bench_.area().controlled.lost.load(), 0u) << what;
      EXPECT_TRUE(rests || run.ending.exited_with(0)) << what << run.ending.words();
      all.hash = mix(all.hash, hash_of(bench_.trace()));
      all.outputs.insert(run.out);
      if (HasFailure()) break;
    }
    return all;
  }

  void expect_same_twice(bool rests, bool slow_others = false) {
    const Outcomes once = run_all(rests, slow_others);
    if (HasFailure()) return;
    const Outcomes again = run_all(rests, slow_others);
    EXPECT_EQ(once.hash, again.hash);
    EXPECT_EQ(once.outputs, again.outputs);
  }

  AgentBench bench_;
  TempDir folder_;
};

using Ways = std::pair<const char*, const char*>;

std::string name_of(const testing::TestParamInfo<Ways>& info) {
  std::string result;
  for (const char letter : std::string(info.param.first) + "_" + info.param.second) {
    if (letter != '_') result += letter;
  }
  return result;
}

class DescriptorsThatGoOn : public Descriptors {};
TEST_P(DescriptorsThatGoOn, EndUnderEverySeedAndTwiceTheSame) { expect_same_twice(false); }
TEST_P(DescriptorsThatGoOn, EndWhenSleepersMayWakeAtAnyTime) { expect_same_twice(false, true); }

class DescriptorsThatWait : public Descriptors {};
TEST_P(DescriptorsThatWait, AreAtRestUnderEverySeed) { expect_same_twice(true); }

INSTANTIATE_TEST_SUITE_P(Pipes, DescriptorsThatGoOn,
                         testing::Values(Ways("pipe_ways", "empty_then_end"), Ways("pipe_ways", "mebibyte"),
                                         Ways("pipe_ways", "byte_by_byte"), Ways("pipe_ways", "atomic"),
                                         Ways("pipe_ways", "parts"), Ways("pipe_ways", "killed_by_sigpipe"),
                                         Ways("pipe_ways", "broken"), Ways("pipe_ways", "interrupted"),
                                         Ways("pipe_ways", "from_file"), Ways("pipe_ways", "spinning"),
                                         Ways("pipe_ways", "wrong_end"), Ways("pipe_ways", "by_number")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Pipes, DescriptorsThatWait,
                         testing::Values(Ways("pipe_ways", "stuck_both_full"), Ways("pipe_ways", "stuck_end_kept_open"),
                                         Ways("pipe_ways", "stuck_by_number")),
                         name_of);

INSTANTIATE_TEST_SUITE_P(Fifos, DescriptorsThatGoOn,
                         testing::Values(Ways("fifo_ways", "in_order"), Ways("fifo_ways", "both_ways"),
                                         Ways("fifo_ways", "by_stdio"), Ways("fifo_ways", "made_later"),
                                         Ways("fifo_ways", "interrupted"), Ways("fifo_ways", "two_writers")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Fifos, DescriptorsThatWait,
                         testing::Values(Ways("fifo_ways", "stuck_crosswise"), Ways("fifo_ways", "stuck_alone")),
                         name_of);

INSTANTIATE_TEST_SUITE_P(Sockets, DescriptorsThatGoOn,
                         testing::Values(Ways("socket_ways", "unix_server"), Ways("socket_ways", "tcp_server"),
                                         Ways("socket_ways", "full_backlog"), Ways("socket_ways", "full_tcp_backlog"),
                                         Ways("socket_ways", "refused"), Ways("socket_ways", "mebibyte"),
                                         Ways("socket_ways", "half_full"), Ways("socket_ways", "unix_datagrams"),
                                         Ways("socket_ways", "udp_datagrams"), Ways("socket_ways", "killed_by_sigpipe"),
                                         Ways("socket_ways", "time_limits"), Ways("socket_ways", "poll_for_one"),
                                         Ways("socket_ways", "poll_in_a_loop")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Sockets, DescriptorsThatWait,
                         testing::Values(Ways("socket_ways", "stuck_both_full"), Ways("socket_ways", "stuck_polling"),
                                         Ways("socket_ways", "stuck_backlog"), Ways("socket_ways", "stuck_datagrams")),
                         name_of);

INSTANTIATE_TEST_SUITE_P(Streams, DescriptorsThatGoOn,
                         testing::Values(Ways("stream_ways", "lines"), Ways("stream_ways", "pieces"),
                                         Ways("stream_ways", "texts"), Ways("stream_ways", "threads"),
                                         Ways("stream_ways", "order")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Streams, DescriptorsThatWait, testing::Values(Ways("stream_ways", "stuck_reading")), name_of);

INSTANTIATE_TEST_SUITE_P(Timers, DescriptorsThatGoOn,
                         testing::Values(Ways("timer_ways", "once"), Ways("timer_ways", "again"),
                                         Ways("timer_ways", "without_blocking"), Ways("timer_ways", "polls"),
                                         Ways("timer_ways", "inherited"), Ways("timer_ways", "duplicated"),
                                         Ways("timer_ways", "number_used_again"), Ways("timer_ways", "failures")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Timers, DescriptorsThatWait,
                         testing::Values(Ways("timer_ways", "stuck_never_set"), Ways("timer_ways", "stuck_read_twice"),
                                         Ways("timer_ways", "stuck_beside_it")),
                         name_of);

INSTANTIATE_TEST_SUITE_P(RareLocks, DescriptorsThatGoOn,
                         testing::Values(Ways("lock_ways", "robust"), Ways("lock_ways", "robust_inheriting"),
                                         Ways("lock_ways", "not_made_whole"), Ways("lock_ways", "condition_of_dead"),
                                         Ways("lock_ways", "inheriting")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(RareLocks, DescriptorsThatWait,
                         testing::Values(Ways("lock_ways", "stuck_owner_lives"), Ways("lock_ways", "stuck_not_robust")),
                         name_of);

INSTANTIATE_TEST_SUITE_P(Queues, DescriptorsThatGoOn,
                         testing::Values(Ways("queue_ways", "in_order"), Ways("queue_ways", "priorities"),
                                         Ways("queue_ways", "failures"), Ways("queue_ways", "without_blocking"),
                                         Ways("queue_ways", "limits"), Ways("queue_ways", "interrupted"),
                                         Ways("queue_ways", "restarted"), Ways("queue_ways", "notifies"),
                                         Ways("queue_ways", "notifies_oneself"), Ways("queue_ways", "polls"),
                                         Ways("queue_ways", "several")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Queues, DescriptorsThatWait,
                         testing::Values(Ways("queue_ways", "stuck_empty"), Ways("queue_ways", "stuck_full"),
                                         Ways("queue_ways", "stuck_both")),
                         name_of);

INSTANTIATE_TEST_SUITE_P(Locks, DescriptorsThatGoOn,
                         testing::Values(Ways("stream_ways", "locks"), Ways("stream_ways", "shared_and_changed"),
                                         Ways("stream_ways", "cycle")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Locks, DescriptorsThatWait, testing::Values(Ways("stream_ways", "stuck_lock")), name_of);

// A limit that is far away does not come, unless sleepers may wake at any time.
class DescriptorsInFairTime : public Descriptors {};
TEST_P(DescriptorsInFairTime, EndUnderEverySeedAndTwiceTheSame) { expect_same_twice(false); }
INSTANTIATE_TEST_SUITE_P(Limits, DescriptorsInFairTime,
                         testing::Values(Ways("queue_ways", "late"), Ways("lock_ways", "limits")), name_of);

// How many bytes TCP takes at a time depends on timers of the kernel: the trace may differ, what comes of it may not.
class DescriptorsOfTcp : public Descriptors {};
TEST_P(DescriptorsOfTcp, EndUnderEverySeed) { run_all(false, false); }
INSTANTIATE_TEST_SUITE_P(Bulk, DescriptorsOfTcp, testing::Values(Ways("socket_ways", "tcp_mebibyte")), name_of);

class DescriptorChoices : public Descriptors {};
TEST_P(DescriptorChoices, BothOutcomesAreFound) { EXPECT_EQ(run_all(false, false).outputs.size(), 2u); }
INSTANTIATE_TEST_SUITE_P(Orders, DescriptorChoices,
                         testing::Values(Ways("stream_ways", "order"), Ways("stream_ways", "cycle")), name_of);

}  // namespace
}  // namespace jitterlab
