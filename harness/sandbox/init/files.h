// The writable folders of an execution: listing what programs left there, and making them empty again.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sandbox/init/place.h"

namespace jitterlab::init {

struct LeftFile {
  std::string kind;  // "file", "fifo", "socket", "shared-memory", "message-queue"
  std::string name;  // as programs call it: "box.fifo", "/tmp/x", "/my_queue"
};

class Files {
 public:
  // Makes the folders. Throws Error.
  explicit Files(const Place& place);

  // What is there now that was not there at the start of the execution: top level of each folder only, so that the work
  // is bounded whatever a program made.
  std::vector<LeftFile> left() const;

  // Makes the folders as new; without namespaces, removes only what left() lists.
  void clean(const std::vector<LeftFile>& left);

  // Remembers what is there (without namespaces, /dev/shm belongs to others too).
  void begin();

 private:
  bool is_empty(const std::string& path) const;

  const Place& place_;
  std::set<std::string> before_;
  std::map<std::string, off_t> empty_sizes_;  // with namespaces: of each folder, when nothing is in it
};

}  // namespace jitterlab::init
