#include "report/found_words.h"

#include <nlohmann/json.hpp>

#include "report/race_words.h"
#include "report/report.h"

namespace jitterlab {

void tell_found(Page& page, int indent, const ToldFound& found) {
  std::string text = found.kind + ": " + found.what;
  for (const ToldAccess& step : found.steps) {
    text += "\n  " + step.task + " " + step.does + " at " + step.place.words();
    if (!step.source.empty()) text += "\n      " + step.source;
  }
  page.quote(indent, text);
  page.say(indent, "Seen in " + std::to_string(found.executions) +
                       (found.executions == 1 ? " execution" : " executions") + ", first in number " +
                       std::to_string(found.index + 1) + ".");
}

nlohmann::ordered_json json_of(const ToldFound& found) {
  nlohmann::ordered_json steps = nlohmann::ordered_json::array();
  for (const ToldAccess& step : found.steps) steps.push_back(json_of(step));
  return {{"kind", found.kind},
          {"what", printable(found.what)},
          {"steps", std::move(steps)},
          {"executions", found.executions},
          {"first-execution", found.index + 1}};
}

}  // namespace jitterlab
