// Submissions that somebody vouches for run without a sandbox, with the keys and ports of this machine.
#include <gtest/gtest.h>

#include "invocation.h"
#include "os/fd.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(TrustedSubmission, EveryReportSaysThatThereWasNoSandbox) {
  const TempDir folder;
  const std::string junit = folder.path() + "/r.xml", text = folder.path() + "/r.txt";
  const auto result = graded(
      kPair, kHonest, {"--i-trust-this-submission", "--format", "junit=" + junit, "--format", "terminal=" + text});
  EXPECT_EQ(result.at("sandboxed"), false);
  EXPECT_TRUE(has(result.at("warning"), "NOT SANDBOXED"));
  EXPECT_TRUE(has(read_file(junit), "NOT SANDBOXED"));
  EXPECT_TRUE(has(read_file(text), "NOT SANDBOXED"));
}

TEST(TrustedSubmission, LanesThatWouldMeetAreNotUsed) {
  const auto result = graded(kPair, kHonest, {"--i-trust-this-submission", "--lanes", "4"});
  EXPECT_EQ(result.at("earned"), 10) << result.dump(2);
}

TEST(TrustedSubmission, IsGradedWhereNamespacesAreForbidden) {
  const Ran ran = run_program(Words{JITTERLAB_WITHOUT_NAMESPACES, kProgram} +
                              grade_words(kPair, kHonest, {"--i-trust-this-submission"}));
  EXPECT_EQ(ran.ending.words(), "exit 0") << ran.out;
  EXPECT_TRUE(has(ran.out, "NOT SANDBOXED")) << ran.out;
}

}  // namespace
}  // namespace jitterlab
