// Values of a lab file, each with the one way to say that it is not what it should be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "lab/mistakes.h"
#include "lab/vocabulary.h"
#include "lab/yaml_reader.h"

namespace jitterlab {

// Text from the file and where it stands.
struct PlacedText {
  std::string text;
  Place place;
};

// `text` in back quotes, cut when it is long: for messages.
std::string shown(const std::string& text);

// A letter a-z, then letters, digits and `-`, not `-` at the end: what the names in a lab file look like.
bool is_name(const std::string& text);

// "`points` is a list": how the message about `node` begins.
std::string described(const YamlNode& node);

// Adds "<described>; it must be <wanted>".
void add_unfit(const YamlNode& node, const std::string& wanted, Mistakes& mistakes);

// Each of these returns nullopt after adding a mistake. Names of ranges and lists are those of vocabulary.h.
std::optional<std::string> read_text(const YamlNode& node, Mistakes& mistakes);  // may be empty
std::optional<std::string> read_filled_text(const YamlNode& node, Mistakes& mistakes);
std::optional<std::int64_t> read_number(const YamlNode& node, const std::string& range, Mistakes& mistakes);
std::optional<double> read_seconds(const YamlNode& node, Mistakes& mistakes);
std::optional<std::int64_t> read_size(const YamlNode& node, Mistakes& mistakes);  // bytes
std::optional<bool> read_truth(const YamlNode& node, Mistakes& mistakes);
std::optional<int> read_word(const YamlNode& node, const std::string& list, Mistakes& mistakes);

// A decimal number, or a hexadecimal one that begins with 0x, as System V keys are written; nullopt: it is neither.
std::optional<std::int64_t> key_from(const std::string& text);

// A list of at least one text; those that are no text are left out after a mistake.
std::vector<PlacedText> read_texts(const YamlNode& node, Mistakes& mistakes);

// The same, but a single text may stand for a list of one.
std::vector<PlacedText> read_one_or_more(const YamlNode& node, Mistakes& mistakes);

// A list of at least one word of a list of vocabulary.h.
std::vector<int> read_words(const YamlNode& node, const std::string& list, Mistakes& mistakes);

std::vector<std::string> texts_of(const std::vector<PlacedText>& placed);

}  // namespace jitterlab
