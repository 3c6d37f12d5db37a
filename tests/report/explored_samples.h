// What `explore` may have found, with everything that comes from the program called as the test says.
#pragma once

#include <string>

#include "report/exploration_report.h"

namespace jitterlab {

inline StoryStep sample_step(const std::string& word, int line, std::size_t event) {
  StoryStep step{static_cast<int>(event), word, "reads " + word, {word, line, word}, event == 2};
  step.event = event;
  return step;
}

inline ExploredFailure sample_failure(const std::string& word) {
  ExploredFailure failure;
  failure.what = word;
  failure.times = 3;
  failure.is_repeated = true;
  failure.token = "1x-token";
  failure.loops = failure.output = word + "\n" + word;
  Deadlock deadlock;
  deadlock.kind = DeadlockKind::kCircularWait;
  deadlock.headline = word;
  deadlock.waiters = {{word, word, word, {word + "2"}, word}, {word + "2", word, word, {word}, word}};
  deadlock.at_fault = {1, 2};
  deadlock.circle = deadlock.conditions = {word};
  failure.explanation.deadlock = deadlock;
  Story& story = failure.explanation.story;
  story.tasks = {word, word + "2"};
  story.steps = {sample_step(word, 1, 1), sample_step(word + "2", 2, 2), sample_step(word, 2, StoryStep::kWaits)};
  story.steps[1].line.file = word;
  StoryBeside& beside = failure.explanation.beside;
  beside.passing = {{sample_step(word + "2", 2, 1), 1}, {sample_step(word, 1, 2), 0}, {sample_step(word, 3, 3), -1}};
  beside.key = {0, 1};
  beside.is_swapped = true;
  beside.hand_overs = {{0, 1}};
  return failure;
}

inline ExploredPrograms sample_programs(const std::string& word) {
  ExploredPrograms programs;
  programs.command = programs.strength = word;
  programs.executions = 10;
  programs.failures = {sample_failure(word), sample_failure(word)};
  programs.failures[1].explanation.deadlock.reset();
  programs.races = {{word, {word, "reads", {word, 1, word}, word}, {word, "writes", {word, 3, word}, word}, 1}};
  programs.found = {{word, word, {{word, word, {word, 1, word}, word}, {word, word, {word, 3, word}, word}}, 2, 1},
                    {"leak", word, {}, 1, 0}};
  programs.outputs = {{word, 7, "1x-a"}, {word + "2", 3, "1x-b"}};
  programs.not_judged = {{word, 1}};
  programs.remarks = {word};
  programs.sources = {{word, word + "\n" + word + "\n" + word}};
  return programs;
}

}  // namespace jitterlab
