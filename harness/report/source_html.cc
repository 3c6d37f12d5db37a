// Source lines and somebody else's text in a page.
#include <algorithm>

#include "report/failure_told.h"
#include "report/page.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostColumns = 400;

std::string with_blanks(const std::string& line) {
  std::string text;
  for (const char character : line.substr(0, kMostColumns)) {
    if (character == '\t')
      text.append(4 - text.size() % 4, ' ');
    else if (character != '\r')
      text += character;
  }
  return text;
}

void show_line(Html& html, const std::string& text, int number, bool is_meant, const std::vector<SourceMark>& marks) {
  const auto mark = std::find_if(marks.begin(), marks.end(), [&](const SourceMark& one) { return one.line == number; });
  const bool is_marked = mark != marks.end();
  html.open("li", {{"class", is_marked ? "meant key-" + mark->word : is_meant ? "meant" : "around"}});
  html.element("span", {{"class", "number"}}, std::to_string(number));
  html.element("span", {{"class", "mark"}}, is_marked ? mark->word : is_meant ? "\u25b8" : "");
  html.element("code", with_blanks(text)).close();
}

}  // namespace

void show_source(Html& html, const SourceTexts& sources, const std::string& file, int line, int around,
                 const std::vector<SourceMark>& marks) {
  const auto source = sources.find(file);
  const std::vector<std::string> lines =
      source == sources.end() ? std::vector<std::string>() : lines_of(source->second);
  const int count = static_cast<int>(lines.size());
  if (line < 1 || line > count) {
    html.element("p", {{"class", "aside"}},
                 file.empty() ? "Its place in the source is not known." : "Its source is not at hand.");
    return;
  }
  html.open("ol", {{"class", "source-lines"}});
  for (int i = std::max(1, line - around); i <= std::min(count, line + around); ++i)
    show_line(html, lines[static_cast<std::size_t>(i - 1)], i, i == line, marks);
  html.close();
}

void show_text(Html& html, const std::string& text, std::size_t most) {
  const std::vector<std::string> lines = lines_of(text);
  html.open("ul", {{"class", "quoted"}});
  for (std::size_t i = 0; i < std::min(most, lines.size()); ++i)
    html.open("li").element("code", with_blanks(lines[i])).close();
  if (lines.size() > most)
    html.element("li", {{"class", "aside"}}, "\u2026 and " + std::to_string(lines.size() - most) + " more lines");
  html.close();
}

}  // namespace jitterlab
