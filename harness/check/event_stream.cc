#include "check/event_stream.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "check/excerpt.h"
#include "check/pattern.h"
#include "os/error.h"

namespace jitterlab {
namespace {

// All that one process of an instance wrote to its standard output.
struct Writer {
  int instance = -1, pid = 0;
  std::string bytes;
  std::vector<std::size_t> ends;    // for each of its pieces: where in `bytes` it ends
  std::vector<std::size_t> pieces;  // … and its index in Observation::output

  std::size_t piece_with(std::size_t offset) const {
    return pieces[std::upper_bound(ends.begin(), ends.end(), offset) - ends.begin()];
  }
};

std::vector<Writer> writers_of(const Observation& observation) {
  std::map<std::pair<int, int>, Writer> writers;
  for (std::size_t i = 0; i < observation.output.size(); ++i) {
    const OutputPiece& piece = observation.output[i];
    if (piece.stream != Stream::kOut || piece.bytes.empty()) continue;
    Writer& writer = writers[{piece.instance, piece.pid}];
    writer.bytes += piece.bytes;
    writer.ends.push_back(writer.bytes.size());
    writer.pieces.push_back(i);
  }
  std::vector<Writer> list;
  for (auto& [who, writer] : writers) {
    std::tie(writer.instance, writer.pid) = who;
    list.push_back(std::move(writer));
  }
  return list;
}

std::string to_text(const re2::StringPiece& piece) { return std::string(piece.data(), piece.size()); }

// One pattern, ready to be looked for.
class EventFinder {
 public:
  explicit EventFinder(const EventPattern& pattern)
      : pattern_(pattern), expression_(compile_pattern(pattern.pattern)), groups_(1) {
    const auto& numbers = expression_->NamedCapturingGroups();
    for (const std::string& field : pattern.fields) {
      const auto found = numbers.find(field);
      if (found == numbers.end()) throw Error("the pattern of event " + pattern.name + " has no group " + field);
      numbers_.push_back(found->second);
      groups_ = std::max(groups_, found->second + 1);
    }
  }

  // Appends all matches that do not overlap. An empty match is no event: nothing was printed.
  void find_in(const Writer& writer, std::vector<Event>& events) const {
    const re2::StringPiece all(writer.bytes);
    std::vector<re2::StringPiece> found(groups_);
    std::size_t at = 0;
    while (at < all.size() &&
           expression_->Match(all, at, all.size(), RE2::UNANCHORED, found.data(), static_cast<int>(found.size()))) {
      const std::size_t begin = found[0].data() - all.data();
      const std::size_t end = begin + found[0].size();
      if (end > begin) events.push_back(event(writer, found, begin, end));
      at = std::max(end, begin + (end == begin ? 1 : 0));
    }
  }

 private:
  Event event(const Writer& writer, const std::vector<re2::StringPiece>& found, std::size_t begin,
              std::size_t end) const {
    Event event{.pattern = &pattern_,
                .text = cut(to_text(found[0].substr(0, kPieceBytes + 1))),
                .instance = writer.instance,
                .pid = writer.pid,
                .piece = writer.piece_with(end - 1),
                .offset = begin};
    event.values.reserve(numbers_.size());
    for (const int number : numbers_) event.values.push_back(to_text(found[number]));
    return event;
  }

  const EventPattern& pattern_;
  std::unique_ptr<const RE2> expression_;
  std::vector<int> numbers_;  // of the groups, one per field
  int groups_;                // that have to be filled, with group 0
};

}  // namespace

const std::string& Event::field(const std::string& name) const {
  for (std::size_t i = 0; i < pattern->fields.size(); ++i) {
    if (pattern->fields[i] == name) return values[i];
  }
  throw Error("event " + pattern->name + " has no field " + name);
}

std::vector<Event> events_of(const Lab& lab, const Observation& observation, const std::vector<std::string>& names) {
  std::vector<const EventPattern*> patterns;
  for (const std::string& name : names) {
    const EventPattern* pattern = find_event(lab, name);
    if (!pattern) throw Error("lab " + lab.id + " has no event " + name);
    patterns.push_back(pattern);
  }
  // They stand in one vector, so this is the order of the lab file.
  std::sort(patterns.begin(), patterns.end());
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());

  std::vector<Event> events;
  const std::vector<Writer> writers = writers_of(observation);
  for (const EventPattern* pattern : patterns) {
    const EventFinder finder(*pattern);
    for (const Writer& writer : writers) finder.find_in(writer, events);
  }
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::tie(a.piece, a.offset, a.pattern) < std::tie(b.piece, b.offset, b.pattern);
  });
  return events;
}

std::vector<EventGroup> grouped_by(const std::vector<Event>& events, const std::string& field) {
  std::vector<EventGroup> groups;
  if (field.empty()) groups.emplace_back();
  std::unordered_map<std::string, std::size_t> places;
  for (const Event& event : events) {
    std::size_t place = 0;
    if (!field.empty()) {
      const std::string& value = event.field(field);
      place = places.try_emplace(value, groups.size()).first->second;
      if (place == groups.size()) groups.push_back({value, {}});
    }
    groups[place].events.push_back(&event);
  }
  return groups;
}

std::string shown(const Event& event, const Observation& observation) {
  std::string text = quoted(event.text);
  if (observation.instances.size() > 1) text += " by " + instance_name(observation, event.instance);
  return text;
}

std::vector<std::string> names_of(const std::vector<const Event*>& events) {
  std::vector<std::string> names;
  names.reserve(events.size());
  for (const Event* event : events) names.push_back(event->name());
  return names;
}

}  // namespace jitterlab
