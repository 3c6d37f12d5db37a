#include "lab/event_reader.h"

#include "lab/mapping_reader.h"
#include "lab/pattern_reader.h"

namespace jitterlab {
namespace {

void check_example(const YamlNode& node, const Pattern& pattern, EventPattern& event, Mistakes& mistakes) {
  const auto example = read_filled_text(node, mistakes);
  if (!example) return;
  event.example = *example;
  if (!matches_somewhere(pattern, *example))
    mistakes.add(node.place, "the example " + shown(*example) + " is not matched by the pattern of event " +
                                 shown(event.name) + "; change one of them");
}

void read_event(const NamedEntry& entry, Reading& reading) {
  const YamlNode* expression = entry.value;
  const YamlNode* example = nullptr;
  if (entry.value->kind == YamlNode::Kind::kMapping) {
    const MappingReader mapping(*entry.value, "event", reading.mistakes);
    expression = mapping.find("pattern");
    example = mapping.find("example");
  }
  const auto text = expression ? read_filled_text(*expression, reading.mistakes) : std::nullopt;
  const auto pattern = text ? read_pattern({*text, expression->place}, reading.mistakes) : std::nullopt;
  if (!pattern) return;
  if (matches_somewhere(*pattern, ""))
    reading.mistakes.add(expression->place, "the pattern " + shown(*text) +
                                                " matches nothing at all, so it would match everywhere; let it need "
                                                "at least one character");
  EventPattern event{entry.name, pattern->expression, pattern->fields, "", *text};
  if (example) check_example(*example, *pattern, event, reading.mistakes);
  reading.fields[event.name] = event.fields;
  reading.lab.events.push_back(event);
}

}  // namespace

void read_events(const YamlNode& node, Reading& reading) {
  const auto entries = read_named(node, "an event", reading.mistakes);
  if (!entries) return reading.events.accept_all();
  for (const NamedEntry& entry : *entries) {
    reading.events.add(entry.name);
    read_event(entry, reading);
  }
}

}  // namespace jitterlab
