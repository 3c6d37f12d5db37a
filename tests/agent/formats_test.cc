// What printf and scanf take from their lists.
#include "agent/formats.h"

#include <gtest/gtest.h>

#include <string>

namespace jitterlab {
namespace {

// A letter for each conversion: w word, d double, D long double, t text, - nothing, ? no format; * before it: a width,
// . a precision among the arguments, and the precision of a text behind it.
std::string printed(const char* format) {
  std::string all;
  Printed one;
  while ((format = next_printed(format, one)) != nullptr) {
    all += one.width_is_argument ? "*" : "";
    all += one.precision_is_argument ? "." : "";
    all += "-wdDt?"[static_cast<int>(one.value)];
    if (one.value == Printed::Value::kText && one.precision >= 0) all += std::to_string(one.precision);
  }
  return all;
}

// The bytes of each value, t for a text, - for what is not stored, ? for no format; in brackets what is not counted.
std::string scanned(const char* format) {
  std::string all;
  Scanned one;
  while ((format = next_scanned(format, one)) != nullptr) {
    std::string said = std::string(1, "-vt?"[static_cast<int>(one.target)]);
    if (one.target == Scanned::Target::kValue) said = std::to_string(one.size);
    if (one.target != Scanned::Target::kNone && !one.is_counted) said = "(" + said + ")";
    all += (all.empty() ? "" : " ") + said;
  }
  return all;
}

TEST(Formats, PrintfTakesAnArgumentForEachConversion) {
  EXPECT_EQ(printed("no conversions, 100 %%"), "");
  EXPECT_EQ(printed("%d of %5u: %s\n"), "wwt");
  EXPECT_EQ(printed("%-8.3s|%+.2f|%Lf|%#lx|%hhd|%zu|%c|%p|%%"), "t3dDwwwww");
  EXPECT_EQ(printed("%*d %-*.*s %.*f %.s"), "*w*.t.dt0");
  EXPECT_EQ(printed("%ls %S %m %n"), "ww-w");
}

TEST(Formats, PrintfsArgumentsOfOthersKindsAreNotGuessed) {
  EXPECT_EQ(printed("%2$s"), "?");
  EXPECT_EQ(printed("%y"), "?");
  EXPECT_EQ(printed("ends with %"), "?");
  EXPECT_EQ(printed("ends with %5."), "?");
}

TEST(Formats, ScanfStoresAsTheLengthSays) {
  EXPECT_EQ(scanned("%d %hd %hhd %ld %lld %zu %jd"), "4 2 1 8 8 8 8");
  EXPECT_EQ(scanned("%f %lf %Lf"), "4 8 16");
  EXPECT_EQ(scanned("%s %20s %c %3c %p"), "t t 1 3 8");
  EXPECT_EQ(scanned("%ms %m[a-z]"), "8 8");
}

TEST(Formats, ScanfCountsOnlyWhatItStores) { EXPECT_EQ(scanned("%*d %i %n %x 100%%"), "- 4 (4) 4"); }

TEST(Formats, ScanfsSetsMayHoldTheirOwnEndAndConversions) {
  EXPECT_EQ(scanned("%[^\n]%d"), "t 4");
  EXPECT_EQ(scanned("%[]%d] %*[^]] %d"), "t - 4");
  EXPECT_EQ(scanned("%[never closed"), "t");
}

TEST(Formats, ScanfsArgumentsOfOtherKindsAreNotGuessed) {
  EXPECT_EQ(scanned("%1$d"), "?");
  EXPECT_EQ(scanned("%ls"), "?");
  EXPECT_EQ(scanned("%"), "?");
}

}  // namespace
}  // namespace jitterlab
