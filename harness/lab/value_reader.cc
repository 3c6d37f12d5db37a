#include "lab/value_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "lab/cut_text.h"
#include "lab/spelling.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostShown = 60;
constexpr double kMostSeconds = 3600;
constexpr std::int64_t kMostBytes = 1LL << 40;

// The whole of `text` as a number in this base.
std::optional<std::int64_t> whole_number(const std::string& text, int base = 10) {
  std::int64_t number = 0;
  const auto [after, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || after != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::string> all_of(const std::vector<Word>& words) {
  std::vector<std::string> texts;
  for (const Word& word : words) texts.push_back(word.text);
  return texts;
}

bool is_unquoted(const YamlNode& node) { return node.kind == YamlNode::Kind::kScalar && !node.quoted; }

// Adds what is wrong when `node` is no list of at least one.
bool is_filled_list(const YamlNode& node, const std::string& wanted, Mistakes& mistakes) {
  if (node.kind == YamlNode::Kind::kList && !node.items.empty()) return true;
  add_unfit(node, wanted, mistakes);
  return false;
}

}  // namespace

std::string shown(const std::string& text) {
  std::string line;
  for (const char c : text) line += c == '\n' ? ' ' : c;
  return "`" + cut_text(line, kMostShown) + "`";
}

bool is_name(const std::string& text) {
  const auto is_allowed = [](unsigned char c) { return std::islower(c) || std::isdigit(c) || c == '-'; };
  return !text.empty() && std::islower(static_cast<unsigned char>(text.front())) && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), is_allowed);
}

std::string described(const YamlNode& node) {
  const std::string label = node.name.empty() ? node.is_item ? "an item" : "the file"
                            : node.is_item    ? "an item of " + shown(node.name)
                                              : shown(node.name);
  switch (node.kind) {
    case YamlNode::Kind::kNothing:
      return label + " is empty";
    case YamlNode::Kind::kList:
      return label + (node.items.empty() ? " is an empty list" : " is a list");
    case YamlNode::Kind::kMapping:
      return label + " is a mapping";
    case YamlNode::Kind::kScalar:
      break;
  }
  if (node.text.empty()) return label + " is an empty text";
  return label + " is " + shown(node.text) + (node.quoted ? " in quotes" : "");
}

void add_unfit(const YamlNode& node, const std::string& wanted, Mistakes& mistakes) {
  mistakes.add(node.place, described(node) + "; it must be " + wanted);
}

std::optional<std::string> read_text(const YamlNode& node, Mistakes& mistakes) {
  if (node.kind == YamlNode::Kind::kScalar) return node.text;
  add_unfit(node, "text", mistakes);
  return std::nullopt;
}

std::optional<std::string> read_filled_text(const YamlNode& node, Mistakes& mistakes) {
  if (node.kind == YamlNode::Kind::kScalar && !node.text.empty()) return node.text;
  add_unfit(node, "text", mistakes);
  return std::nullopt;
}

std::optional<std::int64_t> read_number(const YamlNode& node, const std::string& range, Mistakes& mistakes) {
  const auto [least, most] = number_ranges().at(range);
  const auto number = is_unquoted(node) ? whole_number(node.text) : std::nullopt;
  if (number && *number >= least && *number <= most) return number;
  add_unfit(node, "a whole number from " + std::to_string(least) + " to " + std::to_string(most), mistakes);
  return std::nullopt;
}

std::optional<double> read_seconds(const YamlNode& node, Mistakes& mistakes) {
  if (is_unquoted(node) && node.text.find_first_not_of("0123456789.") == std::string::npos) {
    double seconds = 0;
    const char* const end = node.text.data() + node.text.size();
    const auto [after, error] = std::from_chars(node.text.data(), end, seconds);
    if (error == std::errc() && after == end && seconds > 0 && seconds <= kMostSeconds) return seconds;
  }
  add_unfit(node, "a number of seconds, more than 0 and at most 3600", mistakes);
  return std::nullopt;
}

std::optional<std::int64_t> read_size(const YamlNode& node, Mistakes& mistakes) {
  if (node.kind == YamlNode::Kind::kScalar && !node.text.empty()) {
    const std::size_t unit = std::string("KMG").find(node.text.back());
    const bool has_unit = unit != std::string::npos;
    const int shift = has_unit ? 10 * static_cast<int>(unit + 1) : 0;
    const auto number = whole_number(node.text.substr(0, node.text.size() - has_unit));
    if (number && *number > 0 && *number <= (kMostBytes >> shift)) return *number << shift;
  }
  add_unfit(node, "a size from 1 to 1024G: a whole number, with K, M or G behind it if you like, as in 512M", mistakes);
  return std::nullopt;
}

std::optional<bool> read_truth(const YamlNode& node, Mistakes& mistakes) {
  if (is_unquoted(node) && (node.text == "true" || node.text == "false")) return node.text == "true";
  add_unfit(node, "true or false", mistakes);
  return std::nullopt;
}

std::optional<int> read_word(const YamlNode& node, const std::string& list, Mistakes& mistakes) {
  const std::vector<Word>& words = word_lists().at(list);
  if (node.kind == YamlNode::Kind::kScalar) {
    for (const Word& word : words)
      if (word.text == node.text) return word.value;
    mistakes.add(node.place, described(node) + ", which means nothing here; " + suggestion(node.text, all_of(words)));
  } else {
    add_unfit(node, "one of: " + listed(all_of(words)), mistakes);
  }
  return std::nullopt;
}

std::optional<std::int64_t> key_from(const std::string& text) {
  const bool is_hexadecimal = text.starts_with("0x");
  const auto key = is_hexadecimal ? whole_number(text.substr(2), 16) : whole_number(text);
  // Key 0 is IPC_PRIVATE: an object that nobody can find by its key.
  return key && *key >= 1 && *key <= 0xffffffff ? key : std::nullopt;
}

std::vector<PlacedText> read_texts(const YamlNode& node, Mistakes& mistakes) {
  std::vector<PlacedText> texts;
  if (!is_filled_list(node, "a list of texts", mistakes)) return texts;
  for (const auto& item : node.items)
    if (const auto text = read_filled_text(*item, mistakes)) texts.push_back({*text, item->place});
  return texts;
}

std::vector<PlacedText> read_one_or_more(const YamlNode& node, Mistakes& mistakes) {
  if (node.kind == YamlNode::Kind::kScalar && !node.text.empty()) return {{node.text, node.place}};
  return read_texts(node, mistakes);
}

std::vector<int> read_words(const YamlNode& node, const std::string& list, Mistakes& mistakes) {
  std::vector<int> values;
  if (!is_filled_list(node, "a list of some of: " + listed(all_of(word_lists().at(list))), mistakes)) return values;
  for (const auto& item : node.items)
    if (const auto value = read_word(*item, list, mistakes)) values.push_back(*value);
  return values;
}

std::vector<std::string> texts_of(const std::vector<PlacedText>& placed) {
  std::vector<std::string> texts;
  for (const PlacedText& one : placed) texts.push_back(one.text);
  return texts;
}

}  // namespace jitterlab
