#include "report/sample_grades.h"

namespace jitterlab {
namespace {

ScenarioFinding held_in(const std::string& scenario) {
  ScenarioFinding finding;
  finding.scenario = scenario;
  finding.plain_executions = 10;
  finding.jitter_executions = 40;
  finding.example = {scenario, Strategy::kPlain, 0, 0x11};
  return finding;
}

ScenarioFinding failed_in(const std::string& scenario, int jitter_failures, const Answer& answer) {
  ScenarioFinding finding = held_in(scenario);
  finding.verdict = Verdict::kFailed;
  finding.jitter_failures = jitter_failures;
  finding.answer = answer;
  finding.example = {scenario, Strategy::kJitter, 7, 0xdeadbeef};
  return finding;
}

Finding passed(const std::string& check, const std::string& kind, int points,
               const std::vector<ScenarioFinding>& scenarios) {
  Finding finding;
  finding.check = check;
  finding.kind = kind;
  finding.points = finding.earned = points;
  finding.scenarios = scenarios;
  return finding;
}

void sum_up(Grade& grade) {
  for (const Finding& finding : grade.findings) {
    grade.points += finding.points;
    grade.earned += finding.earned;
    grade.lost += finding.lost;
    grade.open += finding.open;
  }
}

Grade empty_grade() {
  Grade grade;
  grade.lab = "producer-consumer";
  grade.title = "Bounded buffer with three semaphores";
  grade.lab_version = 3;
  grade.seed = 0x5eed;
  grade.isolation = "namespaces, own user id per lane";
  grade.toolchain = "gcc (Debian 12.2.0-14) 12.2.0";
  grade.submission_hash = std::string(64, 'a');
  grade.lab_hash = std::string(64, 'b');
  grade.toolchain_hash = std::string(64, 'c');
  return grade;
}

Finding lost_words() {
  Finding finding = passed("all-arrive", "exactly-once", 9, {held_in("one-each")});
  finding.verdict = Verdict::kFailed;
  finding.earned = 0;
  finding.lost = 9;
  finding.hint = "which line must run before another process may take the same slot?";
  finding.scenarios.push_back(failed_in("crowd", 3,
                                        {Verdict::kFailed, "every value of `$words` appears exactly once as `item`",
                                         "`kiwi` twice: got by consumer 1 and by consumer 2\n`pear` never"}));
  return finding;
}

Finding race_not_charged() {
  Finding finding = passed("race-free", "findings", 2, {});
  finding.verdict = Verdict::kFailed;
  finding.not_charged_because = "all-arrive";
  finding.hint = "not shown, because another check has said it";
  finding.scenarios.push_back(failed_in("crowd", 12, {Verdict::kFailed, "no race", "a race on `in`"}));
  return finding;
}

void say_everywhere(Grade& grade, const std::string& text) {
  grade.title = grade.contact = grade.partial_because = grade.isolation = grade.toolchain = text;
  grade.remarks = {text, "ignored " + text};
  grade.meta = {{"student", text}, {text, "x"}};
  for (Finding& finding : grade.findings) {
    finding.hint = finding.reason = text;
    for (ScenarioFinding& scenario : finding.scenarios) scenario.answer = {scenario.verdict, text, "seen " + text};
  }
}

}  // namespace

Grade passed_grade() {
  Grade grade = empty_grade();
  grade.findings = {passed("all-arrive", "exactly-once", 15, {held_in("one-each"), held_in("crowd")}),
                    passed("bounded", "count", 5, {held_in("full")})};
  grade.meta = {{"student", "Zoë"}, {"attempt", "2"}};
  sum_up(grade);
  return grade;
}

Grade failed_grade() {
  Grade grade = empty_grade();
  grade.findings = {lost_words(), passed("bounded", "count", 5, {held_in("full")}), race_not_charged()};
  grade.remarks = {"ignored the folder `__MACOSX`"};
  ToldRace race;
  race.variable = "shared->in";
  race.first = {"producer", "writes", {"prodcons.c", 12, "put", 0x1200}, "shared->in = at;"};
  race.second = {"consumer 2", "reads", {"prodcons.c", 31, "take", 0x1300}, "if (shared->in == 0) continue;"};
  race.executions = 7;
  grade.races = {{"full", race}};
  ToldFound found{"value-set-again", "semaphore 0 of semaphore set 1 is set again", {}, 3, 1};
  found.steps = {{"consumer", "sets it again", {"prodcons.c", 40, "main", 0x1400}, "semctl(set, 0, SETVAL, 1);"}};
  ScenarioFound left{"full", {"leak", "FIFO chat", {}, 2, 0}, "tidy"};
  grade.found = {{"full", found}, left};
  sum_up(grade);
  return grade;
}

Grade not_graded_grade() {
  Grade grade = empty_grade();
  grade.contact = "os-lab@example.org";
  Finding open = passed("race-free", "findings", 2, {});
  open.verdict = Verdict::kNotGraded;
  open.earned = 0;
  open.open = 2;
  open.reason = "finding races needs control of the schedule, which this version does not have";
  grade.findings = {passed("bounded", "count", 5, {held_in("full")}), open};
  sum_up(grade);
  return grade;
}

Grade unbuilt_grade() {
  Grade grade = empty_grade();
  Finding builds = passed("builds", "builds", 20, {});
  builds.verdict = Verdict::kFailed;
  builds.earned = 0;
  builds.lost = 20;
  grade.findings = {builds};
  std::string diagnostics;
  for (int i = 1; i <= 45; ++i) diagnostics += "prodcons.c:" + std::to_string(i) + ":3: error: expected ';'\n";
  grade.build_failures = {{"", "there is no file `prodcons.c`", "name your file `prodcons.c`", ""},
                          {"prodcons", "the compiler found errors", "begin with the first message", diagnostics}};
  sum_up(grade);
  return grade;
}

Grade broken_grade() {
  Grade grade = empty_grade();
  grade.points = grade.open = 20;
  grade.not_graded_because = "cannot open the box: bwrap is not installed; install bubblewrap";
  return grade;
}

std::vector<std::pair<std::string, Grade>> all_grades() {
  return {{"passed", passed_grade()},
          {"failed", failed_grade()},
          {"not graded", not_graded_grade()},
          {"unbuilt", unbuilt_grade()},
          {"broken", broken_grade()}};
}

std::vector<Grade> grades_saying(const std::string& text) {
  std::vector<Grade> grades;
  for (auto& [name, grade] : all_grades()) {
    say_everywhere(grade, text);
    grade.partial = true;
    for (BuildFailure& failure : grade.build_failures) failure = {text, text, text, text + "\n" + text};
    for (ScenarioRace& race : grade.races) {
      race.race.variable = text;
      for (ToldAccess* access : {&race.race.first, &race.race.second})
        access->task = access->place.file = access->place.function = access->source = text;
    }
    for (ScenarioFound& found : grade.found) {
      found.found.what = text;
      for (ToldAccess& step : found.found.steps) step.task = step.place.file = step.place.function = step.source = text;
    }
    if (name == "broken") grade.not_graded_because = text;
    grades.push_back(grade);
  }
  return grades;
}

std::vector<std::string> hostile_texts() {
  return {"::error file=a.c::forged",
          "  ::set-output name=points::20",
          "x\n::add-mask::a\n\n\t::debug::b",
          "x\r::error::carriage return",
          "x\r\n##[error]old style",
          "in the middle ##[add-path]/tmp and ##vso[task.complete]",
          std::string(97, 'x') + " ::error::after a wrap",
          std::string(300, ':') + "error::one long word",
          "\u2028::error::after a line separator",
          "\u00a0::error::after a no-break space, \u3000::error::and a wide one",
          "\u200b::error::after nothing visible #\u00ad#[error]",
          "\x1b[2J\x1b]0;title\x07 escape sequences",
          "\u202egnp.exe\u202c \u2066bidi\u2069",
          "]]></failure><testcase name=\"forged\"/>&lt;<![CDATA[",
          "{\"format\": 1, \"earned\": 20}\", \"earned\": 20, \"",
          std::string("a NUL \0 and more", 16),
          "not UTF-8 \xff\xfe\x80 cut \xe2\x82",
          "surrogate \xed\xa0\x80 overlong \xc0\xaf \xe0\x80\xaf beyond \xf4\x90\x80\x80",
          "noncharacters \uffff \ufffe",
          "=HYPERLINK(\"http://x\",\"y\")",
          "\t+1\n-1\n@SUM(A1)"};
}

}  // namespace jitterlab
