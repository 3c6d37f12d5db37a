// System V objects: what they are when they are seen, and removing them.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace jitterlab::init {

struct Object {
  char kind = 'm';  // 'm' segment, 's' semaphore set, 'q' queue
  int id = 0;
  std::int64_t key = 0;
  int mode = 0;
  std::int64_t size = 0;  // bytes, or number of semaphores
  bool operated = false;
  bool erased = false;  // by the programs
  int creator = 0;      // process id, segments only
  uid_t owner = 0;      // who created it
};

// nullopt when there is none with that id (any more).
std::optional<Object> object(char kind, int id);

// All in this namespace.
std::vector<Object> objects();

using ObjectIds = std::set<std::pair<char, int>>;
ObjectIds object_ids();

void remove(const Object& object);

}  // namespace jitterlab::init
