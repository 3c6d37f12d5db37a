// Grading a submission in a test, in this process.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>

#include "cli/grade.h"
#include "cli/labs.h"
#include "os/fd.h"
#include "os/temp_dir.h"

namespace jitterlab {

inline const std::string kHere = JITTERLAB_TESTS "/cli/";

class Grading : public testing::Test {
 protected:
  Grading() {
    options_.command = "grade";
    options_.lab = kHere + "labs/pair";
    options_.lanes = 2;
    options_.cache_folder = (std::filesystem::path(JITTERLAB_BUILD) / "test-cache").string();
  }

  Grade grade_file(const std::string& name) { return grade_source(read_file(kHere + name)); }

  Grade grade_source(const std::string& source) {
    const TempDir folder;
    std::ofstream(folder.path() + "/pair.c") << source;
    return grade_folder(folder.path());
  }

  Grade grade_folder(const std::string& folder) {
    Options options = options_;
    options.submission = folder;
    return grade(options, find_lab(options), stop_);
  }

  // What every test of a hostile submission ends with: the machine and the next student are unharmed.
  void expect_honest_submission_gets_full_points() {
    const Grade honest = grade_file("honest.c");
    EXPECT_EQ(honest.earned, honest.points) << honest.not_graded_because;
    EXPECT_EQ(exit_code(honest), 0);
  }

  static const Finding& finding(const Grade& grade, const std::string& check) {
    for (const Finding& finding : grade.findings) {
      if (finding.check == check) return finding;
    }
    throw std::runtime_error("the grade has no check " + check + ": " + grade.not_graded_because);
  }

  Options options_;
  std::atomic<bool> stop_ = false;
};

}  // namespace jitterlab
