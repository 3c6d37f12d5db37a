// Gradings beside and after each other: nobody meets anybody, and nothing stays.
#include <dirent.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "grading.h"
#include "os/spawn.h"

namespace jitterlab {
namespace {

using Lanes = Grading;

int entries(const std::string& folder, const std::string& prefix = "") {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    count += entry.path().filename().string().starts_with(prefix);
  }
  return count;
}

int lines(const std::string& file) {
  std::ifstream stream(file);
  return static_cast<int>(std::count(std::istreambuf_iterator<char>(stream), {}, '\n'));
}

// Everything a grading could leave on the machine or in this process.
struct Traces {
  int descriptors = entries("/proc/self/fd");
  int mounts = lines("/proc/self/mounts");
  int segments = lines("/proc/sysvipc/shm"), sets = lines("/proc/sysvipc/sem"), queues = lines("/proc/sysvipc/msg");
  int temporary = entries(std::filesystem::temp_directory_path().string(), "jitterlab-");
  int children = lines("/proc/thread-self/children");
  // Of this process: others on the machine may be grading too. Boxes are its children, and nothing adopts theirs.
  std::string boxes = run_program({"pgrep", "-c", "-P", std::to_string(::getpid())}).out;
  bool operator==(const Traces&) const = default;
};

TEST_F(Lanes, TwoGradingsOfTheSameLabAtOnceNeverMeet) {
  Grade grades[2];
  {
    std::jthread one([&] { grades[0] = grade_file("honest.c"); });
    std::jthread two([&] { grades[1] = grade_file("honest.c"); });
  }
  for (const Grade& grade : grades) EXPECT_EQ(grade.earned, grade.points) << grade.not_graded_because;
}

TEST_F(Lanes, AnObjectOfTheHostWithTheSameKeyIsNeitherSeenNorErased) {
  // The honest submission refuses to start when the key is taken.
  const int segment = ::shmget(12345, 64, IPC_CREAT | IPC_EXCL | 0600);
  ASSERT_GE(segment, 0) << "something on this machine uses key 12345 already";
  const Grade honest = grade_file("honest.c");
  const Grade remover = grade_file("hostile/removes_every_object.c");
  shmid_ds info{};
  EXPECT_EQ(::shmctl(segment, IPC_STAT, &info), 0) << "the host's segment is gone";
  ::shmctl(segment, IPC_RMID, nullptr);
  EXPECT_EQ(honest.earned, honest.points) << honest.not_graded_because;
  EXPECT_EQ(finding(remover, "arrive").lost, 6);
}

TEST_F(Lanes, TwoHundredGradingsLeaveNothing) {
  // Other programs make and remove temporary folders, too.
  const TempDir temporary;
  ::setenv("TMPDIR", temporary.path().c_str(), 1);
  grade_file("honest.c");  // what is made once, such as the cache, is there before the count
  const Traces before;
  for (int i = 0; i < 200; ++i) {
    const Grade grade = grade_file(i % 2 == 0 ? "honest.c" : "hostile/leaves_everything_behind.c");
    ASSERT_EQ(grade.not_graded_because, "") << "grading " << i;
  }
  const Traces after;
  EXPECT_EQ(after.descriptors, before.descriptors);
  EXPECT_EQ(after.mounts, before.mounts);
  EXPECT_EQ(after.segments, before.segments);
  EXPECT_EQ(after.sets, before.sets);
  EXPECT_EQ(after.queues, before.queues);
  EXPECT_EQ(after.temporary, before.temporary);
  EXPECT_EQ(after.children, before.children);
  EXPECT_EQ(after.boxes, before.boxes);
}

}  // namespace
}  // namespace jitterlab
