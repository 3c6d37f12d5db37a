// Which addresses of this process other tasks can reach: attached System V segments, MAP_SHARED mappings, and, from the
// first thread on, everything but the own stack of a thread that has created no other; in controlled executions also
// from the first signal handler on. (Who creates threads tells them of variables of its own, by argument or by
// reference; a thread that only works rarely does.)
//
// Asked at every memory access, so it must be fast; changed by few calls. No locks: a table of ranges with atomic
// bounds, inherited over fork with the rest of the memory. Threads that change mappings while others look may cause a
// step too many or too few, never more. A range that finds no room is not watched.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "agent/task.h"

namespace jitterlab {

// A place in memory by a name that all processes of a controlled execution have for it.
struct Location {
  std::uint64_t object = 0;
  std::uint64_t offset = 0;
};

class SharedMemory {
 public:
  static constexpr int kMostRanges = 1024;

  constexpr SharedMemory() = default;

  // Bounds are rounded to whole pages. Both replace what the table said about these pages.
  // `object` is what the first of them is `offset` bytes into; 0: nothing is known of it.
  void add(const void* address, std::size_t size, std::uint64_t object = 0, std::uint64_t offset = 0);
  void remove(const void* address, std::size_t size);

  // Forgets the range that begins here (shmdt names no size).
  void remove_range_at(const void* address);

  // For controlled executions. Memory that is in no range is private to this process.
  Location locate(const volatile void* address) const;

  // Whether other processes can reach it.
  bool is_in_range(const volatile void* address) const {
    return table_contains(reinterpret_cast<std::uintptr_t>(address));
  }

  // The process is about to get its second thread; a forked child has only one again.
  void set_threads(bool threads) {
    threads_.store(threads, std::memory_order_relaxed);
    update();
  }
  bool has_threads() const { return threads_.load(std::memory_order_relaxed); }

  // A signal handler was installed: it comes between any two operations of the rest of the program. A forked child
  // inherits it. Of no interest in a program whose own accesses are not seen.
  void set_handlers() {
    handlers_.store(true, std::memory_order_relaxed);
    update();
  }
  bool has_handlers() const { return handlers_.load(std::memory_order_relaxed); }
  void set_instrumented() {
    instrumented_.store(true, std::memory_order_relaxed);
    update();
  }

  // True: it is surely in private memory, which mostly lies outside the span of all ranges. One comparison.
  bool is_far_from(const volatile void* address) const {
    const auto place = reinterpret_cast<std::uintptr_t>(address);
    return place - near_.load(std::memory_order_relaxed) >= near_size_.load(std::memory_order_relaxed);
  }

  // Accesses to memory of this process alone are steps, and seen.
  bool reaches_private_memory() const {
    return everything_.load(std::memory_order_relaxed) && instrumented_.load(std::memory_order_relaxed);
  }

  // An atomic operation on the own stack is there for the sake of others.
  bool contains_atomic(const volatile void* address) const {
    return everything_.load(std::memory_order_relaxed) || is_in_range(address);
  }

  bool contains(const volatile void* address) const {
    const auto place = reinterpret_cast<std::uintptr_t>(address);
    if (everything_.load(std::memory_order_relaxed) && !(is_on_own_stack(place) && is_kept_to_itself(place)))
      return true;
    return table_contains(place);
  }

 private:
  // Begin 0: free; kChanging: being filled.
  struct Range {
    std::atomic<std::uintptr_t> begin{0}, end{0};
    std::uint64_t object = 0, offset = 0;
  };
  static constexpr std::uintptr_t kChanging = 1;
  static constexpr std::uintptr_t kLargestStack = 8 << 20;

  void update() {
    const bool handlers = handlers_.load(std::memory_order_relaxed) && instrumented_.load(std::memory_order_relaxed);
    everything_.store(handlers || threads_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    update_near();
  }

  void update_near() {
    const bool all = everything_.load(std::memory_order_relaxed);
    const std::uintptr_t low = low_.load(), high = high_.load();
    near_.store(all ? 0 : low, std::memory_order_relaxed);
    near_size_.store(all ? UINTPTR_MAX : low < high ? high - low : 0, std::memory_order_relaxed);
  }

  static bool is_on_own_stack(std::uintptr_t place) {
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    const std::uintptr_t end = this_task.stack_end;
    // A handler on an alternative stack is not below the end of the thread's own.
    return place >= here && place < end && end - here < kLargestStack;
  }

  // Of the own stack.
  static bool is_kept_to_itself(std::uintptr_t place) {
    return !this_task.shares_stack || (place >= this_task.handles && place < this_task.handles_end);
  }

  bool table_contains(std::uintptr_t place) const;
  void add_pages(std::uintptr_t begin, std::uintptr_t end, std::uint64_t object, std::uint64_t offset);
  void remove_pages(std::uintptr_t begin, std::uintptr_t end);

  std::atomic<bool> threads_{false}, handlers_{false}, instrumented_{false};
  std::atomic<bool> everything_{false};                     // but own stacks can be reached by others
  std::atomic<std::uintptr_t> low_{UINTPTR_MAX}, high_{0};  // span of all ranges there ever were
  std::atomic<std::uintptr_t> near_{0}, near_size_{0};      // that span, or everything
  std::atomic<int> used_{0};                                // ranges from here on were never used
  Range ranges_[kMostRanges];
};

extern SharedMemory shared_memory;

}  // namespace jitterlab
