#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "report/report.h"
#include "report/sample_grades.h"

namespace jitterlab {
namespace {

struct Junit {
  explicit Junit(const Grade& grade) { valid = document.load_string(junit_report(grade).c_str()); }

  pugi::xml_node suite(const char* name) const {
    return document.child("testsuites").find_child_by_attribute("testsuite", "name", name);
  }
  pugi::xml_node test(const char* suite_name, const char* check) const {
    return suite(suite_name).find_child_by_attribute("testcase", "name", check);
  }
  std::string property(const char* suite_name, const char* name) const {
    const pugi::xml_node properties = suite(suite_name).child("properties");
    return properties.find_child_by_attribute("property", "name", name).attribute("value").value();
  }

  pugi::xml_document document;
  bool valid = false;
};

TEST(JunitReport, EachScenarioIsASuiteOfItsChecks) {
  const Junit junit(failed_grade());
  ASSERT_TRUE(junit.valid);
  EXPECT_TRUE(junit.test("one-each", "all-arrive"));
  EXPECT_TRUE(junit.test("crowd", "all-arrive"));
  EXPECT_TRUE(junit.test("crowd", "race-free"));
  EXPECT_TRUE(junit.test("full", "bounded"));
  EXPECT_FALSE(junit.test("full", "all-arrive"));
  EXPECT_FALSE(junit.test("one-each", "all-arrive").child("failure"));
}

TEST(JunitReport, FailureSaysWhatWasSeenHowOftenAndTheHint) {
  const Junit junit(failed_grade());
  const pugi::xml_node failure = junit.test("crowd", "all-arrive").child("failure");
  EXPECT_STREQ(failure.attribute("type").value(), "exactly-once");
  EXPECT_STREQ(failure.attribute("message").value(),
               "seen: `kiwi` twice: got by consumer 1 and by consumer 2\\n`pear` never");
  EXPECT_STREQ(failure.text().get(), R"(
crowd: failed in 3 of 40 jittered executions and 0 of 10 plain ones, first with seed
0x00000000deadbeef (execution jitter 7)
Plain runs did not show it: it depends on which process runs when.
  expected
  | every value of `$words` appears exactly once as `item`
  seen
  | `kiwi` twice: got by consumer 1 and by consumer 2
  | `pear` never
Hint: which line must run before another process may take the same slot?
To see it yourself:
  jitterlab run producer-consumer <submission> crowd --seed 0x00000000deadbeef --jitter
)");
  const std::string other = junit.test("crowd", "race-free").child("failure").text().get();
  EXPECT_NE(other.find("not charged: same bug as all-arrive"), std::string::npos);
}

TEST(JunitReport, NotGradedIsAnErrorNotAFailure) {
  const Junit junit(not_graded_grade());
  const pugi::xml_node test = junit.test("grading", "race-free");
  EXPECT_FALSE(test.child("failure"));
  const std::string text = test.child("error").text().get();
  EXPECT_NE(text.find("not your fault, nothing is lost; send this file to os-lab@example.org"), std::string::npos);
}

TEST(JunitReport, ScenarioThatIsNotGradedIsAnErrorInItsSuite) {
  Grade grade = not_graded_grade();
  grade.findings[1].scenarios.resize(1);
  grade.findings[1].scenarios[0].scenario = "crowd";
  grade.findings[1].scenarios[0].verdict = Verdict::kNotGraded;
  grade.findings[1].scenarios[0].answer.seen = "the box broke";
  const Junit junit(grade);
  const pugi::xml_node error = junit.test("crowd", "race-free").child("error");
  EXPECT_STREQ(error.attribute("message").value(), "not graded: the box broke");
  EXPECT_NE(std::string(error.text().get()).find("\ncrowd: not graded\n  | the box broke\n"), std::string::npos);
  EXPECT_FALSE(junit.suite("grading"));
}

TEST(JunitReport, InterferenceIsLeftToAPersonAndNotExcused) {
  Grade grade = not_graded_grade();
  grade.findings[1].reason = "the submission interfered: it wrote to the control area";
  const std::string text = Junit(grade).test("grading", "race-free").child("error").text().get();
  EXPECT_NE(text.find("A person decides; nothing is lost"), std::string::npos);
  EXPECT_EQ(text.find("not your fault"), std::string::npos);
}

TEST(JunitReport, SubmissionThatDoesNotBuildFailsTheSuiteBuilds) {
  const Junit junit(unbuilt_grade());
  const pugi::xml_node failure = junit.test("builds", "builds").child("failure");
  EXPECT_STREQ(failure.attribute("message").value(), "there is no file `prodcons.c`");
  const std::string text = failure.text().get();
  EXPECT_NE(text.find("| prodcons.c:40:3: error: expected ';'\n  … 5 more lines\n"), std::string::npos);
}

TEST(JunitReport, ErrorOfOursIsAnErrorOfTheGrading) {
  const Junit junit(broken_grade());
  EXPECT_STREQ(junit.test("grading", "grading").child("error").attribute("message").value(),
               "cannot open the box: bwrap is not installed; install bubblewrap");
}

TEST(JunitReport, NumbersAddUp) {
  for (const auto& [name, grade] : all_grades()) {
    const Junit junit(grade);
    ASSERT_TRUE(junit.valid) << name;
    int tests = 0, failures = 0, errors = 0;
    for (const pugi::xml_node suite : junit.document.child("testsuites").children("testsuite")) {
      EXPECT_EQ(suite.attribute("tests").as_int(),
                std::distance(suite.children("testcase").begin(), suite.children("testcase").end()));
      tests += suite.attribute("tests").as_int();
      failures += suite.attribute("failures").as_int();
      errors += suite.attribute("errors").as_int();
    }
    const pugi::xml_node root = junit.document.child("testsuites");
    EXPECT_EQ(root.attribute("tests").as_int(), tests) << name;
    EXPECT_EQ(root.attribute("failures").as_int(), failures) << name;
    EXPECT_EQ(root.attribute("errors").as_int(), errors) << name;
    EXPECT_EQ(failures + errors > 0, name != "passed");
  }
}

TEST(JunitReport, IdentitiesAreProperties) {
  Grade grade = passed_grade();
  grade.partial = true;
  grade.partial_because = "only all-arrive was asked for";
  const Junit junit(grade);
  EXPECT_EQ(junit.property("full", "seed"), "0x0000000000005eed");
  EXPECT_EQ(junit.property("full", "submission_hash"), std::string(64, 'a'));
  EXPECT_EQ(junit.property("full", "lab_hash"), std::string(64, 'b'));
  EXPECT_EQ(junit.property("full", "toolchain_hash"), std::string(64, 'c'));
  EXPECT_EQ(junit.property("full", "isolation"), "namespaces, own user id per lane");
  EXPECT_EQ(junit.property("full", "points"), "20");
  EXPECT_EQ(junit.property("full", "meta.student"), "Zoë");
  EXPECT_EQ(junit.property("full", "partial"), "Partial result: only all-arrive was asked for");
}

TEST(JunitReport, UnsandboxedGradeSaysSoAtTheTopAndAtTheBottom) {
  Grade grade = passed_grade();
  grade.trusted = true;
  const Junit junit(grade);
  EXPECT_STREQ(junit.document.child("testsuites").attribute("name").value(), "producer-consumer (NOT SANDBOXED)");
  EXPECT_EQ(junit.property("full", "warning").substr(0, 14), "NOT SANDBOXED:");
  EXPECT_EQ(std::string(junit.suite("full").last_child().text().get()).substr(0, 14), "NOT SANDBOXED:");
}

}  // namespace
}  // namespace jitterlab
