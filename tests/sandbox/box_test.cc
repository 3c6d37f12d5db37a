#include "sandbox/box.h"

#include "box_fixture.h"

namespace jitterlab {
namespace {

TEST_F(BoxTest, ProgramsOutputAndExitCodeArrive) {
  const Seen seen = run("echo out; echo err >&2; exit 3");
  EXPECT_EQ(seen.out, "out\n");
  EXPECT_EQ(seen.err, "err\n");
  EXPECT_TRUE(seen.endings.at(0).exited_with(3)) << seen.endings.at(0).words();
  EXPECT_EQ(seen.left(), "");
}

TEST_F(BoxTest, ProgramEndedBySignalIsReportedSo) {
  EXPECT_TRUE(run("kill -SEGV $$").endings.at(0).killed_by(SIGSEGV));
}

TEST_F(BoxTest, MissingProgramIsNotStartedWithTheReason) {
  Launch launch = shell("");
  launch.arguments = {"/no/such/program"};
  const Seen seen = run({launch});
  EXPECT_EQ(seen.endings.at(0).kind(), Ending::Kind::kNotStarted);
  EXPECT_NE(seen.endings.at(0).why().find("No such file"), std::string::npos) << seen.endings.at(0).why();
}

TEST_F(BoxTest, InputArrivesWholeThoughLargerThanAPipe) {
  EXPECT_EQ(run({shell("wc -c")}, {}, std::string(1 << 20, 'x')).out, "1048576\n");
}

TEST_F(BoxTest, WritersAreToldApartByTheKernel) {
  const Seen seen = run({shell("(echo child); echo one", 0), shell("setsid sh -c 'echo far; :'; echo two", 1)});
  std::map<std::string, int> instance_of_line;
  for (const BoxEvent& event : seen.output) instance_of_line[event.bytes] = event.instance;
  const std::map<std::string, int> expected = {{"child\n", 0}, {"one\n", 0}, {"far\n", 1}, {"two\n", 1}};
  EXPECT_EQ(instance_of_line, expected);
}

TEST_F(BoxTest, SameProcessIdsInEveryExecution) {
  const std::string first = run("sh -c 'echo $$'; echo $$").out;
  EXPECT_EQ(run("sh -c 'echo $$'; echo $$").out, first);
}

TEST_F(BoxTest, FilesLeftBehindAreListedAndGone) {
  Seen seen = run("echo x > a; mkfifo b; mkdir -p /tmp/c/d; echo y > /dev/shm/e");
  EXPECT_EQ(seen.left(), "shared-memory /e, file /tmp/c, file a, fifo b");
  seen = run("ls -A . /tmp /dev/shm");
  EXPECT_EQ(seen.out, ".:\n\n/dev/shm:\n\n/tmp:\n");
  EXPECT_EQ(seen.left(), "");
}

TEST_F(BoxTest, SystemVObjectsLeftBehindAreListedAndGone) {
  Seen seen = run("ipcmk -M 20; ipcmk -S 3; ipcmk -Q");
  EXPECT_EQ(seen.end.left_behind.size(), 3u) << seen.left();
  EXPECT_EQ(seen.end.objects.size(), 3u);
  seen = run("ipcs -msq | grep -c 0x");
  EXPECT_EQ(seen.out, "0\n");
}

TEST_F(BoxTest, ErasedObjectIsStillSeen) {
  const Seen seen = run("ipcmk -M 20 -p 0600 | sed 's/.*: //' > /tmp/id; ipcrm -m $(cat /tmp/id); rm /tmp/id");
  ASSERT_EQ(seen.end.objects.size(), 1u);
  EXPECT_EQ(seen.end.objects[0].kind, 'm');
  EXPECT_EQ(seen.end.objects[0].size, 20);
  EXPECT_EQ(seen.end.objects[0].mode, 0600);
  EXPECT_TRUE(seen.end.objects[0].erased);
  EXPECT_EQ(seen.left(), "");
}

TEST_F(BoxTest, BackgroundProcessIsLeftBehindAndKilled) {
  Seen seen = run("sleep 1000 & exit 0");
  EXPECT_EQ(seen.left(), "process sleep");
  EXPECT_EQ(run("ls /proc | grep -c '^[0-9]'").out, "4\n");  // box init, sh, ls, grep
}

TEST_F(BoxTest, EveryoneAsleepIsRest) {
  const Seen seen = run({shell("mkfifo f; read x < f", 0), shell("mkfifo g; read x < g", 1)});
  EXPECT_TRUE(seen.rested);
}

TEST_F(BoxTest, SleepingWithATimeoutIsNoRest) {
  const Seen seen = run("sleep 0.5; echo awake");
  EXPECT_FALSE(seen.rested);
  EXPECT_EQ(seen.out, "awake\n");
}

TEST_F(BoxTest, SignalReachesTheProgram) {
  open();
  box_->begin({}, std::nullopt);
  box_->start(shell("trap 'echo got; exit 5' TERM; echo ready; while :; do sleep 0.01; done"));
  Seen seen;
  const auto deadline = std::chrono::steady_clock::now() + kProtection;
  while (seen.out.empty()) take_in(seen, box_->next(deadline));
  box_->signal(0, SIGTERM);
  while (seen.endings.empty()) take_in(seen, box_->next(deadline));
  box_->finish();
  EXPECT_EQ(seen.out, "ready\ngot\n");
  EXPECT_TRUE(seen.endings.at(0).exited_with(5));
}

TEST_F(BoxTest, TakenFileIsReadAfterEverybodyIsDead) {
  open();
  box_->begin({}, std::nullopt);
  box_->start(shell("echo data > result; ln -s /etc/passwd link; echo done"));
  Seen seen;
  while (seen.endings.empty()) take_in(seen, box_->next(std::chrono::steady_clock::now() + kProtection));
  auto file = box_->take("result");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(read_all(file->get(), 100), "data\n");
  EXPECT_FALSE(box_->take("link").has_value());
  EXPECT_FALSE(box_->take("missing").has_value());
  EXPECT_FALSE(box_->take("../etc/passwd").has_value());
  box_->finish();
}

TEST_F(BoxTest, OutputBeyondItsLimitEndsTheExecution) {
  Bounds bounds;
  bounds.output_bytes = 100000;
  const Seen seen = run("yes", bounds);
  EXPECT_EQ(seen.limits, std::vector<std::string>{"output"});
  EXPECT_EQ(seen.out.size(), 100000u);
}

TEST_F(BoxTest, CpuLimitEndsTheProgram) {
  Bounds bounds;
  bounds.cpu_seconds = 1;
  const Seen seen = run("while :; do :; done", bounds);
  EXPECT_TRUE(seen.endings.at(0).killed_by(SIGXCPU)) << seen.endings.at(0).words();
}

TEST_F(BoxTest, ProgramsSeeNoCapabilityAndNoOtherUser) {
  const Seen seen =
      run("grep CapEff /proc/self/status; grep NoNewPrivs /proc/self/status; ls /home /root 2>&1 | grep -c cannot");
  EXPECT_EQ(seen.out, "CapEff:\t0000000000000000\nNoNewPrivs:\t1\n2\n");
}

TEST_F(BoxTest, ProgramsHaveTheOrdinaryPriority) { EXPECT_EQ(run("nice").out, "0\n"); }

TEST_F(BoxTest, OnlyLoopbackIsThere) {
  EXPECT_EQ(run(R"(sed -n 's/^ *\([^ :]*\):.*/\1/p' /proc/net/dev)").out, "lo\n");
}

TEST_F(BoxTest, TwoLanesWithTheSameKeyNeverMeet) {
  open();
  auto other = Box::open({});
  box_->begin({}, std::nullopt);
  other->begin({}, std::nullopt);
  box_->start(shell("ipcmk -M 20"));
  Seen seen;
  while (seen.endings.empty()) take_in(seen, box_->next(std::chrono::steady_clock::now() + kProtection));
  other->start(shell("ipcs -m | grep -c 0x"));
  Seen theirs;
  while (theirs.endings.empty()) take_in(theirs, other->next(std::chrono::steady_clock::now() + kProtection));
  EXPECT_EQ(theirs.out, "0\n");
  EXPECT_EQ(box_->finish().left_behind.size(), 1u);
  EXPECT_EQ(other->finish().left_behind.size(), 0u);
}

TEST_F(BoxTest, BoxesThatWorkTogetherHaveCoresOfTheirOwnWhateverElseIsOpened) {
  const int first = cores_for(2);
  open();
  const auto one = Box::open({.core = first}), other = Box::open({.core = first + 1});
  EXPECT_EQ(one->core(), first);
  EXPECT_EQ(other->core(), first + 1);
  EXPECT_EQ(std::set({first, first + 1, box_->core()}).size(), 3u);
}

TEST_F(BoxTest, QuestionsAreAnsweredFromOutside) {
  open();
  box_->begin({}, std::nullopt);
  box_->start(shell("mkfifo f; echo made; read x < f"));
  Seen seen;
  while (seen.out.empty()) take_in(seen, box_->next(std::chrono::steady_clock::now() + kProtection));
  EXPECT_TRUE(box_->ask({BoxQuestion::Kind::kFifoExists, 0, "f"}));
  EXPECT_FALSE(box_->ask({BoxQuestion::Kind::kFifoExists, 0, "g"}));
  EXPECT_FALSE(box_->ask({BoxQuestion::Kind::kTcpListens, 50007, ""}));
  EXPECT_FALSE(box_->ask({BoxQuestion::Kind::kSegmentExists, 12345, ""}));
  while (!seen.rested) take_in(seen, box_->next(std::chrono::steady_clock::now() + kProtection));
  EXPECT_TRUE(box_->ask({BoxQuestion::Kind::kWaits, 0, ""}));
  box_->finish();
}

}  // namespace
}  // namespace jitterlab
