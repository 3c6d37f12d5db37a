// What was found besides races, in a page: misuses, and what is left behind.
#include "report/failure_told.h"

namespace jitterlab {
namespace {

constexpr int kLinesAround = 1;
// style.css knows two kinds of side.
constexpr std::size_t kSides = 2;

void tell_step(Html& html, const ToldAccess& step, const SourceTexts& sources, std::size_t number) {
  const std::string word = std::to_string(number);
  html.open("div", {{"class", "side key-" + std::to_string((number - 1) % kSides + 1)}});
  html.open("p").element("b", {{"class", "badge"}}, word).text(" ").element("b", step.task);
  html.text(" " + step.does).close();
  html.element("p", {{"class", "place"}}, step.place.words());
  show_source(html, sources, step.place.file, step.place.line, kLinesAround, {{step.place.line, word}});
  html.close();
}

}  // namespace

void tell_found(Html& html, const std::vector<const ToldFound*>& all, const SourceTexts& sources) {
  if (all.empty()) return;
  html.open("section", {{"class", "found"}, {"aria-labelledby", "found-title"}});
  html.element("h2", {{"id", "found-title"}}, "Also found");
  for (const ToldFound* found : all) {
    html.open("div", {{"class", "one-found"}}).element("h3", found->what);
    if (!found->steps.empty()) {
      html.open("div", {{"class", "pair"}});
      std::size_t number = 0;
      for (const ToldAccess& step : found->steps) tell_step(html, step, sources, ++number);
      html.close();
    }
    html.element("p", {{"class", "aside"}},
                 found->kind + ". Seen in " + std::to_string(found->executions) +
                     (found->executions == 1 ? " execution" : " executions") + ", first in number " +
                     std::to_string(found->index + 1) + ".");
    html.close();
  }
  html.close();
}

}  // namespace jitterlab
