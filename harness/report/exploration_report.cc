#include "report/exploration_report.h"

#include <iomanip>
#include <nlohmann/json.hpp>
#include <sstream>

#include "report/explanation_report.h"
#include "report/found_words.h"
#include "report/page.h"
#include "report/race_words.h"

namespace jitterlab {
namespace {

constexpr int kMostSteps = 60, kMostOutputs = 10;

std::string times(std::uint64_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string hexadecimal(std::uint64_t number) {
  std::ostringstream text;
  text << "0x" << std::hex << std::setfill('0') << std::setw(16) << number;
  return text.str();
}

std::string point_words(const PointOfNoReturn& point) {
  const std::string ways = point.ways == 1 ? "the only way" : "each of " + std::to_string(point.ways) + " ways";
  return "Before step " + std::to_string(point.step) + " it could still be avoided; after it, " + ways +
         " to go on failed.";
}

void tell_failure(Page& page, const ExploredFailure& failure, const ExploredPrograms& explored) {
  page.blank();
  page.say(0, failure.what, Colour::kBad);
  if (!failure.found_by.empty())
    page.say(2, "in none of " + times(explored.executions, "execution") + "; " + found_by_words(failure));
  else
    page.say(2, "in " + std::to_string(failure.times) + " of " + times(explored.executions, "execution") +
                    ", first in number " + std::to_string(failure.index + 1) + ".");
  if (!failure.is_repeated) {
    page.say(2,
             "It did not come again when the same schedule was carried out a second time: the program does not "
             "depend on the schedule alone.");
    if (failure.differs) page.say(2, "They differ " + difference_words(*failure.differs) + ".");
    return;
  }
  page.say(2, "It came again when the same schedule was carried out. The shortest schedule found has " +
                  times(static_cast<std::uint64_t>(failure.preemptions), "preemption") + ".");
  tell_explanation(page, 2, failure.explanation);
  if (failure.point) page.say(2, point_words(*failure.point));
  if (failure.explanation.story.steps.empty()) page.quote(2, steps_listing(failure.trace, kMostSteps), kMostSteps + 1);
  if (!failure.loops.empty() && failure.explanation.loops.empty()) {
    page.say(2, "Whoever of these runs, and however long, nobody gets on:");
    page.quote(2, failure.loops);
  }
  if (!failure.output.empty()) {
    page.say(2, "Its output:");
    page.quote(2, failure.output);
  }
  if (!failure.errors.empty()) {
    page.say(2, "On standard error:");
    page.quote(2, failure.errors);
  }
  if (!failure.token.empty()) {
    page.say(2, "To see it again:");
    page.command(4, "jitterlab replay " + failure.token + " " + explored.command);
  }
}

void tell_races(Page& page, const ExploredPrograms& explored) {
  if (explored.races.empty()) return;
  page.blank();
  page.say(0, "Races: accesses to the same memory that nothing orders.", Colour::kBad);
  for (const ToldRace& race : explored.races) {
    page.blank();
    tell_race(page, 2, race, explored.command);
  }
}

void tell_found(Page& page, const ExploredPrograms& explored) {
  if (explored.found.empty()) return;
  page.blank();
  page.say(0, "Also found:", Colour::kBad);
  for (const ToldFound& found : explored.found) {
    page.blank();
    tell_found(page, 2, found);
  }
}

void tell_outputs(Page& page, const ExploredPrograms& explored) {
  if (explored.outputs.size() < 2) return;
  page.blank();
  page.say(0, std::to_string(explored.outputs.size()) + " different outputs, by how often they came:");
  int shown = 0;
  for (const ExploredOutput& output : explored.outputs) {
    if (shown++ == kMostOutputs) {
      page.say(2, "… and " + std::to_string(explored.outputs.size() - kMostOutputs) + " more");
      break;
    }
    page.say(2, times(output.times, "execution") + (output.token.empty() ? "" : ", token " + output.token));
    page.quote(4, output.text, 6);
  }
}

}  // namespace

std::string found_by_words(const ExploredFailure& failure) {
  return failure.found_by == "lock-order"
             ? "it came when tasks that take the same locks in different orders were made to meet."
             : "it came when the two accesses of a race were tried in another order.";
}

std::string exploration_report(const ExploredPrograms& explored, const TerminalStyle& style) {
  Page page(style.columns, style.colour);
  for (const std::string& remark : explored.remarks) page.say(0, remark);
  if (explored.failures.empty()) {
    page.say(0, "No failure in " + explored.strength + ".", Colour::kGood);
  } else {
    page.say(
        0, times(explored.failures.size(), "kind") + " of failure in " + times(explored.executions, "execution") + ".");
  }
  if (explored.is_stopped) page.say(0, "Stopped before all were done.");
  for (const ExploredFailure& failure : explored.failures) tell_failure(page, failure, explored);
  tell_races(page, explored);
  tell_found(page, explored);
  tell_outputs(page, explored);
  for (const auto& [why, count] : explored.not_judged)
    page.say(0, "Nothing can be said of " + times(count, "execution") + ": " + why + ".", Colour::kOpen);
  if (!explored.failures.empty()) {
    page.blank();
    page.say(0, "Searched: " + explored.strength + ".");
  }
  if (explored.afterwards > 0) {
    page.say(0, times(explored.afterwards, "further execution") +
                    " tried races in both orders, and locks where they could meet.");
  }
  return page.text();
}

std::string exploration_json(const ExploredPrograms& explored) {
  using Json = nlohmann::ordered_json;
  Json races = Json::array(), found = Json::array(), failures = Json::array(), outputs = Json::array(),
       not_judged = Json::array();
  for (const ExploredFailure& failure : explored.failures) {
    failures.push_back(
        {{"what", printable(failure.what)},
         {"first-execution", failure.index + 1},
         {"executions", failure.times},
         {"found-by", failure.found_by.empty() ? "search" : failure.found_by},
         {"repeated", failure.is_repeated},
         {"preemptions", failure.preemptions},
         {"no-return", failure.point ? Json{{"step", failure.point->step}, {"ways", failure.point->ways}} : Json()},
         {"token", failure.token},
         {"loops", failure.loops},
         {"output", printable(failure.output)},
         {"errors", printable(failure.errors)},
         {"explanation", explanation_json(failure.explanation)}});
  }
  for (const ToldRace& race : explored.races) races.push_back(json_of(race));
  for (const ToldFound& one : explored.found) found.push_back(json_of(one));
  for (const ExploredOutput& output : explored.outputs)
    outputs.push_back({{"text", printable(output.text)}, {"executions", output.times}, {"token", output.token}});
  for (const auto& [why, count] : explored.not_judged) not_judged.push_back({{"why", why}, {"executions", count}});
  const Json report = {{"format", 1},
                       {"program", printable(explored.command)},
                       {"seed", explored.seed},
                       {"strategy", explored.strategy},
                       {"executions", explored.executions},
                       {"afterwards", explored.afterwards},
                       {"strength", explored.strength},
                       {"trace-hash", hexadecimal(explored.trace_hash)},
                       {"stopped", explored.is_stopped},
                       {"failures", failures},
                       {"races", races},
                       {"found", found},
                       {"outputs", outputs},
                       {"not-judged", not_judged}};
  return report.dump(2) + "\n";
}

}  // namespace jitterlab
