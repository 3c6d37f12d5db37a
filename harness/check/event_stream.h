// The events of an execution: pieces of its output that match the lab's patterns, in one order.
//
// Many processes write to one stream, and a line may come in several writes. So patterns are matched over what each
// writer (a process of an instance) wrote to its standard output by itself: pieces of different processes never mix
// inside an event. The events of all writers are then put in the order in which their last bytes arrived; those that
// arrived in one write, in the order in which they stand there.
//
// Students write any bytes, as many as the sandbox lets them. One search is linear in what it reads, and the next
// starts where the last match ended, so the time is linear in the output, as long as no pattern of the lab has to read
// far behind its match to know where that ends.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "lab/lab.h"
#include "run/observation.h"

namespace jitterlab {

struct Event {
  const EventPattern* pattern = nullptr;  // of the lab
  std::vector<std::string> values;        // of pattern->fields; empty text for a group that took no part in the match
  std::string text;                       // what matched, cut for showing
  int instance = -1;                      // who wrote it, as in OutputPiece
  int pid = 0;
  std::size_t piece = 0;   // index into Observation::output of the piece that holds its last byte
  std::size_t offset = 0;  // of its first byte in all that its writer wrote

  const std::string& name() const { return pattern->name; }
  // Throws Error when the pattern has no such field; load_lab has made sure that it has.
  const std::string& field(const std::string& name) const;
};

// All events with one of these names. The lab must outlive them. Throws Error for a name that is no event of the lab.
std::vector<Event> events_of(const Lab& lab, const Observation& observation, const std::vector<std::string>& names);

// Events with the same value of a field, in their order.
struct EventGroup {
  std::string value;
  std::vector<const Event*> events;
};

// Groups in the order of their first events. An empty `field` gives exactly one group, of all events, even of none.
std::vector<EventGroup> grouped_by(const std::vector<Event>& events, const std::string& field);

// "`consumer 1 got kiwi`", with the writer's name when there are several instances: "`got kiwi` by client 2".
std::string shown(const Event& event, const Observation& observation);

// The names of events, for trail().
std::vector<std::string> names_of(const std::vector<const Event*>& events);

}  // namespace jitterlab
