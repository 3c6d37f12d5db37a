// Every text that students control, in every format: no line that a runner obeys, nothing but visible UTF-8, and the
// documents stay the documents they were.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

#include "report/output_rules.h"
#include "report/report.h"
#include "report/sample_grades.h"

namespace jitterlab {
namespace {

class HostileText : public testing::TestWithParam<std::string> {};

TEST_P(HostileText, NeverBreaksOutOfATerminalReport) {
  for (const Grade& grade : grades_saying(GetParam())) {
    for (const int columns : {40, 100}) {
      EXPECT_EQ(fault_of_report(terminal_report(grade, {false, columns, GetParam()})), "");
    }
  }
}

TEST_P(HostileText, NeverMakesALineOfATerminalReportTooLong) {
  for (const Grade& grade : grades_saying(GetParam())) {
    std::istringstream lines(terminal_report(grade, {}));
    for (std::string line; std::getline(lines, line);) {
      const auto columns = std::count_if(line.begin(), line.end(), [](unsigned char c) { return (c & 0xc0) != 0x80; });
      const bool is_command = line.find("jitterlab ") != std::string::npos;
      // Two more than asked for: the gutter that a line gets which would have been a command without it.
      EXPECT_TRUE(columns <= 102 || is_command) << line;
    }
  }
}

TEST_P(HostileText, ComesBackFromJsonAsPrintableText) {
  for (const Grade& grade : grades_saying(GetParam())) {
    const std::string text = json_report(grade);
    EXPECT_EQ(fault_of_report(text), "");
    const nlohmann::json json = nlohmann::json::parse(text);
    EXPECT_EQ(json["earned"], grade.earned);
    EXPECT_EQ(json["meta"]["student"], printable(GetParam()));
    EXPECT_EQ(json["remarks"][1], "ignored " + printable(GetParam()));
    EXPECT_EQ(json["findings"].size(), grade.findings.size());
  }
}

TEST_P(HostileText, ComesBackFromXmlAsPrintableText) {
  for (const Grade& grade : grades_saying(GetParam())) {
    const std::string text = junit_report(grade);
    EXPECT_EQ(fault_of_report(text), "");
    pugi::xml_document document;
    ASSERT_TRUE(document.load_string(text.c_str()));
    const pugi::xml_node root = document.child("testsuites"), suite = root.child("testsuite");
    const pugi::xml_node student = suite.child("properties").find_child_by_attribute("name", "meta.student");
    EXPECT_EQ(student.attribute("value").value(), printable(GetParam()));
    EXPECT_EQ(root.attribute("tests").as_int(), static_cast<int>(document.select_nodes("//testcase").size()));
    EXPECT_FALSE(document.select_node("//*[@name='forged']"));
  }
}

TEST_P(HostileText, StaysInOneCellOfATable) {
  const Grade grade = grades_saying(GetParam())[1];
  const std::string table = results_table({{GetParam(), json_report(grade)}, {"second", json_report(passed_grade())}});
  EXPECT_EQ(fault_of_report(table), "");
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 3);
  for (const char* formula : {"\n=", "\n@", "\n+", "\n-", ",=", ",+", ",-", ",@", ",\"=", ",\"+", ",\"-", ",\"@"}) {
    EXPECT_EQ(table.find(formula), std::string::npos) << formula;
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, HostileText, testing::ValuesIn(hostile_texts()),
                         [](const auto& info) { return std::to_string(info.index); });

TEST(OutputRules, FindWhatTheyAreThereToFind) {
  EXPECT_NE(fault_of_text("\xc0\xaf"), "");
  EXPECT_NE(fault_of_text("\xed\xa0\x80"), "");
  EXPECT_NE(fault_of_text("a\x1b"), "");
  EXPECT_NE(fault_of_text("\u202e"), "");
  EXPECT_NE(fault_of_report("ok\n \u3000::error::x\n"), "");
  EXPECT_NE(fault_of_report("a ##[error]x"), "");
  EXPECT_EQ(fault_of_report("a :: b\n| ::c\r\n"), "");
}

}  // namespace
}  // namespace jitterlab
