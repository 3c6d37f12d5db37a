#include "schedule/token.h"

#include <gtest/gtest.h>

#include "schedule/mix.h"

namespace jitterlab {
namespace {

Token switches(std::vector<Switch> list) {
  return {.strategy = StrategyKind::kReplay, .fingerprint = fingerprint(1, 2, 3), .switches = std::move(list)};
}
Token seeded(StrategyKind kind, std::uint64_t seed) {
  return {.strategy = kind, .fingerprint = fingerprint(4, 5, 6), .seed = seed};
}

void expect_round_trip(Token token) {
  token.slow_others = !token.slow_others;
  const std::string other = to_string(token);
  ASSERT_TRUE(parse_token(other).token) << other;
  EXPECT_EQ(*parse_token(other).token, token);
  token.slow_others = !token.slow_others;
  const ParsedToken parsed = parse_token(to_string(token));
  ASSERT_TRUE(parsed.token) << to_string(token) << ": " << parsed.message;
  EXPECT_EQ(*parsed.token, token);
  EXPECT_EQ(parsed.message, "");
}

std::string complaint(const std::string& text) {
  const ParsedToken parsed = parse_token(text);
  EXPECT_FALSE(parsed.token) << text;
  return parsed.message;
}

TEST(Token, EveryFormIsReadBackAsItWas) {
  for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{15}, std::uint64_t{16}, UINT64_MAX, mix(1)}) {
    for (const StrategyKind kind : {StrategyKind::kRandom, StrategyKind::kPos, StrategyKind::kSurw}) {
      expect_round_trip(seeded(kind, seed));
    }
    Token pct = seeded(StrategyKind::kPct, seed);
    pct.depth = 3;
    pct.choices = 12'345;
    expect_round_trip(pct);
  }
  expect_round_trip(switches({}));
  expect_round_trip(switches({{7, 0, 1}, {UINT32_MAX, UINT16_MAX, 300}}));
}

TEST(Token, ShortenedScheduleTakesAFewCharactersAndASeedAFewDozen) {
  EXPECT_LE(to_string(switches({{7, 1, 2}})).size(), 17u);
  EXPECT_LE(to_string(switches({{70, 1, 2}, {12, 2, 1}})).size(), 22u);
  EXPECT_LE(to_string(seeded(StrategyKind::kPos, UINT64_MAX)).size(), 29u);
}

TEST(Token, AnyChangedCharacterIsRefusedWithAPlace) {
  const std::string good = to_string(switches({{70, 1, 2}, {12, 2, 1}}));
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char character : std::string("0123456789abcdefghijklmnopqrstuvwxyz-!A")) {
      if (character == good[i]) continue;
      std::string bad = good;
      bad[i] = character;
      EXPECT_NE(complaint(bad).find("character "), std::string::npos) << bad;
    }
  }
}

TEST(Token, AnyMissingDoubledOrSwappedCharacterIsRefused) {
  const std::string good = to_string(seeded(StrategyKind::kPct, mix(9)));
  for (std::size_t i = 0; i < good.size(); ++i) {
    complaint(good.substr(0, i));
    complaint(good.substr(0, i) + good.substr(i + 1));
    complaint(good.substr(0, i) + good[i] + good.substr(i));
    if (i == 0 || good[i] == good[i - 1]) continue;
    std::string swapped = good;
    std::swap(swapped[i], swapped[i - 1]);
    complaint(swapped);
  }
}

TEST(Token, MessageNamesThePlaceAndTheReason) {
  const std::string good = to_string(switches({{7, 1, 2}}));
  EXPECT_EQ(complaint(""), "character 1 of the token: the token ends here, but has at least 14 characters");
  EXPECT_EQ(complaint("2" + good.substr(1)),
            "character 1 of the token: version '2' is not known; this jitterlab reads version '1'");
  EXPECT_EQ(complaint("1z" + good.substr(2)), "character 2 of the token: no strategy has the letter 'z'");
  EXPECT_EQ(complaint("1x." + good.substr(3)), "character 3 of the token: a '-' belongs here, not '.'");
  std::string upper = good;
  upper[5] = 'X';
  EXPECT_NE(complaint(upper).find("character 6 of the token: 'X' does not belong here"), std::string::npos);
  std::string checksum = good;
  checksum.back() = checksum.back() == '0' ? '1' : '0';
  EXPECT_EQ(complaint(checksum), "character " + std::to_string(good.size() - 2) +
                                     " of the token: the checksum does not fit what is before it; some character is "
                                     "mistyped");
}

TEST(Token, NumbersThatAreCutOffTooLargeOrTooManyAreRefused) {
  EXPECT_NE(complaint("1x-00000-g-000").find("character 11 of the token: a number is cut off"), std::string::npos);
  EXPECT_NE(complaint("1x-00000-112-000").find("character 13 of the token: a number is cut off"), std::string::npos);
  EXPECT_NE(complaint("1r-00000-gggggggggggggggg1-000").find("character 10 of the token: the number that starts here"),
            std::string::npos);
  EXPECT_NE(complaint("1x-00000-zzzz1-000").find("character 10 of the token: the number that starts here"),
            std::string::npos);
  EXPECT_NE(complaint("1r-00000-12-000").find("character 11 of the token: the token should end"), std::string::npos);
  EXPECT_NE(complaint("1x-00000-01-000").find("character 11 of the token: the token should end"), std::string::npos);
}

TEST(Token, UnprintableTextIsNotShown) {
  std::string bad = to_string(switches({{7, 1, 2}}));
  bad[4] = '\x1b';
  EXPECT_NE(complaint(bad).find("character 5 of the token: byte 27"), std::string::npos);
}

TEST(Fingerprint, LabSubmissionAndBuildEachMatter) {
  EXPECT_NE(fingerprint(1, 2, 3), fingerprint(9, 2, 3));
  EXPECT_NE(fingerprint(1, 2, 3), fingerprint(1, 9, 3));
  EXPECT_NE(fingerprint(1, 2, 3), fingerprint(1, 2, 9));
}

}  // namespace
}  // namespace jitterlab
