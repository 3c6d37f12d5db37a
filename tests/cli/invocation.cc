#include "invocation.h"

#include <gtest/gtest.h>

#include "os/fd.h"
#include "report/schema_check.h"

namespace jitterlab {

Words grade_words(const std::string& lab, const std::string& submission, const Words& more) {
  return Words{"grade", lab, submission, "--cache", JITTERLAB_BUILD "/test-cache"} + more;
}

Ran run_jitterlab(const Words& words) { return run_program(Words{kProgram} + words); }

nlohmann::json graded(const std::string& lab, const std::string& submission, const Words& more) {
  const Ran ran = run_jitterlab(grade_words(lab, submission, Words{"--format", "json"} + more));
  EXPECT_EQ(ran.err, "");
  const auto result = nlohmann::json::parse(ran.out, nullptr, false);
  EXPECT_FALSE(result.is_discarded()) << ran.out;
  if (result.is_discarded()) return result;
  const auto schema = nlohmann::json::parse(read_file(JITTERLAB_TESTS "/../harness/report/result.schema.json"));
  for (const std::string& mistake : schema_mistakes(schema, result)) ADD_FAILURE() << mistake;
  EXPECT_EQ(ran.ending.words(), "exit " + std::to_string(result.value("exit_code", -1)));
  return result;
}

nlohmann::json finding_on(const nlohmann::json& result, const std::string& check) {
  for (const auto& finding : result.at("findings")) {
    if (finding.at("check") == check) return finding;
  }
  return nullptr;
}

}  // namespace jitterlab
