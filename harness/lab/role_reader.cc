#include "lab/role_reader.h"

#include <csignal>
#include <filesystem>

#include "lab/condition_reader.h"
#include "lab/text_reader.h"

namespace jitterlab {
namespace {

bool has_driver(const Lab& lab, const std::string& program) {
  const std::string stem = lab.folder + "/drivers/" + program;
  return std::filesystem::is_regular_file(stem + ".c") || std::filesystem::is_regular_file(stem + ".cc") ||
         std::filesystem::is_regular_file(lab.folder + "/compiled/drivers/" + program);  // the lab was packed
}

// Reports a program that nobody builds.
void check_program(const Role& role, const MappingReader& mapping, Reading& reading) {
  const Place& place = mapping.find("run")->place;
  if (role.origin == Origin::kLab) {
    if (!is_name(role.program) || !has_driver(reading.lab, role.program))
      reading.mistakes.add(place, "role " + shown(role.name) + " is filled by the lab, but there is no drivers/" +
                                      role.program + ".c or .cc in the lab's folder");
    return;
  }
  // The reference is built as the submission is, so its programs have the same names.
  reading.programs.require({role.program, place}, reading.mistakes,
                           "in `hand-in` that could fill role " + shown(role.name));
  if (role.origin == Origin::kReference && reading.lab.reference.empty())
    reading.mistakes.add(mapping.find("from")->place, "role " + shown(role.name) +
                                                          " is filled by the reference, but the lab has none; add "
                                                          "`reference:` with the folder of a solution");
}

void read_piece(const YamlNode& node, const std::string& scenario, Role& role, Reading& reading) {
  InputPiece piece;
  const YamlNode* text = &node;
  if (node.kind == YamlNode::Kind::kMapping) {
    const MappingReader mapping(node, "input-piece", reading.mistakes);
    text = mapping.find("text");
    if (const YamlNode* when = mapping.find("when")) piece.when = read_condition(*when, scenario, reading);
  }
  const auto read = text ? read_text(*text, reading.mistakes) : std::nullopt;
  if (!read) return;
  check_parameter_uses({*read, text->place}, reading);
  piece.text = *read;
  role.input.push_back(piece);
}

void read_input(const YamlNode& node, const std::string& scenario, Role& role, Reading& reading) {
  if (node.kind == YamlNode::Kind::kScalar) {
    read_piece(node, scenario, role, reading);
  } else if (node.kind == YamlNode::Kind::kList) {
    for (const auto& item : node.items) read_piece(*item, scenario, role, reading);
  } else {
    add_unfit(node, "text, or a list of pieces: text, or { text: …, when: … }", reading.mistakes);
  }
}

constexpr char kOneTime[] = "a signal is sent `when:` a condition holds, or `at: any step`";

// One that nothing can be made of is a mistake.
void read_signal(const YamlNode& node, const std::string& scenario, Role& role, Reading& reading) {
  const MappingReader mapping(node, "signal", reading.mistakes);
  if (node.kind != YamlNode::Kind::kMapping) return;
  SignalOnCondition signal;
  const bool is_known = mapping.word("send", "signal-name", signal.signal);
  if (mapping.present({"when", "at"}).size() != 1) return reading.mistakes.add(mapping.place(), kOneTime);
  if (const YamlNode* when = mapping.find("when")) {
    const auto condition = read_condition(*when, scenario, reading);
    if (condition) role.signals.push_back({signal.signal, *condition});
    return;
  }
  if (is_known && (signal.signal == SIGKILL || signal.signal == SIGSTOP))
    return reading.mistakes.add(mapping.find("send")->place,
                                "nobody can set a handler for this signal, so it is not sent `at: any step`");
  if (mapping.word("at", "at", signal.at_any_step)) role.signals.push_back(signal);
}

void read_signals(const YamlNode& node, const std::string& scenario, Role& role, Reading& reading) {
  if (node.kind != YamlNode::Kind::kList) {
    add_unfit(node, "a list of { send: SIG…, when: … }", reading.mistakes);
    return;
  }
  for (const auto& item : node.items) read_signal(*item, scenario, role, reading);
}

}  // namespace

std::optional<std::vector<std::string>> read_run(const MappingReader& mapping, Reading& reading) {
  std::string run;
  if (!mapping.text("run", run)) return std::nullopt;
  return read_command({run, mapping.find("run")->place}, reading.mistakes);
}

Role read_role(const MappingReader& mapping, const std::string& name, const std::string& scenario, Reading& reading) {
  Role role;
  role.name = name;
  const bool knows_origin = mapping.word("from", "origin", role.origin) || !mapping.find("from");
  mapping.number("instances", "instances", role.instances);
  mapping.word("ends", "ends", role.ends);
  if (const auto command = read_run(mapping, reading)) {
    role.program = command->front();
    role.arguments.assign(command->begin() + 1, command->end());
    if (knows_origin) check_program(role, mapping, reading);
    for (const std::string& argument : role.arguments)
      check_parameter_uses({argument, mapping.find("run")->place}, reading);
  }
  if (const YamlNode* input = mapping.find("stdin")) read_input(*input, scenario, role, reading);
  if (const YamlNode* start = mapping.find("start")) role.start = read_conditions(*start, scenario, reading);
  if (const YamlNode* signals = mapping.find("signals")) read_signals(*signals, scenario, role, reading);
  return role;
}

}  // namespace jitterlab
