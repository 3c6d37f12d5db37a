// controlled_runs COUNT STRATEGY PROGRAM [ARGUMENT...]: runs an instrumented program under control, without a sandbox,
// with seeds 0 to COUNT - 1, and prints how often it ended how. A tool for working on the agent.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

#include "agent/agent_bench.h"
#include "schedule/campaign.h"
#include "schedule/mix.h"

using namespace jitterlab;

namespace {

CampaignKind kind_of(const std::string& name) {
  const std::map<std::string, CampaignKind> kinds = {{"portfolio", CampaignKind::kPortfolio},
                                                     {"random", CampaignKind::kRandom},
                                                     {"pct", CampaignKind::kPct},
                                                     {"pos", CampaignKind::kPos},
                                                     {"surw", CampaignKind::kSurw},
                                                     {"exhaustive", CampaignKind::kExhaustive}};
  return kinds.at(name);
}

std::uint64_t hash_of(const std::vector<TraceEvent>& trace) {
  std::uint64_t hash = trace.size();
  for (const TraceEvent& step : trace)
    hash = mix(hash, step.task, static_cast<std::uint64_t>(step.operation.kind), step.operation.object,
               step.operation.offset, step.value);
  return hash;
}

void print(const std::vector<TraceEvent>& trace) {
  for (const TraceEvent& step : trace) {
    std::printf("%016lx %-8s kind %2d object %lu+%lu size %u value %lu flags %d choice %d/%d\n", step.task,
                step.kind == TraceEvent::Kind::kCreated ? "created" : "", static_cast<int>(step.operation.kind),
                step.operation.object, step.operation.offset, step.operation.size, step.value, step.flags,
                step.choice.picked, step.choice.count);
  }
}

}  // namespace

int main(int count, char** values) {
  if (count < 4) return 2;
  const int runs = std::atoi(values[1]);
  const bool verbose = std::getenv("VERBOSE") != nullptr, slow = std::getenv("SLOW") != nullptr;
  const std::vector<std::string> arguments(values + 4, values + count);
  AgentBench bench;
  std::map<std::string, int> endings;
  std::map<std::string, int> first;
  std::uint64_t all = 0, steps = 0, lost = 0;
  const char* seed_text = std::getenv("SEED");
  Campaign campaign({.kind = kind_of(values[2]),
                     .seed = seed_text != nullptr ? std::strtoull(seed_text, nullptr, 10) : 1,
                     .executions = static_cast<std::uint64_t>(runs)});
  for (int seed = 0; auto schedule = campaign.next(); ++seed) {
    if (slow) schedule->slow_others = true;
    bench.reset_controlled(*schedule);
    const BenchRun run = bench.run(values[3], arguments);
    std::string words = run.at_rest ? "at rest" : run.stopped ? "stopped" : run.ending.words();
    const auto trace = bench.trace();
    campaign.ran(*schedule, Trace{trace, run.stopped || bench.area().controlled.lost.load() != 0});
    all = mix(all, hash_of(trace));
    steps += trace.size();
    if (bench.area().controlled.lost.load() != 0) {
      ++lost;
      words += " (control lost, kind " + std::to_string(bench.area().controlled.lost_kind) + ")";
    }
    words += ": " + run.out;
    if (endings[words]++ == 0) first[words] = seed;
    if (verbose) print(trace);
  }
  for (const auto& [words, times] : endings) std::printf("%6d x (first %d) %s\n", times, first[words], words.c_str());
  std::printf("%s\n", campaign.summary().words().c_str());
  std::printf("hash %016lx, %.1f steps per run, lost %lu\n", all, static_cast<double>(steps) / runs, lost);
}
