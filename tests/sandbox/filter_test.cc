// What programs are refused, tried by a program inside.
#include "box_fixture.h"

namespace jitterlab {
namespace {

class Filter : public BoxTest {
 protected:
  // What the program `probe` (programs/probe.c) says when it tries something.
  std::string attempt(const std::string& what, bool as_compiler = false) {
    if (!box_) open({.mounts = {{PROBE, "probe"}}});
    Launch launch = shell("");
    launch.arguments = {box_->inside("probe"), what};
    launch.as_compiler = as_compiler;
    return run({launch}).out;
  }
};

TEST_F(Filter, LookingIntoOthersIsRefused) {
  EXPECT_EQ(attempt("ptrace"), "Operation not permitted\n");
  EXPECT_EQ(attempt("read-memory"), "Operation not permitted\n");
}

TEST_F(Filter, NewNamespacesAreRefused) {
  EXPECT_EQ(attempt("unshare"), "Operation not permitted\n");
  EXPECT_EQ(attempt("clone-user"), "Operation not permitted\n");
  EXPECT_EQ(attempt("mount"), "Operation not permitted\n");
}

TEST_F(Filter, CallsWhoseArgumentsCannotBeSeenAreAbsent) {
  EXPECT_EQ(attempt("clone3"), "Function not implemented\n");
  EXPECT_EQ(attempt("io-uring"), "Function not implemented\n");
}

TEST_F(Filter, SocketsThatReachTheHostAreRefused) {
  EXPECT_EQ(attempt("vsock"), "Address family not supported by protocol\n");
  EXPECT_EQ(attempt("vsock-pair"), "Address family not supported by protocol\n");
  EXPECT_EQ(attempt("family-1000"), "Address family not supported by protocol\n");
}

TEST_F(Filter, OrdinarySocketsAndProcessesAreAllowed) {
  for (const char* what : {"unix", "inet", "inet6", "fork", "thread"}) EXPECT_EQ(attempt(what), "done\n") << what;
}

TEST_F(Filter, TheCompilerIsRefusedTheSame) {
  EXPECT_EQ(attempt("ptrace", true), "Operation not permitted\n");
  EXPECT_EQ(attempt("vsock", true), "Address family not supported by protocol\n");
}

TEST_F(Filter, ProgramsGetOnlyTheirStreams) {
  EXPECT_EQ(run("ls /proc/self/fd").out, "0\n1\n2\n3\n");  // 3 is the folder that ls reads
}

TEST_F(Filter, BoxInitCannotBeLookedInto) {
  const Seen seen =
      run("cat /proc/1/environ; readlink /proc/1/fd/0; cat /proc/1/fd/0; cat /proc/1/mem; kill -9 1; echo still here");
  EXPECT_EQ(seen.out, "still here\n");
}

}  // namespace
}  // namespace jitterlab
