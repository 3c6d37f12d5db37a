#include "check/excerpt.h"

#include <fmt/format.h>

#include <algorithm>

#include "lab/cut_text.h"

namespace jitterlab {

std::string cut(const std::string& bytes) { return cut_text(bytes, kPieceBytes); }

std::string quoted(const std::string& bytes) { return "`" + cut(bytes) + "`"; }

std::string listed(const std::vector<std::string>& pieces, const std::string& separator) {
  const std::size_t shown = std::min(pieces.size(), kPiecesShown);
  std::string text = fmt::format("{}", fmt::join(pieces.begin(), pieces.begin() + shown, separator));
  if (pieces.size() > shown) text += fmt::format("{}and {} more", separator, pieces.size() - shown);
  return text;
}

std::string trail(const std::vector<std::string>& words, std::size_t here, const std::string& mark) {
  const std::size_t begin = here > kEventsAround ? here - kEventsAround : 0;
  const std::size_t end = std::min(words.size(), here + 1);
  return fmt::format("{}{} ← {}", begin > 0 ? "… " : "", fmt::join(words.begin() + begin, words.begin() + end, " "),
                     mark);
}

std::string counted(std::size_t count, const std::string& singular, const std::string& plural) {
  return fmt::format("{} {}", count, count == 1 ? singular : plural);
}

}  // namespace jitterlab
