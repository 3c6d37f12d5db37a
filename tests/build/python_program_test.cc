#include "build/python_program.h"

#include <gmock/gmock.h>

#include "build/folder.h"
#include "os/error.h"
#include "os/fd.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;

TEST(PythonProgram, FileNamedLikeTheProgramIsRun) {
  EXPECT_EQ(script_of({"sync", {"*.py"}}, {"other.py", "sync.py"}), "sync.py");
  EXPECT_EQ(script_of({"two-words", {"*.py"}}, {"other.py", "two_words.py"}), "two_words.py");
}

TEST(PythonProgram, ElseTheFirstThatTheLabNamesOrTheOnlyOne) {
  EXPECT_EQ(script_of({"sync", {"main.py", "*.py"}}, {"a.py", "main.py"}), "main.py");
  EXPECT_EQ(script_of({"sync", {"*.py"}}, {"mine.py"}), "mine.py");
}

TEST(PythonProgram, AmongOthersItIsAMistakeThatSaysWhatToDo) {
  const Program program{"sync", {"*.py"}};
  EXPECT_EQ(script_of(program, {"a.py", "b.py"}), "");
  EXPECT_THAT(no_script(program).what_to_do, HasSubstr("sync.py"));
}

TEST(PythonProgram, OtherVersionsThan311AreRefused) {
  EXPECT_NO_THROW(check_python_version("Python 3.11.2"));
  EXPECT_THROW(check_python_version("Python 3.12.1"), Error);
  EXPECT_THROW(check_python_version("Python 3.1"), Error);
}

TEST(PythonProgram, SameFilesHaveOneFolderWhichIsMendedWhenItWasChanged) {
  const Folder cache;
  const std::vector<SourceFile> files = {{"a.py", "import b\n"}, {"b.py", "x = 1\n"}};
  const std::string folder = keep_python_files(cache.path(), files);
  EXPECT_EQ(read_file(folder + "/b.py"), "x = 1\n");
  EXPECT_EQ(keep_python_files(cache.path(), files), folder);
  std::ofstream(folder + "/b.py") << "x = 2\n";
  EXPECT_EQ(keep_python_files(cache.path(), files), folder);
  EXPECT_EQ(read_file(folder + "/b.py"), "x = 1\n");
  std::ofstream(folder + "/c.py") << "planted\n";
  EXPECT_EQ(keep_python_files(cache.path(), files), folder);
  EXPECT_FALSE(std::filesystem::exists(folder + "/c.py"));
  EXPECT_NE(keep_python_files(cache.path(), {{"a.py", "import c\n"}}), folder);
}

TEST(PythonProgram, CacheThatIsNotThereIsAnError) {
  const Folder cache;
  EXPECT_THROW(keep_python_files(cache.path() + "/none", {{"a.py", ""}}), Error);
}

}  // namespace
}  // namespace jitterlab
