#include "lab/load_lab.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

#include "lab/samples.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Lab loaded(const std::string& lab) {
  const LoadedLab result = load_lab(sample_folder(lab));
  EXPECT_EQ(as_text(result), "");
  return result.lab.value();
}

template <typename Kind>
Kind question(const Lab& lab, const std::string& id) {
  return std::get<Kind>(find_check(lab, id)->question);
}

TEST(LoadLab, TypicalLabHasItsHead) {
  const Lab lab = loaded("producer-consumer");
  EXPECT_EQ(lab.id, "producer-consumer");
  EXPECT_EQ(lab.version, 3);
  EXPECT_EQ(lab.title, "Bounded buffer with three semaphores");
  EXPECT_EQ(lab.points, 20);
  EXPECT_EQ(lab.contact, "");
  EXPECT_EQ(lab.reference, "");
  for (const Scenario& scenario : lab.scenarios) EXPECT_EQ(scenario.executions, (Executions{10, 40, 100}));
  EXPECT_EQ(lab.folder, sample_folder("producer-consumer"));
  EXPECT_EQ(lab.text, sample_text("producer-consumer"));
}

TEST(LoadLab, AScenarioCanHaveItsOwnNumbersOfExecutions) {
  const Lab lab = loaded("everything");
  EXPECT_EQ(find_scenario(lab, "alone")->executions, (Executions{2, 5, 3}));
  EXPECT_EQ(find_scenario(lab, "together")->executions, (Executions{2, 5, 100}));
}

TEST(LoadLab, TypicalLabHasItsHandInEventsAndParameters) {
  const Lab lab = loaded("producer-consumer");
  EXPECT_EQ(lab.hand_in.language, Language::kC);
  ASSERT_EQ(lab.hand_in.programs.size(), 1u);
  EXPECT_EQ(lab.hand_in.programs[0].name, "prodcons");
  EXPECT_THAT(lab.hand_in.programs[0].sources, ElementsAre("*.c"));
  EXPECT_THAT(lab.hand_in.require, ElementsAre("prodcons.c"));
  ASSERT_EQ(lab.events.size(), 2u);
  EXPECT_EQ(find_event(lab, "got")->pattern, R"(consumer (?P<who>\d+) got (?P<item>\w+))");
  EXPECT_THAT(find_event(lab, "got")->fields, ElementsAre("who", "item"));
  EXPECT_THAT(lab.names.at("semaphores"), ElementsAre("filled", "empty", "mutex"));
  EXPECT_EQ(find_parameter(lab, "words")->kind, DrawKind::kWord);
  EXPECT_EQ(find_parameter(lab, "words")->count, 40);
  EXPECT_TRUE(find_parameter(lab, "words")->distinct);
}

TEST(LoadLab, LabInPythonSaysWhereThreadsAreSwitched) {
  std::string text = sample_text("producer-consumer");
  const std::string language = "language: c";
  text.replace(text.find(language), language.size(), "language: python, switches: at every bytecode");
  const LoadedLab loaded = load_as("producer-consumer", replaced(text, "[race, busy-waiting]", "[deadlock]"));
  ASSERT_TRUE(loaded.lab);
  EXPECT_EQ(loaded.lab->hand_in.language, Language::kPython);
  EXPECT_TRUE(loaded.lab->hand_in.every_bytecode);
}

TEST(LoadLab, ScenarioWithRunIsOneRoleNamedLikeItsProgram) {
  const Lab lab = loaded("producer-consumer");
  const Scenario& crowd = *find_scenario(lab, "crowd");
  ASSERT_EQ(crowd.roles.size(), 1u);
  EXPECT_EQ(crowd.roles[0].name, "prodcons");
  EXPECT_EQ(crowd.roles[0].program, "prodcons");
  EXPECT_THAT(crowd.roles[0].arguments, ElementsAre("2", "3"));
  ASSERT_EQ(crowd.roles[0].input.size(), 1u);
  EXPECT_EQ(crowd.roles[0].input[0].text, "$words");
  EXPECT_FALSE(crowd.stop_when_everyone_waits);
  EXPECT_TRUE(find_scenario(lab, "full")->stop_when_everyone_waits);
}

TEST(LoadLab, TypicalLabHasItsChecks) {
  const Lab lab = loaded("producer-consumer");
  ASSERT_EQ(lab.checks.size(), 5u);
  const Check& arrive = lab.checks[0];
  EXPECT_EQ(arrive.id, "all-arrive");
  EXPECT_EQ(arrive.points, 9);
  EXPECT_EQ(arrive.hint, "…");
  EXPECT_THAT(arrive.in, ElementsAre("one-each", "crowd"));
  EXPECT_EQ(std::get<std::string>(question<ExactlyOnceCheck>(lab, "all-arrive").of), "words");
  const auto ranges = question<CountCheck>(lab, "bounded").ranges;
  ASSERT_EQ(ranges.size(), 1u);
  EXPECT_EQ(ranges[0].event, "produced");
  EXPECT_EQ(ranges[0].at_least, 8);
  EXPECT_EQ(ranges[0].at_most, 8);
  EXPECT_THAT(find_check(lab, "tidy")->in, ElementsAre("one-each", "crowd", "full"));
  EXPECT_EQ(question<LeftBehindCheck>(lab, "tidy").none_of.size(), 9u);
  EXPECT_THAT(question<FindingsCheck>(lab, "race-free").none_of,
              ElementsAre(FindingKind::kRace, FindingKind::kBusyWaiting));
  EXPECT_THAT(find_check(lab, "race-free")->unless_failed, ElementsAre("all-arrive"));
}

TEST(LoadLab, PlaceholdersInPatternsBecomeExpressions) {
  const Lab lab = loaded("everything");
  EXPECT_EQ(find_event(lab, "enters")->pattern, R"((?P<who>\d+) enters at (?:0x[0-9a-fA-F]+|\(nil\)))");
  EXPECT_EQ(find_event(lab, "got")->example, "consumer 2 got kiwi");
}

TEST(LoadLab, ReferenceIsAnAbsolutePath) {
  EXPECT_EQ(loaded("everything").reference, sample_folder("everything") + "/solution");
}

TEST(LoadLab, EveryKindOfParameterIsRead) {
  const Lab lab = loaded("everything");
  EXPECT_EQ(find_parameter(lab, "n")->kind, DrawKind::kNumber);
  EXPECT_EQ(find_parameter(lab, "n")->min, 3);
  EXPECT_EQ(find_parameter(lab, "n")->max, 9);
  EXPECT_EQ(find_parameter(lab, "n")->count, 1);
  EXPECT_EQ(find_parameter(lab, "colour")->kind, DrawKind::kChoice);
  EXPECT_THAT(find_parameter(lab, "colour")->choices, ElementsAre("red", "green", "3"));
}

TEST(LoadLab, RolesHaveProgramsArgumentsAndOrigins) {
  const Lab lab = loaded("everything");
  const auto& roles = find_scenario(lab, "together")->roles;
  ASSERT_EQ(roles.size(), 3u);
  EXPECT_THAT(find_scenario(lab, "alone")->roles[0].arguments, ElementsAre("two words", "$n"));
  EXPECT_EQ(roles[0].ends, Ends::kStopped);
  EXPECT_EQ(roles[1].origin, Origin::kReference);
  EXPECT_EQ(roles[1].instances, 3);
  EXPECT_THAT(roles[1].arguments, ElementsAre("$words[3]", "{instance}"));
  EXPECT_EQ(roles[1].ends, Ends::kByItself);
  EXPECT_EQ(roles[2].origin, Origin::kLab);
  EXPECT_EQ(roles[2].program, "feeder");
}

TEST(LoadLab, RolesHaveStartsInputsAndSignals) {
  const Lab lab = loaded("everything");
  const auto& roles = find_scenario(lab, "together")->roles;
  ASSERT_EQ(roles[1].start.size(), 2u);
  EXPECT_EQ(std::get<TcpListens>(roles[1].start[0]).port, 50007);
  EXPECT_EQ(std::get<RolePrinted>(roles[1].start[1]).role, "server");
  EXPECT_EQ(std::get<UdpBound>(roles[2].start[0]).port, 50000);
  ASSERT_EQ(roles[1].input.size(), 2u);
  EXPECT_EQ(roles[1].input[0].text, "first\n");
  EXPECT_EQ(std::get<RoleWaits>(roles[1].input[1].when.value()).role, "server");
  ASSERT_EQ(roles[0].signals.size(), 2u);
  EXPECT_EQ(roles[0].signals[0].signal, SIGINT);
  EXPECT_FALSE(roles[0].signals[0].at_any_step);
  EXPECT_EQ(std::get<RolePrinted>(roles[0].signals[0].when).pattern, "(?i)bye  now");
  EXPECT_EQ(roles[0].signals[1].signal, SIGALRM);
  EXPECT_TRUE(roles[0].signals[1].at_any_step);
}

TEST(LoadLab, FaultsAreOfTheScenarioThatNamesThem) {
  const Lab lab = loaded("everything");
  EXPECT_TRUE(find_scenario(lab, "alone")->faults.empty());
  EXPECT_EQ(find_scenario(lab, "together")->faults, (std::vector{Fault::kShortReads, Fault::kShortWrites}));
}

TEST(LoadLab, EventNameInAConditionStandsForItsPattern) {
  const auto loaded = load_as("everything", replaced(sample_text("everything"), "printed ready]", "printed enters]"));
  ASSERT_EQ(as_text(loaded), "");
  const Condition& start = find_scenario(*loaded.lab, "together")->roles[1].start[1];
  EXPECT_EQ(std::get<RolePrinted>(start).pattern, find_event(*loaded.lab, "enters")->pattern);
}

TEST(LoadLab, StepsHaveConditionsAndActions) {
  const Lab lab = loaded("everything");
  const auto& steps = find_scenario(lab, "together")->steps;
  ASSERT_EQ(steps.size(), 7u);
  EXPECT_FALSE(steps[0].when);
  EXPECT_EQ(steps[0].action, Step::Action::kStart);
  EXPECT_EQ(steps[0].role, "server");
  EXPECT_EQ(std::get<SegmentExists>(*steps[1].when).key, 12345);
  EXPECT_EQ(std::get<SemaphoresExist>(*steps[2].when).key, 0x3039);
  EXPECT_EQ(steps[2].action, Step::Action::kSignal);
  EXPECT_EQ(steps[2].signal, SIGUSR1);
  EXPECT_EQ(steps[2].role, "server");
  EXPECT_EQ(std::get<QueueExists>(*steps[3].when).key, 7);
  EXPECT_EQ(steps[3].action, Step::Action::kStop);
  EXPECT_EQ(std::get<FifoExists>(*steps[4].when).path, "pipes/a");
  EXPECT_EQ(std::get<RoleEnded>(*steps[5].when).role, "client");
  EXPECT_TRUE(std::holds_alternative<EveryoneWaits>(*steps[6].when));
}

TEST(LoadLab, LimitsAreInSecondsAndBytes) {
  const Lab lab = loaded("everything");
  const Limits& limits = find_scenario(lab, "together")->limits;
  EXPECT_EQ(limits.wall_seconds, 2.5);
  EXPECT_EQ(limits.cpu_seconds, 1);
  EXPECT_EQ(limits.memory_bytes, 64 << 20);
  EXPECT_EQ(limits.processes, 8);
  EXPECT_EQ(limits.output_bytes, 2048);
  EXPECT_EQ(limits.file_bytes, 1 << 30);
  EXPECT_EQ(find_scenario(lab, "alone")->limits.memory_bytes, Limits().memory_bytes);
}

TEST(LoadLab, QuestionsAboutOutputAreRead) {
  const Lab lab = loaded("everything");
  EXPECT_EQ(question<OutputCheck>(lab, "prints").how, OutputCheck::How::kExact);
  EXPECT_EQ(question<OutputCheck>(lab, "prints").text, "$n green bottles\n");
  EXPECT_EQ(question<OutputCheck>(lab, "prints-a-line").how, OutputCheck::How::kMatches);
  EXPECT_EQ(question<OutputCheck>(lab, "prints-a-line").text, R"(^done \d+$)");
  EXPECT_EQ(question<OutputCheck>(lab, "prints-a-line").role, "client");
  EXPECT_EQ(question<OutputCheck>(lab, "prints-text").text, "");
  EXPECT_EQ(question<OutputCheck>(lab, "prints-lines").how, OutputCheck::How::kLineSet);
  EXPECT_THAT(question<OutputCheck>(lab, "prints-lines").lines, ElementsAre("red", "$colour[0]"));
}

TEST(LoadLab, QuestionsAboutEventsAreRead) {
  const Lab lab = loaded("everything");
  const auto ranges = question<CountCheck>(lab, "counts").ranges;
  ASSERT_EQ(ranges.size(), 3u);
  EXPECT_EQ(ranges[1].at_least, 1);
  EXPECT_EQ(ranges[1].at_most, 9);
  EXPECT_EQ(ranges[2].at_most, std::nullopt);
  EXPECT_EQ(std::get<EventField>(question<ExactlyOnceCheck>(lab, "passes-on").of).event, "produced");
  EXPECT_EQ(question<ExactlyOnceCheck>(lab, "passes-on").as.field, "item");
  EXPECT_EQ(question<SequenceCheck>(lab, "alternates").expression, "(produced got)* produced?");
  EXPECT_THAT(question<SequenceCheck>(lab, "alternates").events, ElementsAre("produced", "got"));
  EXPECT_EQ(question<SequenceCheck>(lab, "takes-turns").per, "who");
  EXPECT_EQ(question<OrderCheck>(lab, "in-order").of.event, "got");
  EXPECT_EQ(question<OrderCheck>(lab, "in-order").per, "who");
  EXPECT_EQ(question<AtMostCheck>(lab, "excludes").k, 2);
  EXPECT_EQ(question<AtMostCheck>(lab, "excludes").leave, "leaves");
  EXPECT_THAT(std::get<std::vector<std::string>>(question<EachCheck>(lab, "known").one_of),
              ElementsAre("red", "$words[0]"));
}

TEST(LoadLab, QuestionsAboutEndingsAndObjectsAreRead) {
  const Lab lab = loaded("everything");
  EXPECT_EQ(question<EndedCheck>(lab, "ends").how, Ends::kStopped);
  EXPECT_EQ(question<EndedCheck>(lab, "ends").role, "");
  EXPECT_EQ(question<EndedCheck>(lab, "ends-well").role, "client");
  EXPECT_EQ(question<EndedCheck>(lab, "ends-well").status, 0);
  const auto objects = question<ObjectsCheck>(lab, "existed").existed;
  ASSERT_EQ(objects.size(), 3u);
  EXPECT_EQ(objects[0].key, 12345);
  EXPECT_EQ(objects[0].mode, 0640);
  EXPECT_EQ(objects[0].size, 20);
  EXPECT_EQ(objects[1].kind, ObjectKind::kSemaphores);
  EXPECT_EQ(objects[1].key, 0x3039);
  EXPECT_TRUE(objects[1].operated);
  EXPECT_EQ(objects[2].key, std::nullopt);
}

TEST(LoadLab, RemainingQuestionsAreRead) {
  const Lab lab = loaded("everything");
  EXPECT_THAT(question<UsesCheck>(lab, "uses").any_of,
              ElementsAre(Mechanism::kSystemVSemaphores, Mechanism::kPosixSemaphores));
  EXPECT_EQ(find_check(lab, "uses")->holds, Holds::kSometimes);
  EXPECT_THAT(question<LeftBehindCheck>(lab, "no-objects").none_of,
              ElementsAre(LeftKind::kSegment, LeftKind::kProcess));
  EXPECT_EQ(question<ProgramCheck>(lab, "judged").program, "judge");
  EXPECT_TRUE(question<ProgramCheck>(lab, "judged").of_plain);
  EXPECT_THAT(question<ProgramCheck>(lab, "judged").arguments, ElementsAre("--strict", "two words"));
}

TEST(LoadLab, SectionsOfTheFileMayComeInAnyOrder) {
  const std::string text = sample_text("everything");
  const std::size_t checks = text.find("checks:"), format = text.find("format:");
  const std::string turned = text.substr(checks) + text.substr(format, checks - format);
  EXPECT_EQ(as_text(load_as("everything", turned)), "");
}

TEST(LoadLab, AliasesStandForWhatTheirAnchorsName) {
  std::string text = replaced(sample_text("producer-consumer"), "one-each: { run: prodcons 1 1, stdin: $words }",
                              "one-each: &one { run: prodcons 1 1, stdin: $words }");
  text = replaced(text, "crowd:    { run: prodcons 2 3, stdin: $words }", "crowd: *one");
  const LoadedLab loaded = load_as("producer-consumer", text);
  ASSERT_EQ(as_text(loaded), "");
  EXPECT_THAT(find_scenario(*loaded.lab, "crowd")->roles[0].arguments, ElementsAre("1", "1"));
}

TEST(LoadLab, FileWithWindowsLineEndsAndByteOrderMarkIsRead) {
  std::string text = "\xef\xbb\xbf";
  for (const char c : sample_text("everything")) text += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_EQ(as_text(load_as("everything", text)), "");
}

TEST(LoadLab, TrailingSlashOfTheFolderDoesNotMatter) {
  EXPECT_EQ(as_text(load_lab(sample_folder("everything") + "/")), "");
}

TEST(LoadLab, FolderWithoutLabFileIsOneMistake) {
  const TempDir folder;
  EXPECT_EQ(as_text(load_lab(folder.path())), folder.path() +
                                                  "/lab.yaml:1:1: there is no such file, or it cannot be "
                                                  "read; a lab is a folder with a lab.yaml\n");
}

TEST(LoadLab, FolderThatDoesNotExistIsOneMistake) {
  EXPECT_EQ(load_lab("/nowhere/at/all").mistakes.size(), 1u);
  EXPECT_EQ(load_lab("").mistakes.size(), 1u);
}

TEST(LoadLab, FifoInPlaceOfTheLabFileIsNotWaitedFor) {
  const TempDir folder;
  ASSERT_EQ(mkfifo((folder.path() + "/lab.yaml").c_str(), 0600), 0);
  EXPECT_EQ(load_lab(folder.path()).mistakes.size(), 1u);
}

TEST(LoadLab, FileOfMoreThanOneMebibyteIsOneMistake) {
  const TempDir folder;
  std::ofstream(folder.path() + "/lab.yaml") << std::string(5 << 20, '#');
  EXPECT_THAT(as_text(load_lab(folder.path())), HasSubstr("longer than 1 MiB"));
}

TEST(FindInLab, UnknownNamesAreNotFound) {
  const Lab lab = loaded("producer-consumer");
  EXPECT_EQ(find_scenario(lab, "one"), nullptr);
  EXPECT_EQ(find_event(lab, "one"), nullptr);
  EXPECT_EQ(find_parameter(lab, "one"), nullptr);
  EXPECT_EQ(find_check(lab, "one"), nullptr);
}

}  // namespace
}  // namespace jitterlab
