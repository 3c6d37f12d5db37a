// A folder of the host with files in it, gone at the end of the test.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "lab/lab.h"
#include "os/temp_dir.h"

namespace jitterlab {

class Folder {
 public:
  Folder& file(const std::string& name, const std::string& bytes) {
    const std::filesystem::path place = std::filesystem::path(path()) / name;
    std::filesystem::create_directories(place.parent_path());
    std::ofstream(place, std::ios::binary) << bytes;
    return *this;
  }
  Folder& link(const std::string& name, const std::string& target) {
    std::filesystem::create_symlink(target, path() + "/" + name);
    return *this;
  }
  Folder& fifo(const std::string& name) {
    ::mkfifo((path() + "/" + name).c_str(), 0644);
    return *this;
  }
  const std::string& path() const { return dir_.path(); }

 private:
  TempDir dir_;
};

// One program from all C files, which must include prodcons.c.
inline HandIn one_program() { return {Language::kC, {{"prodcons", {"*.c"}}}, {"prodcons.c"}}; }

}  // namespace jitterlab
