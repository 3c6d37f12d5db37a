// `jitterlab verify` as authors of labs call it: what is as it says is accepted, each promise that is broken is told.
#include <gtest/gtest.h>

#include <filesystem>

#include "invocation.h"
#include "os/fd.h"
#include "tiny_lab.h"

namespace jitterlab {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class VerifyProgram : public testing::Test {
 protected:
  Ran verified(const Words& more = {}) const { return with_seeds("1", more); }

  Ran with_seeds(const std::string& seeds, const Words& more) const {
    return run_jitterlab(Words{"verify", lab_.lab(), "--cache", JITTERLAB_BUILD "/test-cache", "--seeds", seeds} +
                         more);
  }

  // `what` is told and the exit code is 1.
  void expect_wrong(const std::string& what, const Words& more = {}) const {
    const Ran ran = verified(more);
    EXPECT_EQ(ran.ending.words(), "exit 1") << ran.out << ran.err;
    EXPECT_TRUE(has(ran.out, what) && has(ran.out, "WRONG")) << ran.out;
    EXPECT_TRUE(has(ran.out, "Something is not as it says")) << ran.out;
  }

  TinyLab lab_;
};

TEST_F(VerifyProgram, LabThatIsAsItSaysExitsWithZero) {
  const std::string json = lab_.path() + "/found.json";
  const Ran ran = with_seeds("1..3", {"--json", json});
  EXPECT_EQ(ran.ending.words(), "exit 0") << ran.out << ran.err;
  EXPECT_TRUE(has(ran.out, "Everything is as it says.\n")) << ran.out;
  EXPECT_FALSE(has(ran.out, "warning")) << ran.out;
  const auto found = nlohmann::json::parse(read_file(json)).at("labs")[0];
  EXPECT_EQ(found.at("lab"), "tiny");
  ASSERT_EQ(found.at("submissions").size(), 5u);
  const auto& twice = found.at("submissions")[3];
  EXPECT_EQ(twice.at("submission"), "count/twice.c");
  ASSERT_EQ(twice.at("seeds").size(), 3u);
  EXPECT_EQ(twice.at("seeds")[0].at("caught").at("executions"), 1);
  EXPECT_GT(twice.at("seeds")[0].at("whole").at("cpu_seconds"), 0);
  EXPECT_GT(twice.at("caught_with_at_least"), 0.9);
}

TEST_F(VerifyProgram, KnownBadThatIsRightIsTold) {
  lab_.write("reference/tiny/count/fixed.c",
             "// Says it twice. fails: greets\n#include <stdio.h>\nint main(void) { puts(\"hello you\"); }\n");
  expect_wrong("loses nothing in greets, which it says it fails", {"--only", "known-bad"});
}

TEST_F(VerifyProgram, AcceptedSolutionThatIsWrongIsToldWithWhatWasSeen) {
  lab_.write("reference/tiny/accepted/silent/tiny.c", "int main(void) { return 0; }\n");
  expect_wrong("loses 2 points in greets\n         | greet: ", {"--only", "accepted"});
}

TEST_F(VerifyProgram, PromiseOfAnotherCheckIsTold) {
  lab_.write("reference/tiny/count/twice.c",
             "// fails: ends\n#include <stdio.h>\nint main(void) { puts(\"hello you\"); puts(\"hello me\"); }\n");
  expect_wrong("loses 2 points in greets, which it does not name", {"--only", "twice"});
}

TEST_F(VerifyProgram, PromiseOfAnUnknownCheckIsTold) {
  lab_.write("reference/tiny/count/twice.c", "// fails: greeting\nint main(void) { return 0; }\n");
  expect_wrong("`fails: greeting`, but the lab has no such check");
}

TEST_F(VerifyProgram, HandoutWithoutThePatternIsTold) {
  lab_.write("labs/tiny/README.md", "Print `hello world`. `greets`: 2 points, `ends`: 1 point.\n");
  expect_wrong("README.md: the pattern of event `hello` is not shown", {"--only", "lab"});
  lab_.remove("labs/tiny/README.md");
  expect_wrong("there is no handout", {"--only", "lab"});
}

TEST_F(VerifyProgram, StarterMustBuildAndMustNotBeASolution) {
  lab_.write("labs/tiny/starter/tiny.c", "int main(void) { return 0 }\n");
  expect_wrong("the starter does not build", {"--only", "lab"});
  lab_.write("labs/tiny/starter/tiny.c", "#include <stdio.h>\nint main(void) { puts(\"hello world\"); }\n");
  expect_wrong("the starter gets all points", {"--only", "lab"});
  lab_.remove("labs/tiny/starter");
  expect_wrong("there is no starter code", {"--only", "lab"});
}

TEST_F(VerifyProgram, MistakeInTheLabFileIsToldWithItsPlace) {
  lab_.write("labs/tiny/lab.yaml", TinyLab::kLabFile + "  more: { points: 1, ended: by itself }\n");
  expect_wrong("labs/tiny/lab.yaml:5:9: `points` is 3, but the checks add up to 4");
}

TEST_F(VerifyProgram, CheckThatNothingFailsIsAWarningOnly) {
  lab_.remove("reference/tiny/ended");
  const Ran ran = verified();
  EXPECT_EQ(ran.ending.words(), "exit 0");
  EXPECT_TRUE(has(ran.out, "warning: no known-bad submission fails ends")) << ran.out;
}

TEST_F(VerifyProgram, WhatCannotBeToldExitsWithTwo) {
  std::string file = TinyLab::kLabFile;
  file.replace(file.find("{ run: tiny }"), 13, "{ roles: { tiny: { run: tiny }, host: { run: host, from: lab } } }");
  lab_.write("labs/tiny/lab.yaml", file);
  lab_.write("labs/tiny/drivers/host.c", "int main(void) { return 0 }\n");
  const Ran ran = verified({"--only", "printf"});
  EXPECT_EQ(ran.ending.words(), "exit 2") << ran.out;
  EXPECT_TRUE(has(ran.out, "not told: seed 1: in the drivers of the lab tiny")) << ran.out;
}

TEST_F(VerifyProgram, OnlyOneSubmissionIsGraded) {
  const Ran ran = verified({"--only", "ended/abort"});
  EXPECT_EQ(ran.ending.words(), "exit 0");
  EXPECT_TRUE(has(ran.out, "ended/abort.c") && !has(ran.out, "accepted") && !has(ran.out, "starter")) << ran.out;
}

TEST_F(VerifyProgram, UnknownNamesAreRefused) {
  for (const Words& words : {Words{"--only", "none"}, {"no-such-lab"}}) {
    const Ran ran = verified(words);
    EXPECT_EQ(ran.ending.words(), "exit 2");
    EXPECT_TRUE(has(ran.err, words.back())) << ran.err;
  }
  for (const std::string seeds : {"3..1", "1,,2", "one", "1..2000"}) {
    const Ran ran = with_seeds(seeds, {});
    EXPECT_EQ(ran.ending.words(), "exit 2");
    EXPECT_TRUE(has(ran.err, "seeds are numbers, as in 7, 1..10 or 1,5,9") && has(ran.err, seeds)) << ran.err;
  }
}

TEST_F(VerifyProgram, OtherFolderOfSolutionsCanBeNamed) {
  std::filesystem::rename(lab_.path() + "/reference", lab_.path() + "/elsewhere");
  expect_wrong("--reference names another", {"--only", ""});
  const Ran ran = verified({"--reference", lab_.path() + "/elsewhere", "--only", "accepted"});
  EXPECT_EQ(ran.ending.words(), "exit 0") << ran.out << ran.err;
}

TEST_F(VerifyProgram, TableGoesBetweenItsMarks) {
  lab_.write("table.md", "before\n<!-- table of tiny -->\nold\n<!-- end of table -->\nafter\n");
  EXPECT_EQ(verified({"--only", "known-bad", "--table", lab_.path() + "/table.md"}).ending.words(), "exit 0");
  const std::string table = read_file(lab_.path() + "/table.md");
  EXPECT_TRUE(has(table, "| count/twice.c | greets | 1 | 1 |") && has(table, "\nafter\n") && !has(table, "old"))
      << table;
}

}  // namespace
}  // namespace jitterlab
