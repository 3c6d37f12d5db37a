#include <gtest/gtest.h>

#include <random>

#include "report/output_rules.h"
#include "report/report.h"

namespace jitterlab {
namespace {

TEST(Printable, TextOfAllScriptsStaysAsItIs) {
  const std::string text = "producer 1: `Grüße`, 你好, emoji \U0001f600, a\\b";
  EXPECT_EQ(printable(text), text);
}

TEST(Printable, ControlCharactersAreSpelt) {
  EXPECT_EQ(printable("a\nb\tc\rd"), "a\\nb\\tc\\rd");
  EXPECT_EQ(printable(std::string("\0\x1b[31m\x7f", 7)), "\\x00\\x1b[31m\\x7f");
  EXPECT_EQ(printable("\u0085"), "\\u{85}");
}

TEST(Printable, BytesThatAreNotUtf8AreSpeltOneByOne) {
  EXPECT_EQ(printable("\xff"), "\\xff");
  EXPECT_EQ(printable("ok \xe2\x82"), "ok \\xe2\\x82");              // cut
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");                    // overlong
  EXPECT_EQ(printable("\xe0\x9f\xbf"), "\\xe0\\x9f\\xbf");           // overlong
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // beyond U+10FFFF
  EXPECT_EQ(printable("\x80\xc3\xa9"), "\\x80é");
}

TEST(Printable, InvisibleAndReorderingCharactersAreNamed) {
  EXPECT_EQ(printable("\u202a\u202e\u2066\u2069"), "\\u{202a}\\u{202e}\\u{2066}\\u{2069}");
  EXPECT_EQ(printable("\u2028\u2029\u200b\ufeff"), "\\u{2028}\\u{2029}\\u{200b}\\u{feff}");
  EXPECT_EQ(printable("\ufffe\U0010ffff"), "\\u{fffe}\\u{10ffff}");
  EXPECT_EQ(printable("\u202f\u2065\u206f\u2070"), "\u202f\\u{2065}\\u{206f}\u2070");
}

TEST(Printable, MarksOfContinuousIntegrationAreBrokenAnywhereInALine) {
  EXPECT_EQ(printable("see ##[error]x"), "see #\\x23[error]x");
  EXPECT_EQ(printable("###[x"), "##\\x23[x");
  EXPECT_EQ(printable("##vso[task]"), "#\\x23vso[task]");
  EXPECT_EQ(printable("a ## b [c] #[d]"), "a ## b [c] #[d]");
}

TEST(Printable, EverySingleByteGivesValidTextWithoutControlCharacters) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = printable(std::string(1, static_cast<char>(byte)));
    EXPECT_EQ(fault_of_text(text), "") << "byte " << byte;
    EXPECT_FALSE(text.empty());
  }
}

TEST(Printable, RandomBytesGiveValidTextWithoutControlCharacters) {
  std::mt19937 random(1);
  // Bytes that begin, continue or nearly make characters come more often than chance would have them.
  const std::string pieces[] = {"\xc2", "\xe2", "\x80", "\xa8", "\xf0", "\x9f",
                                "\xed", "\xa0", "\xef", "\xbf", "##",   "["};
  for (int round = 0; round < 20000; ++round) {
    std::string bytes;
    for (unsigned i = random() % 24; i > 0; --i) {
      bytes += random() % 2 ? pieces[random() % std::size(pieces)] : std::string(1, static_cast<char>(random()));
    }
    const std::string text = printable(bytes);
    ASSERT_EQ(fault_of_text(text), "") << text;
    ASSERT_EQ(printable(text), text);
  }
}

}  // namespace
}  // namespace jitterlab
