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

}  // namespace

Json json_of(const ToldAccess& access) {
  return {{"task", printable(access.task)},
          {"does", access.does},
          {"file", printable(access.place.file)},
          {"line", access.place.line},
          {"function", printable(access.place.function)},
          {"source", printable(access.source)}};
}

void tell_race(Page& page, int indent, const ToldRace& race) {
  page.quote(indent, race.variable + "\n" + words_of(race.first) + "\n" + words_of(race.second));
  std::string words = "Seen in " + executions(race.executions) + ", first in number " + std::to_string(race.index + 1);
  if (race.failed && *race.failed > 0)
    words += "; " + std::to_string(*race.failed) + " of them failed";
  else if (race.failed)
    words += "; it was not seen to change the outcome";
  page.say(indent, words + ".");
}

Json json_of(const ToldRace& race) {
  Json json = {{"variable", printable(race.variable)},
               {"accesses", Json::array({json_of(race.first), json_of(race.second)})},
               {"executions", race.executions},
               {"first-execution", race.index + 1}};
  if (race.failed) json["failed"] = *race.failed;
  return json;
}

}  // namespace jitterlab
