#include "agent/shared_memory.h"

namespace jitterlab {
namespace {

constexpr std::uintptr_t kPage = 4096;

std::uintptr_t page_begin(const void* address) { return reinterpret_cast<std::uintptr_t>(address) & ~(kPage - 1); }

std::uintptr_t page_end(const void* address, std::size_t size) {
  return (reinterpret_cast<std::uintptr_t>(address) + size + kPage - 1) & ~(kPage - 1);
}

}  // namespace

constinit SharedMemory shared_memory;

void SharedMemory::add(const void* address, std::size_t size, std::uint64_t object, std::uint64_t offset) {
  remove(address, size);
  add_pages(page_begin(address), page_end(address, size), object, offset);
}

void SharedMemory::remove(const void* address, std::size_t size) {
  remove_pages(page_begin(address), page_end(address, size));
}

void SharedMemory::remove_range_at(const void* address) {
  const std::uintptr_t begin = page_begin(address);
  for (int i = 0; i < used_.load(std::memory_order_acquire); ++i) {
    std::uintptr_t expected = begin;
    if (ranges_[i].begin.compare_exchange_strong(expected, 0)) return;
  }
}

bool SharedMemory::table_contains(std::uintptr_t place) const {
  const int used = used_.load(std::memory_order_acquire);
  for (int i = 0; i < used; ++i) {
    const std::uintptr_t begin = ranges_[i].begin.load(std::memory_order_relaxed);
    if (begin > kChanging && place >= begin && place < ranges_[i].end.load(std::memory_order_relaxed)) return true;
  }
  return false;
}

Location SharedMemory::locate(const volatile void* address) const {
  const auto place = reinterpret_cast<std::uintptr_t>(address);
  const int used = used_.load(std::memory_order_acquire);
  for (int i = 0; i < used; ++i) {
    const Range& range = ranges_[i];
    const std::uintptr_t begin = range.begin.load(std::memory_order_relaxed);
    if (begin <= kChanging || place < begin || place >= range.end.load(std::memory_order_relaxed)) continue;
    return {range.object, range.offset + (place - begin)};
  }
  return {process_object(), place};
}

void SharedMemory::add_pages(std::uintptr_t begin, std::uintptr_t end, std::uint64_t object, std::uint64_t offset) {
  for (int i = 0; i < kMostRanges; ++i) {
    std::uintptr_t expected = 0;
    if (!ranges_[i].begin.compare_exchange_strong(expected, kChanging)) continue;
    ranges_[i].end.store(end, std::memory_order_relaxed);
    ranges_[i].object = object;
    ranges_[i].offset = offset;
    ranges_[i].begin.store(begin, std::memory_order_release);
    int used = used_.load();
    while (used <= i && !used_.compare_exchange_weak(used, i + 1)) continue;
    std::uintptr_t low = low_.load();
    while (begin < low && !low_.compare_exchange_weak(low, begin)) continue;
    std::uintptr_t high = high_.load();
    while (end > high && !high_.compare_exchange_weak(high, end)) continue;
    update_near();
    return;
  }
}

// What is left of a range on either side goes on being watched.
void SharedMemory::remove_pages(std::uintptr_t begin, std::uintptr_t end) {
  for (int i = 0; i < used_.load(std::memory_order_acquire); ++i) {
    std::uintptr_t range_begin = ranges_[i].begin.load(std::memory_order_acquire);
    const std::uintptr_t range_end = ranges_[i].end.load(std::memory_order_relaxed);
    if (range_begin <= kChanging || range_begin >= end || range_end <= begin) continue;
    const std::uint64_t object = ranges_[i].object, offset = ranges_[i].offset;
    if (!ranges_[i].begin.compare_exchange_strong(range_begin, 0)) continue;
    if (range_begin < begin) add_pages(range_begin, begin, object, offset);
    if (range_end > end) add_pages(end, range_end, object, offset + (end - range_begin));
  }
}

}  // namespace jitterlab
