// Searches with real programs in real boxes.
#include "run/search.h"

#include "controlled_fixture.h"
#include "run/crew.h"

namespace jitterlab {
namespace {

class SearchTest : public ControlledTest {
 protected:
  SearchResult search_in(const std::string& scenario, std::uint64_t executions) {
    const Lab lab = lab_with("  played:\n" + scenario);
    Crew crew(lab, {.count = 1, .setup = setup(), .programs = programs_});
    SearchOptions options;
    options.campaign.executions = executions;
    const std::atomic<bool> stop = false;
    return search(
        crew, {"played", Strategy::kControlled, 0, 7}, options,
        [](const Observation&) { return std::set<std::string>(); },
        [&](const Schedule&, const Observation&) { ++seen_; }, stop);
  }

  int seen_ = 0;
};

TEST_F(SearchTest, AProgramThatNeverEndsIsGivenUpSoon) {
  const SearchResult result = search_in("    run: actor compute\n    limits: { seconds: 0.5 }\n", 100);
  EXPECT_TRUE(result.is_endless);
  EXPECT_TRUE(result.is_stopped);
  EXPECT_EQ(seen_, 3);
}

TEST_F(SearchTest, OneThatEndsIsNot) {
  const SearchResult result = search_in("    run: actor add\n", 10);
  EXPECT_FALSE(result.is_endless);
  EXPECT_GT(seen_, 3);
}

}  // namespace
}  // namespace jitterlab
