#include <nlohmann/json.hpp>

#include "report/explanation_report.h"
#include "report/found_words.h"
#include "report/page.h"
#include "report/race_words.h"
#include "report/report.h"
#include "report/wording.h"

namespace jitterlab {
namespace {

using Json = nlohmann::ordered_json;

Json example_of(const Execution& execution) {
  return {
      {"strategy", to_string(execution.strategy)}, {"index", execution.index}, {"seed", seed_words(execution.seed)}};
}

Json scenario_of(const ScenarioFinding& finding) {
  Json json = {
      {"scenario", printable(finding.scenario)},
      {"verdict", to_string(finding.verdict)},
      {"how_often", how_often(finding)},
      {"plain", {{"executions", finding.plain_executions}, {"failures", finding.plain_failures}}},
      {"jitter", {{"executions", finding.jitter_executions}, {"failures", finding.jitter_failures}}},
      {"controlled", {{"executions", finding.controlled_executions}, {"failures", finding.controlled_failures}}},
      {"expected", printable(finding.answer.expected)},
      {"seen", printable(finding.answer.seen)}};
  if (!finding.example.scenario.empty()) json["example"] = example_of(finding.example);
  if (!finding.token.empty()) json["example"]["token"] = finding.token;
  if (const Json told = explanation_json(finding.explanation); !told.empty()) json["explanation"] = told;
  return json;
}

Json finding_of(const Finding& finding) {
  Json json = {{"check", printable(finding.check)},
               {"kind", printable(finding.kind)},
               {"verdict", to_string(finding.verdict)},
               {"points", finding.points},
               {"earned", finding.earned},
               {"lost", finding.lost},
               {"open", finding.open},
               {"not_charged_because", printable(finding.not_charged_because)},
               {"reason", printable(finding.reason)},
               {"hint", printable(finding.hint)},
               {"scenarios", Json::array()}};
  for (const ScenarioFinding& scenario : finding.scenarios) json["scenarios"].push_back(scenario_of(scenario));
  return json;
}

Json build_failure_of(const BuildFailure& failure) {
  Json json = {{"program", printable(failure.program)},
               {"what", printable(failure.what)},
               {"what_to_do", printable(failure.what_to_do)},
               {"diagnostics", Json::array()}};
  for (const std::string& line : lines_of(failure.diagnostics)) json["diagnostics"].push_back(printable(line));
  return json;
}

void add_result(Json& json, const Grade& grade) {
  json["verdict"] = to_string(verdict_of(grade));
  json["exit_code"] = exit_code(grade);
  json["points"] = grade.points;
  json["earned"] = grade.earned;
  json["lost"] = grade.lost;
  json["open"] = grade.open;
  json["partial"] = grade.partial;
  json["partial_because"] = printable(grade.partial_because);
  json["not_graded_because"] = printable(grade.not_graded_because);
}

void add_details(Json& json, const Grade& grade) {
  json["remarks"] = Json::array();
  for (const std::string& remark : grade.remarks) json["remarks"].push_back(printable(remark));
  json["build_failures"] = Json::array();
  for (const BuildFailure& failure : grade.build_failures) json["build_failures"].push_back(build_failure_of(failure));
  json["findings"] = Json::array();
  for (const Finding& finding : grade.findings) json["findings"].push_back(finding_of(finding));
  json["schedules"] = Json::array();
  for (const ScenarioStrength& strength : grade.strengths)
    json["schedules"].push_back({{"scenario", printable(strength.scenario)}, {"searched", printable(strength.words)}});
  json["races"] = Json::array();
  for (const ScenarioRace& race : grade.races) {
    Json one = {{"scenario", printable(race.scenario)}};
    one.update(json_of(race.race));
    if (!race.check.empty()) one["check"] = printable(race.check);
    json["races"].push_back(one);
  }
  json["found"] = Json::array();
  for (const ScenarioFound& found : grade.found) {
    Json one = {{"scenario", printable(found.scenario)}};
    one.update(json_of(found.found));
    if (!found.check.empty()) one["check"] = printable(found.check);
    json["found"].push_back(one);
  }
}

void add_identities(Json& json, const Grade& grade) {
  json["seed"] = seed_words(grade.seed);
  json["toolchain"] = printable(grade.toolchain);
  json["submission_hash"] = printable(grade.submission_hash);
  json["lab_hash"] = printable(grade.lab_hash);
  json["toolchain_hash"] = printable(grade.toolchain_hash);
  json["isolation"] = printable(grade.isolation);
  json["meta"] = Json::object();
  for (const auto& [key, value] : grade.meta) json["meta"][printable(key)] = printable(value);
}

}  // namespace

std::string json_report(const Grade& grade) {
  Json json;
  json["format"] = 1;
  json["warning"] = sandbox_warning(grade);
  json["lab"] = printable(grade.lab);
  json["lab_version"] = grade.lab_version;
  json["title"] = printable(grade.title);
  json["contact"] = printable(grade.contact);
  add_result(json, grade);
  add_details(json, grade);
  add_identities(json, grade);
  json["sandboxed"] = !grade.trusted;
  return json.dump(2) + "\n";
}

}  // namespace jitterlab
