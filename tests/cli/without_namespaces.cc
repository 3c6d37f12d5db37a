// without_namespaces PROGRAM ARGUMENT…: runs it where the kernel refuses to make namespaces, as Docker's default does.
#include <sched.h>
#include <seccomp.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace {

constexpr int kNamespaces[] = {CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWUTS, CLONE_NEWUSER};

bool forbid() {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (!filter) return false;
  // The C library falls back to clone, whose flags can be looked at.
  int wrong = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
  wrong |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(unshare), 0);
  for (const unsigned flag : kNamespaces)
    wrong |=
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag));
  return wrong == 0 && seccomp_load(filter) == 0;
}

}  // namespace

int main(int, char** words) {
  if (!forbid()) return std::fputs("without_namespaces: no filter\n", stderr), 3;
  ::execv(words[1], words + 1);
  std::perror(words[1]);
  return 3;
}
