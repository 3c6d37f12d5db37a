// lab.schema.json, for editors, and the tables by which the readers judge are about the same words.
#include <gmock/gmock.h>

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "lab/vocabulary.h"

namespace jitterlab {
namespace {

using Json = nlohmann::json;
using Names = std::set<std::string>;

const Json& schema() {
  static const Json read = Json::parse(std::ifstream(LAB_SCHEMA));
  return read;
}

// The schema of a kind of mapping: a definition, or for "lab" all of it.
const Json& definition(const std::string& name) { return name == "lab" ? schema() : schema().at("$defs").at(name); }

// Names of the definitions that have this key.
Names definitions_with(const std::string& key) {
  Names names;
  for (const auto& [name, definition] : schema().at("$defs").items())
    if (definition.contains(key)) names.insert(name);
  return names;
}

template <typename Table>
Names keys_of(const Table& table) {
  Names names;
  for (const auto& entry : table) names.insert(entry.first);
  return names;
}

TEST(LabSchema, DefinesTheMappingsThatAreRead) {
  Names defined = definitions_with("properties");
  defined.insert("lab");
  EXPECT_EQ(defined, keys_of(mapping_kinds()));
}

TEST(LabSchema, MappingsHaveTheKeysThatAreRead) {
  for (const auto& [name, kind] : mapping_kinds()) {
    Names keys, required;
    for (const MappingKind::Key& key : kind.keys) {
      keys.insert(key.name);
      if (key.required) required.insert(key.name);
    }
    Names properties;
    for (const auto& [property, ignored] : definition(name).at("properties").items()) properties.insert(property);
    EXPECT_EQ(properties, keys) << name;
    EXPECT_EQ(definition(name).value("required", Names()), required) << name;
    EXPECT_EQ(definition(name).at("additionalProperties"), false) << name;
  }
}

TEST(LabSchema, ListsTheWordsThatAreRead) {
  EXPECT_EQ(definitions_with("enum"), keys_of(word_lists()));
  for (const auto& [name, words] : word_lists()) {
    Names texts;
    for (const Word& word : words) texts.insert(word.text);
    EXPECT_EQ(definition(name).at("enum").get<Names>(), texts) << name;
  }
}

TEST(LabSchema, BoundsNumbersAsTheReadersDo) {
  Names integers;
  for (const std::string& name : definitions_with("minimum"))
    if (definition(name).at("type") == "integer") integers.insert(name);
  EXPECT_EQ(integers, keys_of(number_ranges()));
  for (const auto& [name, range] : number_ranges()) {
    EXPECT_EQ(definition(name).at("minimum"), range.least) << name;
    EXPECT_EQ(definition(name).at("maximum"), range.most) << name;
  }
}

TEST(LabSchema, EveryReferenceIsDefinedAndEveryDefinitionIsUsed) {
  Names used;
  const std::string prefix = "#/$defs/";
  const std::function<void(const Json&)> collect = [&](const Json& part) {
    if (part.is_object() && part.contains("$ref") && part["$ref"].is_string())
      used.insert(part["$ref"].get<std::string>().substr(prefix.size()));
    for (const Json& inner : part)
      if (inner.is_structured()) collect(inner);
  };
  collect(schema());
  Names defined;
  for (const auto& [name, ignored] : schema().at("$defs").items()) defined.insert(name);
  EXPECT_EQ(used, defined);
}

TEST(LabSchema, EveryKeyIsDescribed) {
  for (const auto& [name, kind] : mapping_kinds()) {
    for (const auto& [key, property] : definition(name).at("properties").items()) {
      const bool refers = property.contains("$ref");
      const Json described =
          refers ? definition(property["$ref"].get<std::string>().substr(std::string("#/$defs/").size())) : property;
      EXPECT_NE(property.value("description", described.value("description", "")), "") << name << ": " << key;
    }
  }
}

}  // namespace
}  // namespace jitterlab
