#include "report/schema_check.h"

#include <algorithm>
#include <regex>
#include <set>

namespace jitterlab {
namespace {

using Json = nlohmann::json;

class SchemaCheck {
 public:
  explicit SchemaCheck(const Json& root) : root_(root) {}

  void check(const Json& schema, const Json& json, const std::string& place) {
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) add(place, "is not allowed");
      return;
    }
    if (schema.contains("$ref")) {
      const std::string pointer = schema["$ref"].get<std::string>().substr(1);  // after the `#`
      return check(root_.at(Json::json_pointer(pointer)), json, place);
    }
    check_keywords(schema, place);
    check_value(schema, json, place);
    if (json.is_object()) check_object(schema, json, place);
    if (json.is_array() && schema.contains("items")) {
      for (std::size_t i = 0; i < json.size(); ++i) check(schema["items"], json[i], place + "/" + std::to_string(i));
    }
  }

  std::vector<std::string> mistakes;

 private:
  void add(const std::string& place, const std::string& what) { mistakes.push_back(place + ": " + what); }

  void check_keywords(const Json& schema, const std::string& place) {
    static const std::set<std::string> known = {
        "$schema", "$id",       "title",    "description", "definitions",          "const", "enum", "type", "pattern",
        "minimum", "minLength", "required", "properties",  "additionalProperties", "items"};
    for (const auto& [key, value] : schema.items()) {
      if (!known.count(key)) add(place, "the schema uses " + key + ", which is not checked");
    }
  }

  static bool has_type(const Json& json, const std::string& type) {
    if (type == "integer") return json.is_number_integer();
    return json.type_name() == type;
  }

  void check_value(const Json& schema, const Json& json, const std::string& place) {
    if (schema.contains("const") && json != schema["const"]) add(place, "is not " + schema["const"].dump());
    if (schema.contains("enum")) {
      const Json& values = schema["enum"];
      if (std::find(values.begin(), values.end(), json) == values.end()) add(place, "is none of " + values.dump());
    }
    if (schema.contains("type") && !has_type(json, schema["type"])) {
      add(place, "is no " + schema["type"].get<std::string>());
      return;
    }
    if (schema.contains("minimum") && json < schema["minimum"]) add(place, "is too small");
    if (schema.contains("minLength") && json.get<std::string>().size() < schema["minLength"])
      add(place, "is too short");
    if (schema.contains("pattern") &&
        !std::regex_search(json.get<std::string>(), std::regex(schema["pattern"].get<std::string>()))) {
      add(place, "does not match " + schema["pattern"].dump());
    }
  }

  void check_object(const Json& schema, const Json& json, const std::string& place) {
    for (const Json& key : schema.value("required", Json::array())) {
      if (!json.contains(key.get<std::string>())) add(place, "has no " + key.dump());
    }
    const Json properties = schema.value("properties", Json::object());
    const Json others = schema.value("additionalProperties", Json(true));
    for (const auto& [key, value] : json.items()) {
      check(properties.contains(key) ? properties[key] : others, value, place + "/" + key);
    }
  }

  const Json& root_;
};

}  // namespace

std::vector<std::string> schema_mistakes(const Json& schema, const Json& json) {
  SchemaCheck check(schema);
  check.check(schema, json, "");
  return check.mistakes;
}

}  // namespace jitterlab
