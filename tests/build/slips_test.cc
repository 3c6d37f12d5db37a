#include "build/slips.h"

#include <gmock/gmock.h>

#include "build/folder.h"

namespace jitterlab {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "what -> what to do" of every failure.
std::vector<std::string> failures(Inventory inventory, const HandIn& wanted = one_program()) {
  std::vector<std::string> lines;
  for (const BuildFailure& failure : judge_hand_in(std::move(inventory), wanted).failures) {
    lines.push_back(failure.what + " -> " + failure.what_to_do);
  }
  return lines;
}

std::vector<std::string> remarks(Inventory inventory) {
  const HandedIn judged = judge_hand_in(std::move(inventory), one_program());
  EXPECT_THAT(judged.failures, IsEmpty());
  return judged.remarks;
}

const SourceFile kGood{"prodcons.c", "int main(void) { return 0; }\n"};

HandIn two_programs() {
  return {Language::kC, {{"producer", {"producer.c"}}, {"consumer", {"consumer*.c"}}}, {"producer.c"}};
}

TEST(HandInSlips, GoodHandInHasNeitherFailuresNorRemarks) { EXPECT_THAT(remarks({.files = {kGood}}), IsEmpty()); }

TEST(HandInSlips, FolderInFolderIsToldToBeUnwrapped) {
  EXPECT_THAT(failures({.deeper = {"hw3/notes.txt", "hw3/prodcons.c"}}),
              ElementsAre("the files are one folder too deep, in hw3/ -> hand in what is inside hw3/, without the "
                          "folder around it"));
}

TEST(HandInSlips, OneFileInAFolderIsToldToBeMoved) {
  EXPECT_THAT(failures({.files = {{"consumer.c", ""}}, .deeper = {"src/producer.c"}}, two_programs()),
              ElementsAre("there is no file producer.c, but src/producer.c -> move it out of its folder, beside the "
                          "other files"));
}

TEST(HandInSlips, WrongCaseOfARequiredNameIsToldToBeRenamed) {
  EXPECT_THAT(failures({.files = {{"Prodcons.C", ""}}}),
              ElementsAre("there is no file prodcons.c, but Prodcons.C -> rename Prodcons.C to prodcons.c"));
}

TEST(HandInSlips, HiddenSecondEndingIsToldToBeRemoved) {
  EXPECT_THAT(failures({.files = {{"prodcons.c.txt", ""}}}),
              ElementsAre("there is no file prodcons.c, but prodcons.c.txt -> rename prodcons.c.txt to prodcons.c"));
}

TEST(HandInSlips, WrongCaseOfAnOpenNameIsToldToBeLowerCase) {
  EXPECT_THAT(failures({.files = {{"producer.c", ""}, {"CONSUMER1.C", ""}}}, two_programs()),
              ElementsAre("there is no file named consumer*.c, but CONSUMER1.C -> rename CONSUMER1.C so that it is "
                          "consumer*.c, lower case and without another ending"));
}

TEST(HandInSlips, ExtraFileInWrongCaseIsRemarkedOn) {
  EXPECT_THAT(remarks({.files = {{"BUFFER.C", ""}, kGood}}),
              ElementsAre("BUFFER.C is not part of prodcons: its name should be lower case"));
}

TEST(HandInSlips, CompiledProgramInsteadOfSourceIsToldApart) {
  EXPECT_THAT(
      failures({.ignored = {"a.out"}}),
      ElementsAre("a.out is a compiled program, not its source text -> hand in prodcons.c; it is compiled here"));
  EXPECT_THAT(failures({.files = {{"prodcons", "\177ELF\2"}}}),
              ElementsAre("prodcons is a compiled program, not its source text -> hand in prodcons.c; it is compiled "
                          "here"));
}

TEST(HandInSlips, CompiledProgramNamedLikeASourceIsToldApart) {
  EXPECT_THAT(failures({.files = {{"prodcons.c", "\177ELF\2"}}}),
              ElementsAre("prodcons.c is a compiled program, not source text -> hand in the source text; it is "
                          "compiled here"));
}

TEST(HandInSlips, OnlyWhatMacOsAddsIsExplained) {
  EXPECT_THAT(failures({.ignored = {".DS_Store", "__MACOSX"}}),
              ElementsAre("there is only __MACOSX, a folder that macOS adds to archives, and no file of yours -> make "
                          "the archive again, or hand in prodcons.c without one"));
}

TEST(HandInSlips, EmptyHandInSaysWhatIsAskedFor) {
  EXPECT_THAT(failures({}), ElementsAre("the hand-in is empty -> hand in prodcons.c"));
  EXPECT_THAT(failures({}, {Language::kC, {{"p", {"*.c"}}}, {}}),
              ElementsAre("the hand-in is empty -> hand in files named *.c"));
}

TEST(HandInSlips, ArchiveIsToldToBeUnpacked) {
  const std::string tar = std::string(257, '\0') + "ustar" + std::string(300, '\0');
  for (const std::string& bytes : {std::string("PK\3\4"), std::string("\x1f\x8b\x08"), tar}) {
    EXPECT_THAT(failures({.files = {{"hw3.zip", bytes}}}),
                ElementsAre("hw3.zip is an archive -> unpack it and hand in the files that are in it"));
  }
}

TEST(HandInSlips, ArchiveNamedLikeASourceIsToldToBeUnpacked) {
  EXPECT_THAT(failures({.files = {{"prodcons.c", "PK\3\4"}}}),
              ElementsAre("prodcons.c is an archive, not source text -> unpack it and hand in the files that are in "
                          "it"));
}

TEST(HandInSlips, Utf16IsToldToBeSavedAsUtf8) {
  EXPECT_THAT(failures({.files = {{"prodcons.c", "\xff\xfei"}}}),
              ElementsAre("prodcons.c is saved as UTF-16, which the compiler does not read -> save it as UTF-8"));
}

TEST(HandInSlips, MissingRequiredFileIsNamed) {
  EXPECT_THAT(failures({.files = {{"notes.txt", ""}}}),
              ElementsAre("there is no file prodcons.c -> hand in the file of that name, beside the others"));
}

TEST(HandInSlips, ProgramWithoutSourcesIsNamed) {
  const HandedIn judged = judge_hand_in({.files = {{"producer.c", ""}}}, two_programs());
  ASSERT_EQ(judged.failures.size(), 1u);
  EXPECT_EQ(judged.failures[0].program, "consumer");
  EXPECT_EQ(judged.failures[0].what, "there is no file named consumer*.c");
}

TEST(HandInSlips, WantedLinkIsAFailureAndAnyOtherARemark) {
  EXPECT_THAT(failures({.not_taken = {{"prodcons.c", "is a link"}}}),
              ElementsAre("prodcons.c is a link -> hand in the file prodcons.c itself, with its source text"));
  EXPECT_THAT(remarks({.files = {kGood}, .not_taken = {{"notes", "is a link"}, {"core", "is larger than 1 MiB"}}}),
              ElementsAre("not taken: notes (is a link), core (is larger than 1 MiB)"));
}

TEST(HandInSlips, TooManyFilesAreOneFailure) {
  EXPECT_THAT(failures({.too_many = true}),
              ElementsAre("there are more than 2000 files in the hand-in -> hand in the source files only"));
}

TEST(HandInSlips, ByteOrderMarkAndWindowsLineEndsAreRemarks) {
  EXPECT_THAT(remarks({.files = {{"prodcons.c", "\xef\xbb\xbfint x;\r\n"}}}),
              ElementsAre("prodcons.c starts with a byte-order mark; it was accepted, but save it without one",
                          "prodcons.c has Windows line ends (CRLF); they were accepted, but save it with LF"));
}

TEST(HandInSlips, SourceWithAnUnsafeNameIsAFailureAndNotTaken) {
  const HandedIn judged = judge_hand_in({.files = {{"@o.c", ""}, kGood}}, one_program());
  ASSERT_EQ(judged.failures.size(), 1u);
  EXPECT_EQ(judged.failures[0].what, "the name of the file @o.c cannot be given to a compiler safely");
  EXPECT_EQ(judged.files.size(), 1u);
}

TEST(HandInSlips, OtherFileWithAnUnsafeNameIsLeftOut) {
  EXPECT_THAT(remarks({.files = {{"@notes", ""}, kGood}}), ElementsAre("not taken because of its name: @notes"));
}

TEST(HandInSlips, IgnoredFilesAndSubFoldersAreRemarks) {
  EXPECT_THAT(remarks({.files = {kGood}, .ignored = {".git", "a.out"}, .deeper = {"docs/a", "docs/b"}}),
              ElementsAre("ignored: .git, a.out", "sub-folders are not taken: docs/"));
}

TEST(HandInSlips, LongListsAreCut) {
  std::vector<std::string> many(10, ".x");
  EXPECT_THAT(remarks({.files = {kGood}, .ignored = many}),
              ElementsAre("ignored: .x, .x, .x, .x, .x, .x, .x, .x and 2 more"));
}

TEST(HandInSlips, RenamedSingleFileIsRemarkedOn) {
  EXPECT_THAT(remarks({.files = {kGood}, .renamed_from = "bug.c"}), ElementsAre("bug.c was taken as prodcons.c"));
}

}  // namespace
}  // namespace jitterlab
