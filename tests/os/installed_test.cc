#include "os/installed.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "os/error.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

TEST(InstalledFile, FileBesideTheExecutableIsFound) {
  EXPECT_EQ(installed_file("os_test"), fs::canonical("/proc/self/exe"));
}

TEST(InstalledFile, FileAboveTheExecutableIsFound) {
  const fs::path folder = fs::canonical("/proc/self/exe").parent_path();
  EXPECT_EQ(installed_file(folder.filename()), folder);
}

TEST(InstalledFile, MissingFileIsAnErrorThatNamesIt) {
  try {
    installed_file("no-such-file");
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("no-such-file"), std::string::npos);
  }
}

}  // namespace
}  // namespace jitterlab
