#include "sandbox/init/open_ends.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <fstream>
#include <string>

namespace jitterlab::init {
namespace {

constexpr int kMostPerProcess = 256;
constexpr std::size_t kMost = 512;

// The line "flags:\t0100001" of /proc/<pid>/fdinfo/<descriptor>, in octal.
int flags_in(const std::string& path) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("flags:", 0) == 0) return static_cast<int>(std::strtol(line.c_str() + 6, nullptr, 8));
  }
  return -1;
}

}  // namespace

std::vector<OpenPipeEnd> open_pipe_ends(const std::vector<Process>& all,
                                        const std::function<std::uint64_t(std::uint64_t, std::uint64_t)>& object_of) {
  std::vector<OpenPipeEnd> ends;
  for (const Process& process : all) {
    const std::string folder = "/proc/" + std::to_string(process.pid);
    DIR* directory = ::opendir((folder + "/fd").c_str());
    if (directory == nullptr) continue;
    int left = kMostPerProcess;
    while (const dirent* entry = ::readdir(directory)) {
      if (!std::isdigit(static_cast<unsigned char>(entry->d_name[0])) || left-- == 0 || ends.size() == kMost) continue;
      const std::string name = entry->d_name;
      struct stat status {};
      if (::stat((folder + "/fd/" + name).c_str(), &status) != 0 || !S_ISFIFO(status.st_mode)) continue;
      const std::uint64_t object = object_of(status.st_dev, status.st_ino);
      const int flags = flags_in(folder + "/fdinfo/" + name);
      if (object == 0 || flags < 0) continue;
      const int mode = flags & O_ACCMODE;
      ends.push_back({process.pid, std::atoi(name.c_str()), object, mode != O_WRONLY, mode != O_RDONLY});
    }
    ::closedir(directory);
  }
  return ends;
}

}  // namespace jitterlab::init
