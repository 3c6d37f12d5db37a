// Both sides: what a handout leaves out is named, a complete one is accepted.
#include "verify/handout.h"

#include <gmock/gmock.h>

namespace jitterlab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kHandout =
    "| `got` | `consumer (?P<who>\\d+) got (?P<item>a\\|b)` | `consumer 2 got a` |\n\n- `all-arrive` (9 points)\n";

Lab lab_of(const std::string& check = "all-arrive", int points = 9) {
  Lab lab;
  EventPattern got;
  got.name = "got";
  got.written = R"(consumer (?P<who>\d+) got (?P<item>a|b))";
  got.example = "consumer 2 got a\n";
  lab.events = {got};
  lab.checks = {{.id = check, .points = points}};
  return lab;
}

std::string with(std::string text, const std::string& old, const std::string& other) {
  return text.replace(text.find(old), old.size(), other);
}

TEST(Handout, CompleteOneIsAccepted) { EXPECT_THAT(handout_complaints(lab_of(), kHandout), IsEmpty()); }

TEST(Handout, PatternThatDiffersInOneCharacterIsNamed) {
  EXPECT_THAT(handout_complaints(lab_of(), with(kHandout, "got (", "gets (")),
              ElementsAre(HasSubstr("the pattern of event `got`")));
}

TEST(Handout, ExampleThatIsNotShownIsNamed) {
  EXPECT_THAT(handout_complaints(lab_of(), with(kHandout, "consumer 2", "consumer 3")),
              ElementsAre(HasSubstr("the example of event `got`")));
}

TEST(Handout, EventWithoutExampleIsNamed) {
  Lab lab = lab_of();
  lab.events[0].example.clear();
  EXPECT_THAT(handout_complaints(lab, kHandout), ElementsAre("event `got` has no example in lab.yaml"));
}

TEST(Handout, OtherPointsThanInTheLabAreNamed) {
  for (const std::string wrong : {"19 points", "9a", "10 points", "", "\n9 points"})
    EXPECT_EQ(handout_complaints(lab_of(), with(kHandout, "9 points", wrong)).size(), 1u) << wrong;
}

TEST(Handout, CheckThatIsNotNamedIsNamed) {
  EXPECT_THAT(handout_complaints(lab_of(), with(kHandout, "`all-arrive`", "`all-arrived`")),
              ElementsAre(HasSubstr("no line shows check `all-arrive` (in backquotes) with its 9 points")));
}

TEST(Handout, NumberInTheNameOfACheckIsNotItsPoints) {
  EXPECT_EQ(handout_complaints(lab_of("all-8", 8), with(kHandout, "`all-arrive` (9 points)", "`all-8`")).size(), 1u);
  EXPECT_THAT(handout_complaints(lab_of("all-8", 8), with(kHandout, "`all-arrive` (9 points)", "`all-8` 8")),
              IsEmpty());
}

}  // namespace
}  // namespace jitterlab
