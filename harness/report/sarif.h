// Results as SARIF 2.1.0 has them (OASIS, "Static Analysis Results Interchange Format", 2020), so that editors and code
// hosts show them at their lines.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/failure_told.h"

namespace jitterlab {

// Where the files of a submission are: names as given on the command line.
struct SarifFiles {
  std::string folder;  // empty: the current one
  const SourceTexts* texts = nullptr;
};

struct SarifResult {
  std::string rule;   // "circular-wait", "race", "exactly-once"
  std::string level;  // "error", "warning"
  std::string words;
  std::string token;            // may be empty
  nlohmann::ordered_json more;  // for `properties`: an object
  const Explanation* explanation = nullptr;
  const ToldRace* race = nullptr;  // where there is no explanation
};

// The whole log, as text.
std::string sarif_log(const std::vector<SarifResult>& results, const SarifFiles& files);

// What a failure is a case of: the kind of its deadlock, else `otherwise`.
std::string rule_of(const Explanation& explanation, const std::string& otherwise);

// What a failure comes down to, in a sentence or two; empty: not known.
std::string words_of(const Explanation& explanation);

}  // namespace jitterlab
