// What a lab's own programs do is no finding, from both sides.
#include "analysis/lab_tasks.h"

#include <gmock/gmock.h>

#include "analysis/made_execution.h"
#include "analysis/races.h"

namespace jitterlab {
namespace {

using ::testing::ElementsAre;

// main is the submission's; task 10 is a program of the lab, with a child 11.
class WithTheLab : public Made {
 public:
  explicit WithTheLab(Origin origin) {
    observation.instances.push_back({});
    observation.instances[1].role = "reader";
    observation.instances[1].origin = origin;
    end().roots[10] = 1;
    created(10, 0);
    created(11, 10);
  }
};

Found found_of(TaskId first, TaskId last) {
  return {"busy-waiting", "", {{first, "looks", {}}, {last, "changes", {}}}};
}

TEST(LabTasks, AreThoseThatDescendFromItsReferenceAndItsDrivers) {
  for (const Origin origin : {Origin::kReference, Origin::kLab}) {
    const WithTheLab run(origin);
    const LabTasks lab(run.observation);
    EXPECT_TRUE(lab.has(10));
    EXPECT_TRUE(lab.has(11));
    EXPECT_FALSE(lab.has(1));
  }
  EXPECT_FALSE(LabTasks(WithTheLab(Origin::kSubmission).observation).has(10));
}

TEST(LabTasks, AFindingIsTheSubmissionsWhenItTookTheStepThatIsBlamed) {
  const WithTheLab run(Origin::kReference);
  const auto kinds = [&](BlamedStep blamed) {
    std::vector<TaskId> firsts;
    for (const Found& one : of_the_submission(run.observation, {found_of(1, 11), found_of(11, 1)}, blamed))
      firsts.push_back(one.steps.front().task);
    return firsts;
  };
  EXPECT_THAT(kinds(BlamedStep::kFirst), ElementsAre(1));
  EXPECT_THAT(kinds(BlamedStep::kLast), ElementsAre(11));
}

TEST(LabTasks, ARaceIsTheSubmissionsWhenItMadeOneOfTheAccesses) {
  const auto races_between = [](TaskId first, TaskId second) {
    WithTheLab run(Origin::kReference);
    std::uint64_t place = 5;
    for (const TaskId task : {first, second})
      run.did(task, {.kind = StepKind::kWrite, .is_write = true, .size = 4, .object = 60, .place = place++});
    return races_in(run.observation).size();
  };
  EXPECT_EQ(races_between(1, 10), 1u);
  EXPECT_EQ(races_between(11, 1), 1u);
  EXPECT_EQ(races_between(10, 11), 0u);
}

}  // namespace
}  // namespace jitterlab
