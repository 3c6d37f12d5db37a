// `jitterlab replay --stop-at`: real programs held, and looked at with gdb and ipcs.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "os/fd.h"
#include "os/spawn.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

const std::string kPrograms = JITTERLAB_TESTS "/detection/programs/";
const std::string kTwoLocks = kPrograms + "two-lock-deadlock.sysv.bug.c";

Ran jitterlab(std::vector<std::string> words, const std::string& input) {
  words.insert(words.begin(), JITTERLAB_BUILD "/jitterlab");
  words.insert(words.begin() + 2, {"--cache", JITTERLAB_BUILD "/test-cache"});
  return run_program(words, input);
}

std::string token_of_deadlock() {
  const TempDir folder;
  const std::string file = folder.path() + "/result.json";
  jitterlab({"explore", "--first", "--executions", "50", "--json", file, kTwoLocks}, "");
  return nlohmann::json::parse(read_file(file)).at("failures").at(0).at("token");
}

Ran held(const std::string& step, std::vector<std::string> options = {}, const std::string& input = "\n") {
  options.insert(options.begin(), {"replay", "--stop-at", step});
  options.insert(options.end(), {token_of_deadlock(), kTwoLocks});
  return jitterlab(options, input);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// The line of one task.
std::string line_of(const std::string& text, const std::string& task) {
  std::smatch found;
  return std::regex_search(text, found, std::regex("\n( +" + task + " .*)\n")) ? found[1].str() : "";
}

TEST(Held, EachIsSaidWithItsProcessAndWhatItIsAboutToDo) {
  const Ran ran = held("11");
  EXPECT_TRUE(ran.ending.exited_with(0)) << ran.err;
  EXPECT_TRUE(has(ran.out, "Held before step 11")) << ran.out;
  for (const char* task : {"main", "child 1", "child 2"})
    EXPECT_TRUE(std::regex_search(line_of(ran.out, task), std::regex("process [0-9]+"))) << task << ran.out;
  EXPECT_TRUE(has(line_of(ran.out, "main"), "finish() line 44")) << ran.out;
  EXPECT_TRUE(has(line_of(ran.out, "child 1"), "to_right() line 59 > P() line 55")) << ran.out;
}

TEST(Held, FewerTasksAreThereBeforeTheyWereMade) {
  const Ran ran = held("1");
  EXPECT_TRUE(has(ran.out, "Held before step 1.")) << ran.out;
  EXPECT_NE(line_of(ran.out, "main"), "");
  EXPECT_EQ(line_of(ran.out, "child 1"), "") << ran.out;
}

TEST(Held, AtTheEndOfADeadlock) {
  const Ran ran = held("end");
  EXPECT_TRUE(has(ran.out, "everyone waits")) << ran.out;
  EXPECT_TRUE(has(line_of(ran.out, "child 2"), "to_left() line 76")) << ran.out;
}

TEST(Held, GdbShowsTheFunctionsOfTheProgram) {
  const Ran ran = held("end", {"--gdb", "child 1"}, "backtrace\nquit\n");
  EXPECT_TRUE(ran.ending.exited_with(0)) << ran.err;
  EXPECT_TRUE(std::regex_search(ran.out, std::regex("#[0-9]+ .* to_right \\(\\) at .*two-lock-deadlock"))) << ran.out;
}

TEST(Held, NobodyOfThatNameIsAnError) {
  const Ran ran = held("1", {"--gdb", "child 7"});
  EXPECT_TRUE(ran.ending.exited_with(2));
  EXPECT_TRUE(has(ran.err, "\"child 7\"") && has(ran.err, "one of \"main\"")) << ran.err;
}

TEST(Held, AnExecutionThatEndsBeforeHoldsNobody) {
  const TempDir folder;
  const std::string source = folder.path() + "/short.c", file = folder.path() + "/result.json";
  write_file(source, "int main(void) { return 1; }\n");
  jitterlab({"explore", "--first", "--json", file, source}, "");
  const std::string token = nlohmann::json::parse(read_file(file)).at("failures").at(0).at("token");
  const Ran ran = jitterlab({"replay", "--stop-at", "end", token, source}, "\n");
  EXPECT_TRUE(ran.ending.exited_with(2)) << ran.out;
  EXPECT_TRUE(has(ran.err, "nobody can be held")) << ran.err;
}

TEST(Held, AStepIsANumber) {
  for (const char* step : {"0", "-1", "12x", "", "99999999999"})
    EXPECT_TRUE(jitterlab({"replay", "--stop-at", step, "1x-0-0", kTwoLocks}, "").ending.exited_with(2)) << step;
}

}  // namespace
}  // namespace jitterlab
