// Runs the built program as a user would.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "os/spawn.h"

namespace jitterlab {

using Words = std::vector<std::string>;

inline const std::string kProgram = JITTERLAB_BUILD "/jitterlab";
inline const std::string kFolder = JITTERLAB_TESTS "/cli/";
inline const std::string kPair = kFolder + "labs/pair";
inline const std::string kHonest = kFolder + "honest.c";
inline const std::string kSilent = kFolder + "silent.c";  // does nothing: loses what there is to see

inline Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// `grade LAB SUBMISSION …`, with compiled programs kept in the build folder.
Words grade_words(const std::string& lab, const std::string& submission, const Words& more = {});

Ran run_jitterlab(const Words& words);

// Grades and gives the JSON report, which is checked against the schema. Whatever else was printed fails the test.
nlohmann::json graded(const std::string& lab, const std::string& submission, const Words& more = {});

// The finding on a check; null when the result has none.
nlohmann::json finding_on(const nlohmann::json& result, const std::string& check);

}  // namespace jitterlab
