#include "verify/verification_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/report.h"

namespace jitterlab {
namespace {

using Json = nlohmann::ordered_json;

Json texts(const std::vector<std::string>& list) {
  Json array = Json::array();
  for (const std::string& text : list) array.push_back(printable(text));
  return array;
}

Json effort_json(const Effort& effort) {
  return {{"executions", effort.executions}, {"cpu_seconds", effort.cpu_seconds}};
}

Json seed_json(const KnownSubmission& submission, const SeedResult& result) {
  Json json{{"seed", result.seed},       {"earned", result.grade.earned},      {"lost", result.grade.lost},
            {"open", result.grade.open}, {"whole", effort_json(result.whole)}, {"failed", Json::array()}};
  for (const Finding& finding : result.grade.findings) {
    if (finding.lost > 0) json["failed"].push_back(finding.check);
  }
  const auto caught = submission.fails.empty() ? std::nullopt : effort_to_catch(submission, result);
  if (caught) json["caught"] = effort_json(*caught);
  return json;
}

Json judgement_json(const Judgement& judgement) {
  Json json{{"submission", judgement.submission.label()}, {"fails", judgement.submission.fails},
            {"complaints", texts(judgement.complaints)},  {"not_told", texts(judgement.not_told)},
            {"warnings", texts(judgement.warnings)},      {"seeds", Json::array()}};
  if (judgement.chance) json["caught_with_at_least"] = *judgement.chance;
  for (const SeedResult& result : judgement.seeds) json["seeds"].push_back(seed_json(judgement.submission, result));
  return json;
}

}  // namespace

bool LabVerification::is_wrong() const {
  return !complaints.empty() || std::any_of(judgements.begin(), judgements.end(),
                                            [](const Judgement& one) { return !one.complaints.empty(); });
}

bool LabVerification::is_open() const {
  return std::any_of(judgements.begin(), judgements.end(), [](const Judgement& one) { return !one.not_told.empty(); });
}

std::string verification_json(const std::vector<LabVerification>& labs) {
  Json json{{"format", 1}, {"labs", Json::array()}};
  for (const LabVerification& lab : labs) {
    Json one{{"lab", lab.lab},
             {"complaints", texts(lab.complaints)},
             {"warnings", texts(lab.warnings)},
             {"submissions", Json::array()}};
    for (const Judgement& judgement : lab.judgements) one["submissions"].push_back(judgement_json(judgement));
    json["labs"].push_back(std::move(one));
  }
  return json.dump(1) + "\n";
}

}  // namespace jitterlab
