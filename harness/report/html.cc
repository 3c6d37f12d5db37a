#include "report/html.h"

#include <algorithm>
#include <string_view>

#include "report/html/style.h"
#include "report/report.h"

namespace jitterlab {
namespace {

// So that a page is not one line, and no line begins with what somebody else wrote.
bool begins_a_line(std::string_view tag) {
  static constexpr std::string_view kBlocks[] = {"body", "div", "figure", "footer", "h1", "h2",      "h3",
                                                 "h4",   "li",  "main",   "nav",    "ol", "section", "p",
                                                 "svg",  "tr",  "table",  "ul",     "g",  "header",  "fieldset"};
  return std::find(std::begin(kBlocks), std::end(kBlocks), tag) != std::end(kBlocks);
}

}  // namespace

std::string escaped(const std::string& words) {
  std::string text;
  for (const char character : printable(words)) {
    switch (character) {
      case '&':
        text += "&amp;";
        break;
      case '<':
        text += "&lt;";
        break;
      case '>':
        text += "&gt;";
        break;
      case '"':
        text += "&quot;";
        break;
      case '\'':
        text += "&#39;";
        break;
      default:
        text += character;
    }
  }
  return text;
}

Html::Html(const std::string& title) {
  text_ = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  single("meta", {{"http-equiv", "Content-Security-Policy"},
                  {"content", std::string("default-src 'none'; base-uri 'none'; form-action 'none'; style-src '") +
                                  kStyleHash + "'"}});
  single("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  single("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  element("title", title);
  text_ += std::string("\n<style>") + kStyle + "</style>\n</head>";
  open("body");
}

void Html::begin(const char* tag, Attributes attributes) {
  if (begins_a_line(tag)) text_ += '\n';
  text_ += std::string("<") + tag;
  for (const auto& [name, value] : attributes) {
    text_ += std::string(" ") + name;
    if (!value.empty()) text_ += "=\"" + escaped(value) + "\"";
  }
  text_ += '>';
}

Html& Html::open(const char* tag, Attributes attributes) {
  begin(tag, attributes);
  open_.push_back(tag);
  return *this;
}

Html& Html::text(const std::string& words) {
  text_ += escaped(words);
  return *this;
}

Html& Html::close() {
  text_ += std::string("</") + open_.back() + ">";
  open_.pop_back();
  return *this;
}

Html& Html::element(const char* tag, Attributes attributes, const std::string& words) {
  return open(tag, attributes).text(words).close();
}

Html& Html::single(const char* tag, Attributes attributes) {
  begin(tag, attributes);
  return *this;
}

std::string Html::finish() {
  while (!open_.empty()) close();
  return std::move(text_) + "\n</html>\n";
}

}  // namespace jitterlab
