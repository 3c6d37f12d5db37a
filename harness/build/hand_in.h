// Takes the files of a submission, which is hostile data, without following anything it planted.
//
// Only the submission's own folder is looked at: regular files, opened below its descriptor, bounded in number and
// size. What could not be taken is listed, not judged; slips.h makes of it what the student reads.
#pragma once

#include <string>
#include <vector>

#include "build/source_set.h"
#include "lab/lab.h"

namespace jitterlab {

inline constexpr int kMostFiles = 200;
inline constexpr int kMostEntries = 2000;  // looked at, sub-folders included
inline constexpr std::int64_t kMostFileBytes = 1 << 20;
inline constexpr std::int64_t kMostBytes = 8 << 20;

struct NotTaken {
  std::string name;
  std::string why;  // completes "<name> …": "is a link", "is larger than 1 MiB"
};

struct Inventory {
  std::vector<SourceFile> files;     // by name
  std::vector<NotTaken> not_taken;   // by name; wanted files first
  std::vector<std::string> ignored;  // what tools leave behind: ".git", "__MACOSX", "a.out"
  std::vector<std::string> deeper;   // files in sub-folders, with their path: "hw3/prodcons.c"
  std::string renamed_from;          // a single file that was handed in under another name than the lab asks for
  bool too_many = false;             // more than kMostEntries; the rest was not looked at
};

// `submission` is a folder or a single file. A single file of the right kind may have any name when the lab has one
// program: it is taken as the file the lab asks for. Throws Error when the path is not there or cannot be read.
Inventory take_hand_in(const std::string& submission, const HandIn& wanted);

// "prodcons.c" is wanted when the lab requires it or a program is made from it.
bool is_wanted(const HandIn& wanted, const std::string& name);

}  // namespace jitterlab
