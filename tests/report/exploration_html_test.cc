// The page of `explore`, as text; tests/pages looks at it in a browser.
#include <gtest/gtest.h>

#include "report/exploration_report.h"
#include "report/html.h"
#include "report/output_rules.h"
#include "report/sample_grades.h"

namespace jitterlab {
namespace {

StoryStep step(const std::string& word, int line, std::size_t event) {
  StoryStep step{static_cast<int>(event), word, "reads " + word, {word, line, word}, event == 2};
  step.event = event;
  return step;
}

// One failure with all that can be told, in which everything that comes from the program is `word`.
ExploredPrograms explored(const std::string& word) {
  ExploredFailure failure;
  failure.what = word;
  failure.times = 3;
  failure.is_repeated = true;
  failure.token = "1x-token";
  failure.loops = failure.output = word + "\n" + word;
  Deadlock deadlock;
  deadlock.headline = word;
  deadlock.waiters = {{word, word, word, {word + "2"}, word}, {word + "2", word, word, {word}, word}};
  deadlock.at_fault = {1, 2};
  deadlock.circle = deadlock.conditions = {word};
  failure.explanation.deadlock = deadlock;
  Story& story = failure.explanation.story;
  story.tasks = {word, word + "2"};
  story.steps = {step(word, 1, 1), step(word + "2", 2, 2), step(word, 2, StoryStep::kWaits)};
  StoryBeside& beside = failure.explanation.beside;
  beside.passing = {{step(word + "2", 2, 1), 1}, {step(word, 1, 2), 0}, {step(word, 3, 3), -1}};
  beside.key = {0, 1};
  beside.is_swapped = true;
  beside.hand_overs = {{0, 1}};
  ExploredPrograms programs;
  programs.command = programs.strength = word;
  programs.executions = 10;
  programs.failures = {failure, failure};
  programs.failures[1].explanation.deadlock.reset();
  programs.races = {{word, {word, "reads", {word, 1, word}, word}, {word, "writes", {word, 9, word}, word}, 1}};
  programs.outputs = {{word, 7, "1x-a"}, {word + "2", 3, "1x-b"}};
  programs.not_judged = {{word, 1}};
  programs.remarks = {word};
  programs.sources = {{word, word + "\n" + word + "\n" + word}};
  return programs;
}

// The tags with the names of their attributes: neither text nor values of attributes hold `<`, `>` or `"`.
std::string without_words(const std::string& page) {
  std::string tags;
  bool is_tag = false, is_value = false;
  for (const char character : page) {
    if (character == '<') is_tag = true;
    if (character == '"' && is_tag) is_value = !is_value;
    if (is_tag && !is_value) tags += character;
    if (character == '>' && !is_value) is_tag = false;
  }
  return tags;
}

TEST(ExplorationPage, WhateverTheProgramCallsThingsTheElementsStayTheSame) {
  const std::string plain = without_words(exploration_html(explored("word")));
  EXPECT_GT(plain.size(), 2000u);
  std::vector<std::string> texts = hostile_texts();
  texts.insert(texts.end(), {"<script>alert(1)</script>", "\" onclick=\"alert(1)", "' x='", "</style><b>", "<!--",
                             "&lt;b&gt;", "]]>", "javascript:alert(1)", "</li></ol>"});
  for (const std::string& text : texts) {
    if (text.find('\n') != std::string::npos) continue;  // more lines are more elements
    const std::string page = exploration_html(explored(text));
    EXPECT_EQ(without_words(page), plain) << text;
    EXPECT_EQ(fault_of_report(page), "") << text;
  }
}

TEST(ExplorationPage, HasNoScriptAndAsksForNothing) {
  const std::string page = exploration_html(explored("word"));
  EXPECT_NE(page.find("default-src &#39;none&#39;"), std::string::npos);
  for (const char* what : {"<script", "javascript:", "http:", "https:", "src=", "@import", " style=", "href="})
    EXPECT_EQ(page.find(what), std::string::npos) << what;
}

TEST(ExplorationPage, WithoutAFailureItSaysHowMuchWasTried) {
  ExploredPrograms nothing;
  nothing.strength = "12 schedules";
  EXPECT_NE(exploration_html(nothing).find("<h1>No failure in 12 schedules</h1>"), std::string::npos);
}

TEST(Html, AnAttributeWithoutAValueStandsAlone) {
  Html html("t");
  html.open("p").single("input", {{"checked", ""}, {"class", "a\"b"}}).text("<&>'").close();
  EXPECT_NE(html.finish().find("<p><input checked class=\"a&quot;b\">&lt;&amp;&gt;&#39;</p>"), std::string::npos);
}

}  // namespace
}  // namespace jitterlab
