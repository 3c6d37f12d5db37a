// Speed of controlled executions, as ratios, each with its limit. Usage: controlled_benchmark PROGRAMS, with the folder
// of the programs that are run. Exit status: 0 within all limits, 1 over one, 2 an error.
//
// An execution is everything from the order to begin until the observation is there: with its trace, what was printed,
// and what was left behind removed. Both sides of a ratio work in turns.
#include <sched.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>

#include "benchmark/by_hand.h"
#include "benchmark/comparison.h"
#include "build/command.h"
#include "cli/explored.h"
#include "os/core.h"
#include "os/error.h"
#include "os/fd.h"
#include "os/installed.h"
#include "os/spawn.h"
#include "os/temp_dir.h"
#include "run/crew.h"
#include "run/run_execution.h"

namespace jitterlab {
namespace {

constexpr int kExecutions = 50;  // in a turn
constexpr Turns kTurns = {15, 2};

constexpr double kMostOfBareTree = 2.5, kMostOfPlain = 1, kMostOfTsan = 0.6, kMostOfSleeping = 1.2, kLeastOfLanes = 1.6;

void expect(bool holds, const std::string& what) {
  if (!holds) throw Error(what);
}

// On which cores this thread runs. Elsewhere lanes carry out controlled executions, on their box's core (run/crew.cc).
class Cores {
 public:
  Cores() { ::sched_getaffinity(0, sizeof all_, &all_); }
  ~Cores() { use_all(); }
  Cores(const Cores&) = delete;
  Cores& operator=(const Cores&) = delete;

  void use_all() const { ::sched_setaffinity(0, sizeof all_, &all_); }
  void use_only(int core) const {
    use_all();
    keep_to_core(core);
  }

 private:
  cpu_set_t all_{};
};

// ---- executions in a box
// ---------------------------------------------------------------------------------------------

class Program {
 public:
  Program(const std::string& source, const std::string& cache, const std::vector<std::string>& arguments) {
    Options options;
    options.program = source;
    options.arguments = arguments;
    options.cache_folder = cache;
    explored_ = prepare_explored(options);
    expect(explored_.failures.empty(), source + " does not compile");
  }

  const Lab& lab() const { return explored_.lab; }
  Lanes lanes(int count) const {
    Lanes lanes = explored_.lanes;
    lanes.count = count;
    return lanes;
  }
  Execution execution(Strategy strategy) const { return {lab().scenarios.at(0).name, strategy, 0, 1}; }

 private:
  Explored explored_;
};

Schedule schedule(std::uint64_t seed) { return {.index = seed, .kind = StrategyKind::kRandom, .seed = seed}; }

void expect_two(const Observation& seen) {
  expect(text_of(seen, Stream::kOut) == "2\n" && seen.interference.empty(), "the program did not count to two");
}

// The same program in a box of its own, again and again.
class Playing {
 public:
  Playing(const Program& program, const Cores& cores)
      : program_(program),
        cores_(cores),
        programs_(program.lanes(1).programs),
        box_(Box::open(program.lanes(1).setup)) {}

  Subject controlled(const std::string& name) {
    return {name, [this] { cores_.use_only(box_->core()); },
            [this] {
              const Execution execution = program_.execution(Strategy::kControlled);
              for (int i = 0; i < kExecutions; ++i) {
                const Schedule next = schedule(seed_++);
                const Observation seen =
                    run_execution(*box_, program_.lab(), programs_, execution, 1, &next, StartBy::kFork);
                expect_two(seen);
                expect(seen.controlled && seen.controlled->lost == 0, "control was lost");
              }
            }};
  }

  Subject plain(const std::string& name) {
    return {name, [this] { cores_.use_all(); },
            [this] {
              const Execution execution = program_.execution(Strategy::kPlain);
              for (int i = 0; i < kExecutions; ++i)
                expect_two(run_execution(*box_, program_.lab(), programs_, execution));
            }};
  }

 private:
  const Program& program_;
  const Cores& cores_;
  const ProgramPaths programs_;
  std::unique_ptr<Box> box_;
  std::uint64_t seed_ = 0;
};

Subject lanes(const Program& program, int count, const std::string& name) {
  auto crew = std::make_shared<Crew>(program.lab(), program.lanes(count));
  return {
      name, {}, [&program, crew] {
        std::vector<Schedule> schedules;
        for (int i = 0; i < 4 * kExecutions; ++i) schedules.push_back(schedule(static_cast<std::uint64_t>(i)));
        for (const Observation& seen : crew->run(program.execution(Strategy::kControlled), schedules, StartBy::kFork))
          expect_two(seen);
      }};
}

// ---- by hand
// ---------------------------------------------------------------------------------------------------------

std::string compiled(const std::string& source, const std::string& output, const std::vector<std::string>& flags) {
  std::vector<std::string> command = {"/usr/bin/gcc", "-O1", "-g"};
  command.insert(command.end(), flags.begin(), flags.end());
  command.insert(command.end(), {source, "-o", output});
  run_at_once({{command, ""}});
  return output;
}

// A process that makes trees of three processes when told to.
class BareTrees {
 public:
  explicit BareTrees(const std::string& program) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) throw system_error("cannot make a socket");
    ours_ = Fd(ends[0]);
    const Fd theirs(ends[1]);
    child_ = spawn({program}, {{theirs.get(), 0}, {theirs.get(), 1}});
  }

  Subject subject(const std::string& name, const Cores& cores) {
    return {name, [&cores] { cores.use_all(); },
            [this] {
              write_all(ours_.get(), std::to_string(kExecutions) + "\n");
              char answer[8];
              expect(::read(ours_.get(), answer, sizeof answer) == 5, "the bare trees were not made");
            }};
  }

 private:
  Fd ours_;
  std::unique_ptr<Child> child_;
};

// Of the processor, which other programs of the machine take less away from than time.
double seconds_of_processor(const Command& command) {
  const auto used = [] {
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) * 1e-6;
  };
  const double before = used();
  run_with_input(command, "");
  return used() - before;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// ---- the table
// -------------------------------------------------------------------------------------------------------

class Table {
 public:
  bool is_good() const { return is_good_; }

  void at_most(const std::string& what, double ours, double theirs, double ratio, double limit) {
    line(what, ours, theirs, ratio, "<=", limit, ratio <= limit);
  }
  void at_least(const std::string& what, double ours, double theirs, double ratio, double limit) {
    line(what, ours, theirs, ratio, ">=", limit, ratio >= limit);
  }

 private:
  void line(const std::string& what, double ours, double theirs, double ratio, const char* sign, double limit,
            bool holds) {
    std::printf("%-62s %10.3f %10.3f %7.2f  %s %.1f  %s\n", what.c_str(), ours * 1e3, theirs * 1e3, ratio, sign, limit,
                holds ? "ok" : "OVER");
    std::fflush(stdout);
    is_good_ = is_good_ && holds;
  }

  bool is_good_ = true;
};

void compare_with_tsan(Table& table, const std::string& programs, const std::string& folder) {
  const std::string source = programs + "/single_task.c";
  const std::string native = compiled(source, folder + "/native", {});
  const std::string tsan = compiled(source, folder + "/tsan", {"-fsanitize=thread"});
  const std::string ours = folder + "/ours";
  run_at_once({{compile_command(Language::kC, Variant::kInstrumented, {"single_task.c"},
                                {programs, ours, installed_file("libjitterlab-agent.so")}),
                programs}});
  // Where box programs find it.
  ::symlink(installed_file("libjitterlab-agent.so").c_str(), (folder + "/libjitterlab-agent.so").c_str());
  for (const std::string way : {"loop", "sort"}) {
    std::vector<double> of_native, of_ours, of_tsan, ratios;
    for (int round = 0; round < 5; ++round) {
      of_native.push_back(seconds_of_processor({{native, way}, ""}));
      of_ours.push_back(seconds_of_processor({{ours, way}, ""}));
      of_tsan.push_back(seconds_of_processor({{tsan, way}, ""}));
      ratios.push_back((of_ours.back() - of_native.back()) / (of_tsan.back() - of_native.back()));
    }
    const double base = median(of_native);
    table.at_most("time added to a single task by the agent / by TSan (" + way + ")", median(of_ours) - base,
                  median(of_tsan) - base, median(ratios), kMostOfTsan);
  }
}

bool run(const std::string& programs) {
  const TempDir temporary;
  const std::string folder = temporary.path(), cache = folder + "/cache";
  const std::string source = programs + "/three_processes.c";
  const Program three(source, cache, {}), sleeping(source, cache, {"sleep"});
  std::printf("Medians of %d rounds of alternating turns\n\n%-62s %10s %10s %7s  %s\n", kTurns.rounds, "", "ms", "ms",
              "ratio", "limit");
  Table table;
  const auto per_execution = [](double seconds) { return seconds / kExecutions; };
  const auto compared = [&](const std::string& what, const Subject& ours, const Subject& theirs, double limit) {
    const Comparison result = compare(ours, theirs, kTurns);
    table.at_most(what, per_execution(result.ours), per_execution(result.theirs), result.ratio, limit);
  };
  {
    const Cores cores;
    Playing playing(three, cores), beside(three, cores), asleep(sleeping, cores);
    BareTrees bare(compiled(programs + "/bare_tree.c", folder + "/bare_tree", {}));
    compared("controlled execution of three processes / bare fork, exit, wait", playing.controlled("controlled"),
             bare.subject("bare", cores), kMostOfBareTree);
    compared("controlled execution / plain execution in such a box", playing.controlled("controlled"),
             beside.plain("plain"), kMostOfPlain);
    compared("with 12 s of sleep / without", asleep.controlled("asleep"), playing.controlled("awake"), kMostOfSleeping);
  }
  {
    const Comparison result = compare(lanes(three, 1, "one lane"), lanes(three, 2, "two lanes"), kTurns);
    table.at_least("executions by two lanes / by one, in the same time", per_execution(result.ours) / 4,
                   per_execution(result.theirs) / 4, result.ratio, kLeastOfLanes);
  }
  compare_with_tsan(table, programs, folder);
  return table.is_good();
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
