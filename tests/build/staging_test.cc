#include "build/staging.h"

#include <gmock/gmock.h>

#include "build/folder.h"
#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

int mode_of(const std::string& path) {
  struct stat info {};
  EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
  return static_cast<int>(info.st_mode & 07777);
}

TEST(Stage, FilesAreThereForEveryoneToReadWhateverTheUmask) {
  const Folder folder;
  const mode_t before = ::umask(0077);
  stage({{"a b.c", "int x;"}}, folder.path() + "/s");
  ::umask(before);
  EXPECT_EQ(read_file(folder.path() + "/s/a b.c"), "int x;");
  EXPECT_EQ(mode_of(folder.path() + "/s"), 0755);
  EXPECT_EQ(mode_of(folder.path() + "/s/a b.c"), 0644);
}

TEST(Stage, FolderThatIsThereAlreadyIsAnError) {
  const Folder folder;
  EXPECT_THROW(stage({}, folder.path()), Error);
}

TEST(Stage, UnsafeNameIsAnErrorAndWritesNothing) {
  const Folder folder;
  EXPECT_THROW(stage({{"../planted.c", "x"}}, folder.path() + "/s"), Error);
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/planted.c"));
}

}  // namespace
}  // namespace jitterlab
