// What verify found, for programs. Pure.
#pragma once

#include <string>
#include <vector>

#include "verify/judgement.h"

namespace jitterlab {

// Everything about one lab.
struct LabVerification {
  std::string lab;                      // its id, or, of one that could not be read, its folder
  std::vector<std::string> complaints;  // about lab file, handout, and submissions before they are graded
  std::vector<std::string> warnings;
  std::vector<Judgement> judgements;  // the starter first

  bool is_wrong() const;
  bool is_open() const;  // something could not be told
};

std::string verification_json(const std::vector<LabVerification>& labs);

}  // namespace jitterlab
