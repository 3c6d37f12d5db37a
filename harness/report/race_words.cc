#include "report/race_words.h"

#include <nlohmann/json.hpp>

#include "report/report.h"

namespace jitterlab {
namespace {

using Json = nlohmann::ordered_json;

std::string words_of(const ToldAccess& access) {
  return "  " + access.task + " " + access.does + " it at " + access.place.words() +
         (access.source.empty() ? "" : "\n      " + access.source);
}

std::string executions(std::uint64_t count) {
  return std::to_string(count) + (count == 1 ? " execution" : " executions");
}

std::string name_of(RaceTried::Outcome outcome) {
  using Outcome = RaceTried::Outcome;
  switch (outcome) {
    case Outcome::kNotReached:
      return "not-reached";
    case Outcome::kNothing:
      return "no-difference";
    case Outcome::kOtherOutput:
      return "other-output";
    case Outcome::kHarmful:
      return "harmful";
    case Outcome::kNotTried:
      break;
  }
  return "";
}

Json json_of(const RaceTried& tried, const std::string& order) {
  Json json = {{"outcome", name_of(tried.outcome)}, {"executions", tried.executions}};
  if (!tried.leads_to.empty()) json["leads-to"] = printable(tried.leads_to);
  if (!order.empty()) json["order"] = printable(order);
  if (!tried.token.empty()) json["token"] = tried.token;
  return json;
}

}  // namespace

Json json_of(const ToldAccess& access) {
  return {{"task", printable(access.task)},
          {"does", access.does},
          {"file", printable(access.place.file)},
          {"line", access.place.line},
          {"function", printable(access.place.function)},
          {"source", printable(access.source)}};
}

void tell_race(Page& page, int indent, const ToldRace& race, const std::string& program) {
  page.quote(indent, race.variable + "\n" + words_of(race.first) + "\n" + words_of(race.second));
  std::string words = "Seen in " + executions(race.executions) + ", first in number " + std::to_string(race.index + 1);
  if (race.failed && *race.failed > 0)
    words += "; " + std::to_string(*race.failed) + " of them failed";
  else if (race.failed && race.tried.outcome < RaceTried::Outcome::kNothing)
    words += "; it was not seen to change the outcome";
  page.say(indent, words + ".");
  if (const std::string tried = tried_words(race); !tried.empty()) page.say(indent, printable(tried));
  if (!race.tried.token.empty() && !program.empty())
    page.command(indent + 2, "jitterlab replay " + race.tried.token + " " + program);
}

Json json_of(const ToldRace& race) {
  Json json = {{"variable", printable(race.variable)},
               {"accesses", Json::array({json_of(race.first), json_of(race.second)})},
               {"executions", race.executions},
               {"first-execution", race.index + 1}};
  if (race.failed) json["failed"] = *race.failed;
  if (race.tried.outcome != RaceTried::Outcome::kNotTried) json["tried"] = json_of(race.tried, race.tried_order);
  return json;
}

}  // namespace jitterlab
