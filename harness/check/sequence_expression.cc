#include "check/sequence_expression.h"

#include <algorithm>
#include <cctype>

#include "os/error.h"

namespace jitterlab {
namespace {

constexpr unsigned char kFirstSymbol = 0x80;
constexpr std::size_t kMostSymbols = 0x80;

bool is_symbol(char byte) { return static_cast<unsigned char>(byte) >= kFirstSymbol; }

// Names replaced by their bytes, blanks left out, everything else kept.
std::string with_symbols(const std::string& expression, const std::vector<std::string>& events) {
  std::string symbols;
  std::size_t at = 0;
  while (at < expression.size()) {
    std::size_t end = at;
    if (std::islower(static_cast<unsigned char>(expression[at]))) {
      while (end < expression.size() && (std::isalnum(static_cast<unsigned char>(expression[end])) ||
                                         expression[end] == '-' || expression[end] == '_')) {
        ++end;
      }
      const std::string name = expression.substr(at, end - at);
      const auto found = std::find(events.begin(), events.end(), name);
      if (found == events.end()) throw Error("the sequence `" + expression + "` names the unknown event " + name);
      symbols += static_cast<char>(kFirstSymbol + (found - events.begin()));
      at = end;
    } else {
      if (expression[at] != ' ') symbols += expression[at];
      ++at;
    }
  }
  return symbols;
}

// An expression, and one for all beginnings of what it matches.
struct Part {
  std::string whole, beginnings;
};

std::string group(const std::string& expression) { return "(?:" + expression + ")"; }

// Recursive descent over the expression in symbols; fails on anything but ( ) | * + ? {n,m}.
class BeginningsParser {
 public:
  explicit BeginningsParser(const std::string& symbols) : symbols_(symbols) {}

  std::optional<std::string> parse() {
    const Part part = alternatives();
    if (failed_ || at_ != symbols_.size()) return std::nullopt;
    return part.beginnings;
  }

 private:
  bool next_is(char byte) const { return at_ < symbols_.size() && symbols_[at_] == byte; }

  Part alternatives() {
    Part part = concatenation();
    while (next_is('|')) {
      ++at_;
      const Part other = concatenation();
      part = {part.whole + "|" + other.whole, part.beginnings + "|" + other.beginnings};
    }
    return {group(part.whole), group(part.beginnings)};
  }

  // A beginning of "a b c" is one of a, or a and a beginning of "b c".
  Part concatenation() {
    std::vector<Part> factors;
    while (at_ < symbols_.size() && (is_symbol(symbols_[at_]) || symbols_[at_] == '(')) factors.push_back(repetition());
    Part all;
    for (auto factor = factors.rbegin(); factor != factors.rend(); ++factor) {
      all = {factor->whole + all.whole, group(factor->beginnings + "|" + factor->whole + all.beginnings)};
    }
    return all;
  }

  Part repetition() {
    Part part = atom();
    while (at_ < symbols_.size()) {
      const char byte = symbols_[at_];
      if (byte == '*' || byte == '+') {
        part = {group(part.whole) + byte, group(part.whole) + "*" + part.beginnings};
      } else if (byte == '?') {
        part.whole = group(part.whole) + "?";
      } else if (byte == '{') {
        part = counted(part);
        continue;
      } else {
        break;
      }
      ++at_;
    }
    return part;
  }

  // {n}, {n,} or {n,m}: all but the last repetition are whole.
  Part counted(const Part& part) {
    const std::size_t close = symbols_.find('}', at_);
    if (close == std::string::npos) return fail();
    const std::string braces = symbols_.substr(at_, close + 1 - at_);
    at_ = close + 1;
    int least = 0, most = 0;
    if (RE2::FullMatch(braces, R"(\{\d+,\})")) {
      return {group(part.whole) + braces, group(part.whole) + "*" + part.beginnings};
    }
    if (!RE2::FullMatch(braces, R"(\{(\d+),(\d+)\})", &least, &most) &&
        !RE2::FullMatch(braces, R"(\{(\d+)\})", &most)) {
      return fail();
    }
    if (most == 0) return {};
    return {group(part.whole) + braces, group(part.whole) + "{0," + std::to_string(most - 1) + "}" + part.beginnings};
  }

  Part atom() {
    if (is_symbol(symbols_[at_])) {
      const std::string symbol(1, symbols_[at_++]);
      return {symbol, symbol + "?"};
    }
    ++at_;  // "("
    const Part inner = alternatives();
    if (!next_is(')')) return fail();
    ++at_;
    return inner;
  }

  Part fail() {
    failed_ = true;
    at_ = symbols_.size();
    return {};
  }

  const std::string& symbols_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

std::unique_ptr<const RE2> compile(const std::string& symbols, bool longest) {
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  options.set_longest_match(longest);
  auto compiled = std::make_unique<const RE2>(symbols, options);
  return compiled->ok() ? std::move(compiled) : nullptr;
}

}  // namespace

SequenceExpression::SequenceExpression(const std::string& expression, const std::vector<std::string>& events)
    : events_(events) {
  if (events.size() > kMostSymbols) throw Error("the sequence `" + expression + "` names more than 128 events");
  const std::string symbols = with_symbols(expression, events);
  whole_ = compile(symbols, false);
  if (!whole_) throw Error("the sequence `" + expression + "` is no regular expression");
  if (const auto beginnings = BeginningsParser(symbols).parse()) beginnings_ = compile(*beginnings, true);
}

std::string SequenceExpression::bytes_for(const std::vector<std::string>& names) const {
  std::string bytes;
  bytes.reserve(names.size());
  for (const std::string& name : names) {
    bytes += static_cast<char>(kFirstSymbol + (std::find(events_.begin(), events_.end(), name) - events_.begin()));
  }
  return bytes;
}

bool SequenceExpression::matches(const std::vector<std::string>& names) const {
  return RE2::FullMatch(bytes_for(names), *whole_);
}

std::optional<std::size_t> SequenceExpression::continuable(const std::vector<std::string>& names) const {
  if (!beginnings_) return std::nullopt;
  const std::string bytes = bytes_for(names);
  re2::StringPiece longest;
  beginnings_->Match(bytes, 0, bytes.size(), RE2::ANCHOR_START, &longest, 1);
  return longest.size();
}

}  // namespace jitterlab
