#include "report/analysis_report.h"

#include <nlohmann/json.hpp>

#include "report/explanation_report.h"
#include "report/found_words.h"
#include "report/page.h"
#include "report/race_words.h"

namespace jitterlab {

std::string analysis_report(const Analysed& analysed, const TerminalStyle& style) {
  Page page(style.columns, style.colour);
  if (analysed.troubles.empty()) page.say(0, "This execution did not fail.", Colour::kGood);
  for (const std::string& what : analysed.troubles) page.say(0, what, Colour::kBad);
  if (analysed.is_cut) page.say(0, "Its trace is not whole: what came later is not looked at.", Colour::kOpen);
  tell_explanation(page, 2, analysed.explanation);
  for (const ToldRace& race : analysed.races) {
    page.blank();
    page.say(0, "A race: accesses to the same memory that nothing orders.", Colour::kBad);
    tell_race(page, 2, race);
  }
  for (const ToldFound& found : analysed.found) {
    page.blank();
    tell_found(page, 2, found);
  }
  return page.text();
}

std::string analysis_json(const Analysed& analysed) {
  using Json = nlohmann::ordered_json;
  Json troubles = Json::array(), races = Json::array(), found = Json::array();
  for (const std::string& what : analysed.troubles) troubles.push_back(printable(what));
  for (const ToldRace& race : analysed.races) races.push_back(json_of(race));
  for (const ToldFound& one : analysed.found) found.push_back(json_of(one));
  const Json report = {{"format", 1},
                       {"failures", troubles},
                       {"not-judged", printable(analysed.not_judged)},
                       {"trace-cut", analysed.is_cut},
                       {"explanation", explanation_json(analysed.explanation)},
                       {"races", races},
                       {"found", found}};
  return report.dump(2) + "\n";
}

}  // namespace jitterlab
