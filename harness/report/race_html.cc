// Races that no failure tells of, in a page.
#include "report/failure_told.h"
#include "report/race_words.h"

namespace jitterlab {
namespace {

constexpr int kLinesAround = 1;

std::string executions(std::uint64_t count) {
  return std::to_string(count) + (count == 1 ? " execution" : " executions");
}

void tell_access(Html& html, const ToldAccess& access, const SourceTexts& sources, const std::string& word) {
  html.open("div", {{"class", "side key-" + word}});
  html.open("p").element("b", {{"class", "badge"}}, word).text(" ").element("b", access.task);
  html.text(" " + access.does + " it").close();
  html.element("p", {{"class", "place"}}, access.place.words());
  show_source(html, sources, access.place.file, access.place.line, kLinesAround, {{access.place.line, word}});
  html.close();
}

}  // namespace

void tell_races(Html& html, const std::vector<const ToldRace*>& races, const SourceTexts& sources) {
  if (races.empty()) return;
  html.open("section", {{"class", "races"}, {"aria-labelledby", "races-title"}});
  html.element("h2", {{"id", "races-title"}}, "Races");
  html.element(
      "p", {{"class", "aside"}},
      "Two accesses to the same memory, one of them a write, that nothing orders: in another schedule they may "
      "come the other way round.");
  for (const ToldRace* race : races) {
    html.open("div", {{"class", "one-race"}}).open("h3").element("code", race->variable).close();
    html.open("div", {{"class", "pair"}});
    tell_access(html, race->first, sources, "1");
    tell_access(html, race->second, sources, "2");
    html.close();
    std::string words = "Seen in " + executions(race->executions);
    if (race->failed && *race->failed > 0)
      words += ", of which " + std::to_string(*race->failed) + " failed";
    else if (race->failed && race->tried.outcome < RaceTried::Outcome::kNothing)
      words += "; it was not seen to change the outcome";
    html.element("p", {{"class", "aside"}}, words + ".");
    if (const std::string tried = tried_words(*race); !tried.empty()) html.element("p", {}, tried);
    if (!race->tried.token.empty()) html.element("p", {{"class", "aside"}}, "Its token: " + race->tried.token);
    html.close();
  }
  html.close();
}

}  // namespace jitterlab
