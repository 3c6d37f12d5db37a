// The smaller commands, as typed.
#include <gtest/gtest.h>

#include <fstream>

#include "invocation.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Words run_words(const std::string& submission, const Words& more = {}) {
  return Words{"run", kPair, submission, "--cache", JITTERLAB_BUILD "/test-cache"} + more;
}

TEST(RunCommand, OutputIsShownAsItIsAndTheRestOnStandardError) {
  const Ran ran = run_jitterlab(run_words(kFolder + "bytes.c"));
  EXPECT_EQ(ran.ending.words(), "exit 0");
  EXPECT_EQ(ran.out, std::string("::error::\x1b[31m\xff\0no newline", 25));
  EXPECT_TRUE(has(ran.err, "to the other stream\n")) << ran.err;
  EXPECT_TRUE(has(ran.err, "jitterlab: pair: exit 3\n")) << ran.err;
}

TEST(RunCommand, SeedDecidesTheInput) {
  const std::string seven = run_jitterlab(run_words(kHonest, {"--seed", "7"})).out;
  EXPECT_TRUE(has(seven, "got ") && has(seven, "served 1\n")) << seven;
  EXPECT_EQ(run_jitterlab(run_words(kHonest, {"--seed", "7", "--jitter"})).out, seven);
  EXPECT_NE(run_jitterlab(run_words(kHonest, {"--seed", "8"})).out, seven);
}

TEST(RunCommand, WhatIsLeftBehindIsNamed) {
  const Ran ran = run_jitterlab(run_words(kFolder + "hostile/leaves_everything_behind.c"));
  EXPECT_TRUE(has(ran.err, "jitterlab: left behind: ")) << ran.err;
}

TEST(RunCommand, CompilerMessagesAreShownBehindAGutter) {
  const TempDir folder;
  std::ofstream(folder.path() + "/pair.c") << "int main(void) {\n  return kiwi;\n}\n";
  const Ran ran = run_jitterlab(run_words(folder.path()));
  EXPECT_EQ(ran.ending.words(), "exit 1");
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(has(ran.err, "\n| pair.c:2:10: error: ")) << ran.err;
}

TEST(RunCommand, UnknownScenarioIsAMistake) {
  const Ran ran = run_jitterlab(run_words(kHonest, {"none"}));
  EXPECT_EQ(ran.ending.words(), "exit 2");
  EXPECT_TRUE(has(ran.err, "the lab pair has no scenario none; `jitterlab show pair` lists them")) << ran.err;
}

TEST(ListCommand, LabsAreListedAndThoseWithMistakesAreSaidToHaveThem) {
  const Ran ran = run_jitterlab({"list", "--labs", kFolder + "labs"});
  EXPECT_EQ(ran.ending.words(), "exit 0");
  EXPECT_TRUE(has(ran.out, "pair")) << ran.out;
  EXPECT_TRUE(has(ran.out, "mistaken: has mistakes; `jitterlab show ")) << ran.out;
}

TEST(ShowCommand, PatternsAndPointsOfTheLabAreShown) {
  const Ran ran = run_jitterlab({"show", kPair});
  EXPECT_EQ(ran.ending.words(), "exit 0");
  for (const std::string part : {"Words through a segment", "got (?P<word>\\w+)", "arrive", "6"})
    EXPECT_TRUE(has(ran.out, part)) << part << "\n" << ran.out;
}

TEST(ShowCommand, MistakesOfALabFileAreAllToldAndExitWithTwo) {
  const Ran ran = run_jitterlab({"show", "mistaken", "--labs", kFolder + "labs"});
  EXPECT_EQ(ran.ending.words(), "exit 2");
  EXPECT_EQ(ran.out, "");
  for (const std::string place : {"lab.yaml:4:", "lab.yaml:9:", "lab.yaml:11:"})
    EXPECT_TRUE(has(ran.err, place)) << place << "\n" << ran.err;
}

TEST(TableCommand, SavedResultsBecomeOneTable) {
  const TempDir folder;
  const std::string ann = folder.path() + "/ann.json", bob = folder.path() + "/bob.json";
  run_jitterlab(grade_words(kPair, kHonest, {"--meta", "student=ann", "--format", "json=" + ann}));
  run_jitterlab(grade_words(kPair, kSilent, {"--meta", "student=bob", "--format", "json=" + bob}));
  const Ran ran = run_jitterlab({"table", ann, bob});
  EXPECT_EQ(ran.ending.words(), "exit 0");
  EXPECT_TRUE(has(ran.out, ann + ",pair,ann,10,10,0,0,passed,no,yes,")) << ran.out;
  EXPECT_TRUE(has(ran.out, bob + ",pair,bob,10,2,8,0,failed,no,yes,")) << ran.out;
}

TEST(TableCommand, FileThatIsNoResultIsNamed) {
  for (const std::string& file : {kHonest, std::string("/nowhere.json")}) {
    const Ran ran = run_jitterlab({"table", file});
    EXPECT_EQ(ran.ending.words(), "exit 2");
    EXPECT_TRUE(has(ran.err, file)) << ran.err;
  }
}

TEST(DoctorCommand, MachineThatCanRunTheseTestsCanGrade) {
  const Ran ran = run_jitterlab({"doctor"});
  EXPECT_EQ(ran.ending.words(), "exit 0") << ran.out;
  EXPECT_TRUE(has(ran.out, "  yes  bubblewrap: ")) << ran.out;
  EXPECT_TRUE(has(ran.out, "This machine can grade.\n")) << ran.out;
}

TEST(Program, MistakeInTheCommandLineExitsWithTwo) {
  const Ran ran = run_jitterlab({"grade", kPair, kHonest, "--seed", "kiwi"});
  EXPECT_EQ(ran.ending.words(), "exit 2");
  EXPECT_TRUE(has(ran.err, "a seed is a number")) << ran.err;
}

}  // namespace
}  // namespace jitterlab
