// Arguments and standard input.
#include "os/error.h"
#include "scenario_fixture.h"

namespace jitterlab {
namespace {

using Input = ScenarioTest;

TEST_F(Input, InstancesKnowTheirNumber) {
  const Observation seen = play("    run: \"shell -c 'echo I am {instance}'\"\n    instances: 3\n");
  ASSERT_EQ(seen.instances.size(), 3u);
  std::map<int, std::string> said;
  for (const OutputPiece& piece : seen.output) said[seen.instances[piece.instance].number] += piece.bytes;
  const std::map<int, std::string> expected = {{0, "I am 0\n"}, {1, "I am 1\n"}, {2, "I am 2\n"}};
  EXPECT_EQ(said, expected);
}

TEST_F(Input, ParametersAreFilledIntoArguments) {
  const Observation seen = play("    run: \"shell -c 'echo $n $words[1] $$0 $words'\"\n");
  const auto& words = seen.parameters.at("words");
  EXPECT_EQ(out(seen), seen.parameters.at("n")[0] + " " + words[1] + " /bin/sh " + words[0] + " " + words[1] + " " +
                           words[2] + "\n");
}

TEST_F(Input, ParameterThatIsTheWholeInputIsAListOfLines) {
  const Observation seen = play("    run: \"shell -c cat\"\n    stdin: $words\n");
  const auto& words = seen.parameters.at("words");
  EXPECT_EQ(out(seen), words[0] + "\n" + words[1] + "\n" + words[2] + "\n");
}

TEST_F(Input, TextAroundParametersIsKept) {
  const Observation seen = play("    run: \"shell -c cat\"\n    stdin: \"$words[0] and $n\\n\"\n");
  EXPECT_EQ(out(seen), seen.parameters.at("words")[0] + " and " + seen.parameters.at("n")[0] + "\n");
}

TEST_F(Input, WithoutStdinTheInputIsAtItsEnd) {
  EXPECT_EQ(out(play("    run: \"shell -c 'cat; echo end'\"\n")), "end\n");
}

TEST_F(Input, PiecesComeOneByOneWhenTheReaderWaitsAgain) {
  const Observation seen = play(R"(
    roles:
      reader:
        run: actor reads
        stdin:
          - { text: a, when: role reader waits }
          - { text: b, when: role reader waits }
          - { text: c, when: role reader waits }
          - { text: d, when: role reader waits }
)");
  EXPECT_EQ(out(seen), "[a][b][c][d]");
}

TEST_F(Input, PieceWhoseConditionNeverHoldsIsKeptBackAndTheReaderComesToRest) {
  const Observation seen = play(R"(
    roles:
      reader: { run: actor reads, stdin: [a, { text: b, when: fifo f exists }] }
    limits: { seconds: 60 }
)");
  EXPECT_EQ(out(seen), "[a]");
  EXPECT_TRUE(seen.came_to_rest);
  EXPECT_EQ(seen.limit, Limit::kNone);
}

TEST_F(Input, ReaderThatEndsEarlyIsNoProblem) {
  EXPECT_TRUE(
      ending(play("    run: \"shell -c 'exec 0<&-; echo done'\"\n    stdin: $words\n"), "shell").exited_with(0));
}

TEST_F(Input, ScenarioThatIsNotInTheLabIsAnError) {
  const Lab lab = lab_with("  played: { run: actor }\n");
  box_ = Box::open(setup());
  EXPECT_THROW(run_execution(*box_, lab, programs_, {"another", Strategy::kPlain, 0, 7}), Error);
}

TEST_F(Input, ProgramThatWasNotBuiltIsAnError) {
  programs_.plain.clear();
  EXPECT_THROW(play("    run: actor\n"), Error);
}

}  // namespace
}  // namespace jitterlab
