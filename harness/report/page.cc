#include "report/page.h"

#include "report/report.h"

namespace jitterlab {
namespace {

constexpr int kMostInLine = 500;  // characters of one quoted line; programs print endless ones

// Where the first `columns` characters of valid UTF-8 end; npos when it is no longer than that.
std::size_t end_of(std::string_view text, int columns) {
  int seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts_character = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
    if (starts_character && ++seen > columns) return i;
  }
  return std::string_view::npos;
}

// The runner trims blanks of all scripts before it looks, so everything beyond ASCII counts as blank here.
bool reads_as_command(std::string_view line) {
  std::size_t i = 0;
  while (i < line.size() && (line[i] == ' ' || static_cast<unsigned char>(line[i]) >= 0x80)) ++i;
  return line.substr(i, 2) == "::";
}

const char* escape_sequence(Colour colour) {
  switch (colour) {
    case Colour::kGood:
      return "\x1b[32m";
    case Colour::kBad:
      return "\x1b[31m";
    case Colour::kOpen:
      return "\x1b[33m";
    case Colour::kNone:
      break;
  }
  return "";
}

}  // namespace

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

std::vector<std::string> wrapped(std::string_view text, int columns) {
  std::vector<std::string> lines;
  for (std::size_t end = end_of(text, columns); end != std::string_view::npos; end = end_of(text, columns)) {
    const std::size_t first_word = text.find_first_not_of(' ');
    const std::size_t blank = text.rfind(' ', end);
    const bool at_blank = blank != std::string_view::npos && first_word < blank;
    lines.emplace_back(text.substr(0, at_blank ? blank : end));
    text.remove_prefix(at_blank ? blank + 1 : end);
  }
  lines.emplace_back(text);
  return lines;
}

std::string shortened(const std::string& text, int most) {
  const std::size_t end = end_of(text, most);
  return end == std::string::npos ? text : text.substr(0, end) + "…";
}

void Page::line(int indent, std::string_view words, Colour colour) {
  text_.append(static_cast<std::size_t>(indent), ' ');
  if (reads_as_command(words)) text_ += "| ";
  const std::string_view paint = colour_ ? escape_sequence(colour) : "";
  text_ += paint;
  text_ += words;
  text_ += paint.empty() ? "\n" : "\x1b[0m\n";
}

void Page::say(int indent, const std::string& words, Colour colour) {
  for (const std::string& piece : wrapped(printable(words), columns_ - indent)) line(indent, piece, colour);
}

void Page::item(int indent, const std::string& label, const std::string& words, Colour colour) {
  std::string start = printable(label) + "  ";
  if (start.size() > static_cast<std::size_t>(indent)) {
    say(0, start, colour);
    return say(indent, words, colour);
  }
  start.resize(static_cast<std::size_t>(indent), ' ');
  for (const std::string& piece : wrapped(printable(words), columns_ - indent)) {
    line(start.empty() ? indent : 0, start + piece, colour);
    start.clear();
  }
}

void Page::command(int indent, const std::string& command) { line(indent, printable(command), Colour::kNone); }

void Page::quote(int indent, const std::string& text, int most_lines) {
  const std::vector<std::string> lines = lines_of(text);
  const auto shown = std::min(lines.size(), static_cast<std::size_t>(most_lines));
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string whole = shortened(printable(lines[i]), kMostInLine);
    for (const std::string& piece : wrapped(whole, columns_ - indent - 2)) line(indent, "| " + piece, Colour::kNone);
  }
  const std::size_t more = lines.size() - shown;
  if (more > 0) say(indent, "… " + std::to_string(more) + (more == 1 ? " more line" : " more lines"));
}

}  // namespace jitterlab
