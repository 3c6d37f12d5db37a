// A schedule as a short word that can be printed, mailed and typed: "1r-0k7a3-9t2…-x4f". Harness side, pure.
//
//   1      version
//   r      strategy; other letters where sleepers may wake though others have not got on
//   0k7a3  fingerprint of what the schedule belongs to
//   9t2…   the numbers: seed, for PCT also depth and length; or the switches
//   x4f    checksum
//
// Lower-case letters and digits without i, l, o and u, which are misread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schedule/replay.h"
#include "schedule/strategy.h"

namespace jitterlab {

struct Token {
  // kReplay: `switches` tell the schedule. kRandom, kPos, kPct: `seed`, for kPct with `depth` and `choices` as in
  // Hints. kSurw: `seed`; the profile must be made again. kFollow is told as kReplay and has no token.
  StrategyKind strategy = StrategyKind::kReplay;
  // Schedule::slow_others.
  bool slow_others = false;
  std::uint32_t fingerprint = 0;  // of fingerprint()
  std::uint64_t seed = 0;
  std::uint32_t depth = 0;
  std::uint32_t choices = 0;
  std::vector<Switch> switches;
  bool operator==(const Token&) const = default;
};

// 25 bits: a token for another lab, submission or build is taken for one of these once in 33 million.
std::uint32_t fingerprint(std::uint64_t lab, std::uint64_t submission, std::uint64_t build);

std::string to_string(const Token& token);

// One of the two is there. The message says what is wrong, at which character (from 1), without a final newline, and
// shows nothing of the text that is not printable.
struct ParsedToken {
  std::optional<Token> token;
  std::string message;
};
ParsedToken parse_token(std::string_view text);

}  // namespace jitterlab
