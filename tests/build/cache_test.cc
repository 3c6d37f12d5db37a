#include "build/cache.h"

#include <gmock/gmock.h>

#include "build/folder.h"
#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;

class CacheTest : public testing::Test {
 protected:
  std::string place() const { return folder_.path() + "/a/cache"; }
  CacheRecord built() const { return {std::nullopt, {"a warning"}, {"sem_wait"}, true, {}}; }
  Folder folder_;
};

TEST_F(CacheTest, UnknownKeyIsNotFound) { EXPECT_FALSE(Cache(place()).find("k")); }

TEST_F(CacheTest, WhatWasPutIsFoundByAnotherGrader) {
  Cache(place()).put("k", built(), {{"plain", "P"}, {"instrumented", "II"}});
  const auto found = Cache(place()).find("k");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->warnings, built().warnings);
  EXPECT_EQ(found->imports, built().imports);
  EXPECT_TRUE(found->is_static);
  EXPECT_FALSE(found->failure);
  EXPECT_EQ(found->files.at("plain"), place() + "/k.plain");
  EXPECT_EQ(std::filesystem::file_size(found->files.at("instrumented")), 2u);
}

TEST_F(CacheTest, ExecutablesCanBeExecutedButNotReadByOthers) {
  const auto put = Cache(place()).put("k", built(), {{"plain", "P"}});
  struct stat info {};
  ASSERT_EQ(::stat(put.files.at("plain").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0111u);
}

TEST_F(CacheTest, FailureIsKeptWithDiagnosticsOfAnyBytes) {
  CacheRecord record;
  record.failure = BuildFailure{"p", "what", "do", std::string("\xff\0\n", 3)};
  Cache(place()).put("k", record, {});
  const auto found = Cache(place()).find("k");
  ASSERT_TRUE(found && found->failure);
  EXPECT_EQ(found->failure->diagnostics, std::string("\xff\0\n", 3));
  EXPECT_EQ(found->failure->what_to_do, "do");
}

TEST_F(CacheTest, EntryWithAMissingHalfIsNotFound) {
  const Cache cache(place());
  const auto put = cache.put("k", built(), {{"plain", "P"}, {"instrumented", "II"}});
  ::unlink(put.files.at("instrumented").c_str());
  EXPECT_FALSE(cache.find("k"));
}

TEST_F(CacheTest, EntryWithAFileOfAnotherSizeOrModeIsNotFound) {
  const Cache cache(place());
  const auto put = cache.put("k", built(), {{"plain", "P"}});
  ::chmod(put.files.at("plain").c_str(), 0755);
  EXPECT_FALSE(cache.find("k"));
  ::truncate(put.files.at("plain").c_str(), 0);
  ::chmod(put.files.at("plain").c_str(), 0111);
  EXPECT_FALSE(cache.find("k"));
}

TEST_F(CacheTest, DamagedRecordIsNotFoundAndCanBeReplaced) {
  const Cache cache(place());
  cache.put("k", built(), {{"plain", "P"}});
  write_file(place() + "/k.record", "\x81");
  EXPECT_FALSE(cache.find("k"));
  cache.put("k", built(), {{"plain", "P"}});
  EXPECT_TRUE(cache.find("k"));
}

TEST_F(CacheTest, RecordOfAnotherShapeIsNotFound) {
  const Cache cache(place());
  write_file(place() + "/k.record", "\xa0");  // CBOR: {}
  EXPECT_FALSE(cache.find("k"));
}

TEST_F(CacheTest, NothingElseIsLeftInTheFolder) {
  Cache(place()).put("k", built(), {{"plain", "P"}});
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(place())) files += entry.exists();
  EXPECT_EQ(files, 2);
}

std::string error_for(const std::string& place) {
  try {
    const Cache cache(place);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST_F(CacheTest, FolderThatOthersCanWriteToIsRefusedWithARemedy) {
  const std::string open = folder_.path() + "/open";
  std::filesystem::create_directory(open);
  ::chmod(open.c_str(), 0777);
  EXPECT_THAT(error_for(open), HasSubstr("remove it, or name another one"));
}

TEST_F(CacheTest, FolderOfSomebodyElseIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a folder away";
  const std::string theirs = folder_.path() + "/theirs";
  std::filesystem::create_directory(theirs);
  ASSERT_EQ(::chown(theirs.c_str(), 65534, 65534), 0);
  EXPECT_THAT(error_for(theirs), HasSubstr("not a folder that only you can write to"));
}

TEST_F(CacheTest, LinkToAFolderIsRefused) {
  folder_.file("real/x", "").link("link", "real");
  EXPECT_THAT(error_for(folder_.path() + "/link"), HasSubstr("not a folder"));
}

TEST_F(CacheTest, PlaceThatCannotBeMadeIsAnError) {
  folder_.file("file", "");
  EXPECT_THAT(error_for(folder_.path() + "/file/cache"), HasSubstr("cannot make the cache"));
  EXPECT_THAT(error_for("/proc/cache"), HasSubstr("cannot make the cache"));
}

TEST_F(CacheTest, FileThatCannotBePutIsAnErrorAndLeavesNothing) {
  const Cache cache(place());
  std::filesystem::create_directories(place() + "/k.plain/in-the-way");
  EXPECT_THROW(cache.put("k", built(), {{"plain", "P"}}), Error);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(place())) files += entry.exists();
  EXPECT_EQ(files, 1);
  std::filesystem::remove_all(place());
  EXPECT_THROW(cache.put("k", built(), {{"plain", "P"}}), Error);
}

}  // namespace
}  // namespace jitterlab
