#include "lab/text_reader.h"

#include <cctype>
#include <charconv>

namespace jitterlab {
namespace {

// Where the name that begins at `from` ends, as plan/fill_in.cc reads it; `from` when none begins there.
std::size_t end_of_name(const std::string& text, std::size_t from) {
  const auto is_part = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; };
  if (from >= text.size() || !std::islower(static_cast<unsigned char>(text[from]))) return from;
  std::size_t end = from;
  while (end < text.size() && is_part(static_cast<unsigned char>(text[end]))) ++end;
  while (text[end - 1] == '-') --end;
  return end;
}

// The number in "[12]" at `from`; nullopt when something else stands there.
std::optional<std::size_t> index_at(const std::string& text, std::size_t from) {
  if (from >= text.size() || text[from] != '[') return std::nullopt;
  std::size_t index = 0;
  const char* const end = text.data() + text.size();
  const auto [after, error] = std::from_chars(text.data() + from + 1, end, index);
  if (error != std::errc() || after == end || *after != ']') return std::nullopt;
  return index;
}

void check_index(const std::string& name, std::size_t index, const Place& place, Reading& reading) {
  const auto count = reading.counts.find(name);
  if (count == reading.counts.end() || index < static_cast<std::size_t>(count->second)) return;
  const std::string last = std::to_string(count->second - 1);
  reading.mistakes.add(place, "`$" + name + "[" + std::to_string(index) + "]` is not there: the values of " +
                                  shown(name) + " are $" + name + "[0] to $" + name + "[" + last + "]");
}

}  // namespace

void check_parameter_uses(const PlacedText& text, Reading& reading) {
  const std::string& all = text.text;
  for (std::size_t at = all.find('$'); at < all.size(); at = all.find('$', at)) {
    ++at;
    const std::size_t end = end_of_name(all, at);
    if (end == at) {
      if (at < all.size() && all[at] == '$') ++at;
      continue;
    }
    const std::string name = all.substr(at, end - at);
    at = end;
    if (!reading.parameters.require({name, text.place}, reading.mistakes)) continue;
    if (const auto index = index_at(all, at)) check_index(name, *index, text.place, reading);
  }
}

std::optional<std::string> whole_parameter(const std::string& text) {
  if (!text.starts_with('$') || text.size() == 1 || end_of_name(text, 1) != text.size()) return std::nullopt;
  return text.substr(1);
}

std::optional<std::vector<std::string>> read_command(const PlacedText& text, Mistakes& mistakes) {
  std::vector<std::string> words;
  char quote = 0;
  bool in_word = false;
  for (const char c : text.text) {
    const bool is_blank = !quote && std::isspace(static_cast<unsigned char>(c));
    if (!is_blank && !in_word) words.emplace_back();
    in_word = !is_blank;
    if (is_blank) continue;
    if (quote ? c == quote : c == '\'' || c == '"') {
      quote = quote ? 0 : c;
    } else {
      words.back() += c;
    }
  }
  if (!quote && !words.empty()) return words;
  mistakes.add(text.place, quote ? shown(text.text) + " opens a quote that does not end; close it"
                                 : "this must be the name of a program and its arguments, but there is nothing");
  return std::nullopt;
}

}  // namespace jitterlab
