// Machines on which no sandbox can be made: nothing is graded, unless somebody vouches for the submission.
#include <gtest/gtest.h>

#include "invocation.h"

namespace jitterlab {
namespace {

// Starts what follows where making namespaces is forbidden, as in a default container.
const Words kWithoutNamespaces = {JITTERLAB_WITHOUT_NAMESPACES};
const Words kWithoutBubblewrap = {"/usr/bin/env", "PATH=/nowhere"};

Ran grade_under(const Words& wrapper, const Words& more = {}) {
  return run_program(wrapper + Words{kProgram} + grade_words(kPair, kHonest, more));
}

// The report is laid out in lines; where they break is not the point here.
std::string unwrapped(const std::string& text) {
  std::string words;
  for (const char c : text) {
    if (c != '\n' && (c != ' ' || words.empty() || words.back() != ' ')) words += c;
    if (c == '\n' && !words.empty() && words.back() != ' ') words += ' ';
  }
  return words;
}

void expect_refused(const Ran& ran, const std::string& remedy) {
  EXPECT_EQ(ran.ending.words(), "exit 2");
  const std::string said = unwrapped(ran.out);
  EXPECT_NE(said.find("0 of 10 points, not graded (0 lost, 10 open)"), std::string::npos) << said;
  EXPECT_NE(said.find(remedy), std::string::npos) << said;
  EXPECT_NE(said.find("not your fault, nothing is lost"), std::string::npos) << said;
}

TEST(WithoutSandbox, ForbiddenNamespacesAreRefusedWithTheRemedy) {
  expect_refused(grade_under(kWithoutNamespaces), "jitterlab doctor");
}

TEST(WithoutSandbox, MissingBubblewrapIsRefusedWithTheRemedy) {
  expect_refused(grade_under(kWithoutBubblewrap), "the program bwrap is not in PATH; install it");
}

TEST(WithoutSandbox, DoctorSaysWhatIsForbiddenAndWhatToDo) {
  const Ran ran = run_program(kWithoutNamespaces + Words{kProgram, "doctor"});
  EXPECT_EQ(ran.ending.words(), "exit 2");
  EXPECT_NE(ran.out.find("  NO   namespaces"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("what to do: "), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("This machine cannot grade in a sandbox"), std::string::npos) << ran.out;
}

TEST(WithoutSandbox, DoctorNamesThePackageThatIsMissing) {
  const Ran ran = run_program(kWithoutBubblewrap + Words{kProgram, "doctor"});
  EXPECT_EQ(ran.ending.words(), "exit 2");
  EXPECT_NE(ran.out.find("apt-get install bubblewrap"), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace jitterlab
