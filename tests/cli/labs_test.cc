// Finding a lab by what somebody typed.
#include "cli/labs.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "os/error.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

const std::string kLabs = JITTERLAB_TESTS "/cli/labs";

Options options_for(const std::string& lab, const std::string& labs_folder = kLabs) {
  Options options;
  options.lab = lab;
  options.labs_folder = labs_folder;
  return options;
}

std::string complaint(const Options& options) {
  try {
    find_lab(options);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(FindLab, NameIsLookedUpAmongTheLabs) { EXPECT_EQ(find_lab(options_for("pair")).folder, kLabs + "/pair"); }

TEST(FindLab, PathNeedsNoFolderOfLabs) {
  EXPECT_EQ(find_lab(options_for(kLabs + "/pair", "")).id, "pair");
  EXPECT_EQ(find_lab(options_for(kLabs + "/pair/", "/nowhere")).folder, kLabs + "/pair");
}

TEST(FindLab, UnknownLabSaysWhichCommandListsThem) {
  EXPECT_EQ(complaint(options_for("pear")), "there is no lab pear; `jitterlab list` shows those there are");
  EXPECT_EQ(complaint(options_for("./pear")), "there is no lab ./pear; `jitterlab list` shows those there are");
}

TEST(FindLab, MissingFolderOfLabsIsNamed) {
  EXPECT_EQ(complaint(options_for("pair", "/nowhere")), "there is no folder /nowhere (--labs)");
}

TEST(FindLab, AllMistakesOfALabFileAreToldALineEach) {
  const std::string said = complaint(options_for("mistaken"));
  const std::string file = kLabs + "/mistaken/lab.yaml:";
  for (const std::string place : {"4:", "9:", "11:"}) {
    EXPECT_NE(said.find("\n" + file + place), std::string::npos) << place << "\n" << said;
  }
  EXPECT_EQ(said.rfind("the lab file has mistakes:\n", 0), 0u) << said;
}

TEST(LabFolders, OnlyFoldersWithALabFileAreLabsAndTheyAreSorted) {
  const TempDir folder;
  for (const std::string name : {"b", "a", "no-lab"}) std::filesystem::create_directory(folder.path() + "/" + name);
  for (const std::string name : {"b", "a"}) std::ofstream(folder.path() + "/" + name + "/lab.yaml") << "format: 1\n";
  std::ofstream(folder.path() + "/lab.yaml") << "format: 1\n";
  EXPECT_EQ(lab_folders(options_for("", folder.path())),
            (std::vector<std::string>{folder.path() + "/a", folder.path() + "/b"}));
}

TEST(NamedLab, HoldsTheFolderOfLabsWhereOneWasGiven) {
  EXPECT_EQ(named_lab(options_for("pair", "")), "pair");
  EXPECT_EQ(named_lab(options_for("pair", "my-labs/")), "my-labs/pair");
  EXPECT_EQ(named_lab(options_for("./pair", "my-labs")), "./pair");
}

}  // namespace
}  // namespace jitterlab
