// Without isolation: what programs made is removed, what the machine had is not touched.
#include <fcntl.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "box_fixture.h"
#include "os/spawn.h"
#include "os/temp_dir.h"

namespace jitterlab {
namespace {

class Trust : public BoxTest {
 protected:
  Trust() { open({.trust = true}); }

  static bool exists(int segment) {
    shmid_ds info{};
    return ::shmctl(segment, IPC_STAT, &info) == 0;
  }

  // Starts a script and takes events until it has printed its first line.
  Seen start_and_wait_for_output(const std::string& script) {
    box_->begin({}, std::nullopt);
    box_->start(shell(script));
    Seen seen;
    const auto deadline = std::chrono::steady_clock::now() + kProtection;
    while (seen.out.empty() && std::chrono::steady_clock::now() < deadline) take_in(seen, box_->next(deadline));
    return seen;
  }
};

TEST_F(Trust, SaysThatNothingIsIsolated) {
  EXPECT_EQ(box_->isolation(), Isolation::kNone);
  EXPECT_EQ(to_string(box_->isolation()), "none: the submission was trusted");
}

TEST_F(Trust, OutputInputAndEndingsArriveAsEver) {
  const Seen seen = run({shell("cat; (echo child); exit 3")}, {}, "text\n");
  EXPECT_EQ(seen.out, "text\nchild\n");
  EXPECT_TRUE(seen.endings.at(0).exited_with(3));
  EXPECT_EQ(seen.left(), "");
}

TEST_F(Trust, ObjectsOfTheMachineSurviveThoseOfTheProgramDoNot) {
  const int ours = ::shmget(IPC_PRIVATE, 64, IPC_CREAT | 0600);
  const Seen seen = run("ipcmk -M 20 | tr -dc 0-9; echo; ipcmk -Q > /dev/null");
  const bool survived = exists(ours);
  ::shmctl(ours, IPC_RMID, nullptr);
  EXPECT_TRUE(survived);
  EXPECT_FALSE(exists(std::stoi(seen.out)));
  EXPECT_EQ(seen.end.left_behind.size(), 2u) << seen.left();
}

TEST_F(Trust, FilesOfTheMachineSurviveThoseOfTheProgramDoNot) {
  const TempDir folder;
  const std::string name = folder.path().substr(folder.path().rfind('/'));
  const Fd shared(::shm_open(name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600));
  ASSERT_TRUE(shared.valid());
  const Seen seen = run("echo x > here; mkdir -p deep/deeper; echo x > /dev/shm" + name + "-new; echo x > " +
                        folder.path() + "/kept");
  EXPECT_EQ(::shm_unlink(name.c_str()), 0) << "the machine's shared memory is gone";
  EXPECT_FALSE(std::filesystem::exists("/dev/shm" + name + "-new"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() + "/kept"));
  EXPECT_TRUE(std::filesystem::is_empty(box_->work_folder()));
  EXPECT_EQ(seen.left(), "shared-memory " + name + "-new, file deep, file here");
}

TEST_F(Trust, ProcessesOfTheProgramAreKilledOthersAreNot) {
  const auto other = spawn({"sleep", "1000"}, {});
  const Seen seen = run("setsid sleep 1000 & echo $!; exit 0");
  EXPECT_EQ(seen.left(), "process sleep");
  EXPECT_NE(::kill(std::stoi(seen.out), 0), 0);
  EXPECT_EQ(::kill(other->pid(), 0), 0);
  EXPECT_EQ(::waitpid(other->pid(), nullptr, WNOHANG), 0) << "another process was killed";
}

TEST_F(Trust, BoxThatIsDroppedTakesItsProgramsAndObjectsAlong) {
  const Seen seen = start_and_wait_for_output("echo $(ipcmk -M 20 | tr -dc 0-9) $$; sleep 1000");
  int segment = 0, process = 0;
  ASSERT_EQ(std::sscanf(seen.out.c_str(), "%d %d", &segment, &process), 2) << seen.out;
  box_.reset();
  EXPECT_FALSE(exists(segment));
  EXPECT_NE(::kill(process, 0), 0);
}

}  // namespace
}  // namespace jitterlab
