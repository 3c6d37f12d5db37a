#include "sandbox/launcher.h"

#include <unistd.h>

#include <filesystem>
#include <set>

#include "os/installed.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

void add(Words& words, std::initializer_list<std::string> more) { words.insert(words.end(), more); }

// The system's programs and libraries, with the links or folders that lead there on this machine.
void add_system(Words& words) {
  add(words, {"--ro-bind", "/usr", "/usr"});
  for (const char* name : {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"}) {
    if (fs::is_symlink(name))
      add(words, {"--symlink", fs::read_symlink(name).string(), name});
    else if (fs::is_directory(name))
      add(words, {"--ro-bind", name, name});
  }
  // Of /etc only what the compiler, the loader and name look-ups read; box init writes the accounts.
  add(words, {"--dir", "/etc"});
  for (const char* name : {"/etc/ld.so.cache", "/etc/alternatives", "/etc/nsswitch.conf", "/etc/services",
                           "/etc/protocols", "/etc/gai.conf"}) {
    add(words, {"--ro-bind-try", name, name});
  }
}

void add_kernel_views(Words& words) {
  // Box init uses /sysrw and detaches it; what programs see of the settings is read-only.
  add(words, {"--proc", "/sysrw", "--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys"});
  add(words, {"--dev", "/dev", "--mqueue", "/dev/mqueue"});
  for (const char* name : {"/dev/shm", "/tmp", "/work"}) add(words, {"--perms", "1777", "--tmpfs", name});
  // Holds the agent's control area, with the trace.
  add(words, {"--perms", "0755", "--size", "16777216", "--tmpfs", "/run"});
}

// bubblewrap makes missing folders itself, but readable by programs only when what is put there is.
void add_folders(Words& words, const std::vector<Mount>& mounts) {
  std::set<std::string> folders = {"/mnt"};
  for (const Mount& mount : mounts) {
    for (auto folder = fs::path("/mnt/" + mount.name).parent_path(); folder != "/mnt"; folder = folder.parent_path())
      folders.insert(folder.string());
  }
  for (const std::string& folder : folders) add(words, {"--perms", "0755", "--dir", folder});
}

}  // namespace

Isolation isolation_for(const BoxSetup& setup) {
  if (setup.trust) return Isolation::kNone;
  return ::geteuid() == 0 ? Isolation::kRootNamespaces : Isolation::kUserNamespaces;
}

Words launcher_arguments(const BoxSetup& setup, Isolation isolation, unsigned lane_user, const std::string& folder) {
  const std::string box_init = installed_file("jitterlab-box-init");
  if (isolation == Isolation::kNone) return {box_init, "none", folder};
  Words words = {"bwrap", "--unshare-pid", "--unshare-ipc", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"};
  // Started by root, a user namespace would map the host's user 0 into the box.
  if (isolation == Isolation::kUserNamespaces) add(words, {"--unshare-user", "--uid", "0", "--gid", "0"});
  add(words, {"--cap-add", "ALL", "--die-with-parent", "--as-pid-1", "--hostname", "box", "--clearenv"});
  add_system(words);
  add_kernel_views(words);
  add_folders(words, setup.mounts);
  add(words, {"--ro-bind", box_init, "/mnt/jitterlab-box-init"});
  for (const Mount& mount : setup.mounts) add(words, {"--ro-bind", mount.host, "/mnt/" + mount.name});
  for (const std::string& hidden : setup.hidden) {
    const std::string real = fs::weakly_canonical(hidden).string();  // a link may lead into /usr
    if (real.starts_with("/usr/")) add(words, {"--tmpfs", real});
  }
  add(words, {"--", "/mnt/jitterlab-box-init"});
  if (isolation == Isolation::kRootNamespaces)
    add(words, {"root", std::to_string(lane_user)});
  else
    add(words, {"user"});
  return words;
}

}  // namespace jitterlab
