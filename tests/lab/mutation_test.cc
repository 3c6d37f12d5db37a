// Changes lab files at random, always the same way: whatever comes out of it is loaded or answered with mistakes.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "lab/samples.h"

namespace jitterlab {
namespace {

using Pieces = std::vector<std::string>;

Pieces lines_of(const std::string& text) {
  Pieces lines(1);
  for (const char c : text) {
    lines.back() += c;
    if (c == '\n') lines.emplace_back();
  }
  return lines;
}

// Words, and everything else byte by byte.
Pieces tokens_of(const std::string& text) {
  Pieces tokens;
  bool in_word = false;
  for (const char c : text) {
    const bool is_word = std::isalnum(static_cast<unsigned char>(c)) || c == '-';
    if (!is_word || !in_word) tokens.emplace_back();
    tokens.back() += c;
    in_word = is_word;
  }
  return tokens;
}

// Values and pieces of YAML that ask for trouble.
const Pieces kTrouble = {
    "",           "~",   "{}",   "[]",   "\"\"",  "- ", ": ", "? ", "&a ", "*a",
    "!!str ",     "|\n", ">-\n", "%",    "---",   "@",  "\t", "0",  "-1",  "9999999999999999999999",
    "$words[99]", "(",   "$",    "'",    "\"",    "<<", "#",  "\r", "{",   "}",
    "[",          "]",   "null", "true", "1e400", "0x", "🐧",  "\n"};

class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::string mutant_of(const std::string& text) {
    std::string mutant = text;
    for (std::size_t changes = 1 + below(3); changes > 0; --changes) mutant = changed(mutant);
    return mutant;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::string changed(const std::string& text) {
    Pieces pieces = below(3) == 0 ? lines_of(text) : tokens_of(text);
    const std::size_t at = below(pieces.size());
    const std::string piece = pieces[at];
    switch (below(4)) {
      case 0:
        pieces[at] = "";
        break;
      case 1:
        pieces[at] = piece + piece;
        break;
      case 2:
        pieces[at] = pieces[below(pieces.size())];
        break;
      default:
        pieces[at] = kTrouble[below(kTrouble.size())];
    }
    std::string joined;
    for (const std::string& one : pieces) joined += one;
    return joined;
  }

  std::mt19937 random_;  // the same on every machine, unlike the distributions of <random>
};

bool is_in_file_order(const std::vector<Mistake>& mistakes) {
  for (std::size_t i = 1; i < mistakes.size(); ++i)
    if (std::pair(mistakes[i - 1].line, mistakes[i - 1].column) > std::pair(mistakes[i].line, mistakes[i].column))
      return false;
  return true;
}

class MutatedLab : public testing::TestWithParam<const char*> {};

TEST_P(MutatedLab, IsLoadedOrAnsweredWithMistakes) {
  const std::string text = sample_text(GetParam());
  int loaded = 0, refused = 0;
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    const std::string mutant = Mutator(seed).mutant_of(text);
    const LoadedLab result = load_as(GetParam(), mutant);
    ASSERT_NE(result.lab.has_value(), !result.mistakes.empty()) << "seed " << seed << ":\n" << mutant;
    ASSERT_TRUE(is_in_file_order(result.mistakes)) << "seed " << seed << ":\n" << mutant;
    for (const Mistake& mistake : result.mistakes) {
      ASSERT_GE(mistake.line, 1) << "seed " << seed;
      ASSERT_GE(mistake.column, 1) << "seed " << seed;
      ASSERT_NE(mistake.what, "") << "seed " << seed;
    }
    ++(result.lab ? loaded : refused);
  }
  // Mutations that are all harmless, or all fatal at once, would test little.
  EXPECT_GT(loaded, 30);
  EXPECT_GT(refused, 300);
}

INSTANTIATE_TEST_SUITE_P(Samples, MutatedLab, testing::Values("everything", "producer-consumer"), [](const auto& info) {
  return std::string(info.param == std::string("everything") ? "Everything" : "ProducerConsumer");
});

}  // namespace
}  // namespace jitterlab
