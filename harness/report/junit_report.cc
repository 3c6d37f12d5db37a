#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "report/evidence.h"
#include "report/page.h"
#include "report/report.h"
#include "report/wording.h"

namespace jitterlab {
namespace {

constexpr int kColumns = 100;
constexpr int kMessageCharacters = 300;

// One outcome, as JUnit has it: nothing, <failure> or <error>.
struct Outcome {
  Verdict verdict = Verdict::kPassed;
  std::string kind, message, body;
};

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(printable(value).c_str());
}

void raise(pugi::xml_node node, const char* name) { node.attribute(name).set_value(node.attribute(name).as_int() + 1); }

class Document {
 public:
  explicit Document(const Grade& grade) : grade_(grade) {
    pugi::xml_node declaration = document_.append_child(pugi::node_declaration);
    set(declaration, "version", "1.0");
    set(declaration, "encoding", "UTF-8");
    root_ = document_.append_child("testsuites");
    set(root_, "name", grade.lab + (grade.trusted ? " (NOT SANDBOXED)" : ""));
    start_counting(root_);
  }

  void add(const std::string& suite_name, const std::string& check, const Outcome& outcome) {
    pugi::xml_node suite = suite_of(suite_name);
    pugi::xml_node test = suite.append_child("testcase");
    set(test, "classname", grade_.lab + "." + suite_name);
    set(test, "name", check);
    count(suite, "tests");
    if (outcome.verdict == Verdict::kPassed) return;
    const bool failed = outcome.verdict == Verdict::kFailed;
    count(suite, failed ? "failures" : "errors");
    pugi::xml_node what = test.append_child(failed ? "failure" : "error");
    set(what, "message", shortened(printable(outcome.message), kMessageCharacters));
    set(what, "type", outcome.kind);
    what.text().set(("\n" + outcome.body).c_str());
  }

  std::string text() {
    if (grade_.trusted) {
      for (auto& [name, suite] : suites_) suite.append_child("system-out").text().set(sandbox_warning(grade_).c_str());
    }
    std::ostringstream out;
    document_.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
    return out.str();
  }

 private:
  static void start_counting(pugi::xml_node node) {
    for (const char* name : {"tests", "failures", "errors"}) node.append_attribute(name).set_value(0);
  }

  void count(pugi::xml_node suite, const char* name) {
    raise(suite, name);
    raise(root_, name);
  }

  pugi::xml_node suite_of(const std::string& name) {
    pugi::xml_node& suite = suites_[name];
    if (suite) return suite;
    suite = root_.append_child("testsuite");
    set(suite, "name", name);
    start_counting(suite);
    add_properties(suite.append_child("properties"));
    return suite;
  }

  void add_properties(pugi::xml_node properties) {
    const auto add = [&](const std::string& name, const std::string& value) {
      if (value.empty()) return;
      pugi::xml_node property = properties.append_child("property");
      set(property, "name", name);
      set(property, "value", value);
    };
    add("warning", sandbox_warning(grade_));
    add("result", headline(grade_));
    add("partial", partial_words(grade_));
    add("points", std::to_string(grade_.points));
    add("earned", std::to_string(grade_.earned));
    add("lost", std::to_string(grade_.lost));
    add("open", std::to_string(grade_.open));
    add("lab_version", std::to_string(grade_.lab_version));
    add("seed", seed_words(grade_.seed));
    add("submission_hash", grade_.submission_hash);
    add("lab_hash", grade_.lab_hash);
    add("toolchain", grade_.toolchain);
    add("toolchain_hash", grade_.toolchain_hash);
    add("isolation", grade_.isolation);
    for (const auto& [key, value] : grade_.meta) add("meta." + key, value);
  }

  const Grade& grade_;
  pugi::xml_document document_;
  pugi::xml_node root_;
  std::map<std::string, pugi::xml_node> suites_;
};

void say_what_to_do(Page& page, const Grade& grade, const Finding& finding, Verdict verdict) {
  if (verdict != Verdict::kPassed && !finding.not_charged_because.empty()) {
    page.say(0, "not charged: same bug as " + finding.not_charged_because);
    return;
  } else if (verdict == Verdict::kFailed && !finding.hint.empty()) {
    page.say(0, "Hint: " + finding.hint);
  }
  if (verdict != Verdict::kNotGraded) return;
  const std::string whose = is_interference(finding.reason) ? "A person decides; " : "This is not your fault, ";
  page.say(0, whose + "nothing is lost; send this file to " + contact_of(grade));
}

Outcome outcome_of(const Grade& grade, const Finding& finding, const ScenarioFinding& scenario) {
  Page page(kColumns, false);
  tell_scenario(page, 0, SameWay{{scenario.scenario}, &scenario});
  say_what_to_do(page, grade, finding, scenario.verdict);
  if (scenario.verdict == Verdict::kFailed) {
    page.say(0, "To see it yourself:");
    page.command(2, run_command(grade, scenario, {}));
  }
  const bool open = scenario.verdict == Verdict::kNotGraded;
  const std::string message = (open ? "not graded: " : "seen: ") + scenario.answer.seen;
  return {scenario.verdict, finding.kind, message, page.text()};
}

// A finding that no scenario tells: it did not build, or nothing was there to judge.
Outcome outcome_of_whole(const Grade& grade, const Finding& finding) {
  Page page(kColumns, false);
  std::string message = finding.reason;
  if (finding.kind == "builds") {
    for (const BuildFailure& failure : grade.build_failures) {
      if (message.empty()) message = failure.what;
      tell_build_failure(page, 0, failure);
    }
  }
  page.quote(0, finding.reason);
  say_what_to_do(page, grade, finding, finding.verdict);
  return {finding.verdict, finding.kind, message, page.text()};
}

void add_finding(Document& document, const Grade& grade, const Finding& finding) {
  for (const ScenarioFinding& scenario : finding.scenarios) {
    document.add(scenario.scenario, finding.check, outcome_of(grade, finding, scenario));
  }
  const bool told = std::any_of(finding.scenarios.begin(), finding.scenarios.end(),
                                [&](const ScenarioFinding& s) { return s.verdict == finding.verdict; });
  if (told || finding.verdict == Verdict::kPassed) return;
  document.add(finding.kind == "builds" ? "builds" : "grading", finding.check, outcome_of_whole(grade, finding));
}

}  // namespace

std::string junit_report(const Grade& grade) {
  Document document(grade);
  if (!grade.not_graded_because.empty()) {
    Finding whole;
    whole.kind = "grading";
    whole.verdict = Verdict::kNotGraded;
    whole.reason = grade.not_graded_because;
    document.add("grading", "grading", outcome_of_whole(grade, whole));
  }
  for (const Finding& finding : grade.findings) add_finding(document, grade, finding);
  return document.text();
}

}  // namespace jitterlab
