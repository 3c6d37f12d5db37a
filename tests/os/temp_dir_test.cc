#include "os/temp_dir.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <optional>

#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

// Sets TMPDIR, or removes it, and puts it back.
class Tmpdir {
 public:
  explicit Tmpdir(const std::optional<std::string>& value) {
    if (const char* before = ::getenv("TMPDIR")) before_ = before;
    set(value);
  }
  ~Tmpdir() { set(before_); }

 private:
  static void set(const std::optional<std::string>& value) {
    value ? ::setenv("TMPDIR", value->c_str(), 1) : ::unsetenv("TMPDIR");
  }
  std::optional<std::string> before_;
};

TEST(TempDir, FolderIsPrivateAndEmpty) {
  const TempDir folder;
  struct stat info {};
  ASSERT_EQ(::stat(folder.path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode, S_IFDIR | 0700u);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(TempDir, FolderIsGoneWithItsContentsWhenItsOwnerIs) {
  std::string path;
  {
    const TempDir folder;
    path = folder.path();
    fs::create_directories(path + "/a/b");
    write_file(path + "/a/b/file", "x");
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TempDir, LinkInsideIsRemovedButNotWhatItPointsTo) {
  const TempDir outside;
  write_file(outside.path() + "/kept", "x");
  {
    const TempDir folder;
    fs::create_directory_symlink(outside.path(), folder.path() + "/link");
  }
  EXPECT_TRUE(fs::exists(outside.path() + "/kept"));
}

TEST(TempDir, TwoAreNeverTheSame) { EXPECT_NE(TempDir().path(), TempDir().path()); }

TEST(TempDir, TmpdirDecidesThePlace) {
  const TempDir place;
  const Tmpdir variable(place.path());
  EXPECT_EQ(fs::path(TempDir().path()).parent_path(), place.path());
}

TEST(TempDir, WithoutTmpdirItLiesInTmp) {
  for (const auto& value : {std::optional<std::string>(), std::optional<std::string>("")}) {
    const Tmpdir variable(value);
    EXPECT_EQ(fs::path(TempDir().path()).parent_path(), "/tmp");
  }
}

TEST(TempDir, PlaceThatDoesNotExistIsAnError) {
  const Tmpdir variable("/nonexistent/place");
  EXPECT_THROW(TempDir(), Error);
}

}  // namespace
}  // namespace jitterlab
