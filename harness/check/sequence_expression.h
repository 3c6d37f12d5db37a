// Regular expressions over event names: "(ping pong)* ping?".
//
// Each event name becomes one byte, so that a sequence of events is a string and RE2 matches it. To say *where* a
// sequence went wrong, a second expression is made that matches every beginning of a matching sequence; its longest
// match is how far the sequence could still be continued.
#pragma once

#include <re2/re2.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jitterlab {

class SequenceExpression {
 public:
  // `events`: every name in the expression. Throws Error when it names another, or RE2 refuses it; load_lab has made
  // sure of both.
  SequenceExpression(const std::string& expression, const std::vector<std::string>& events);

  // `names`: a sequence of the events given above.
  bool matches(const std::vector<std::string>& names) const;

  // How many of the first `names` are the beginning of some matching sequence; nullopt when the expression uses more
  // than names, ( ) | * + ? {n,m}.
  std::optional<std::size_t> continuable(const std::vector<std::string>& names) const;

 private:
  std::string bytes_for(const std::vector<std::string>& names) const;

  std::vector<std::string> events_;  // the i-th is byte 0x80 + i
  std::unique_ptr<const RE2> whole_;
  std::unique_ptr<const RE2> beginnings_;  // null: see continuable()
};

}  // namespace jitterlab
