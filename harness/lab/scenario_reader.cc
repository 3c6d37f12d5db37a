#include "lab/scenario_reader.h"

#include "lab/condition_reader.h"
#include "lab/mapping_reader.h"
#include "lab/role_reader.h"

namespace jitterlab {
namespace {

// What a scenario with `run:` says of its role, and one with `roles:` says in the roles.
std::vector<std::string> keys_of_a_role() {
  std::vector<std::string> keys;
  for (const MappingKind::Key& key : mapping_kinds().at("role").keys) keys.push_back(key.name);
  return keys;
}

void read_limits(const YamlNode& node, Limits& limits, Reading& reading) {
  const MappingReader mapping(node, "limits", reading.mistakes);
  mapping.seconds("seconds", limits.wall_seconds);
  mapping.seconds("cpu-seconds", limits.cpu_seconds);
  mapping.size("memory", limits.memory_bytes);
  mapping.number("processes", "processes", limits.processes);
  mapping.size("output", limits.output_bytes);
  mapping.size("files", limits.file_bytes);
}

// The only role has the name of its program. Later mistakes about roles would follow from one in `run`.
void declare_only_role(const MappingReader& mapping, NameTable& roles) {
  Mistakes ignored;  // reported when the role is read
  std::string run;
  const YamlNode* node = mapping.find("run");
  const auto text = node ? read_filled_text(*node, ignored) : std::nullopt;
  if (!text) return roles.accept_all();
  roles.add(text->substr(0, text->find_first_of(" \t\n")));
}

void read_only_role(const MappingReader& mapping, Scenario& scenario, Reading& reading) {
  NameTable& roles = reading.roles.at(scenario.name);
  declare_only_role(mapping, roles);
  const std::string name = roles.names().empty() ? "" : roles.names().front();
  scenario.roles.push_back(read_role(mapping, name, scenario.name, reading));
}

void read_named_roles(const YamlNode& node, Scenario& scenario, Reading& reading) {
  NameTable& roles = reading.roles.at(scenario.name);
  const auto entries = read_named(node, "a role", reading.mistakes);
  if (!entries) return roles.accept_all();
  if (node.entries.empty()) add_unfit(node, "a mapping with at least one role", reading.mistakes);
  for (const NamedEntry& entry : *entries) roles.add(entry.name);
  for (const NamedEntry& entry : *entries) {
    const MappingReader mapping(*entry.value, "role", reading.mistakes);
    scenario.roles.push_back(read_role(mapping, entry.name, scenario.name, reading));
  }
}

void read_roles(const MappingReader& mapping, Scenario& scenario, Reading& reading) {
  const YamlNode* roles = mapping.find("roles");
  const auto of_the_only_role = mapping.present(keys_of_a_role());
  if (!roles) {
    if (!mapping.find("run"))
      reading.mistakes.add(mapping.place(), "scenario " + shown(scenario.name) +
                                                " runs nothing; add `run:` for one role, or `roles:` for several");
    return read_only_role(mapping, scenario, reading);
  }
  if (!of_the_only_role.empty())
    reading.mistakes.add(mapping.place(), "scenario " + shown(scenario.name) + " has `roles:`, so " +
                                              shown(of_the_only_role.front() + ":") + " must move into one of them");
  read_named_roles(*roles, scenario, reading);
}

// "{ when: …, start | stop | send: …, to: … }"
void read_step(const YamlNode& node, Scenario& scenario, Reading& reading) {
  const MappingReader mapping(node, "step", reading.mistakes);
  if (node.kind != YamlNode::Kind::kMapping) return;
  Step step;
  if (const YamlNode* when = mapping.find("when")) step.when = read_condition(*when, scenario.name, reading);
  const auto actions = mapping.present({"start", "stop", "send"});
  const bool sends = !actions.empty() && actions.front() == "send";
  if (actions.size() != 1 || sends != (mapping.find("to") != nullptr)) {
    reading.mistakes.add(node.place,
                         "a step does one thing: `start: ROLE`, `stop: ROLE`, or `send: SIG…` with `to: ROLE`");
    return;
  }
  const std::string key = sends ? "to" : actions.front();
  step.action = sends ? Step::Action::kSignal : key == "stop" ? Step::Action::kStop : Step::Action::kStart;
  mapping.word("send", "signal-name", step.signal);
  if (mapping.text(key, step.role))
    reading.roles.at(scenario.name)
        .require({step.role, mapping.find(key)->place}, reading.mistakes, "in scenario " + shown(scenario.name));
  scenario.steps.push_back(step);
}

void read_steps(const YamlNode& node, Scenario& scenario, Reading& reading) {
  if (node.kind != YamlNode::Kind::kList) {
    add_unfit(node, "a list of steps", reading.mistakes);
    return;
  }
  for (const auto& item : node.items) read_step(*item, scenario, reading);
}

void read_faults(const YamlNode& node, Scenario& scenario, Reading& reading) {
  for (const int fault : read_words(node, "fault", reading.mistakes))
    scenario.faults.push_back(static_cast<Fault>(fault));
}

Scenario read_scenario(const NamedEntry& entry, Reading& reading) {
  Scenario scenario;
  scenario.name = entry.name;
  NameTable& roles = reading.roles.try_emplace(entry.name, "role").first->second;
  const MappingReader mapping(*entry.value, "scenario", reading.mistakes);
  if (entry.value->kind != YamlNode::Kind::kMapping) {
    roles.accept_all();
    return scenario;
  }
  read_roles(mapping, scenario, reading);
  if (const YamlNode* steps = mapping.find("steps")) read_steps(*steps, scenario, reading);
  mapping.word("stop", "stop", scenario.stop_when_everyone_waits);
  if (const YamlNode* faults = mapping.find("faults")) read_faults(*faults, scenario, reading);
  if (const YamlNode* limits = mapping.find("limits")) read_limits(*limits, scenario.limits, reading);
  scenario.executions = reading.executions;
  if (const YamlNode* executions = mapping.find("executions"))
    scenario.executions = read_executions(*executions, reading.executions, reading);
  return scenario;
}

}  // namespace

Executions read_executions(const YamlNode& node, const Executions& otherwise, Reading& reading) {
  Executions executions = otherwise;
  const MappingReader mapping(node, "executions", reading.mistakes);
  mapping.number("plain", "executions-of-a-kind", executions.plain);
  mapping.number("jitter", "executions-of-a-kind", executions.jitter);
  mapping.number("controlled", "executions-of-a-kind", executions.controlled);
  if (executions == Executions{0, 0, 0})
    reading.mistakes.add(node.place,
                         "there are no executions at all; give `plain`, `jitter` or `controlled` at least 1");
  return executions;
}

void read_scenarios(const YamlNode& node, Reading& reading) {
  const auto entries = read_named(node, "a scenario", reading.mistakes);
  if (!entries) return reading.scenarios.accept_all();
  if (node.entries.empty()) add_unfit(node, "a mapping with at least one scenario", reading.mistakes);
  for (const NamedEntry& entry : *entries) {
    reading.scenarios.add(entry.name);
    reading.lab.scenarios.push_back(read_scenario(entry, reading));
  }
}

}  // namespace jitterlab
