#define _GNU_SOURCE
/* Tries to see files and memory of others; says for each whether it could. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>

static void say(const char *what, int could) { printf("%s: %s\n", what, could ? "COULD" : "refused"); }

static int can_read(const char *path) {
  char byte;
  int file = open(path, O_RDONLY);
  return file >= 0 && read(file, &byte, 1) == 1;
}

static int find(const char *folder, const char *name, int depth) {
  DIR *directory = opendir(folder);
  if (!directory || depth > 6) return 0;
  int found = 0;
  for (struct dirent *entry; !found && (entry = readdir(directory));) {
    if (entry->d_name[0] == '.' || entry->d_type == DT_LNK) continue;
    if (strcmp(folder, "/") == 0 && (!strcmp(entry->d_name, "proc") || !strcmp(entry->d_name, "usr"))) continue;
    if (strcmp(entry->d_name, name) == 0) found = 1;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (entry->d_type == DT_DIR) found |= find(path, name, depth + 1);
  }
  closedir(directory);
  return found;
}

int main(int count, char **arguments) {
  (void)count;
  say("/etc/shadow", can_read("/etc/shadow"));
  say("lab.yaml", find("/", "lab.yaml", 0));
  say("honest.c", find("/", "honest.c", 0));
  say("own program", can_read(arguments[0]));
  int ends[2];
  if (pipe(ends) != 0) return 1;
  pid_t other = fork();
  if (other == 0) {
    char byte;
    read(ends[0], &byte, 1); /* for ever: this side keeps a write end */
    _exit(0);
  }
  char path[64], bytes[8];
  snprintf(path, sizeof path, "/proc/%d/mem", other);
  say("memory of a sibling by file", open(path, O_RDWR) >= 0);
  struct iovec here = {bytes, sizeof bytes}, there = {&ends, sizeof bytes};
  say("memory of a sibling by call", process_vm_readv(other, &here, 1, &there, 1, 0) > 0);
  say("tracing a sibling", ptrace(PTRACE_ATTACH, other, 0, 0) == 0);
  say("memory of the first process", open("/proc/1/mem", O_RDWR) >= 0);
  say("descriptors of the first process", opendir("/proc/1/fd") != NULL);
  say("environment of the first process", can_read("/proc/1/environ"));
  kill(other, SIGKILL);
  return 0;
}
