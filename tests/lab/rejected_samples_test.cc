// The files in samples/rejected: each is wrong in one way that the schema sees as well (validate_samples.py). Their
// first line says what the loader must answer.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "lab/samples.h"

namespace jitterlab {
namespace {

std::vector<std::string> rejected_samples() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(sample_folder("rejected")))
    names.push_back(file.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

class RejectedSample : public testing::TestWithParam<std::string> {};

TEST_P(RejectedSample, IsAnsweredAsItsFirstLineSays) {
  std::ifstream file(sample_folder("rejected") + "/" + GetParam() + ".yaml");
  std::ostringstream text;
  text << file.rdbuf();
  const std::string first = text.str().substr(0, text.str().find('\n'));
  ASSERT_GT(first.size(), 10u);
  const LoadedLab loaded = load_as("rejected", text.str());
  ASSERT_EQ(loaded.mistakes.size(), 1u) << as_text(loaded);
  EXPECT_THAT(to_string(loaded.mistakes[0]), testing::StartsWith("lab.yaml:" + first.substr(2)));
}

INSTANTIATE_TEST_SUITE_P(Samples, RejectedSample, testing::ValuesIn(rejected_samples()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace jitterlab
