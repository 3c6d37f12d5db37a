#include <gtest/gtest.h>

#include "check/observation_fixture.h"

namespace jitterlab {
namespace {

Answer said(const ProgramAnswer& program_answer) {
  return ask(ProgramCheck{"fair", {"3"}}, seen("a: Ping"),
             [&](const ProgramCheck& check, const Observation& observation) {
               EXPECT_EQ(check.arguments, std::vector<std::string>{"3"});
               EXPECT_EQ(text_of(observation, Stream::kOut), "Ping");
               return program_answer;
             });
}

TEST(ProgramQuestion, Exit0Passes) { EXPECT_EQ(said({true, 0, "fine"}).verdict, Verdict::kPassed); }

TEST(ProgramQuestion, Exit1FailsWithItsOutputAsReason) {
  const Answer answer = said({true, 1, "client 3 starved"});
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.seen, "client 3 starved");
  EXPECT_EQ(said({true, 1, ""}).seen, "fair gave no reason");
}

TEST(ProgramQuestion, AnythingElseIsNotGraded) {
  EXPECT_EQ(said({true, 2, "Traceback"}).verdict, Verdict::kNotGraded);
  EXPECT_EQ(said({true, 2, "Traceback"}).seen, "the checking program fair ended with exit 2: Traceback");
  EXPECT_EQ(said({false, 0, ""}).verdict, Verdict::kNotGraded);
  EXPECT_EQ(said({false, 0, ""}).seen, "the checking program fair did not end by itself");
}

TEST(ProgramQuestion, WithoutARunnerItIsNotGraded) {
  EXPECT_EQ(ask(ProgramCheck{"fair", {}}, seen("a: Ping")).verdict, Verdict::kNotGraded);
}

}  // namespace
}  // namespace jitterlab
