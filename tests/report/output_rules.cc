#include "report/output_rules.h"

#include <iconv.h>

#include <regex>
#include <sstream>

namespace jitterlab {
namespace {

bool is_visible(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
  const bool reorders = (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f);
  const bool no_xml = c == 0xfffe || c == 0xffff || (c >= 0xd800 && c <= 0xdfff);
  return !control && !reorders && !no_xml && c != 0xad && c != 0xfeff;
}

// As the runner does: blanks of all scripts trimmed, then `::`; or the old mark anywhere.
bool is_command(const std::string& line) {
  static const std::regex blanks(
      "^([ \t\r\v\f]|\xc2\x85|\xc2\xa0|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80)*");
  const std::string trimmed = std::regex_replace(line, blanks, "", std::regex_constants::format_first_only);
  return trimmed.compare(0, 2, "::") == 0 || line.find("##[") != std::string::npos ||
         line.find("##vso[") != std::string::npos;
}

}  // namespace

std::string fault_of_text(const std::string& text) {
  std::u32string characters(text.size(), U'\0');
  char* in = const_cast<char*>(text.data());
  char* out = reinterpret_cast<char*>(characters.data());
  std::size_t in_left = text.size(), out_left = characters.size() * sizeof(char32_t);
  const iconv_t converter = iconv_open("UTF-32LE", "UTF-8");
  const std::size_t converted = iconv(converter, &in, &in_left, &out, &out_left);
  iconv_close(converter);
  if (converted != 0 || in_left > 0) return "is not UTF-8";
  characters.resize(characters.size() - out_left / sizeof(char32_t));
  for (const char32_t c : characters) {
    if (!is_visible(c)) return "holds character " + std::to_string(static_cast<unsigned long>(c));
  }
  return "";
}

std::string fault_of_report(const std::string& report) {
  std::istringstream lines(report);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (const std::string fault = fault_of_text(line); !fault.empty()) return fault + ": " + line;
    if (is_command(line)) return "is a command: " + line;
  }
  return "";
}

}  // namespace jitterlab
