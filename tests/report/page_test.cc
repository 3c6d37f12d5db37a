#include "report/page.h"

#include <gtest/gtest.h>

namespace jitterlab {
namespace {

TEST(Page, LongWordsOfOursAreWrappedAtBlanksWithTheIndent) {
  Page page(40, false);
  page.say(2, "one two three four five six seven eight nine ten");
  EXPECT_EQ(page.text(), "  one two three four five six seven\n  eight nine ten\n");
}

TEST(Page, QuotedTextHasAGutterOnEveryLineAlsoWrappedOnes) {
  Page page(40, false);
  page.quote(2, "first\n" + std::string(60, 'x') + "\n  ::error::y");
  EXPECT_EQ(page.text(),
            "  | first\n  | " + std::string(36, 'x') + "\n  | " + std::string(24, 'x') + "\n  |   ::error::y\n");
}

TEST(Page, CharactersAreCountedNotBytes) {
  Page page(40, false);
  page.quote(0, std::string("ä") + std::string(37, 'x'));
  EXPECT_EQ(page.text(), "| ä" + std::string(37, 'x') + "\n");
}

TEST(Page, MoreQuotedLinesThanAllowedAreCounted) {
  Page page(40, false);
  page.quote(0, "a\nb\nc\nd\n", 2);
  EXPECT_EQ(page.text(), "| a\n| b\n… 2 more lines\n");
}

TEST(Page, EndlessQuotedLineIsCut) {
  Page page(1000, false);
  page.quote(0, std::string(1 << 20, 'x'));
  EXPECT_EQ(page.text(), "| " + std::string(500, 'x') + "…\n");
}

TEST(Page, WrappingThatWouldStartALineWithAMarkAddsTheGutter) {
  Page page(40, false);
  page.say(0, "a name that is as long as this one is ::error::x");
  EXPECT_EQ(page.text(), "a name that is as long as this one is\n| ::error::x\n");
}

TEST(Page, ItemKeepsWordsInTheirColumn) {
  Page page(40, false);
  page.item(10, "label", "words that need more room than one line");
  EXPECT_EQ(page.text(), "label     words that need more room than\n          one line\n");
}

TEST(Page, LabelThatIsTooLongGetsALineOfItsOwn) {
  Page page(40, false);
  page.item(6, "a long label", "words");
  EXPECT_EQ(page.text(), "a long label  \n      words\n");
}

TEST(Page, ColourIsThereOnlyWhenAskedFor) {
  Page plain(40, false), coloured(40, true);
  plain.say(0, "x", Colour::kBad);
  coloured.say(0, "x", Colour::kBad);
  coloured.say(0, "y");
  EXPECT_EQ(plain.text(), "x\n");
  EXPECT_EQ(coloured.text(), "\x1b[31mx\x1b[0m\ny\n");
}

}  // namespace
}  // namespace jitterlab
