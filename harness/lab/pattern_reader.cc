#include "lab/pattern_reader.h"

#include <re2/re2.h>

#include <algorithm>
#include <cctype>
#include <memory>

namespace jitterlab {
namespace {

// check/sequence_expression.h has a byte for each.
constexpr std::size_t kMostEventsInASequence = 128;

struct Placeholder {
  std::string_view name, expression;
};
constexpr Placeholder kPlaceholders[] = {{"{pid}", R"(\d+)"}, {"{address}", R"((?:0x[0-9a-fA-F]+|\(nil\)))"}};

std::string without_placeholders(std::string text) {
  for (const auto& [name, expression] : kPlaceholders)
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; at += expression.size())
      text.replace(at, name.size(), expression);
  return text;
}

// As check/ compiles it: over bytes, since output need not be UTF-8, and with `^` and `$` at line ends.
std::unique_ptr<const RE2> compile(const std::string& expression) {
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  return std::make_unique<const RE2>("(?m)" + expression, options);
}

void add_no_expression(const PlacedText& text, const RE2& compiled, Mistakes& mistakes) {
  mistakes.add(text.place, "the pattern " + shown(text.text) + " is no regular expression of RE2 (" + compiled.error() +
                               "); its rules: https://github.com/google/re2/wiki/Syntax");
}

bool is_part_of_a_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_'; }

std::size_t end_of_name(const std::string& text, std::size_t from) {
  while (from < text.size() && is_part_of_a_name(text[from])) ++from;
  return from;
}

// The same expression over single letters instead of names, which RE2 can judge; the names go to `names`.
std::string letters_for_names(const std::string& text, std::vector<PlacedText>& names, const Place& place) {
  std::string letters;
  for (std::size_t at = 0; at < text.size();) {
    if (!std::isalpha(static_cast<unsigned char>(text[at]))) {
      if (text[at] != ' ') letters += text[at];
      ++at;
      continue;
    }
    const std::size_t end = end_of_name(text, at);
    names.push_back({text.substr(at, end - at), place});
    letters += 'e';
    at = end;
  }
  return letters;
}

bool are_all_known(const std::vector<PlacedText>& names, const NameTable& events, Mistakes& mistakes) {
  bool all = true;
  for (const PlacedText& name : names) all &= events.require(name, mistakes);
  return all;
}

}  // namespace

std::optional<Pattern> read_pattern(const PlacedText& text, Mistakes& mistakes) {
  Pattern pattern{without_placeholders(text.text), {}};
  const auto compiled = compile(pattern.expression);
  if (!compiled->ok()) {
    add_no_expression(text, *compiled, mistakes);
    return std::nullopt;
  }
  for (const auto& [index, name] : compiled->CapturingGroupNames()) {
    if (std::find(pattern.fields.begin(), pattern.fields.end(), name) != pattern.fields.end()) {
      mistakes.add(text.place, "the pattern " + shown(text.text) + " has the group " + shown(name) +
                                   " twice; give one of them another name");
      return std::nullopt;
    }
    pattern.fields.push_back(name);
  }
  return pattern;
}

bool matches_somewhere(const Pattern& pattern, const std::string& text) {
  return RE2::PartialMatch(text, *compile(pattern.expression));
}

std::optional<std::vector<std::string>> read_sequence(const PlacedText& text, const NameTable& events,
                                                      Mistakes& mistakes) {
  std::vector<PlacedText> names;
  const std::string letters = letters_for_names(text.text, names, text.place);
  if (names.empty() || letters.find_first_not_of("e()|*+?{}0123456789,") != std::string::npos) {
    mistakes.add(text.place,
                 "the sequence " + shown(text.text) + " must be made of names of events, blanks and ( ) | * + ? {n,m}");
    return std::nullopt;
  }
  if (!are_all_known(names, events, mistakes)) return std::nullopt;
  if (const auto compiled = compile(letters); !compiled->ok()) {
    add_no_expression(text, *compiled, mistakes);
    return std::nullopt;
  }
  std::vector<std::string> different;
  for (const PlacedText& name : names)
    if (std::find(different.begin(), different.end(), name.text) == different.end()) different.push_back(name.text);
  if (different.size() <= kMostEventsInASequence) return different;
  mistakes.add(text.place, "the sequence names more than 128 events; use fewer");
  return std::nullopt;
}

}  // namespace jitterlab
