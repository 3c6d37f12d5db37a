#include "report/lab_listing.h"

#include <gmock/gmock.h>

#include <csignal>

#include "report/lab_words.h"

namespace jitterlab {
namespace {

Lab sample_lab() {
  Lab lab;
  lab.id = "producer-consumer";
  lab.version = 3;
  lab.title = "Bounded buffer with three semaphores";
  lab.points = 14;
  lab.hand_in = {Language::kC, {{"prodcons", {"*.c"}}}, {"prodcons.c"}};
  lab.events = {{"produced", "produced (?P<item>\\w+)", {"item"}, "produced kiwi"},
                {"got", "consumer (?P<who>\\d+) got (?P<item>\\w+)", {"who", "item"}, ""}};
  lab.parameters = {{"words", DrawKind::kWord, 40, true, 0, 0, {}}};
  Role role;
  role.name = role.program = "prodcons";
  role.arguments = {"2", "3"};
  role.input = {{"$words", std::nullopt}};
  lab.scenarios = {{"crowd", {role}, {}, false, {}}};
  role.arguments = {"1", "0"};
  lab.scenarios.push_back({"full", {role}, {}, true, {}});
  lab.checks = {{"all-arrive",
                 9,
                 {"crowd"},
                 ExactlyOnceCheck{"words", {"got", "item"}},
                 Holds::kAlways,
                 {},
                 "is a slot taken twice?"},
                {"bounded", 5, {"full"}, CountCheck{{{"produced", 8, 8}}}, Holds::kAlways, {"all-arrive"}, ""}};
  return lab;
}

TEST(LabListing, FaultsAndSignalsAtAnyStepAreTold) {
  Lab lab = sample_lab();
  lab.scenarios[0].faults = {Fault::kShortReads, Fault::kShortWrites};
  SignalOnCondition signal;
  signal.signal = SIGUSR1;
  signal.at_any_step = true;
  lab.scenarios[0].roles[0].signals = {signal};
  const std::string text = lab_description(lab);
  for (const char* words :
       {"    faults            a read from a pipe", "    faults            a write to a stream", "SIGUSR1"})
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
}

TEST(LabListing, CppBesideCIsTold) {
  Lab lab = sample_lab();
  lab.hand_in.programs[0].sources = {"*.c", "*.cc"};
  EXPECT_NE(lab_description(lab).find("Source files in C, or in C++ where the ending of their names says so."),
            std::string::npos);
}

TEST(LabListing, DescriptionSaysAllThatAStudentNeeds) {
  EXPECT_EQ(lab_description(sample_lab()), R"(producer-consumer: Bounded buffer with three semaphores
14 points, version 3

Hand in
  Source files in C.
  Must be there: prodcons.c
  prodcons            a program, built from *.c

What your programs print (other output is ignored unless a check says so)
  produced            for example `produced kiwi`
                      pattern `produced (?P<item>\w+)`
                      each time it is printed, one `produced` is counted, with its item; looked at
                      by bounded
  got                 pattern `consumer (?P<who>\d+) got (?P<item>\w+)`
                      each time it is printed, one `got` is counted, with its who and item; looked
                      at by all-arrive

Drawn for each execution
  $words              40 different words

Scenarios (each run 10 times as you would, 40 times with random delays, up to 100 times one process
at a time)
  crowd
    prodcons          `prodcons 2 3`, standard input `$words`
  full
    prodcons          `prodcons 1 0`, standard input `$words`
    end               when everyone waits, all are stopped with SIGTERM

Checks
  all-arrive          9 points
                      in crowd: every value of `$words` appears exactly once as `item` of `got`, and
                      nothing else does
                      hint: is a slot taken twice?
  bounded             5 points
                      in full: exactly 8 times `produced`
                      costs nothing when this failed already: all-arrive
)");
}

TEST(LabListing, AScenarioWithItsOwnNumbersOfExecutionsSaysThem) {
  Lab lab = sample_lab();
  lab.scenarios.back().executions = {.plain = 1, .jitter = 0, .controlled = 7};
  EXPECT_THAT(lab_description(lab), testing::HasSubstr(R"(Scenarios
  crowd
    prodcons          `prodcons 2 3`, standard input `$words`
    run               10 times as you would, 40 times with random delays, up to 100 times one
                      process at a time
  full
    prodcons          `prodcons 1 0`, standard input `$words`
    end               when everyone waits, all are stopped with SIGTERM
    run               1 times as you would, 0 times with random delays, up to 7 times one process at
                      a time
)"));
}

TEST(LabListing, LineHasIdPointsAndTitle) {
  EXPECT_EQ(lab_line(sample_lab()), "producer-consumer      14 points  Bounded buffer with three semaphores");
}

TEST(LabWords, ConditionsAreWhatCanBeObserved) {
  EXPECT_EQ(in_words(Condition(TcpListens{50007})), "TCP port 50007 listens");
  EXPECT_EQ(in_words(Condition(UdpBound{50000})), "UDP port 50000 is bound");
  EXPECT_EQ(in_words(Condition(SegmentExists{12345})), "a segment with key 12345 exists");
  EXPECT_EQ(in_words(Condition(SemaphoresExist{1})), "semaphores with key 1 exist");
  EXPECT_EQ(in_words(Condition(QueueExists{1})), "a queue with key 1 exists");
  EXPECT_EQ(in_words(Condition(FifoExists{"box"})), "the named pipe `box` exists");
  EXPECT_EQ(in_words(Condition(RolePrinted{"server", "ready"})), "server has printed `ready`");
  EXPECT_EQ(in_words(Condition(RoleWaits{"A"})), "A waits");
  EXPECT_EQ(in_words(Condition(RoleEnded{"A"})), "A has ended");
  EXPECT_EQ(in_words(Condition(EveryoneWaits{})), "everyone waits");
}

TEST(LabWords, RoleTellsOriginInstancesInputAndEnd) {
  Role role;
  role.program = "echo-client";
  role.origin = Origin::kLab;
  role.instances = 3;
  role.input = {{"a", std::nullopt}, {"b", RoleWaits{"server"}}};
  role.start = {TcpListens{50007}};
  role.signals = {{SIGINT, RoleEnded{"other"}}};
  role.ends = Ends::kStopped;
  EXPECT_EQ(in_words(role),
            "`echo-client`, of the lab, 3 times, standard input `a`, then `b` when server waits, started when TCP port "
            "50007 listens, sent SIGINT when other has ended, stopped with SIGTERM at the end");
  role = Role{};
  role.program = "server";
  role.origin = Origin::kReference;
  EXPECT_EQ(in_words(role), "`server`, of a right solution");
}

TEST(LabWords, StepsActOnRoles) {
  EXPECT_EQ(in_words(Step{EveryoneWaits{}, Step::Action::kStart, "client", 0}), "when everyone waits, start client");
  EXPECT_EQ(in_words(Step{std::nullopt, Step::Action::kStop, "server", 0}), "stop server with SIGTERM");
  EXPECT_EQ(in_words(Step{std::nullopt, Step::Action::kSignal, "a", SIGUSR1}), "send SIGUSR1 to a");
}

TEST(LabWords, ParametersAreCounted) {
  EXPECT_EQ(in_words(Parameter{"n", DrawKind::kNumber, 1, false, 1, 9, {}}), "1 number from 1 to 9");
  EXPECT_EQ(in_words(Parameter{"c", DrawKind::kChoice, 2, false, 0, 0, {"x", "y"}}), "2 of `x` and `y`");
}

TEST(LabWords, QuestionsSayWhatMustBeSo) {
  const auto words = [](Question question) { return in_words(question); };
  using How = OutputCheck::How;
  EXPECT_EQ(words(OutputCheck{How::kExact, "", "Hi", {}}), "the output of all programs is exactly `Hi`");
  EXPECT_EQ(words(OutputCheck{How::kMatches, "server", "^a", {}}), "the output of server matches `^a`");
  EXPECT_EQ(words(OutputCheck{How::kLineSet, "", "", {"a", "b"}}),
            "the output of all programs has these lines in any order and no others: `a` and `b`");
  EXPECT_EQ(words(CountCheck{{{"a", 1, std::nullopt}, {"b", 2, 3}}}), "at least 1 times `a` and 2 to 3 times `b`");
  EXPECT_EQ(words(SequenceCheck{"(ping pong)*", {"ping", "pong"}, "who"}),
            "the events `ping` and `pong` come in the order `(ping pong)*`, for each `who` by itself");
  EXPECT_EQ(words(OrderCheck{{"got", "item"}, EventField{"made", "item"}, ""}),
            "`item` of `got` comes in the order of `item` of `made`");
  EXPECT_EQ(words(AtMostCheck{1, "in", "out", ""}), "never more than 1 between `in` and `out`");
  EXPECT_EQ(words(EachCheck{{"got", "item"}, std::vector<std::string>{"x"}}), "each `item` of `got` is one of `x`");
  EXPECT_EQ(words(EndedCheck{"", Ends::kByItself, 0}), "every program ends by itself with status 0");
  EXPECT_EQ(words(EndedCheck{"server", Ends::kStopped, std::nullopt}),
            "server is still there when it is stopped at the end");
  EXPECT_EQ(words(ObjectsCheck{{{ObjectKind::kSegment, 12345, 0600, 20, true}}}),
            "a shared memory segment with key 12345 of 20 bytes and mode 0600 existed and was used");
  EXPECT_EQ(words(ObjectsCheck{{{ObjectKind::kSemaphores, {}, {}, 1, false}, {ObjectKind::kQueue, {}, {}, {}, false}}}),
            "a semaphore set of 1 semaphore existed and a message queue existed");
  EXPECT_EQ(words(FindingsCheck{{FindingKind::kRace, FindingKind::kBusyWaiting}}),
            "no two accesses to the same memory, one of them a write, that nothing orders (race); nobody waits by "
            "looking again and again (busy-waiting)");
  EXPECT_EQ(words(ProgramCheck{"judge", {}}), "the lab's own program `judge` finds nothing wrong");
}

TEST(LabWords, EveryMechanismAndLeftOverHasItsOwnName) {
  UsesCheck uses;
  for (int i = 0; i <= static_cast<int>(Mechanism::kSignals); ++i) uses.any_of.push_back(static_cast<Mechanism>(i));
  EXPECT_EQ(
      in_words(Question(uses)),
      "at least one of these is used: System V shared memory, System V semaphores, System V message queues, POSIX "
      "shared memory, POSIX semaphores, POSIX message queues, pipes, named pipes, internet sockets, local sockets, "
      "shared mappings, threads and signals");
  LeftBehindCheck left;
  for (int i = 0; i <= static_cast<int>(LeftKind::kProcess); ++i) {
    EXPECT_NE(in_words(Question(left)), "nothing is left behind");
    left.none_of.push_back(static_cast<LeftKind>(i));
  }
  EXPECT_EQ(in_words(Question(left)), "nothing is left behind");
  left.none_of.pop_back();
  EXPECT_EQ(
      in_words(Question(left)),
      "none of these are left behind: shared memory segments, semaphore sets, message queues, POSIX shared memory, "
      "POSIX message queues, files, named pipes and sockets");
}

TEST(LabWords, EventIsLookedAtWhereAQuestionNamesIt) {
  const std::vector<Question> questions = {CountCheck{{{"e", 1, 1}}},
                                           ExactlyOnceCheck{"words", {"e", "f"}},
                                           ExactlyOnceCheck{EventField{"e", "f"}, {"x", "f"}},
                                           SequenceCheck{"e*", {"e"}, ""},
                                           OrderCheck{{"x", "f"}, EventField{"e", "f"}, ""},
                                           AtMostCheck{1, "x", "e", ""},
                                           EachCheck{{"e", "f"}, "words"}};
  for (const Question& question : questions) {
    EXPECT_TRUE(looks_at(question, "e")) << in_words(question);
    EXPECT_FALSE(looks_at(question, "other")) << in_words(question);
  }
  EXPECT_FALSE(looks_at(EndedCheck{}, "e"));
}

}  // namespace
}  // namespace jitterlab
