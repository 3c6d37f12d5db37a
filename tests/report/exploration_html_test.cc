// The page of `explore`, as text; tests/pages looks at it in a browser.
#include <gtest/gtest.h>

#include "report/explored_samples.h"
#include "report/html.h"
#include "report/output_rules.h"
#include "report/sample_grades.h"

namespace jitterlab {
namespace {

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
  const std::string plain = without_words(exploration_html(sample_programs("word")));
  EXPECT_GT(plain.size(), 2000u);
  std::vector<std::string> texts = hostile_texts();
  texts.insert(texts.end(), {"<script>alert(1)</script>", "\" onclick=\"alert(1)", "' x='", "</style><b>", "<!--",
                             "&lt;b&gt;", "]]>", "javascript:alert(1)", "</li></ol>"});
  for (const std::string& text : texts) {
    if (text.find('\n') != std::string::npos) continue;  // more lines are more elements
    const std::string page = exploration_html(sample_programs(text));
    EXPECT_EQ(without_words(page), plain) << text;
    EXPECT_EQ(fault_of_report(page), "") << text;
  }
}

TEST(ExplorationPage, HasNoScriptAndAsksForNothing) {
  const std::string page = exploration_html(sample_programs("word"));
  EXPECT_NE(page.find("default-src &#39;none&#39;"), std::string::npos);
  for (const char* what : {"<script", "javascript:", "http:", "https:", "src=", "@import", " style=", "href="})
    EXPECT_EQ(page.find(what), std::string::npos) << what;
}

TEST(ExplorationPage, ShowsEveryStepOfWhatWasFoundWithItsSource) {
  ExploredPrograms programs;
  const ToldAccess uses{"child 1", "uses it", {"p.c", 2, "work"}, ""},
      sets{"main", "sets it again", {"p.c", 5, "main"}, ""};
  programs.found = {{"value-set-again", "semaphore 0 is set again", {uses, sets}, 3, 4},
                    {kLeak, "FIFO chat", {}, 1, 0}};
  programs.sources = {{"p.c", "one\ntwo\nthree\nfour\nfive\n"}};
  const std::string page = exploration_html(programs);
  for (const char* words :
       {"semaphore 0 is set again", "child 1</b> uses it", "<code>two</code>", "main</b> sets it again",
        "<code>five</code>", "value-set-again. Seen in 3 executions, first in number 5.", "FIFO chat",
        "leak. Seen in 1 execution, first in number 1."})
    EXPECT_NE(page.find(words), std::string::npos) << words;
}

TEST(ExplorationPage, WhereNothingWasFoundItHasNoSuchPart) {
  EXPECT_EQ(exploration_html({}).find("Also found"), std::string::npos);
}

TEST(ExplorationPage, WithoutAFailureItSaysHowMuchWasTried) {
  ExploredPrograms nothing;
  nothing.strength = "12 schedules";
  EXPECT_NE(exploration_html(nothing).find("<h1>No failure in 12 schedules</h1>"), std::string::npos);
}

TEST(GradePage, WhateverAStudentWritesTheElementsStayTheSame) {
  const auto pages = [](const std::string& text) {
    std::string tags;
    for (Grade grade : grades_saying(text)) {
      grade.sources = {{text, text}};
      for (Finding& finding : grade.findings) {
        for (ScenarioFinding& scenario : finding.scenarios) {
          scenario.answer.expected = scenario.answer.seen = text;
          scenario.explanation = sample_failure(text).explanation;
          scenario.token = "1x-token";
        }
      }
      const std::string page = html_report(grade, {false, 100, text, text});
      EXPECT_EQ(fault_of_report(page), "") << text;
      tags += without_words(page);
    }
    return tags;
  };
  const std::string plain = pages("word");
  EXPECT_GT(plain.size(), 2000u);
  for (const std::string& text : hostile_texts()) {
    if (text.find('\n') == std::string::npos) {
      EXPECT_EQ(pages(text), plain) << text;
    }
  }
}

TEST(GradePage, TellsOneScheduleOnceForAllChecksThatItFails) {
  Grade grade = failed_grade();
  int failed = 0;
  for (Finding& finding : grade.findings) {
    finding.not_charged_because.clear();
    for (ScenarioFinding& scenario : finding.scenarios) {
      if (scenario.verdict != Verdict::kFailed) continue;
      scenario.explanation = sample_failure("word").explanation;
      scenario.token = "1x-token";
      ++failed;
    }
  }
  ASSERT_GE(failed, 2);
  const std::string page = html_report(grade, {});
  const std::size_t first = page.find("class=\"story");
  EXPECT_NE(first, std::string::npos);
  EXPECT_EQ(page.find("class=\"story", first + 1), std::string::npos);
  EXPECT_NE(page.find("The schedule is told above."), std::string::npos);
}

TEST(GradePage, TellsAMisuseThatNoCheckForbidsAndNoLeakThatNoCheckAsksFor) {
  Grade grade = failed_grade();
  const std::string page = html_report(grade, {});
  EXPECT_NE(page.find("semaphore 0 of semaphore set 1 is set again"), std::string::npos);
  EXPECT_EQ(page.find("FIFO chat"), std::string::npos) << "the check tidy forbids it and tells of it";
  for (ScenarioFound& found : grade.found) found.check = found.found.kind == kLeak ? "" : "misuse-free";
  EXPECT_EQ(html_report(grade, {}).find("Also found"), std::string::npos);
}

TEST(GradePage, OfACheckThatMustHoldOnceSaysThatItHeldInNone) {
  Grade grade = failed_grade();
  grade.findings[0].scenarios[1].once_is_enough = true;
  const std::string page = html_report(grade, {});
  EXPECT_NE(page.find("held in none of 40 jittered and 10 plain executions"), std::string::npos);
  EXPECT_EQ(page.find("3 of 40 jittered runs"), std::string::npos);
}

TEST(Html, AnAttributeWithoutAValueStandsAlone) {
  Html html("t");
  html.open("p").single("input", {{"checked", ""}, {"class", "a\"b"}}).text("<&>'").close();
  EXPECT_NE(html.finish().find("<p><input checked class=\"a&quot;b\">&lt;&amp;&gt;&#39;</p>"), std::string::npos);
}

}  // namespace
}  // namespace jitterlab
