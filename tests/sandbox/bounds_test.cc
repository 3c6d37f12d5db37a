// Each bound of an execution, exceeded.
#include "box_fixture.h"

namespace jitterlab {
namespace {

using BoundsTest = BoxTest;

TEST_F(BoundsTest, MemoryOfAProcess) {
  Bounds bounds;
  bounds.memory_bytes = 64 << 20;
  EXPECT_NE(run("head -c 200000000 /dev/zero | tail -n 1 | wc -c", bounds).err.find("memory exhausted"),
            std::string::npos);
}

TEST_F(BoundsTest, MemoryOfAllProcessesTogether) {
  Bounds bounds;
  bounds.total_memory_bytes = 100 << 20;
  open({.mounts = {{PROBE, "probe"}}});
  EXPECT_EQ(run(box_->inside("probe") + " memory", bounds).limits, std::vector<std::string>{"memory"});
}

TEST_F(BoundsTest, SizeOfAFile) {
  Bounds bounds;
  bounds.file_bytes = 1000;
  const Seen seen = run("head -c 5000 /dev/zero > f; wc -c < f", bounds);
  EXPECT_EQ(seen.out, "1000\n");
}

TEST_F(BoundsTest, OpenFiles) {
  Bounds bounds;
  bounds.open_files = 20;
  EXPECT_EQ(run("ulimit -n", bounds).out, "20\n");
}

TEST_F(BoundsTest, ProcessesOfABox) {
  Bounds bounds;
  bounds.processes = 5;
  const Seen seen = run("for i in 1 2 3 4 5 6 7 8; do sleep 1000 & done; echo all", bounds);
  EXPECT_EQ(seen.out, "");
  EXPECT_NE(seen.err.find("fork"), std::string::npos) << seen.err;
}

TEST_F(BoundsTest, TheOtherLimitsAreSetToo) {
  const Seen seen = run("ulimit -c; ulimit -l; ulimit -s; ulimit -t; ulimit -H -t");
  EXPECT_EQ(seen.out, "0\n1024\n8192\n10\n11\n");
}

TEST_F(BoundsTest, AFullWorkFolderIsNoProblemForTheNextExecution) {
  const Seen full = run("for i in 1 2 3 4 5; do head -c 16000000 /dev/zero > $i || exit 7; done");
  EXPECT_FALSE(full.endings.at(0).exited_with(0));
  EXPECT_EQ(run("ls; echo x > y; cat y").out, "x\n");
}

}  // namespace
}  // namespace jitterlab
