// What analysis costs, as ratios, each with its limit. Usage: analysis_benchmark PROGRAMS. Exit status: 0 within all
// limits, 1 over one, 2 an error.
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "analysis/found_book.h"
#include "analysis/left_behind.h"
#include "analysis/misuses.h"
#include "analysis/race_book.h"
#include "benchmark/comparison.h"
#include "cli/explored.h"
#include "os/error.h"
#include "os/temp_dir.h"
#include "run/crew.h"

namespace jitterlab {
namespace {

constexpr double kMostOfTenTimesTheTrace = 12, kMostOfWithout = 1 / 0.6, kMostBesideTheTrace = 0.25;

// As `explore` does it.
void analyse(RaceBook& races, FoundBook& found, const Observation& observation) {
  races.add(observation, false, {});
  found.add(observation, misuses_in(observation));
  found.add(observation, left_behind_in(observation));
}

// Eight processes count under a semaphore, and each looks at a cell that another writes without one.
Observation made(std::size_t events) {
  constexpr TaskId kTasks = 8;
  Observation observation;
  observation.execution.strategy = Strategy::kControlled;
  ControlledEnd& end = observation.controlled.emplace();
  end.objects = {{}, {NamedKind::kSegment, 1}, {NamedKind::kSemaphores, 2}};
  std::vector<TraceEvent>& all = end.trace.events;
  for (TaskId task = 1; task <= kTasks; ++task) all.push_back({.task = task, .parent = task == 1 ? 0u : 1u});
  const auto add = [&](TaskId task, Operation operation, std::uint64_t value, std::uint64_t detail) {
    TraceEvent event{.kind = TraceEvent::Kind::kExecuted, .choice = {1, 0, Choice::kNone}, .task = task};
    event.operation = operation;
    event.value = value;
    event.detail = detail;
    all.push_back(event);
  };
  const auto access = [](StepKind kind, std::uint64_t offset, std::uint64_t place) {
    return Operation{
        .kind = kind, .is_write = kind == StepKind::kWrite, .size = 4, .object = 1, .offset = offset, .place = place};
  };
  const auto semop = [](StepKind kind, std::uint64_t place) {
    return Operation{.kind = kind, .is_write = true, .call = Call::kSemop, .size = 1, .object = 2, .place = place};
  };
  for (std::size_t round = 0; all.size() < events; ++round) {
    const TaskId task = 1 + round % kTasks;
    add(task, semop(StepKind::kLock, 10), packed_semop(-1, 0), 1);
    add(task, access(StepKind::kRead, 0, 11), 0, 0);
    add(task, access(StepKind::kWrite, 0, 12), 0, 0);
    add(task, semop(StepKind::kUnlock, 13), packed_semop(1, 1), std::uint64_t{1} << 32);
    add(task, access(StepKind::kWrite, 8 * task, 14), 0, 0);
    add(task, access(StepKind::kRead, 8 * (1 + (round + 1) % kTasks), 15), 0, 0);
  }
  return observation;
}

// Of the processor: others on the machine take time, and not that.
double seconds_for(const Observation& observation) {
  std::vector<double> all;
  for (int i = 0; i < 5; ++i) {
    const auto now = [] {
      timespec time{};
      ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
    };
    RaceBook races;
    FoundBook found;
    const double before = now();
    analyse(races, found, observation);
    all.push_back(now() - before);
    if (races.empty()) throw Error("the races of the made trace were not found");
  }
  std::nth_element(all.begin(), all.begin() + 2, all.end());
  return all[2];
}

// A line of /proc/self/status, MiB.
double memory(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind(name + ":", 0) == 0) return std::stod(line.substr(name.size() + 1)) / 1024;
  }
  throw Error("/proc/self/status has no " + name);
}

// What analysis needs beside the trace. A process of its own, whose peak it is.
double memory_for(std::size_t events) {
  int ends[2];
  if (::pipe(ends) != 0) throw Error("no pipe");
  const pid_t child = ::fork();
  if (child < 0) throw Error("no process");
  if (child == 0) {
    const Observation observation = made(events);
    RaceBook races;
    FoundBook found;
    std::ofstream("/proc/self/clear_refs") << "5";  // the peak begins anew
    const double before = memory("VmRSS");
    analyse(races, found, observation);
    const double added = memory("VmHWM") - before;
    ::_exit(::write(ends[1], &added, sizeof added) == sizeof added ? 0 : 1);
  }
  double added = 0;
  ::close(ends[1]);
  const bool is_read = ::read(ends[0], &added, sizeof added) == sizeof added;
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  if (!is_read) throw Error("the memory of analysis could not be measured");
  return added;
}

Subject executions(const Explored& explored, bool with_analysis) {
  Lanes lanes = explored.lanes;
  lanes.count = 1;
  auto crew = std::make_shared<Crew>(explored.lab, lanes);
  return {with_analysis ? "with" : "without", {}, [&explored, crew, with_analysis] {
            RaceBook races;
            FoundBook found;
            std::vector<Schedule> schedules;
            for (std::uint64_t i = 0; i < 50; ++i)
              schedules.push_back({.index = i, .kind = StrategyKind::kRandom, .seed = i});
            const Execution execution{explored.lab.scenarios.at(0).name, Strategy::kControlled, 0, 1};
            for (const Observation& seen : crew->run(execution, schedules, StartBy::kFork)) {
              if (!seen.controlled || seen.controlled->lost != 0) throw Error("control was lost");
              if (with_analysis) analyse(races, found, seen);
            }
          }};
}

bool tell(const char* what, double ours, double theirs, double ratio, double limit) {
  std::printf("%-62s %10.3f %10.3f %7.2f  <= %.2f  %s\n", what, ours, theirs, ratio, limit,
              ratio <= limit ? "ok" : "OVER");
  std::fflush(stdout);
  return ratio <= limit;
}

bool run(const std::string& programs) {
  std::printf("%-62s %10s %10s %7s  %s\n", "", "ms", "ms", "ratio", "limit");
  const double large = seconds_for(made(1'000'000)), small = seconds_for(made(100'000));
  bool is_good = tell("analysis of 1,000,000 events / of 100,000", large * 1e3, small * 1e3, large / small,
                      kMostOfTenTimesTheTrace);
  const double trace = 1e6 * sizeof(TraceEvent) / (1 << 20), beside = memory_for(1'000'000);
  is_good =
      tell("memory beside such a trace / the trace itself, MiB", beside, trace, beside / trace, kMostBesideTheTrace) &&
      is_good;
  const TempDir folder;
  Options options;
  options.program = programs + "/three_processes.c";
  options.cache_folder = folder.path() + "/cache";
  const Explored explored = prepare_explored(options);
  const Comparison turns = compare(executions(explored, true), executions(explored, false), {5, 2});
  return tell("executions with analysis / without", turns.ours * 20, turns.theirs * 20, turns.ratio, kMostOfWithout) &&
         is_good;
}

}  // namespace
}  // namespace jitterlab

int main(int count, char** values) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s PROGRAMS\n", values[0]);
    return 2;
  }
  try {
    return jitterlab::run(values[1]) ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
