#include "lab/hand_in_reader.h"

#include "lab/mapping_reader.h"

namespace jitterlab {
namespace {

// A submission is one folder: no file of it is named with a path.
std::vector<std::string> files_of(const std::vector<PlacedText>& texts, Mistakes& mistakes) {
  for (const PlacedText& text : texts)
    if (text.text.find('/') != std::string::npos)
      mistakes.add(text.place, shown(text.text) +
                                   " contains a slash; files of a submission are in one folder, name "
                                   "them without it");
  return texts_of(texts);
}

void check_require(const std::vector<PlacedText>& files, Mistakes& mistakes) {
  for (const PlacedText& file : files)
    if (file.text.find_first_of("*?") != std::string::npos)
      mistakes.add(file.place, shown(file.text) + " is a pattern; `require` takes names of files");
}

void read_programs(const YamlNode& node, Reading& reading) {
  const auto entries = read_named(node, "a program", reading.mistakes);
  if (!entries) return reading.programs.accept_all();
  if (node.entries.empty()) add_unfit(node, "a mapping with at least one program", reading.mistakes);
  for (const NamedEntry& entry : *entries) {
    reading.programs.add(entry.name);
    const auto sources = read_one_or_more(*entry.value, reading.mistakes);
    reading.lab.hand_in.programs.push_back({entry.name, files_of(sources, reading.mistakes)});
  }
}

}  // namespace

void read_hand_in(const YamlNode& node, Reading& reading) {
  const MappingReader mapping(node, "hand-in", reading.mistakes);
  mapping.word("language", "language", reading.lab.hand_in.language);
  if (const YamlNode* switches = mapping.find("switches");
      switches && reading.lab.hand_in.language != Language::kPython)
    reading.mistakes.add(switches->place, "`switches` is for programs in Python only");
  mapping.word("switches", "switches", reading.lab.hand_in.every_bytecode);
  if (const YamlNode* programs = mapping.find("programs"))
    read_programs(*programs, reading);
  else
    reading.programs.accept_all();
  if (const YamlNode* require = mapping.find("require")) {
    const auto files = read_texts(*require, reading.mistakes);
    reading.lab.hand_in.require = files_of(files, reading.mistakes);
    check_require(files, reading.mistakes);
  }
}

}  // namespace jitterlab
