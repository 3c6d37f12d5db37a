#include "analysis/shadow.h"

#include "schedule/mix.h"

namespace jitterlab {
namespace {

constexpr std::uint64_t kCell = 8;

// Of the cell, those in [offset, offset + size).
std::uint8_t bytes_in(std::uint64_t cell, std::uint64_t offset, std::uint64_t size) {
  const std::uint64_t begin = cell * kCell;
  const std::uint64_t first = offset > begin ? offset - begin : 0;
  const std::uint64_t last = std::min(offset + size - begin, kCell);
  return static_cast<std::uint8_t>(((1u << last) - 1) & ~((1u << first) - 1));
}

// A range that does not fit into the numbers is none.
bool is_range(std::uint64_t offset, std::uint64_t size) { return size != 0 && offset + size > offset; }

}  // namespace

std::size_t Shadow::KeyHash::operator()(const Key& key) const { return mix(key.object, key.cell); }

void Shadow::access(std::uint64_t object, std::uint64_t offset, std::uint64_t size, const Access& access,
                    const Clock& clock, const Race& race) {
  if (!is_range(offset, size)) return;
  const std::uint64_t last = (offset + size - 1) / kCell;
  for (std::uint64_t at = offset / kCell; at <= last; ++at) {
    auto found = cells_.find({object, at});
    if (found == cells_.end()) {
      if (cells_.size() >= kMostCells) return;
      found = cells_.try_emplace({object, at}).first;
    }
    access_cell(found->second, bytes_in(at, offset, size), access, clock, race);
  }
}

void Shadow::access_cell(Cell& cell, std::uint8_t bytes, const Access& access, const Clock& clock, const Race& race) {
  const std::uint32_t now = clock[access.task];
  std::size_t kept = 0;
  for (Entry& entry : cell.entries) {
    if ((entry.bytes & bytes) != 0) {
      const bool is_ordered = entry.task == access.task || entry.time <= clock[entry.task];
      const bool can_race = (entry.is_write || access.is_write) && !(entry.is_atomic && access.is_atomic);
      if (!is_ordered && can_race) race(entry.index);
      const bool says_as_much = access.is_write || (entry.task == access.task && !entry.is_write);
      if (is_ordered && says_as_much && (entry.is_atomic || !access.is_atomic))
        entry.bytes = static_cast<std::uint8_t>(entry.bytes & ~bytes);
    }
    if (entry.bytes != 0) cell.entries[kept++] = entry;
  }
  cell.entries.resize(kept);
  cell.entries.push_back({bytes, access.is_write, access.is_atomic, access.task, now, access.index});
}

void Shadow::forget(std::uint64_t object, std::uint64_t offset, std::uint64_t size) {
  if (!is_range(offset, size)) return;
  const std::uint64_t last = (offset + size - 1) / kCell;
  // Rather all cells than all of a large range of which little was accessed.
  if (last - offset / kCell > cells_.size()) {
    for (auto& [key, cell] : cells_) {
      if (key.object != object || key.cell < offset / kCell || key.cell > last) continue;
      for (Entry& entry : cell.entries)
        entry.bytes = static_cast<std::uint8_t>(entry.bytes & ~bytes_in(key.cell, offset, size));
    }
    return;
  }
  for (std::uint64_t at = offset / kCell; at <= last; ++at) {
    const auto found = cells_.find({object, at});
    if (found == cells_.end()) continue;
    for (Entry& entry : found->second.entries)
      entry.bytes = static_cast<std::uint8_t>(entry.bytes & ~bytes_in(at, offset, size));
  }
}

void Shadow::forget(std::uint64_t object) {
  std::erase_if(cells_, [&](const auto& cell) { return cell.first.object == object; });
}

}  // namespace jitterlab
