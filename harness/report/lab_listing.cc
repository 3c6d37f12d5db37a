#include "report/lab_listing.h"

#include <algorithm>

#include "report/lab_words.h"
#include "report/page.h"
#include "report/report.h"
#include "report/wording.h"

namespace jitterlab {
namespace {

constexpr int kColumns = 100;
constexpr int kIndent = 2;
constexpr int kLabelColumns = 22;

std::string points_words(int points) { return std::to_string(points) + (points == 1 ? " point" : " points"); }

bool takes_cpp(const Program& program) {
  return std::any_of(program.sources.begin(), program.sources.end(), [](const std::string& pattern) {
    return pattern.ends_with(".cc") || pattern.ends_with(".cpp") || pattern.ends_with(".cxx");
  });
}

std::string language_words(const HandIn& hand_in) {
  if (hand_in.language == Language::kPython) return "Source files in Python 3.";
  if (hand_in.language == Language::kCpp) return "Source files in C++.";
  const bool both = std::any_of(hand_in.programs.begin(), hand_in.programs.end(), takes_cpp);
  return both ? "Source files in C, or in C++ where the ending of their names says so." : "Source files in C.";
}

void describe_hand_in(Page& page, const HandIn& hand_in) {
  page.blank();
  page.say(0, "Hand in");
  page.say(kIndent, language_words(hand_in));
  if (!hand_in.require.empty()) page.say(kIndent, "Must be there: " + enumerated(hand_in.require));
  for (const Program& program : hand_in.programs) {
    page.item(kLabelColumns, "  " + program.name, "a program, built from " + enumerated(program.sources));
  }
}

// "each time it is printed, one `got` is counted, with its who and item; looked at by all-arrive"
std::string meaning_words(const Lab& lab, const EventPattern& event) {
  std::vector<std::string> users;
  for (const Check& check : lab.checks) {
    if (looks_at(check.question, event.name)) users.push_back(check.id);
  }
  std::string words = "each time it is printed, one `" + event.name + "` is counted";
  if (!event.fields.empty()) words += ", with its " + enumerated(event.fields);
  if (!users.empty()) words += "; looked at by " + enumerated(users);
  return words;
}

void describe_events(Page& page, const Lab& lab) {
  if (lab.events.empty()) return;
  page.blank();
  page.say(0, "What your programs print (other output is ignored unless a check says so)");
  for (const EventPattern& event : lab.events) {
    const std::string example = event.example.empty() ? "" : "for example `" + event.example + "`";
    page.item(kLabelColumns, "  " + event.name, example.empty() ? "pattern `" + event.pattern + "`" : example);
    if (!example.empty()) page.say(kLabelColumns, "pattern `" + event.pattern + "`");
    page.say(kLabelColumns, meaning_words(lab, event));
  }
}

void describe_parameters(Page& page, const Lab& lab) {
  if (lab.parameters.empty()) return;
  page.blank();
  page.say(0, "Drawn for each execution");
  for (const Parameter& parameter : lab.parameters) {
    page.item(kLabelColumns, "  $" + parameter.name, in_words(parameter));
  }
}

std::string in_words(const Executions& executions) {
  return std::to_string(executions.plain) + " times as you would, " + std::to_string(executions.jitter) +
         " times with random delays, up to " + std::to_string(executions.controlled) + " times one process at a time";
}

void describe_scenario(Page& page, const Scenario& scenario) {
  page.say(kIndent, scenario.name);
  for (const Role& role : scenario.roles) page.item(kLabelColumns, "    " + role.name, in_words(role));
  for (const Step& step : scenario.steps) page.item(kLabelColumns, "    then", in_words(step));
  for (const Fault fault : scenario.faults) page.item(kLabelColumns, "    faults", in_words(fault));
  if (scenario.stop_when_everyone_waits) {
    page.item(kLabelColumns, "    end", "when everyone waits, all are stopped with SIGTERM");
  }
}

void describe_scenarios(Page& page, const Lab& lab) {
  page.blank();
  const Executions& first = lab.scenarios.front().executions;
  const bool is_same = std::all_of(lab.scenarios.begin(), lab.scenarios.end(),
                                   [&](const Scenario& scenario) { return scenario.executions == first; });
  page.say(0, is_same ? "Scenarios (each run " + in_words(first) + ")" : "Scenarios");
  for (const Scenario& scenario : lab.scenarios) {
    describe_scenario(page, scenario);
    if (!is_same) page.item(kLabelColumns, "    run", in_words(scenario.executions));
  }
}

std::string asked_of(const Check& check) {
  const std::string where = "in " + enumerated(check.in) + ": ";
  return where + in_words(check.question) + (check.holds == Holds::kSometimes ? "; once is enough" : "");
}

void describe_checks(Page& page, const Lab& lab) {
  page.blank();
  page.say(0, "Checks");
  for (const Check& check : lab.checks) {
    page.item(kLabelColumns, "  " + check.id, points_words(check.points));
    page.say(kLabelColumns, asked_of(check));
    if (!check.unless_failed.empty()) {
      page.say(kLabelColumns, "costs nothing when this failed already: " + enumerated(check.unless_failed));
    }
    if (!check.hint.empty()) page.say(kLabelColumns, "hint: " + check.hint);
  }
}

}  // namespace

std::string lab_description(const Lab& lab) {
  Page page(kColumns, false);
  page.say(0, lab.id + ": " + lab.title);
  page.say(0, points_words(lab.points) + ", version " + std::to_string(lab.version));
  describe_hand_in(page, lab.hand_in);
  describe_events(page, lab);
  describe_parameters(page, lab);
  describe_scenarios(page, lab);
  describe_checks(page, lab);
  return page.text();
}

std::string lab_line(const Lab& lab) {
  std::string id = printable(lab.id), points = points_words(lab.points);
  if (id.size() < kLabelColumns) id.resize(kLabelColumns, ' ');
  if (points.size() < 9) points.insert(0, 9 - points.size(), ' ');
  return id + " " + points + "  " + printable(lab.title);
}

}  // namespace jitterlab
