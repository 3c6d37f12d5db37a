// Built programs by content, in a folder that several graders may share at the same time.
//
//   <folder>/<key>.plain          executables, mode 0111
//   <folder>/<key>.instrumented
//   <folder>/<key>.record         what is known about them, or why there are none; written last
//
// Every file gets its place by rename, so a reader sees all of it or none. An entry counts when its record and every
// file that the record names are as they were written; otherwise the program is built again over it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "build/failure.h"

namespace jitterlab {

// One program, built or not.
struct CacheRecord {
  std::optional<BuildFailure> failure;
  std::vector<std::string> warnings;
  std::vector<std::string> imports;
  bool is_static = false;
  std::map<std::string, std::string> files;  // "plain", "instrumented" -> path; empty when there is a failure
};

class Cache {
 public:
  // Makes the folder (0700) when missing. Throws Error when it is not ours alone: others could plant programs.
  explicit Cache(const std::string& folder);

  const std::string& folder() const { return folder_; }

  std::optional<CacheRecord> find(const std::string& key) const;

  // Keeps `bytes` of each file and the record; returns the record with the paths filled in. Throws Error.
  CacheRecord put(const std::string& key, CacheRecord record, const std::map<std::string, std::string>& files) const;

 private:
  std::string folder_;
};

}  // namespace jitterlab
