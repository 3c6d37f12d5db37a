// Numbers are written in groups of four bits, lowest first, one character each; a fifth bit says that more follow. So
// small numbers, which switches are made of, take one character. Fingerprint and checksum have a fixed length.
#include "schedule/token.h"

#include <limits>

#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr char kVersion = '1';
constexpr std::size_t kFingerprintLength = 5, kChecksumLength = 3;
constexpr std::size_t kFingerprintStart = 3, kNumbersStart = kFingerprintStart + kFingerprintLength + 1;

struct Letter {
  StrategyKind kind;
  char fair, slow_others;
};
constexpr Letter kLetters[] = {{StrategyKind::kRandom, 'r', 'a'},
                               {StrategyKind::kPct, 'p', 'b'},
                               {StrategyKind::kPos, 'q', 'c'},
                               {StrategyKind::kSurw, 's', 'd'},
                               {StrategyKind::kReplay, 'x', 'y'}};

std::string fixed(std::uint64_t value, std::size_t length) {
  std::string text;
  for (; text.size() < length; value >>= 5) text += kDigits[value % 32];
  return text;
}

std::string varying(std::uint64_t value) {
  std::string text;
  for (; value >= 16; value >>= 4) text += kDigits[16 + value % 16];
  return text + kDigits[value];
}

std::string checksum(std::string_view text) {
  std::uint64_t sum = 0;
  for (const char character : text) sum = mix(sum, static_cast<unsigned char>(character));
  return fixed(sum, kChecksumLength);
}

std::string shown(char character) {
  const bool is_printable = character > ' ' && character <= '~';
  return is_printable ? std::string("'") + character + "'"
                      : "byte " + std::to_string(static_cast<unsigned char>(character));
}

// Reads from the front; once something is wrong, that is the complaint, and nothing after it matters.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  ParsedToken read() {
    Token token;
    check_layout();
    if (is_fine()) read_strategy(token);
    if (is_fine()) token.fingerprint = read_fingerprint();
    if (is_fine()) read_numbers(token);
    if (is_fine()) check_checksum();
    if (!is_fine()) return {std::nullopt, complaint_};
    return {token, ""};
  }

 private:
  bool is_fine() const { return complaint_.empty(); }

  void refuse(std::size_t index, const std::string& what) {
    if (is_fine()) complaint_ = "character " + std::to_string(index + 1) + " of the token: " + what;
  }

  void check_layout() {
    constexpr std::size_t shortest = kNumbersStart + 1 + 1 + kChecksumLength;
    if (text_.size() < shortest) {
      const std::string least = std::to_string(shortest);
      return refuse(text_.size(), "the token ends here, but has at least " + least + " characters");
    }
    if (text_[0] != kVersion) {
      refuse(0, "version " + shown(text_[0]) + " is not known; this jitterlab reads version " + shown(kVersion));
    }
    end_ = text_.size() - kChecksumLength - 1;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const bool is_dash = i == 2 || i == kNumbersStart - 1 || i == end_;
      if (is_dash && text_[i] != '-') refuse(i, "a '-' belongs here, not " + shown(text_[i]));
      if (!is_dash && kDigits.find(text_[i]) == std::string_view::npos) {
        refuse(i, shown(text_[i]) + " does not belong here (lower-case letters without i, l, o, u, and digits)");
      }
    }
  }

  void read_strategy(Token& token) {
    for (const Letter& one : kLetters) {
      if (text_[1] != one.fair && text_[1] != one.slow_others) continue;
      token.strategy = one.kind;
      token.slow_others = text_[1] == one.slow_others;
      return;
    }
    refuse(1, "no strategy has the letter " + shown(text_[1]));
  }

  std::uint32_t digit(std::size_t index) const { return static_cast<std::uint32_t>(kDigits.find(text_[index])); }

  std::uint32_t read_fingerprint() const {
    std::uint32_t value = 0;
    for (std::size_t i = kFingerprintLength; i-- > 0;) value = value * 32 + digit(kFingerprintStart + i);
    return value;
  }

  // 0 when it is refused.
  template <typename Number>
  Number number(Number most = std::numeric_limits<Number>::max()) {
    std::uint64_t value = 0;
    const std::size_t first = position_;
    for (unsigned shift = 0;; shift += 4) {
      if (position_ == end_) {
        refuse(position_, "a number is cut off here; a part of the token is missing");
        return 0;
      }
      const std::uint64_t group = digit(position_++);
      if (shift < 64) value |= (group % 16) << shift;
      if (shift < 64 && value <= static_cast<std::uint64_t>(most) && group >= 16) continue;
      if (shift < 64 && value <= static_cast<std::uint64_t>(most)) return static_cast<Number>(value);
      refuse(first, "the number that starts here is too large");
      return 0;
    }
  }

  void read_numbers(Token& token) {
    if (token.strategy == StrategyKind::kReplay) {
      read_switches(token);
    } else {
      token.seed = number<std::uint64_t>();
    }
    if (token.strategy == StrategyKind::kPct) {
      token.depth = number<std::uint32_t>();
      token.choices = number<std::uint32_t>();
    }
    if (position_ != end_) refuse(position_, "the token should end before this, but for its checksum");
  }

  // Their number comes first: a list that lost its end is noticed there, which says more than the checksum.
  void read_switches(Token& token) {
    for (int left = number<int>(Replay::kMaxSwitches); left > 0 && is_fine(); --left) {
      Switch one;
      one.from = number<std::uint16_t>();
      one.after = number<std::uint32_t>();
      one.to = number<std::uint16_t>();
      token.switches.push_back(one);
    }
  }

  void check_checksum() {
    if (checksum(text_.substr(0, end_)) == text_.substr(end_ + 1)) return;
    refuse(end_ + 1, "the checksum does not fit what is before it; some character is mistyped");
  }

  std::string_view text_;
  std::size_t end_ = 0;  // of the numbers
  std::size_t position_ = kNumbersStart;
  std::string complaint_;
};

}  // namespace

std::uint32_t fingerprint(std::uint64_t lab, std::uint64_t submission, std::uint64_t build) {
  return static_cast<std::uint32_t>(mix(lab, submission, build) % (1u << (5 * kFingerprintLength)));
}

std::string to_string(const Token& token) {
  std::string text(1, kVersion);
  for (const Letter& one : kLetters) {
    if (one.kind == token.strategy) text += token.slow_others ? one.slow_others : one.fair;
  }
  text += '-' + fixed(token.fingerprint, kFingerprintLength) + '-';
  if (token.strategy == StrategyKind::kReplay) {
    text += varying(token.switches.size());
    for (const Switch& one : token.switches) text += varying(one.from) + varying(one.after) + varying(one.to);
  } else {
    text += varying(token.seed);
    if (token.strategy == StrategyKind::kPct) text += varying(token.depth) + varying(token.choices);
  }
  return text + '-' + checksum(text);
}

ParsedToken parse_token(std::string_view text) { return Reader(text).read(); }

}  // namespace jitterlab
