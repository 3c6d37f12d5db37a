// As much of JSON Schema draft-07 as report/result.schema.json uses: $ref, const, enum, type, pattern, minimum,
// minLength, required, properties, additionalProperties, items. Any other keyword is a mistake of its own, so that the
// schema cannot outgrow the check.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace jitterlab {

// "/findings/0/points: is no integer"; empty when `json` conforms.
std::vector<std::string> schema_mistakes(const nlohmann::json& schema, const nlohmann::json& json);

}  // namespace jitterlab
