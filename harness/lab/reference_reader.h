// What checks refer to: events, their fields, lists of values, roles.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lab/mapping_reader.h"
#include "lab/reading.h"

namespace jitterlab {

// Reports when `event`, a known one, has no field of this name.
bool require_field(const std::string& event, const PlacedText& field, Reading& reading);

// "event" at this key. False after a mistake, and when the key is missing.
bool read_event(const MappingReader& mapping, const std::string& key, std::string& to, Reading& reading);

// "event.field" at this key. False after a mistake, and when the key is missing.
bool read_event_field(const MappingReader& mapping, const std::string& key, EventField& to, Reading& reading);

// `per:`, a field that all of `events` must have. Left empty when the key is missing.
void read_per(const MappingReader& mapping, const std::vector<std::string>& events, std::string& to, Reading& reading);

// "$parameter", "event.field", or a list of texts with parameters in them. False after a mistake, and when the key is
// missing.
bool read_values(const MappingReader& mapping, const std::string& key, Values& to, Reading& reading);

// `role:`, which all of `scenarios` must have. Left empty when the key is missing.
void read_role_name(const MappingReader& mapping, const std::vector<std::string>& scenarios, std::string& to,
                    Reading& reading);

}  // namespace jitterlab
