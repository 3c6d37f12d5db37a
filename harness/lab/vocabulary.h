// Every word of format 1: the keys of each kind of mapping, the words a value may be one of, the range of each whole
// number. The readers accept what stands here and nothing else; lab.schema.json tells editors the same under the same
// names (tests/lab/schema_test.cc compares the two).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace jitterlab {

struct MappingKind {
  struct Key {
    std::string name;
    bool required = false;
  };
  std::string title;  // for messages: "a check"
  std::vector<Key> keys;
  std::vector<std::string> later = {};  // keys that the next format of labs will have; refused with these words
};

struct Word {
  std::string text;
  int value;  // of the enumeration in lab.h, or of signal.h
};

struct NumberRange {
  std::int64_t least, most;
};

// By the name that `$defs` of the schema has for it. "lab" is the schema itself.
const std::map<std::string, MappingKind>& mapping_kinds();
const std::map<std::string, std::vector<Word>>& word_lists();
const std::map<std::string, NumberRange>& number_ranges();

}  // namespace jitterlab
