#include "report/race_words.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace jitterlab {
namespace {

using Outcome = RaceTried::Outcome;

ToldRace race(Outcome outcome) {
  ToldRace result;
  result.variable = "number";
  result.first = {"main", "writes", {"a.c", 3, "f"}, "number = 1;"};
  result.second = {"child 1", "reads", {"a.c", 7, "g"}, "return number;"};
  result.executions = 2;
  result.failed = 0;
  result.tried.outcome = outcome;
  result.tried.executions = 6;
  return result;
}

ToldRace harmful() {
  ToldRace result = race(Outcome::kHarmful);
  result.tried.leads_to = "exit 1";
  result.tried.token = "1x-token";
  result.tried_order = "child 1 reads it in line 7 before main writes it in line 3";
  return result;
}

std::string told(const ToldRace& race) {
  Page page(100, false);
  tell_race(page, 0, race, "a.c");
  const std::string text = page.text();
  return text.substr(text.find("Seen in"));
}

TEST(RaceWords, HarmfulOneIsToldWithTheOrderAndItsCommand) {
  EXPECT_EQ(told(harmful()),
            "Seen in 2 executions, first in number 1.\n"
            "Harmful: exit 1 when child 1 reads it in line 7 before main writes it in line 3, and not the other\n"
            "way round.\n"
            "  jitterlab replay 1x-token a.c\n");
}

TEST(RaceWords, OtherOutputsAreTold) {
  ToldRace other = harmful();
  other.tried.outcome = Outcome::kOtherOutput;
  EXPECT_NE(told(other).find("Other lines are printed when child 1 reads it in line 7 before main"), std::string::npos);
}

TEST(RaceWords, WhatMadeNoDifferenceIsSaidWithTheNumberOfExecutions) {
  EXPECT_EQ(told(race(Outcome::kNothing)),
            "Seen in 2 executions, first in number 1.\n"
            "Both orders were tried, in 6 executions, and it made no difference that was seen.\n");
}

TEST(RaceWords, AnOrderThatWasNotReachedSaysNothingOfTheOutcome) {
  EXPECT_EQ(told(race(Outcome::kNotReached)),
            "Seen in 2 executions, first in number 1; it was not seen to change the outcome.\n"
            "The other order was not reached in 6 executions.\n");
}

TEST(RaceWords, RaceThatWasNotTriedIsToldAsBefore) {
  EXPECT_EQ(told(race(Outcome::kNotTried)),
            "Seen in 2 executions, first in number 1; it was not seen to change the outcome.\n");
  EXPECT_FALSE(json_of(race(Outcome::kNotTried)).contains("tried"));
}

TEST(RaceWords, JsonHoldsAllOfIt) {
  EXPECT_EQ(json_of(harmful()).at("tried").dump(),
            R"({"outcome":"harmful","executions":6,"leads-to":"exit 1",)"
            R"("order":"child 1 reads it in line 7 before main writes it in line 3","token":"1x-token"})");
  EXPECT_EQ(json_of(race(Outcome::kNothing)).at("tried").at("outcome"), "no-difference");
  EXPECT_EQ(json_of(race(Outcome::kNotReached)).at("tried").at("outcome"), "not-reached");
  EXPECT_EQ(json_of(race(Outcome::kOtherOutput)).at("tried").at("outcome"), "other-output");
}

}  // namespace
}  // namespace jitterlab
