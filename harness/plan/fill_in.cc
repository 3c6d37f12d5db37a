#include <cctype>
#include <charconv>

#include "os/error.h"
#include "plan/plan.h"

namespace jitterlab {
namespace {

using Parameters = std::map<std::string, std::vector<std::string>>;

// As in lab files: a letter, then letters, digits, `-` and `_`; it does not end in `-`, so that "$n-" is a name and a
// dash.
std::size_t name_length(const std::string& text, std::size_t from) {
  std::size_t end = from;
  if (end < text.size() && std::islower(static_cast<unsigned char>(text[end])))
    while (end < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '-' || text[end] == '_'))
      ++end;
  while (end > from && text[end - 1] == '-') --end;
  return end - from;
}

// "[12]" at `from`: its length, with the number in `index`. 0 when there is none.
std::size_t index_length(const std::string& text, std::size_t from, std::size_t& index) {
  if (from >= text.size() || text[from] != '[') return 0;
  const char* const begin = text.data() + from + 1;
  const char* const end = text.data() + text.size();
  const auto [after, error] = std::from_chars(begin, end, index);
  if (error != std::errc() || after == end || *after != ']') return 0;
  return static_cast<std::size_t>(after - begin) + 2;
}

std::string joined(const std::vector<std::string>& values, const std::string& separator) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) text += (i ? separator : "") + values[i];
  return text;
}

}  // namespace

std::string fill_in(const std::string& text, const Parameters& parameters, const std::string& separator) {
  std::string filled;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] != '$') {
      filled += text[at++];
      continue;
    }
    ++at;
    if (at < text.size() && text[at] == '$') {
      filled += text[at++];
      continue;
    }
    const std::size_t length = name_length(text, at);
    if (length == 0) {
      filled += '$';
      continue;
    }
    const std::string name = text.substr(at, length);
    at += length;
    const auto found = parameters.find(name);
    if (found == parameters.end()) throw Error("the lab file uses $" + name + ", which is not among its parameters");
    std::size_t index = 0;
    const std::size_t index_size = index_length(text, at, index);
    at += index_size;
    if (index_size && index >= found->second.size())
      throw Error("the lab file uses $" + name + "[" + std::to_string(index) + "], but the parameter has " +
                  std::to_string(found->second.size()) + " values, counted from 0");
    filled += index_size ? found->second[index] : joined(found->second, separator);
  }
  return filled;
}

}  // namespace jitterlab
