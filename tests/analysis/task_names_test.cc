#include "analysis/task_names.h"

#include <gtest/gtest.h>

namespace jitterlab {
namespace {

TEST(TaskNames, TasksAreNamedByTheirRoleAndHowTheyWereMade) {
  Observation observation;
  observation.instances = {{.role = "server"}, {.role = "client", .number = 0}, {.role = "client", .number = 1}};
  ControlledEnd end;
  end.roots = {{10, 0}, {20, 2}, {30, -1}};
  end.trace.events = {{.task = 10},
                      {.task = 11, .parent = 10},
                      {.task = 20},
                      {.flags = TraceEvent::kThread, .task = 12, .parent = 10},
                      {.task = 13, .parent = 10},
                      {.flags = TraceEvent::kThread, .task = 14, .parent = 13},
                      {.task = 30}};
  observation.controlled = end;
  const TaskNames names(observation);
  EXPECT_EQ(names.of(10), "server");
  EXPECT_EQ(names.of(20), "client 1");
  EXPECT_EQ(names.of(11), "server, child 1");
  EXPECT_EQ(names.of(12), "server, thread 1");
  EXPECT_EQ(names.of(14), "server, child 2, thread 1");
  EXPECT_EQ(names.of(30), "a process");
  EXPECT_EQ(names.of(99), "a task");
}

}  // namespace
}  // namespace jitterlab
