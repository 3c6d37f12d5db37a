#include "check/told_evidence.h"

#include <gmock/gmock.h>

#include "check/observation_fixture.h"

namespace jitterlab {
namespace {

ScenarioRace race_on(const std::string& variable, const std::string& scenario = "fruit") {
  ToldRace race;
  race.variable = variable;
  race.first = {"producer", "writes", {"shop.c", 12, "put", 0x1200}, "shop->in = at;"};
  race.second = {"consumer 2", "reads", {"shop.c", 31, "take", 0x1300}, ""};
  return {scenario, race, ""};
}

// The check `race-free`, with this verdict in scenario "fruit".
Grade graded(Verdict verdict, const std::vector<ScenarioRace>& races) {
  Finding finding{.check = "race-free", .kind = "findings", .verdict = verdict, .points = 2};
  finding.scenarios.push_back(
      {.scenario = "fruit", .verdict = verdict, .answer = {verdict, "none of: race", "race: somewhere"}});
  Grade grade;
  grade.findings = {finding};
  grade.races = races;
  return grade;
}

Lab lab_that_forbids(FindingKind kind) {
  Lab lab = fruit_lab();
  lab.checks = {{.id = "race-free", .points = 2, .in = {"fruit"}, .question = FindingsCheck{{kind}}}};
  return lab;
}

TEST(ToldEvidence, AFailedCheckTellsBothSidesOfItsRacesOnce) {
  Grade grade = graded(Verdict::kFailed, {race_on("shop->in"), race_on("shop->out", "waiting")});
  tell_evidence_in_checks(grade, lab_that_forbids(FindingKind::kRace));
  EXPECT_EQ(grade.findings[0].scenarios[0].answer.seen,
            "race: somewhere\n"
            "  shop->in\n"
            "    producer writes it at shop.c:12 in put()\n"
            "        shop->in = at;\n"
            "    consumer 2 reads it at shop.c:31 in take()");
  EXPECT_EQ(grade.races[0].check, "race-free");
  EXPECT_EQ(grade.races[1].check, "") << "another scenario, which the check does not look at";
}

TEST(ToldEvidence, WhatCameOfTryingARaceIsTold) {
  ScenarioRace race = race_on("shop->in");
  race.race.tried = {.outcome = RaceTried::Outcome::kHarmful, .leads_to = "all-arrive fails"};
  race.race.tried_order = "A comes before B";
  Grade grade = graded(Verdict::kFailed, {race});
  tell_evidence_in_checks(grade, lab_that_forbids(FindingKind::kRace));
  EXPECT_THAT(grade.findings[0].scenarios[0].answer.seen,
              testing::EndsWith("in take()\n    Harmful: all-arrive fails when A comes before B, and not the other way "
                                "round."));
}

TEST(ToldEvidence, OfManyRacesAFewAreTold) {
  Grade grade = graded(Verdict::kFailed, std::vector<ScenarioRace>(7, race_on("shop->in")));
  tell_evidence_in_checks(grade, lab_that_forbids(FindingKind::kRace));
  EXPECT_THAT(grade.findings[0].scenarios[0].answer.seen, testing::EndsWith("\n  and 2 more"));
}

TEST(ToldEvidence, WhatPassedOrForbidsSomethingElseTellsNone) {
  for (const auto& [verdict, kind] :
       {std::pair(Verdict::kPassed, FindingKind::kRace), std::pair(Verdict::kNotGraded, FindingKind::kRace),
        std::pair(Verdict::kFailed, FindingKind::kDeadlock)}) {
    Grade grade = graded(verdict, {race_on("shop->in")});
    tell_evidence_in_checks(grade, lab_that_forbids(kind));
    EXPECT_EQ(grade.findings[0].scenarios[0].answer.seen, "race: somewhere");
    EXPECT_EQ(grade.races[0].check, "");
  }
}

ScenarioFound left_behind(const std::string& what) {
  ToldFound found{kLeak, what, {{"producer", "makes it", {"shop.c", 5, "main", 0x1100}, "shmget();"}}};
  return {"fruit", found, ""};
}

TEST(ToldEvidence, WhatWasLeftBehindIsToldWithItsMaker) {
  Grade grade = graded(Verdict::kFailed, {});
  grade.found = {left_behind("segment key 0x1, 20 bytes"), left_behind("FIFO chat")};
  Lab lab = lab_that_forbids(FindingKind::kRace);
  lab.checks[0].question = LeftBehindCheck{{LeftKind::kSegment}};
  tell_evidence_in_checks(grade, lab);
  EXPECT_EQ(grade.findings[0].scenarios[0].answer.seen,
            "race: somewhere\n  segment key 0x1, 20 bytes\n    producer makes it at shop.c:5 in main()\n"
            "        shmget();");
  EXPECT_EQ(grade.found[0].check, "race-free");
  EXPECT_EQ(grade.found[1].check, "") << "a kind that this check allows";
}

TEST(ToldEvidence, ALeakIsWhateverIsLeft) {
  Grade grade = graded(Verdict::kFailed, {});
  grade.found = {left_behind("FIFO chat")};
  grade.found[0].found.steps.clear();
  tell_evidence_in_checks(grade, lab_that_forbids(FindingKind::kLeak));
  EXPECT_EQ(grade.found[0].check, "race-free");
  EXPECT_EQ(grade.findings[0].scenarios[0].answer.seen, "race: somewhere") << "nothing is known but its name";
}

}  // namespace
}  // namespace jitterlab
