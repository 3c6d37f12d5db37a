// The names of one sort that a lab file declares, so that a wrong reference can be answered with the right one.
#pragma once

#include <string>
#include <vector>

#include "lab/value_reader.h"

namespace jitterlab {

class NameTable {
 public:
  explicit NameTable(std::string sort) : sort_(std::move(sort)) {}  // "event", for messages

  void add(const std::string& name) { names_.push_back(name); }

  // The part of the file that declares these names could not be read, which has been reported: from now on every name
  // passes, since one mistake is enough.
  void accept_all() { accepts_all_ = true; }

  bool has(const std::string& name) const;
  const std::vector<std::string>& names() const { return names_; }

  // False, after a mistake that says `where` the name should be ("in scenario `full`", or nothing), when it is unknown.
  bool require(const PlacedText& name, Mistakes& mistakes, const std::string& where = "") const;

 private:
  std::string sort_;
  std::vector<std::string> names_;
  bool accepts_all_ = false;
};

}  // namespace jitterlab
