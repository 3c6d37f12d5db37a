#include "build/source_set.h"

#include <gtest/gtest.h>

namespace jitterlab {
namespace {

TEST(SourceSet, NameThatACompilerTakesForAnOptionFileIsNotSafe) {
  EXPECT_FALSE(is_safe_name("@o.c"));
  EXPECT_FALSE(is_safe_name("a\nb.c"));
  EXPECT_FALSE(is_safe_name("a\x7f.c"));
  EXPECT_FALSE(is_safe_name(".."));
  EXPECT_FALSE(is_safe_name("a/b.c"));
  EXPECT_FALSE(is_safe_name(""));
}

TEST(SourceSet, UnusualButHarmlessNameIsSafe) {
  EXPECT_TRUE(is_safe_name("my file.c"));
  EXPECT_TRUE(is_safe_name("-o.c"));
  EXPECT_TRUE(is_safe_name("\xc3\xbc.c"));
  EXPECT_TRUE(is_safe_name("latin\xfc.c"));
}

TEST(SourceSet, WildcardMatchesButNotHiddenFiles) {
  EXPECT_TRUE(matches("*.c", "prodcons.c"));
  EXPECT_TRUE(matches("p?.c", "p1.c"));
  EXPECT_FALSE(matches("*.c", "prodcons.h"));
  EXPECT_FALSE(matches("*.c", "._prodcons.c"));
}

TEST(SourceSet, CaseCountsUnlessToldOtherwise) {
  EXPECT_FALSE(matches("*.c", "PRODCONS.C"));
  EXPECT_TRUE(matches("*.c", "PRODCONS.C", true));
}

TEST(SourceSet, SourcesAreThoseThatAPatternMatchesInOrder) {
  const Program program{"p", {"b.c", "a*.c"}};
  EXPECT_EQ(sources_of(program, {{"a1.c", ""}, {"b.c", ""}, {"c.c", ""}}), (std::vector<std::string>{"a1.c", "b.c"}));
}

TEST(SourceSet, ProgramOfAHandInInCIsInCppWhenOneOfItsFilesIs) {
  const HandIn wanted{Language::kC, {{"p", {"*.c", "*.cpp"}}}, {}};
  EXPECT_EQ(language_of(wanted, wanted.programs[0], {{"a.c", ""}, {"b.c", ""}}), Language::kC);
  EXPECT_EQ(language_of(wanted, wanted.programs[0], {{"a.cpp", ""}, {"a.h", ""}}), Language::kCpp);
}

TEST(SourceSet, FilesOfOtherProgramsDoNotChangeTheLanguage) {
  const HandIn wanted{Language::kC, {{"p", {"p.c"}}, {"q", {"q.cc"}}}, {}};
  EXPECT_EQ(language_of(wanted, wanted.programs[0], {{"p.c", ""}, {"q.cc", ""}}), Language::kC);
  EXPECT_EQ(language_of(wanted, wanted.programs[1], {{"p.c", ""}, {"q.cc", ""}}), Language::kCpp);
}

TEST(SourceSet, HashDependsOnNamesAndContents) {
  EXPECT_EQ(hash_of({{"a", "x"}}), hash_of({{"a", "x"}}));
  EXPECT_NE(hash_of({{"a", "x"}}), hash_of({{"b", "x"}}));
  EXPECT_NE(hash_of({{"a", "x"}}), hash_of({{"a", "y"}}));
}

}  // namespace
}  // namespace jitterlab
