// The submissions of reference/<lab>, and what they promise.
#include "verify/known_submissions.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "os/temp_dir.h"

namespace jitterlab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Lab lab_with_checks() {
  Lab lab;
  lab.id = "x";
  lab.checks = {{.id = "arrive", .question = CountCheck{}},
                {.id = "ends", .question = EndedCheck{}},
                {.id = "clean", .question = FindingsCheck{{FindingKind::kRace, FindingKind::kDeadlock}}}};
  return lab;
}

class KnownSubmissionsTest : public testing::Test {
 protected:
  KnownSubmissionsTest() {
    write("accepted/textbook/x.c", "");
    write("accepted/other/x.c", "");
  }

  void write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_.path() + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  KnownSubmissions found() const { return find_known_submissions(lab_with_checks(), folder_.path()); }

  TempDir folder_;
};

TEST(PromisedFailures, AreReadFromTheFirstCommentOnly) {
  EXPECT_THAT(promised_failures("/* Wrong.\n * fails: all-arrive, ends\n */\nint main;\n/* fails: tidy */"),
              UnorderedElementsAre("all-arrive", "ends"));
  EXPECT_THAT(promised_failures("// One. fails: echoes\n// More, and no id.\nint main;\n// fails: tidy"),
              UnorderedElementsAre("echoes"));
  EXPECT_THAT(promised_failures("#!/usr/bin/python3\n# Wrong.\n# fails: ends\nimport os\n# fails: tidy"),
              UnorderedElementsAre("ends"));
  EXPECT_THAT(promised_failures("\"\"\"Wrong.\n\nfails: ends\n\"\"\"\n# fails: tidy"), UnorderedElementsAre("ends"));
  EXPECT_THAT(promised_failures("int main;\n// fails: ends"), IsEmpty());
}

TEST(PromisedFailures, EndWhereTheListEnds) {
  EXPECT_THAT(promised_failures("// fails: a-1, b. And then, words"), UnorderedElementsAre("a-1", "b"));
  EXPECT_THAT(promised_failures("// fails:"), IsEmpty());
}

TEST_F(KnownSubmissionsTest, AcceptedOnesComeFirstAndPromiseNothing) {
  write("acc/no_such_kind.c", "// fails: arrive");
  const KnownSubmissions known = found();
  ASSERT_EQ(known.all.size(), 3u);
  EXPECT_EQ(known.all[0].label(), "accepted/other");
  EXPECT_TRUE(known.all[0].is_accepted() && known.all[0].fails.empty());
  EXPECT_THAT(known.complaints, ElementsAre(HasSubstr("the folder acc is no kind of question")));
}

TEST_F(KnownSubmissionsTest, FoldersAndFilesAreBothSubmissions) {
  write("count/both/reader.c", "// Right.");
  write("count/both/writer.c", "// Wrong. fails: arrive");
  write("ended/alone.c", "// fails: ends, arrive");
  write("deadlock/circle.c", "// fails: clean");
  write("builds/no_semicolon.c", "// fails: builds");
  write("count/.hidden.c", "");
  write("equivalent-mutants.yaml", "");
  const KnownSubmissions known = found();
  EXPECT_THAT(known.complaints, IsEmpty());
  ASSERT_EQ(known.all.size(), 6u);
  EXPECT_EQ(known.all[3].label(), "count/both");
  EXPECT_THAT(known.all[3].fails, UnorderedElementsAre("arrive"));
  EXPECT_THAT(known.all[5].fails, UnorderedElementsAre("arrive", "ends"));
}

TEST_F(KnownSubmissionsTest, MissingOrUnknownPromiseIsNamed) {
  write("count/silent.c", "int main;");
  write("count/wrong.c", "// fails: arrives");
  EXPECT_THAT(found().complaints, ElementsAre("count/silent.c: no line `fails: <check>` in the first comment",
                                              "count/wrong.c: `fails: arrives`, but the lab has no such check"));
}

TEST_F(KnownSubmissionsTest, OneAcceptedSolutionIsTooFew) {
  std::filesystem::remove_all(folder_.path() + "/accepted/other");
  EXPECT_THAT(found().complaints, ElementsAre(HasSubstr("there are 1 accepted solutions")));
}

TEST(KnownSubmissions, MissingFolderIsNamed) {
  EXPECT_THAT(find_known_submissions(lab_with_checks(), "/nowhere/x").complaints,
              ElementsAre(HasSubstr("there is no folder /nowhere/x")));
}

TEST(IsMeant, ByGroupLabelOrName) {
  const KnownSubmission bad{"", "count", "off_by_one.c", {"arrive"}}, good{"", "accepted", "textbook", {}};
  for (const std::string only : {"known-bad", "count/off_by_one.c", "count/off_by_one", "off_by_one.c", "off_by_one"}) {
    EXPECT_TRUE(is_meant(bad, only)) << only;
    EXPECT_FALSE(is_meant(good, only)) << only;
  }
  EXPECT_TRUE(is_meant(good, "accepted"));
  EXPECT_FALSE(is_meant(bad, "accepted"));
}

}  // namespace
}  // namespace jitterlab
