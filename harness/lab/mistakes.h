// The mistakes of one lab file, collected while it is read, so that its author hears of all of them at once.
#pragma once

#include <string>
#include <vector>

#include "lab/load_lab.h"

namespace jitterlab {

// Where something stands in the file, both from 1; the column counts bytes.
struct Place {
  int line = 1, column = 1;
  bool operator==(const Place&) const = default;
};

class Mistakes {
 public:
  // `what`: what is there, and what would be right; no final full stop.
  void add(const Place& place, const std::string& what);

  bool none() const { return mistakes_.empty(); }

  // In the order of the file. What is said twice of one place (an alias is read wherever it is used) comes once.
  std::vector<Mistake> in_file_order(const std::string& file) const;

 private:
  std::vector<Mistake> mistakes_;  // without the file
};

}  // namespace jitterlab
