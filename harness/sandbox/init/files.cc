#include "sandbox/init/files.h"

#include <dirent.h>
#include <mqueue.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "os/error.h"

namespace jitterlab::init {
namespace {

struct Folder {
  const char* path;
  const char* kind;    // of what lies there; nullptr: by the type of the file
  const char* prefix;  // of the name shown
};

constexpr char kWork[] = "work";
const Folder kFolders[] = {{kWork, nullptr, ""},
                           {"/tmp", nullptr, "/tmp/"},
                           {"/dev/shm", "shared-memory", "/"},
                           {"/dev/mqueue", "message-queue", "/"}};

std::string kind_of(const std::string& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return "file";
  if (S_ISFIFO(info.st_mode)) return "fifo";
  return S_ISSOCK(info.st_mode) ? "socket" : "file";
}

void mount_empty(const std::string& path, const std::string& options) {
  if (::mount("jitterlab", path.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) != 0)
    throw system_error("cannot mount an empty " + path);
}

}  // namespace

Files::Files(const Place& place) : place_(place) {
  if (place.mode == Mode::kNone) {
    std::filesystem::create_directories(place.work);
    return;
  }
  clean({{"file", "first time"}});
  for (const Folder& folder : kFolders) {
    struct stat info {};
    const std::string path = folder.path == kWork ? place_.work : folder.path;
    if (::stat(path.c_str(), &info) == 0) empty_sizes_[path] = info.st_size;
  }
}

// These file systems count a folder's entries in its size, so most executions need not list any.
bool Files::is_empty(const std::string& path) const {
  struct stat info {};
  const auto size = empty_sizes_.find(path);
  return size != empty_sizes_.end() && ::stat(path.c_str(), &info) == 0 && info.st_size == size->second;
}

std::vector<LeftFile> Files::left() const {
  std::vector<LeftFile> result;
  for (const Folder& folder : kFolders) {
    const bool shared = folder.path != kWork && place_.mode == Mode::kNone;
    if (shared && !folder.kind) continue;  // the machine's own /tmp is nobody's business here
    const std::string path = folder.path == kWork ? place_.work : folder.path;
    if (is_empty(path)) continue;
    DIR* directory = ::opendir(path.c_str());
    if (!directory) continue;
    while (const dirent* entry = ::readdir(directory)) {
      const std::string name = entry->d_name;
      if (name == "." || name == ".." || before_.count(path + "/" + name)) continue;
      result.push_back({folder.kind ? folder.kind : kind_of(path + "/" + name), folder.prefix + name});
    }
    ::closedir(directory);
  }
  std::sort(result.begin(), result.end(), [](const LeftFile& a, const LeftFile& b) { return a.name < b.name; });
  return result;
}

void Files::clean(const std::vector<LeftFile>& left) {
  if (left.empty()) return;
  for (const LeftFile& file : left) {
    if (file.kind == "message-queue") ::mq_unlink(file.name.c_str());
    if (place_.mode != Mode::kNone) continue;
    std::error_code ignored;
    if (file.kind == "shared-memory") std::filesystem::remove(std::string("/dev/shm") + file.name, ignored);
    if (file.name[0] != '/') std::filesystem::remove_all(place_.work + "/" + file.name, ignored);
  }
  if (place_.mode == Mode::kNone) return;
  // A fresh file system is empty at once, however deep or many the files were.
  for (const char* path : {"/work", "/tmp", "/dev/shm"}) {
    ::umount2(path, MNT_DETACH);
    const bool own = std::string(path) == "/work";
    mount_empty(path, own ? "mode=0755,size=64m,nr_inodes=4096,uid=" + std::to_string(place_.student)
                          : "mode=1777,size=64m,nr_inodes=4096");
  }
}

void Files::begin() {
  before_.clear();
  if (place_.mode != Mode::kNone) return;
  std::set<std::string> here;
  for (const LeftFile& file : left()) {
    if (file.kind == "shared-memory") here.insert("/dev/shm" + file.name);
    if (file.kind == "message-queue") here.insert("/dev/mqueue" + file.name);
  }
  before_ = here;
}

}  // namespace jitterlab::init
