// lab.yaml -> Lab: the parts in the order in which they refer to each other, whatever their order in the file.
#include "lab/load_lab.h"

#include <filesystem>
#include <fstream>

#include "lab/check_reader.h"
#include "lab/event_reader.h"
#include "lab/hand_in_reader.h"
#include "lab/mapping_reader.h"
#include "lab/parameter_reader.h"
#include "lab/reading.h"
#include "lab/scenario_reader.h"
#include "lab/yaml_reader.h"

namespace jitterlab {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFormat = "1";

std::string absolute_path(const std::string& path) {
  std::error_code ignored;  // a folder that is not there has no absolute path either; then the name as given is shown
  const fs::path absolute = fs::weakly_canonical(fs::absolute(path, ignored), ignored);
  fs::path found = absolute.empty() ? fs::path(path) : absolute;
  return found.has_filename() ? found.string() : found.parent_path().string();
}

// What another format says is not known; so nothing else of such a file is reported.
bool is_readable_format(const YamlNode& root, Mistakes& mistakes) {
  for (const YamlNode::Entry& entry : root.entries) {
    if (entry.key != "format" || (entry.value->kind == YamlNode::Kind::kScalar && entry.value->text == kFormat))
      continue;
    add_unfit(*entry.value, "1, the format that this jitterlab reads", mistakes);
    return false;
  }
  return true;
}

void read_id(const MappingReader& mapping, Reading& reading) {
  Lab& lab = reading.lab;
  if (!mapping.text("lab", lab.id)) return;
  const std::string folder = fs::path(lab.folder).filename().string();
  if (lab.id != folder)
    reading.mistakes.add(mapping.find("lab")->place, "`lab` is " + shown(lab.id) + ", but the folder is " +
                                                         shown(folder) + "; both must have the same name");
  else if (!is_name(lab.id))
    add_unfit(*mapping.find("lab"), "small letters, digits and `-`, beginning with a letter; so must its folder",
              reading.mistakes);
}

void read_reference(const MappingReader& mapping, Reading& reading) {
  std::string relative;
  if (!mapping.text("reference", relative)) return;
  const std::string packed = reading.lab.folder + "/compiled/reference";
  reading.lab.reference = fs::is_directory(packed) ? packed : absolute_path(reading.lab.folder + "/" + relative);
  if (!fs::is_directory(reading.lab.reference))
    reading.mistakes.add(mapping.find("reference")->place, "there is no folder " + shown(relative) +
                                                               " (seen from the lab's folder); `reference` is the "
                                                               "folder of a solution");
}

void read_names(const YamlNode& node, Reading& reading) {
  const MappingReader mapping(node, "names", reading.mistakes);
  for (const MappingKind::Key& kind : mapping_kinds().at("names").keys)
    if (const YamlNode* names = mapping.find(kind.name))
      reading.lab.names[kind.name] = texts_of(read_texts(*names, reading.mistakes));
}

// Scenarios and checks refer to these.
void read_declarations(const MappingReader& mapping, Reading& reading) {
  if (const YamlNode* hand_in = mapping.find("hand-in"))
    read_hand_in(*hand_in, reading);
  else
    reading.programs.accept_all();
  if (const YamlNode* events = mapping.find("events")) read_events(*events, reading);
  if (const YamlNode* names = mapping.find("names")) read_names(*names, reading);
  if (const YamlNode* parameters = mapping.find("parameters")) read_parameters(*parameters, reading);
}

void read_points_and_checks(const MappingReader& mapping, Reading& reading) {
  const bool knows_points = mapping.number("points", "points", reading.lab.points);
  const YamlNode* checks = mapping.find("checks");
  const auto sum = checks ? read_checks(*checks, reading) : std::nullopt;
  if (!knows_points || !sum || *sum == reading.lab.points) return;
  reading.mistakes.add(mapping.find("points")->place, "`points` is " + std::to_string(reading.lab.points) +
                                                          ", but the checks add up to " + std::to_string(*sum) +
                                                          "; change one of them");
}

void read_lab(const YamlNode& root, Reading& reading) {
  if (!is_readable_format(root, reading.mistakes)) return;
  const MappingReader mapping(root, "lab", reading.mistakes);
  read_id(mapping, reading);
  mapping.number("version", "version", reading.lab.version);
  mapping.text("title", reading.lab.title);
  mapping.text("contact", reading.lab.contact);
  read_reference(mapping, reading);
  if (const YamlNode* executions = mapping.find("executions"))
    reading.executions = read_executions(*executions, {}, reading);
  read_declarations(mapping, reading);
  if (const YamlNode* scenarios = mapping.find("scenarios"))
    read_scenarios(*scenarios, reading);
  else
    reading.scenarios.accept_all();
  read_points_and_checks(mapping, reading);
}

}  // namespace

LoadedLab load_lab_text(const std::string& text, const std::string& file, const std::string& folder) {
  Reading reading;
  reading.lab.folder = absolute_path(folder);
  reading.lab.text = text;
  const auto root = read_yaml(text, reading.mistakes);
  if (root) read_lab(*root, reading);
  if (!reading.mistakes.none()) return {std::nullopt, reading.mistakes.in_file_order(file)};
  return {std::move(reading.lab), {}};
}

LoadedLab load_lab(const std::string& folder) {
  const std::string file = (fs::path(folder) / "lab.yaml").string();
  std::error_code ignored;
  const bool is_file = fs::is_regular_file(file, ignored);  // opening a FIFO would wait for ever
  std::ifstream stream(is_file ? file : "", std::ios::binary);
  if (!stream)
    return {std::nullopt,
            {{file, 1, 1, "there is no such file, or it cannot be read; a lab is a folder with a lab.yaml"}}};
  std::string text(kLongestLabFile + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return load_lab_text(text, file, folder);
}

}  // namespace jitterlab
