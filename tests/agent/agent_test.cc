// The agent changes when things happen in a program, never what happens.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "agent/agent_bench.h"
#include "os/fd.h"
#include "os/spawn.h"

namespace jitterlab {
namespace {

std::set<std::string> words_after(const std::string& text, const std::string& mark) {
  std::set<std::string> result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (const auto at = line.find(mark); at != std::string::npos) result.insert(line.substr(at + mark.size()));
  }
  return result;
}

TEST(AgentLibrary, NeedsNothingButLibc) {
  for (const char* library : {AGENT, LINES}) {
    const std::string dynamic = run_program({"readelf", "-dW", library}).out;
    EXPECT_EQ(words_after(dynamic, "Shared library: "), std::set<std::string>{"[libc.so.6]"}) << library;
    const std::string undefined = run_program({"nm", "-D", "--undefined-only", library}).out;
    std::set<std::string> taken = words_after(undefined, " U ");
    // Names that no program may use for its own.
    taken.erase("__errno_location@GLIBC_2.2.5");
    for (const std::string name : {"malloc", "calloc", "realloc", "memalign"})
      taken.erase("__libc_" + name + "@GLIBC_2.2.5");
    EXPECT_EQ(taken, (std::set<std::string>{"dlsym@GLIBC_2.34", "stdout@GLIBC_2.2.5"}))
        << "a function that the program could replace: " << library;
  }
}

TEST(AgentLibrary, ThreadLocalDataIsInitialExec) {
  EXPECT_NE(run_program({"readelf", "-dW", AGENT}).out.find("STATIC_TLS"), std::string::npos);
}

class Agent : public testing::Test {
 protected:
  std::uint64_t steps_of(const std::string& program, const std::vector<std::string>& arguments = {}) {
    bench_.reset(1);
    const BenchRun run = bench_.run(program, arguments);
    EXPECT_TRUE(run.ending.exited_with(0)) << run.ending.words() << "\n" << run.out;
    return bench_.area().steps;
  }

  AgentBench bench_;
};

// ---- results stay the same ---------------------------------------------------------------------------------------

class SameOutput : public testing::TestWithParam<const char*> {
 protected:
  AgentBench bench_;
};

TEST_P(SameOutput, InstrumentedProgramPrintsWhatThePlainOnePrints) {
  const std::string source = GetParam();
  const BenchRun plain = bench_.run(source + ".plain", {}, plain_environment());
  ASSERT_TRUE(plain.ending.exited_with(0)) << plain.out;
  for (const char* build : {".instrumented", ".no_builtin"}) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      bench_.reset(seed);
      const BenchRun run = bench_.run(source + build);
      EXPECT_TRUE(run.ending.exited_with(0)) << run.ending.words();
      EXPECT_EQ(run.out, plain.out) << build << " seed " << seed;
      EXPECT_GT(bench_.area().steps, 0u);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, SameOutput,
                         testing::Values("atomics.c", "atomics.cc", "ipc_calls.c", "many_features.cc", "texts.c",
                                         "thread_ways.c"),
                         [](const auto& source) {
                           std::string name = source.param;
                           name.replace(name.find('.'), 1, "_");
                           return name;
                         });

TEST_F(Agent, ProgramWithFunctionsNamedLikeThoseOfLibcCallsItsOwn) {
  const BenchRun plain = bench_.run("own_names.plain", {}, plain_environment());
  EXPECT_EQ(plain.out, "5 321\n");
  const BenchRun run = bench_.run("own_names");
  EXPECT_TRUE(run.ending.exited_with(0)) << run.ending.words();
  EXPECT_EQ(run.out, plain.out);
}

TEST_F(Agent, OtherProgramsAreStartedInEveryWay) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    bench_.reset(seed);
    const BenchRun run = bench_.run("spawn_ways");
    EXPECT_TRUE(run.ending.exited_with(0)) << run.ending.words();
    EXPECT_EQ(run.out, "vfork\nstatus 0\nstatus 7\nposix_spawn\nerror 1\nsystem\nsystem 3\npopen\nclosed 0\n");
  }
}

TEST_F(Agent, HandlersRunInsideDelaysAndErrnoIsLeftAlone) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    bench_.reset(seed);
    EXPECT_TRUE(bench_.run("signal_in_delay").ending.exited_with(0)) << "seed " << seed;
  }
}

TEST_F(Agent, FiveHundredMappingsAreWatched) {
  bench_.reset(1);
  const BenchRun run = bench_.run("mappings");
  EXPECT_EQ(run.out, "124750\n124750\n124750\n");
  EXPECT_GT(bench_.area().steps, 3u * 4 * 500) << "mmap, write, read and munmap of each";
}

// ---- what a step is ----------------------------------------------------------------------------------------------

constexpr std::uint64_t kAccesses = 2000;  // of the loop in reach.c

TEST_F(Agent, PrivateMemoryOfOneThreadGivesNoSteps) {
  for (const char* where : {"global", "heap", "stack", "stack-of-thread"}) {
    EXPECT_LT(steps_of("reach", {where}), 60u) << where;
  }
}

TEST_F(Agent, SharedMemoryGivesAStepForEachAccess) {
  for (const char* where : {"mapping", "mapping-rest", "segment", "global-with-thread", "stack-with-thread"}) {
    EXPECT_GE(steps_of("reach", {where}), kAccesses) << where;
  }
}

TEST_F(Agent, MemoryThatIsSharedNoMoreGivesNoSteps) {
  for (const char* where : {"mapping-replaced", "segment-detached"}) {
    EXPECT_LT(steps_of("reach", {where}), 60u) << where;
  }
}

// ---- without an agent, or without control ------------------------------------------------------------------------

TEST_F(Agent, NothingHappensWithoutAControlArea) {
  std::vector<std::string> environment = plain_environment();
  environment.push_back("LD_PRELOAD=" AGENT);
  EXPECT_EQ(bench_.run("reach", {"mapping"}, environment).out, "done\n");
  environment.push_back(std::string(kControlVariable) + "=/nowhere");
  EXPECT_EQ(bench_.run("reach", {"mapping"}, environment).out, "done\n");
  EXPECT_EQ(bench_.area().steps, 0u);
}

TEST_F(Agent, AreaWithWrongMagicIsLeftAlone) {
  bench_.area().magic = 1;
  EXPECT_EQ(bench_.run("reach", {"mapping"}).out, "done\n");
  EXPECT_EQ(bench_.area().steps, 0u);
}

TEST_F(Agent, FileThatIsTooShortIsNoArea) {
  std::filesystem::resize_file(bench_.control_path(), 100);
  EXPECT_EQ(bench_.run("reach", {"mapping"}).out, "done\n");
  EXPECT_EQ(bench_.area().steps, 0u);
}

TEST_F(Agent, InstrumentedProgramRunsInAnEmptyEnvironment) {
  const BenchRun run = bench_.run("reach", {"mapping"}, {});
  EXPECT_TRUE(run.ending.exited_with(0)) << run.out;
  EXPECT_EQ(run.out, "done\n");
}

TEST_F(Agent, InstrumentedProgramFindsTheAgentBesideItselfInAnEmptyEnvironment) {
  const TempDir folder;
  for (const char* file : {AGENT, PROGRAMS "/texts"}) {
    std::filesystem::copy(file, folder.path());
  }
  const Ran needed = run_program({"env", "-i", "ldd", folder.path() + "/texts"});
  EXPECT_NE(needed.out.find("=> " + folder.path() + "/libjitterlab-agent.so"), std::string::npos)
      << needed.out << needed.err;
}

TEST_F(Agent, StaticProgramIsNotAffected) {
  const BenchRun run = bench_.run("texts.static");
  EXPECT_EQ(run.out, bench_.run("texts.c.plain", {}, plain_environment()).out);
  EXPECT_EQ(bench_.area().steps, 0u);
}

// ---- hostile programs --------------------------------------------------------------------------------------------

TEST_F(Agent, ProgramThatOverwritesTheAreaRunsOnAndTheDamageIsCounted) {
  for (const char* byte : {"0", "255", "127", "1"}) {
    bench_.reset(1);
    const BenchRun run = bench_.run("vandal", {byte});
    EXPECT_TRUE(run.ending.exited_with(0)) << run.ending.words() << " byte " << byte;
    EXPECT_EQ(run.out, "still here\n");
    EXPECT_GT(bench_.area().damaged, 0u) << byte;
  }
}

// ---- standard output ---------------------------------------------------------------------------------------------

TEST_F(Agent, LinePrintedBeforeAKillArrives) { EXPECT_EQ(bench_.run("killed_after_line").out, "before\n"); }

TEST_F(Agent, LinesLibraryDoesTheSameForPlainPrograms) {
  std::vector<std::string> environment = plain_environment();
  EXPECT_EQ(bench_.run("killed_after_line.plain", {}, environment).out, "") << "the case must be one that loses output";
  environment.push_back("LD_PRELOAD=" LINES);
  EXPECT_EQ(bench_.run("killed_after_line.plain", {}, environment).out, "before\n");
}

}  // namespace
}  // namespace jitterlab
