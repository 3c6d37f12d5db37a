// Submissions that attack: each is refused or contained, and the next honest one still gets full points.
#include <sys/stat.h>
#include <unistd.h>

#include "build/build.h"
#include "cli/programs.h"
#include "grading.h"
#include "plan/plan.h"
#include "run/run_execution.h"
#include "sandbox/box.h"

namespace jitterlab {
namespace {

class Hostile : public Grading {
 protected:
  // It ran, it lost points, nothing was left open, and nobody else was harmed.
  void expect_contained(const std::string& name) {
    const Grade grade = grade_file("hostile/" + name);
    EXPECT_EQ(grade.not_graded_because, "");
    EXPECT_EQ(exit_code(grade), 1);
    EXPECT_EQ(finding(grade, "arrive").lost, 6);
    expect_honest_submission_gets_full_points();
  }

  void expect_refused_by_the_compiler(const std::string& source) {
    const Grade grade = grade_source(source);
    EXPECT_EQ(grade.not_graded_because, "");
    EXPECT_FALSE(grade.build_failures.empty());
    EXPECT_EQ(grade.lost, grade.points);
    for (const BuildFailure& failure : grade.build_failures)
      EXPECT_EQ(failure.diagnostics.find("root:"), std::string::npos) << failure.diagnostics;
    expect_honest_submission_gets_full_points();
  }

  // One plain and one jittered execution, looked at directly.
  std::vector<Observation> observe(const std::string& name) {
    const TempDir folder;
    std::ofstream(folder.path() + "/pair.c") << read_file(kHere + "hostile/" + name);
    const Lab lab = find_lab(options_);
    const BuiltPrograms built = build(lab, folder.path(), {options_.cache_folder, false, {lab.folder}});
    const BoxSetup setup = box_setup(lab, built, false);
    const auto box = Box::open(setup);
    std::vector<Observation> seen;
    for (const Strategy strategy : {Strategy::kPlain, Strategy::kJitter})
      seen.push_back(run_execution(*box, lab, program_paths(built, setup), {"words", strategy, 0, 1}));
    return seen;
  }

  void expect_every_attempt_refused(const std::string& name, std::size_t attempts) {
    for (const Observation& observation : observe(name)) {
      const std::string out = text_of(observation, Stream::kOut);
      EXPECT_EQ(out.find("COULD"), std::string::npos) << out;
      EXPECT_EQ(static_cast<std::size_t>(std::count(out.begin(), out.end(), '\n')), attempts) << out;
    }
    expect_contained(name);
  }
};

TEST_F(Hostile, HonestSubmissionGetsFullPoints) { expect_honest_submission_gets_full_points(); }

TEST_F(Hostile, ForkBombWithSetsidIsContained) { expect_contained("fork_bomb_with_setsid.c"); }

TEST_F(Hostile, KillingEverybodyKillsOnlyItself) { expect_contained("kills_everybody.c"); }

TEST_F(Hostile, MemoryBombIsContained) { expect_contained("memory_bomb.c"); }

TEST_F(Hostile, SystemVMemoryBombIsBounded) {
  for (const Observation& observation : observe("system_v_memory_bomb.c")) {
    const std::string out = text_of(observation, Stream::kOut);
    ASSERT_EQ(out.rfind("held ", 0), 0u) << out;
    EXPECT_LE(std::stol(out.substr(5)), 64) << out;
  }
  expect_contained("system_v_memory_bomb.c");
}

TEST_F(Hostile, GigabyteOfOutputIsCut) {
  for (const Observation& observation : observe("gigabyte_of_output.c")) {
    EXPECT_TRUE(observation.output_cut);
    EXPECT_EQ(text_of(observation, Stream::kOut).size(), 256u << 10);
  }
  expect_contained("gigabyte_of_output.c");
}

TEST_F(Hostile, BackgroundChildThatKeepsStdoutOpenIsKilledAndListed) {
  for (const Observation& observation : observe("child_keeps_stdout_open.c")) {
    ASSERT_EQ(observation.left_behind.size(), 1u);
    EXPECT_EQ(observation.left_behind[0].kind, LeftKind::kProcess);
  }
  expect_contained("child_keeps_stdout_open.c");
}

TEST_F(Hostile, FilesAndMemoryOfOthersCannotBeRead) { expect_every_attempt_refused("reads_what_is_not_its_own.c", 10); }

TEST_F(Hostile, SettingsHarnessAndDescriptorsCannotBeWritten) {
  expect_every_attempt_refused("writes_what_is_not_its_own.c", 15);
}

TEST_F(Hostile, ForgedResultsChangeNothing) { expect_contained("prints_forged_results.c"); }

TEST_F(Hostile, RemovingEveryObjectReachesNobodyElse) {
  // An object of the host, with the key that all students use.
  expect_contained("removes_every_object.c");
}

TEST_F(Hostile, WhatIsLeftBehindIsListedAndGone) {
  for (const Observation& observation : observe("leaves_everything_behind.c")) {
    std::set<LeftKind> kinds;
    for (const LeftOver& left : observation.left_behind) kinds.insert(left.kind);
    EXPECT_EQ(kinds.size(), 8u);  // all but a socket
  }
  expect_contained("leaves_everything_behind.c");
}

TEST_F(Hostile, DamagingTheAgentIsInterferenceAndEarnsNothing) {
  const Grade grade = grade_file("hostile/damages_the_agent.c");
  EXPECT_EQ(grade.earned, 0);
  EXPECT_EQ(exit_code(grade), 2);
  EXPECT_NE(finding(grade, "ends").reason.find("interference"), std::string::npos) << finding(grade, "ends").reason;
  expect_honest_submission_gets_full_points();
}

TEST_F(Hostile, IncludeOfShadowIsRefused) {
  expect_refused_by_the_compiler("#include \"/etc/shadow\"\nint main(void) {}\n");
}

TEST_F(Hostile, IncbinOfShadowIsRefused) {
  expect_refused_by_the_compiler("__asm__(\".incbin \\\"/etc/shadow\\\"\");\nint main(void) {}\n");
}

TEST_F(Hostile, IncludeOfEndlessDeviceIsRefused) {
  expect_refused_by_the_compiler("#include \"/dev/zero\"\nint main(void) {}\n");
}

TEST_F(Hostile, FileNamedLikeACompilerOptionIsRefused) {
  const TempDir folder;
  std::ofstream(folder.path() + "/pair.c") << "int main(void) { return 0; }\n";
  std::ofstream(folder.path() + "/@o.c") << "-fplugin=./evil.so\n";
  const Grade grade = grade_folder(folder.path());
  EXPECT_EQ(grade.lost, grade.points) << grade.not_graded_because;
  expect_honest_submission_gets_full_points();
}

TEST_F(Hostile, SymbolicLinkAsSourceIsNotFollowed) {
  const TempDir folder;
  ASSERT_EQ(::symlink("/etc/passwd", (folder.path() + "/pair.c").c_str()), 0);
  const Grade grade = grade_folder(folder.path());
  EXPECT_EQ(grade.lost, grade.points) << grade.not_graded_because;
  for (const BuildFailure& failure : grade.build_failures)
    EXPECT_EQ(failure.diagnostics.find("root:"), std::string::npos) << failure.diagnostics;
  expect_honest_submission_gets_full_points();
}

}  // namespace
}  // namespace jitterlab
