// Boxes that cannot be made, or are lost, and what is then said.
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <set>

#include "box_fixture.h"
#include "os/error.h"
#include "os/spawn.h"
#include "os/temp_dir.h"
#include "sandbox/lane.h"
#include "sandbox/probe.h"

namespace jitterlab {
namespace {

// While it lives, only the programs in `folder` are found.
class OnlyPath {
 public:
  explicit OnlyPath(const std::string& folder) : before_(::getenv("PATH")) { ::setenv("PATH", folder.c_str(), 1); }
  ~OnlyPath() { ::setenv("PATH", before_.c_str(), 1); }

 private:
  std::string before_;
};

class LostBox : public BoxTest {
 protected:
  static std::string what_open_says(const BoxSetup& setup) {
    try {
      Box::open(setup);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  static const Probe& named(const std::vector<Probe>& probes, const std::string& what) {
    for (const Probe& probe : probes) {
      if (probe.what == what) return probe;
    }
    throw std::runtime_error("no probe is called " + what);
  }

  // The last process in the chain of first children of ours: bubblewrap's child, box init.
  static void kill_box_init() {
    const std::string launcher = run_program({"pgrep", "-P", std::to_string(::getpid()), "bwrap"}).out;
    const std::string init = run_program({"pgrep", "-P", launcher.substr(0, launcher.find('\n'))}).out;
    ASSERT_EQ(::kill(std::stoi(init), SIGKILL), 0);
  }
};

TEST_F(LostBox, WithoutBubblewrapTheRemedyIsNamed) {
  const TempDir empty;
  const OnlyPath path(empty.path());
  EXPECT_EQ(what_open_says({}), "the program bwrap is not in PATH; install it");
}

TEST_F(LostBox, FileThatIsNotThereIsNamed) {
  const std::string words = what_open_says({.mounts = {{"/no/such/file", "file"}}});
  EXPECT_NE(words.find("/no/such/file"), std::string::npos) << words;
  EXPECT_NE(words.find("jitterlab doctor"), std::string::npos) << words;
}

TEST_F(LostBox, BoxInitKilledFromOutsideIsAnErrorAndTheNextBoxWorks) {
  open();
  box_->begin({}, std::nullopt);
  box_->start(shell("sleep 1000"));
  kill_box_init();
  EXPECT_THROW(box_->next(std::chrono::steady_clock::now() + kProtection), Error);
  EXPECT_THROW(box_->finish(), Error);
  open();
  EXPECT_EQ(run("echo works").out, "works\n");
}

TEST_F(LostBox, OrderThatIsTooLargeIsAnError) {
  open();
  box_->begin({}, std::nullopt);
  Launch launch = shell("");
  launch.arguments.push_back(std::string(1 << 20, 'x'));
  EXPECT_THROW(box_->start(launch), Error);
}

TEST_F(LostBox, MountThatWasNotMadeHasNoPathWithoutIsolation) {
  open({.trust = true});
  EXPECT_THROW(box_->inside("nothing"), Error);
}

TEST_F(LostBox, ProbesOfThisMachineAreGood) {
  for (const Probe& probe : probe_machine()) {
    EXPECT_TRUE(probe.good || !probe.needed) << probe.what << ": " << probe.seen;
  }
}

TEST_F(LostBox, ProbeWithoutBubblewrapSaysWhatToDo) {
  const TempDir empty;
  const OnlyPath path(empty.path());
  const std::vector<Probe> probes = probe_machine();
  EXPECT_FALSE(named(probes, "bubblewrap").good);
  EXPECT_EQ(named(probes, "bubblewrap").remedy, "apt-get install bubblewrap");
  EXPECT_FALSE(named(probes, "compiler").good);
  EXPECT_FALSE(named(probes, "namespaces").good);
  EXPECT_NE(named(probes, "namespaces").seen.find("bwrap"), std::string::npos);
}

TEST_F(LostBox, LanesHaveDifferentUsersAndFreeThem) {
  uid_t first = 0;
  {
    const Lane one, two;
    first = one.user();
    EXPECT_NE(one.user(), two.user());
  }
  // Others on this machine may take or free lanes meanwhile, so only a whole set says something.
  std::vector<Lane> many(100);
  std::set<uid_t> users;
  for (const Lane& lane : many) users.insert(lane.user());
  EXPECT_EQ(users.size(), 100u);
  EXPECT_GE(first, 60001u);
}

TEST_F(LostBox, WhenAllLanesAreTakenThatIsSaid) {
  std::vector<Lane> all;
  EXPECT_THROW(
      {
        for (int i = 0; i < 1000; ++i) all.emplace_back();
      },
      Error);
  EXPECT_GT(all.size(), 0u);
}

}  // namespace
}  // namespace jitterlab
