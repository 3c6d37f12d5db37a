// Lines of a report for people, at most so many columns wide (counted in characters).
//
// All text goes through printable() here. Text that somebody else wrote (output, file names, compiler messages) goes in
// by quote(), whose every line, also one that wrapping began, starts with the gutter `| `. Should any other line begin
// with `::`, which GitHub's runner would obey, it gets the gutter as well.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jitterlab {

enum class Colour { kNone, kGood, kBad, kOpen };

class Page {
 public:
  Page(int columns, bool colour) : columns_(columns < 40 ? 40 : columns), colour_(colour) {}

  void blank() { text_ += '\n'; }

  // Words of ours, wrapped at blanks; may hold names from the lab.
  void say(int indent, const std::string& words, Colour colour = Colour::kNone);

  // "label   words", the words wrapped at column `indent`; a label that needs more room gets a line of its own.
  void item(int indent, const std::string& label, const std::string& words, Colour colour = Colour::kNone);

  // In one line however long it is, to be copied.
  void command(int indent, const std::string& command);

  // Somebody else's text, in lines of its own: the first `most_lines` of it and how many more there are.
  void quote(int indent, const std::string& text, int most_lines = 12);

  const std::string& text() const { return text_; }
  int columns() const { return columns_; }

 private:
  void line(int indent, std::string_view words, Colour colour);

  int columns_;
  bool colour_;
  std::string text_;
};

// "a\nb\n" -> a, b
std::vector<std::string> lines_of(const std::string& text);

// `text` in pieces of at most `columns` characters, broken at blanks where there are some. At least one piece.
std::vector<std::string> wrapped(std::string_view text, int columns);

// The first `most` characters of printable text, with "…" when there were more.
std::string shortened(const std::string& text, int most);

}  // namespace jitterlab
