#define _GNU_SOURCE
/* Tries to change settings, the harness and inherited descriptors; says for each whether it could. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static void say(const char *what, int could) { printf("%s: %s\n", what, could ? "COULD" : "refused"); }

static int can_write(const char *path) {
  int file = open(path, O_WRONLY);
  return file >= 0 && write(file, "1", 1) == 1;
}

int main(void) {
  say("core_pattern", can_write("/proc/sys/kernel/core_pattern"));
  say("shmall", can_write("/proc/sys/kernel/shmall"));
  say("ns_last_pid", can_write("/proc/sys/kernel/ns_last_pid"));
  say("sysrq", can_write("/proc/sysrq-trigger"));
  say("second /proc", access("/sysrw/sys", F_OK) == 0);
  say("memory of the first process", can_write("/proc/1/mem"));
  int inherited = 0;
  for (int descriptor = 3; descriptor < 1024; ++descriptor) inherited += fcntl(descriptor, F_GETFD) >= 0;
  say("an inherited descriptor", inherited > 0);
  say("the agent", can_write("/mnt/instrumented/libjitterlab-agent.so"));
  say("the program", can_write("/mnt/plain/pair"));
  say("/etc", open("/etc/passwd", O_WRONLY) >= 0 || open("/etc/new", O_CREAT | O_WRONLY, 0600) >= 0);
  say("/mnt", mkdir("/mnt/new", 0700) == 0);
  say("a mount", mount("none", "/tmp", "tmpfs", 0, "") == 0);
  say("a user namespace", unshare(CLONE_NEWUSER) == 0);
  say("becoming root", setuid(0) == 0 && geteuid() == 0 && mknod("/tmp/disk", S_IFBLK | 0600, 0x800) == 0);
  say("a socket to the host", socket(AF_VSOCK, SOCK_STREAM, 0) >= 0);
  return 0;
}
