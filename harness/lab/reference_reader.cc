#include "lab/reference_reader.h"

#include "lab/spelling.h"
#include "lab/text_reader.h"

namespace jitterlab {
namespace {

std::optional<EventField> event_field_from(const PlacedText& text, Reading& reading) {
  const std::size_t dot = text.text.find('.');
  if (dot == std::string::npos) {
    reading.mistakes.add(text.place, shown(text.text) + " must be an event and its field, as in `got.item`");
    return std::nullopt;
  }
  const EventField field{text.text.substr(0, dot), text.text.substr(dot + 1)};
  const bool is_known = reading.events.require({field.event, text.place}, reading.mistakes) &&
                        require_field(field.event, {field.field, text.place}, reading);
  return is_known ? std::optional(field) : std::nullopt;
}

std::vector<std::string> listed_values(const YamlNode& node, Reading& reading) {
  const auto texts = read_texts(node, reading.mistakes);
  for (const PlacedText& text : texts) check_parameter_uses(text, reading);
  return texts_of(texts);
}

std::optional<Values> values_from(const YamlNode& node, Reading& reading) {
  if (node.kind == YamlNode::Kind::kList) return listed_values(node, reading);
  if (node.kind == YamlNode::Kind::kScalar && node.text.starts_with('$')) {
    const auto parameter = whole_parameter(node.text);
    if (parameter && reading.parameters.require({*parameter, node.place}, reading.mistakes)) return *parameter;
    if (!parameter) add_unfit(node, "a parameter as a whole, as in $words", reading.mistakes);
    return std::nullopt;
  }
  if (node.kind == YamlNode::Kind::kScalar && node.text.find('.') != std::string::npos) {
    const auto field = event_field_from({node.text, node.place}, reading);
    return field ? std::optional<Values>(*field) : std::nullopt;
  }
  add_unfit(node, "a parameter ($words), a field of an event (got.item), or a list of texts", reading.mistakes);
  return std::nullopt;
}

}  // namespace

bool require_field(const std::string& event, const PlacedText& field, Reading& reading) {
  const auto fields = reading.fields.find(event);
  if (fields == reading.fields.end()) return true;
  for (const std::string& known : fields->second)
    if (known == field.text) return true;
  reading.mistakes.add(field.place, "event " + shown(event) + " has no field " + shown(field.text) +
                                        " (a named group of its pattern); " + suggestion(field.text, fields->second));
  return false;
}

bool read_event(const MappingReader& mapping, const std::string& key, std::string& to, Reading& reading) {
  std::string event;
  if (!mapping.text(key, event) || !reading.events.require({event, mapping.find(key)->place}, reading.mistakes))
    return false;
  to = event;
  return true;
}

bool read_event_field(const MappingReader& mapping, const std::string& key, EventField& to, Reading& reading) {
  std::string text;
  if (!mapping.text(key, text)) return false;
  const auto field = event_field_from({text, mapping.find(key)->place}, reading);
  if (field) to = *field;
  return field.has_value();
}

void read_per(const MappingReader& mapping, const std::vector<std::string>& events, std::string& to, Reading& reading) {
  if (!mapping.text("per", to)) return;
  for (const std::string& event : events) require_field(event, {to, mapping.find("per")->place}, reading);
}

bool read_values(const MappingReader& mapping, const std::string& key, Values& to, Reading& reading) {
  const YamlNode* node = mapping.find(key);
  const auto values = node ? values_from(*node, reading) : std::nullopt;
  if (values) to = *values;
  return values.has_value();
}

void read_role_name(const MappingReader& mapping, const std::vector<std::string>& scenarios, std::string& to,
                    Reading& reading) {
  if (!mapping.text("role", to)) return;
  for (const std::string& scenario : scenarios)
    reading.roles.at(scenario).require({to, mapping.find("role")->place}, reading.mistakes,
                                       "in scenario " + shown(scenario) + ", which this check looks at");
}

}  // namespace jitterlab
