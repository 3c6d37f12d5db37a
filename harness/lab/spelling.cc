#include "lab/spelling.h"

#include <algorithm>
#include <utility>

namespace jitterlab {
namespace {

// More words than this are neither searched nor listed: the time for a file of nothing but unknown words stays short.
constexpr std::size_t kMostKnown = 200;
constexpr std::size_t kMostListed = 20;
constexpr std::size_t kLongestWord = 40;

}  // namespace

std::size_t edit_distance(const std::string& from, const std::string& to) {
  // Damerau's distance with adjacent swaps: three rows of the usual table are enough.
  std::vector<std::size_t> before_last, last(to.size() + 1), row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    before_last = std::exchange(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool is_swap = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (is_swap) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[to.size()];
}

std::string listed(const std::vector<std::string>& words) {
  std::string list;
  for (std::size_t i = 0; i < std::min(words.size(), kMostListed); ++i) list += (i ? ", " : "") + words[i];
  return words.size() > kMostListed ? list + ", …" : list;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  if (known.empty()) return "there are none";
  if (word.size() <= kLongestWord && known.size() <= kMostKnown) {
    std::size_t nearest_distance = 1 + word.size() / 3;
    const std::string* nearest = nullptr;
    for (const std::string& candidate : known) {
      if (candidate.size() > kLongestWord) continue;
      const std::size_t distance = edit_distance(word, candidate);
      if (distance < nearest_distance || (distance == nearest_distance && !nearest)) {
        nearest = &candidate;
        nearest_distance = distance;
      }
    }
    if (nearest) return "did you mean `" + *nearest + "`?";
  }
  return "there are: " + listed(known);
}

}  // namespace jitterlab
