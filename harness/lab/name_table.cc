#include "lab/name_table.h"

#include <algorithm>

#include "lab/spelling.h"

namespace jitterlab {

bool NameTable::has(const std::string& name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

bool NameTable::require(const PlacedText& name, Mistakes& mistakes, const std::string& where) const {
  if (accepts_all_ || has(name.text)) return true;
  mistakes.add(name.place, "there is no " + sort_ + " " + shown(name.text) + (where.empty() ? "" : " " + where) + "; " +
                               suggestion(name.text, names_));
  return false;
}

}  // namespace jitterlab
