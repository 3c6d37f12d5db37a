// The submissions of reference/<lab>, whose results are known before they are graded:
//
//   accepted/<name>/            all points
//   <kind>/<bug>.c, <bug>/      loses points in exactly the checks that `fails:` in its first comment names, and one of
//                               them asks a question of this kind ("exactly-once", "ended", …)
#pragma once

#include <set>
#include <string>
#include <vector>

#include "lab/lab.h"

namespace jitterlab {

struct KnownSubmission {
  std::string path;             // a folder, or a single file
  std::string kind;             // the folder it lies in: "accepted", or the kind of finding that it must lead to
  std::string name;             // of the file or folder
  std::set<std::string> fails;  // ids of checks; empty when it is accepted

  bool is_accepted() const { return kind == "accepted"; }
  std::string label() const { return kind + "/" + name; }  // "exactly-once/mutex_missing.c"
};

struct KnownSubmissions {
  std::vector<KnownSubmission> all;     // accepted ones first, then by label
  std::vector<std::string> complaints;  // what is wrong with them before anything is graded
};

// Looks through a folder such as reference/<lab>; hidden files, and files at its top, are none of the submissions.
KnownSubmissions find_known_submissions(const Lab& lab, const std::string& folder);

// Whether --only with this word means the submission: "accepted", "known-bad", its name or label, with or without
// ending.
bool is_meant(const KnownSubmission& submission, const std::string& only);

// The ids behind `fails:` in the first comment of a source file: `/* */`, lines of `//` or `#`, or a docstring.
std::set<std::string> promised_failures(const std::string& source);

// Whether a failure of the check is of the kind: its question, or what a `findings` check forbids.
bool is_of_kind(const Check& check, const std::string& kind);

}  // namespace jitterlab
