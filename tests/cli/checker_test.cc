// Checking programs of an instructor: their answer counts, their faults cost nobody anything.
#include <gtest/gtest.h>

#include "invocation.h"

namespace jitterlab {
namespace {

class CheckingPrograms : public testing::Test {
 protected:
  static void SetUpTestSuite() { result_ = graded(kFolder + "labs/judged", kFolder + "hello.c"); }

  static void expect(const std::string& check, const std::string& verdict, const std::string& seen) {
    const auto finding = finding_on(result_, check);
    EXPECT_EQ(finding.at("verdict"), verdict);
    const std::string said = finding.at("scenarios")[0].at("seen");
    EXPECT_NE(said.find(seen), std::string::npos) << said;
  }

  inline static nlohmann::json result_;
};

TEST_F(CheckingPrograms, AgreementEarnsThePoints) {
  expect("native-agrees", "passed", "");
  expect("python-agrees", "passed", "");
  EXPECT_EQ(result_.at("earned"), 2);
}

TEST_F(CheckingPrograms, DisagreementLosesThemForTheReasonItPrints) {
  expect("native-disagrees", "failed", "nobody said good-bye");
  expect("python-disagrees", "failed", "1 lines");
  EXPECT_EQ(result_.at("lost"), 2);
}

TEST_F(CheckingPrograms, CrashIsNotGraded) {
  expect("native-crashes", "not graded", "the checking program crashes did not end by itself");
  EXPECT_EQ(result_.at("exit_code"), 2);
}

TEST_F(CheckingPrograms, PythonExceptionIsNotGradedAndIsShown) {
  expect("python-crashes", "not graded", "invalid literal for int() with base 10: 'many'");
}

}  // namespace
}  // namespace jitterlab
