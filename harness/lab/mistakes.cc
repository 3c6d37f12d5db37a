#include "lab/mistakes.h"

#include <algorithm>
#include <tuple>

namespace jitterlab {
namespace {

auto place_of(const Mistake& mistake) { return std::tie(mistake.line, mistake.column); }

bool is_same(const Mistake& a, const Mistake& b) { return place_of(a) == place_of(b) && a.what == b.what; }

}  // namespace

std::string to_string(const Mistake& mistake) {
  return mistake.file + ":" + std::to_string(mistake.line) + ":" + std::to_string(mistake.column) + ": " + mistake.what;
}

void Mistakes::add(const Place& place, const std::string& what) {
  mistakes_.push_back({"", place.line, place.column, what});
}

std::vector<Mistake> Mistakes::in_file_order(const std::string& file) const {
  std::vector<Mistake> all = mistakes_;
  std::stable_sort(all.begin(), all.end(),
                   [](const Mistake& a, const Mistake& b) { return place_of(a) < place_of(b); });
  all.erase(std::unique(all.begin(), all.end(), is_same), all.end());
  for (Mistake& mistake : all) mistake.file = file;
  return all;
}

}  // namespace jitterlab
