#include "build/hand_in.h"

#include <gmock/gmock.h>

#include "build/folder.h"
#include "os/error.h"

namespace jitterlab {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(const Inventory& inventory) {
  std::vector<std::string> all;
  for (const SourceFile& file : inventory.files) all.push_back(file.name);
  return all;
}

std::vector<std::string> not_taken(const Inventory& inventory) {
  std::vector<std::string> all;
  for (const auto& [name, why] : inventory.not_taken) all.push_back(name + " " + why);
  return all;
}

TEST(TakeHandIn, RegularFilesAreTakenByName) {
  Folder folder;
  folder.file("prodcons.c", "int main;").file("buffer.h", "");
  const Inventory inventory = take_hand_in(folder.path(), one_program());
  EXPECT_THAT(names(inventory), ElementsAre("buffer.h", "prodcons.c"));
  EXPECT_EQ(inventory.files[1].bytes, "int main;");
}

TEST(TakeHandIn, WhatToolsLeaveBehindIsIgnored) {
  Folder folder;
  folder.file(".git/config", "").file("__MACOSX/._prodcons.c", "").file("a.out", "").file("prodcons.o", "");
  folder.file(".DS_Store", "").file("prodcons.c~", "").file("._prodcons.c", "");
  const Inventory inventory = take_hand_in(folder.path(), one_program());
  EXPECT_THAT(inventory.files, IsEmpty());
  EXPECT_THAT(inventory.ignored,
              ElementsAre(".DS_Store", "._prodcons.c", ".git", "__MACOSX", "a.out", "prodcons.c~", "prodcons.o"));
}

TEST(TakeHandIn, LinkIsNotFollowed) {
  Folder folder;
  folder.link("prodcons.c", "/etc/passwd").link("all", "/etc");
  const Inventory inventory = take_hand_in(folder.path(), one_program());
  EXPECT_THAT(inventory.files, IsEmpty());
  EXPECT_THAT(inventory.deeper, IsEmpty());
  EXPECT_THAT(not_taken(inventory), ElementsAre("prodcons.c is a link", "all is a link"));
}

TEST(TakeHandIn, FifoIsNotWaitedFor) {
  Folder folder;
  folder.fifo("x.c");
  EXPECT_THAT(not_taken(take_hand_in(folder.path(), one_program())), ElementsAre("x.c is a FIFO, not a file"));
}

TEST(TakeHandIn, DeviceAsTheSubmissionIsNotRead) {
  EXPECT_THAT(not_taken(take_hand_in("/dev/zero", one_program())), ElementsAre("zero is a device, not a file"));
}

TEST(TakeHandIn, FileBeyondOneMebibyteIsNotTaken) {
  Folder folder;
  folder.file("big.c", std::string(kMostFileBytes + 1, ' ')).file("just.c", std::string(kMostFileBytes, ' '));
  const Inventory inventory = take_hand_in(folder.path(), one_program());
  EXPECT_THAT(names(inventory), ElementsAre("just.c"));
  EXPECT_THAT(not_taken(inventory), ElementsAre("big.c is larger than 1 MiB"));
}

TEST(TakeHandIn, BoundOnAllBytesNeverCostsAWantedFileBecauseOfOthers) {
  Folder folder;
  for (char name = 'a'; name < 'i'; ++name) folder.file(std::string(1, name), std::string(kMostFileBytes, ' '));
  folder.file("prodcons.c", "int main(void) {}");
  const Inventory inventory = take_hand_in(folder.path(), one_program());
  EXPECT_THAT(names(inventory), ElementsAre("a", "b", "c", "d", "e", "f", "g", "prodcons.c"));
  EXPECT_THAT(not_taken(inventory), ElementsAre("h is beyond the 8 MiB that a hand-in may have"));
}

TEST(TakeHandIn, MoreThanTwoHundredFilesAreNotTaken) {
  Folder folder;
  for (int i = 0; i < kMostFiles + 1; ++i) folder.file("f" + std::to_string(1000 + i) + ".c", "");
  const Inventory inventory = take_hand_in(folder.path(), one_program());
  EXPECT_EQ(inventory.files.size(), 200u);
  EXPECT_THAT(not_taken(inventory), ElementsAre("f1200.c is beyond the 200 files that a hand-in may have"));
}

TEST(TakeHandIn, EndlessFolderIsNotReadToTheEnd) {
  Folder folder;
  for (int i = 0; i < kMostEntries + 1; ++i) folder.file("f" + std::to_string(i), "");
  EXPECT_TRUE(take_hand_in(folder.path(), one_program()).too_many);
}

TEST(TakeHandIn, FilesInSubFoldersAreNamedOnly) {
  Folder folder;
  folder.file("hw3/src/prodcons.c", "").file("hw3/.hidden", "").file("a/b/c/d/too-deep.c", "");
  const Inventory inventory = take_hand_in(folder.path(), one_program());
  EXPECT_THAT(inventory.files, IsEmpty());
  EXPECT_THAT(inventory.deeper, ElementsAre("hw3/src/prodcons.c"));
}

TEST(TakeHandIn, SingleFileOfAnyNameIsTakenAsTheOneTheLabAsksFor) {
  Folder folder;
  folder.file("lost_update.c", "x").file("other.c", "y");
  const Inventory inventory = take_hand_in(folder.path() + "/lost_update.c", one_program());
  EXPECT_THAT(names(inventory), ElementsAre("prodcons.c"));
  EXPECT_EQ(inventory.renamed_from, "lost_update.c");
}

TEST(TakeHandIn, SingleFileThatFitsKeepsItsName) {
  Folder folder;
  folder.file("mine.c", "x").file("mine.cpp", "");
  const HandIn open_names{Language::kC, {{"prodcons", {"*.c"}}}, {}};
  EXPECT_THAT(names(take_hand_in(folder.path() + "/mine.c", open_names)), ElementsAre("mine.c"));
  const HandIn fixed{Language::kCpp, {{"p", {"main.cpp"}}}, {}};
  EXPECT_THAT(names(take_hand_in(folder.path() + "/mine.cpp", fixed)), ElementsAre("main.cpp"));
}

TEST(TakeHandIn, SingleFileOfAnotherKindKeepsItsName) {
  Folder folder;
  folder.file("hw3.zip", "PK\3\4");
  EXPECT_THAT(names(take_hand_in(folder.path() + "/hw3.zip", one_program())), ElementsAre("hw3.zip"));
}

TEST(TakeHandIn, PathThatDoesNotExistIsAnError) { EXPECT_THROW(take_hand_in("/nowhere/at/all", one_program()), Error); }

TEST(TakeHandIn, SingleFileBelowAFileIsAnError) {
  Folder folder;
  folder.file("prodcons.c", "");
  EXPECT_THROW(take_hand_in(folder.path() + "/prodcons.c/x.c", one_program()), Error);
}

// Root reads everything, so the test becomes somebody else for a moment.
class AsNobody : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() == 0) ::chmod(folder_.path().c_str(), 0755);
  }
  void become_nobody() {
    if (::geteuid() == 0) {
      ASSERT_EQ(::seteuid(65534), 0);
    }
  }
  void TearDown() override {
    if (::getuid() == 0) {
      ASSERT_EQ(::seteuid(0), 0);
    }
  }
  Folder folder_;
};

TEST_F(AsNobody, UnreadableFileIsAnErrorThatNamesIt) {
  folder_.file("prodcons.c", "");
  ::chmod((folder_.path() + "/prodcons.c").c_str(), 0);
  become_nobody();
  try {
    take_hand_in(folder_.path(), one_program());
    FAIL() << "no Error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("prodcons.c"));
  }
}

TEST_F(AsNobody, UnreadableSubFolderIsPassedOver) {
  folder_.file("prodcons.c", "").file("private/x.c", "");
  ::chmod((folder_.path() + "/private").c_str(), 0);
  become_nobody();
  EXPECT_THAT(names(take_hand_in(folder_.path(), one_program())), ElementsAre("prodcons.c"));
}

}  // namespace
}  // namespace jitterlab
