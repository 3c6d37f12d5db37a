#include <cctype>
#include <string_view>

#include "report/report.h"

namespace jitterlab {
namespace {

struct Decoded {
  char32_t code = 0;
  std::size_t length = 0;  // bytes; 0: what is here is not UTF-8
};

// The character at the front of `bytes`, which is not empty. Strict: no overlong forms, no surrogates.
Decoded decode(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || bytes.size() < length) return {};
  char32_t code = lead & (0xff >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {};
    code = (code << 6) | (byte(i) & 0x3f);
  }
  const char32_t smallest = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  return code < smallest || code > 0x10ffff || surrogate ? Decoded{} : Decoded{code, length};
}

bool between(char32_t code, char32_t first, char32_t last) { return code >= first && code <= last; }

// Characters beyond ASCII that must not go out as they are: C1 controls, line and paragraph separators, changes of
// direction, noncharacters (not allowed in XML), and Unicode's default-ignorable ones. The last show as nothing, so
// two texts that differ would look alike, and GitHub's runner skips them when it looks for its marks.
bool must_be_named(char32_t code) {
  return between(code, 0x80, 0x9f) || code == 0xad || code == 0x34f || code == 0x61c || between(code, 0x115f, 0x1160) ||
         between(code, 0x17b4, 0x17b5) || between(code, 0x180b, 0x180f) || between(code, 0x200b, 0x200f) ||
         between(code, 0x2028, 0x202e) || between(code, 0x2060, 0x206f) || code == 0x3164 ||
         between(code, 0xfdd0, 0xfdef) || between(code, 0xfe00, 0xfe0f) || code == 0xfeff || code == 0xffa0 ||
         between(code, 0xfff0, 0xfffb) || (code & 0xfffe) == 0xfffe || between(code, 0x1bca0, 0x1bca3) ||
         between(code, 0x1d173, 0x1d17a) || between(code, 0xe0000, 0xe0fff);
}

std::string hex(unsigned long value, std::size_t width) {
  std::string digits;
  for (; value != 0 || digits.size() < width; value /= 16)
    digits.insert(digits.begin(), "0123456789abcdef"[value % 16]);
  return digits;
}

std::string byte_name(unsigned char byte) {
  if (byte == '\n') return "\\n";
  if (byte == '\t') return "\\t";
  if (byte == '\r') return "\\r";
  return "\\x" + hex(byte, 2);
}

// Whether the `#` at the front is the second one of `##[`, `##name[`: marks of GitHub's and Azure's runners, which are
// obeyed wherever in a line they stand.
bool completes_runner_mark(std::string_view bytes, const std::string& before) {
  if (bytes[0] != '#' || before.empty() || before.back() != '#') return false;
  std::size_t i = 1;
  while (i < bytes.size() && std::isalpha(static_cast<unsigned char>(bytes[i]))) ++i;
  return i < bytes.size() && bytes[i] == '[';
}

}  // namespace

std::string printable(const std::string& bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::string_view rest = bytes; !rest.empty();) {
    const Decoded next = decode(rest);
    const auto lead = static_cast<unsigned char>(rest[0]);
    if (next.length == 0 || lead < 0x20 || lead == 0x7f || completes_runner_mark(rest, text)) {
      text += byte_name(lead);
    } else if (must_be_named(next.code)) {
      text += "\\u{" + hex(next.code, 1) + "}";
    } else {
      text += rest.substr(0, next.length);
    }
    rest.remove_prefix(next.length == 0 ? 1 : next.length);
  }
  return text;
}

}  // namespace jitterlab
