// A grading that is stopped half-way gives a partial result.
#include <gtest/gtest.h>
#include <pty.h>
#include <signal.h>
#include <unistd.h>

#include "invocation.h"
#include "os/error.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

// Far more executions than any of these tests lets happen.
const Words kEndless = {"--executions", "100000"};

void expect_partial(const nlohmann::json& result) {
  EXPECT_EQ(result.at("exit_code"), 2);
  EXPECT_EQ(result.at("partial"), true);
  EXPECT_EQ(result.at("partial_because"), "stopped before all executions were done");
  EXPECT_EQ(result.at("lost"), 0);
  EXPECT_EQ(result.at("open"), 10);
}

// jitterlab with its standard error on a terminal, where it draws its progress.
class OnTerminal {
 public:
  explicit OnTerminal(const Words& words) {
    int ours = -1, theirs = -1;
    if (::openpty(&ours, &theirs, nullptr, nullptr, nullptr) != 0) throw system_error("cannot make a terminal");
    ours_ = Fd(ours);
    const Fd its_own(theirs);
    child_ = spawn(Words{kProgram} + words, {{its_own.get(), 2}});
  }

  void wait_for(const std::string& words) {
    while (seen_.find(words) == std::string::npos) {
      if (!read_more()) throw Error("jitterlab ended before it said \"" + words + "\" but: " + seen_);
    }
  }

  void signal(int number, bool whole_group) { ::kill(whole_group ? -child_->pid() : child_->pid(), number); }

  Ending wait() {
    while (read_more()) {
    }
    return child_->wait();
  }

 private:
  // False at the end: nobody holds the other side of the terminal.
  bool read_more() {
    char bytes[4096];
    const ssize_t got = ::read(ours_.get(), bytes, sizeof bytes);
    if (got > 0) seen_.append(bytes, static_cast<std::size_t>(got));
    return got > 0;
  }

  Fd ours_;
  std::unique_ptr<Child> child_;
  std::string seen_;
};

nlohmann::json result_after(int number, bool whole_group) {
  const TempDir folder;
  const std::string file = folder.path() + "/r.json";
  OnTerminal grading(grade_words(kPair, kHonest, kEndless + Words{"--format", "json=" + file}));
  grading.wait_for("5 of 100102: words, jitter 2");
  grading.signal(number, whole_group);
  EXPECT_EQ(grading.wait().words(), "exit 2");
  return nlohmann::json::parse(read_file(file));
}

TEST(StoppedGrading, SigtermGivesAPartialResult) { expect_partial(result_after(SIGTERM, false)); }

TEST(StoppedGrading, SignalToTheWholeProcessGroupDoesNotReachTheSandbox) { expect_partial(result_after(SIGINT, true)); }

TEST(StoppedGrading, TimeLimitGivesAPartialResult) {
  expect_partial(graded(kPair, kHonest, kEndless + Words{"--time", "1"}));
}

TEST(StoppedGrading, WhatFailedBeforeIsSaidAndLost) {
  const TempDir folder;
  const std::string file = folder.path() + "/r.json";
  OnTerminal grading(grade_words(kPair, kSilent, kEndless + Words{"--format", "json=" + file}));
  grading.wait_for("5 of 100102");
  grading.signal(SIGTERM, false);
  grading.wait();
  const auto result = nlohmann::json::parse(read_file(file));
  EXPECT_EQ(finding_on(result, "arrive").at("verdict"), "failed");
  EXPECT_EQ(finding_on(result, "tidy").at("verdict"), "not graded");
}

}  // namespace
}  // namespace jitterlab
