#include "verify/handout.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace jitterlab {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Tables in Markdown need a backslash in front of `|`.
std::string as_in_a_table(const std::string& text) {
  std::string escaped;
  for (const char character : text) escaped += character == '|' ? "\\|" : std::string(1, character);
  return escaped;
}

bool is_shown(const std::string& text, const std::string& handout) {
  return has(handout, text) || has(handout, as_in_a_table(text));
}

std::string without_line_ends(std::string text) {
  text.erase(0, std::min(text.find_first_not_of('\n'), text.size()));
  text.erase(text.find_last_not_of('\n') + 1);
  return text;
}

void look_at_event(const EventPattern& event, const std::string& handout, std::vector<std::string>& complaints) {
  if (!is_shown(event.written, handout))
    complaints.push_back("the pattern of event `" + event.name + "` is not shown: " + event.written);
  if (event.example.empty())
    complaints.push_back("event `" + event.name + "` has no example in lab.yaml");
  else if (!is_shown(without_line_ends(event.example), handout))
    complaints.push_back("the example of event `" + event.name + "` is not shown: " + event.example);
}

bool is_part_of_a_word(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) || character == '-' || character == '_';
}

// Whether the number stands there by itself: 9 is in "9 points", not in "19" or "all-9".
bool holds_number(const std::string& line, const std::string& number) {
  for (auto at = line.find(number); at != std::string::npos; at = line.find(number, at + 1)) {
    const auto end = at + number.size();
    const bool begins = at == 0 || !is_part_of_a_word(line[at - 1]);
    if (begins && (end == line.size() || !is_part_of_a_word(line[end]))) return true;
  }
  return false;
}

bool is_shown_with_points(const Check& check, const std::string& handout) {
  const std::string name = "`" + check.id + "`";
  std::istringstream lines(handout);
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find(name);
    if (at == std::string::npos) continue;
    if (holds_number(line.erase(at, name.size()), std::to_string(check.points))) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> handout_complaints(const Lab& lab, const std::string& handout) {
  std::vector<std::string> complaints;
  for (const EventPattern& event : lab.events) look_at_event(event, handout, complaints);
  for (const Check& check : lab.checks) {
    if (!is_shown_with_points(check, handout))
      complaints.push_back("no line shows check `" + check.id + "` (in backquotes) with its " +
                           std::to_string(check.points) + (check.points == 1 ? " point" : " points"));
  }
  return complaints;
}

}  // namespace jitterlab
