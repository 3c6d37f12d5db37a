#include "lab/cut_text.h"

namespace jitterlab {
namespace {

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

std::string cut_text(const std::string& bytes, std::size_t most) {
  if (bytes.size() <= most) return bytes;
  std::size_t end = most;
  // A UTF-8 character has at most three such bytes; more of them are no UTF-8, and any place is as good as another.
  for (int back = 0; back < 3 && end > 0 && continues_character(bytes[end]); ++back) --end;
  return bytes.substr(0, end) + "…";
}

}  // namespace jitterlab
