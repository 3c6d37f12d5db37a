#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "os/error.h"
#include "report/report.h"
#include "report/sample_grades.h"

namespace jitterlab {
namespace {

std::string error_of(const std::string& file, const std::string& json) {
  try {
    results_table({{"results/good.json", json_report(passed_grade())}, {file, json}});
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(ResultsTable, ColumnsAreTheUnionOfMetaAndChecks) {
  EXPECT_EQ(
      results_table({{"a.json", json_report(passed_grade())},
                     {"b.json", json_report(failed_grade())},
                     {"c.json", json_report(not_graded_grade())}}),
      "file,lab,attempt,student,points,earned,lost,open,verdict,partial,sandboxed,all-arrive,bounded,race-free\r\n"
      "a.json,producer-consumer,2,Zoë,20,20,0,0,passed,no,yes,15,5,\r\n"
      "b.json,producer-consumer,,,16,7,9,0,failed,no,yes,0,5,2\r\n"
      "c.json,producer-consumer,,,7,5,0,2,\"not graded\",no,yes,,5,\"not graded\"\r\n");
}

TEST(ResultsTable, NoResultsGiveTheFirstLine) {
  EXPECT_EQ(results_table({}), "file,lab,points,earned,lost,open,verdict,partial,sandboxed\r\n");
}

TEST(ResultsTable, PartialAndUnsandboxedResultsAreMarked) {
  Grade grade = passed_grade();
  grade.partial = grade.trusted = true;
  EXPECT_NE(results_table({{"a", json_report(grade)}}).find(",passed,yes,no,"), std::string::npos);
}

TEST(ResultsTable, NameThatAnotherColumnHasIsMadeDistinct) {
  Grade grade = passed_grade();
  grade.findings.resize(1);
  grade.findings[0].check = "lost";
  grade.meta = {{"points", "7"}, {"lost", "x"}};
  EXPECT_EQ(results_table({{"a", json_report(grade)}}),
            "file,lab,meta.lost,meta.points,points,earned,lost,open,verdict,partial,sandboxed,check.lost\r\n"
            "a,producer-consumer,x,7,20,20,0,0,passed,no,yes,15\r\n");
}

TEST(ResultsTable, CellsAreQuotedAndFormulasDefused) {
  const std::pair<std::string, std::string> cases[] = {{"a,b", "\"a,b\""},
                                                       {"say \"hi\"", "\"say \"\"hi\"\"\""},
                                                       {"a\r\nb", "a\\r\\nb"},
                                                       {"a;b", "\"a;b\""},
                                                       {"=1+1", "'=1+1"},
                                                       {"+1", "'+1"},
                                                       {"-1", "'-1"},
                                                       {"@A1", "'@A1"},
                                                       {" =1", "\"' =1\""},
                                                       {"\t=1", "\\t=1"},
                                                       {"::error::x", "\"::error::x\""}};
  for (const auto& [value, cell] : cases) {
    Grade grade = passed_grade();
    grade.findings.clear();
    grade.meta = {{"m", value}};
    EXPECT_NE(results_table({{"f", json_report(grade)}}).find("f,producer-consumer," + cell + ",20,"),
              std::string::npos)
        << value;
  }
}

TEST(ResultsTable, FileThatIsNotJsonIsNamed) {
  EXPECT_EQ(error_of("results/bad.json", "{\"format\": 1,"),
            "results/bad.json: is not JSON; leave it out or save it again with `jitterlab grade --format json`");
}

TEST(ResultsTable, JsonOfSomethingElseIsNamed) {
  for (const char* foreign : {"[]", "{}", "7", "{\"version\": 3}"}) {
    EXPECT_EQ(error_of("x.json", foreign).substr(0, 40), "x.json: is no result of jitterlab; leave") << foreign;
  }
}

TEST(ResultsTable, ResultOfAnotherFormatIsNamed) {
  EXPECT_EQ(error_of("x.json", "{\"format\": 2}").substr(0, 36), "x.json: has another format than 1, t");
}

TEST(ResultsTable, ResultWithAMissingOrWrongFieldIsNamed) {
  const nlohmann::json good = nlohmann::json::parse(json_report(passed_grade()));
  for (const char* key : {"lab", "meta", "points", "earned", "lost", "open", "findings", "partial", "sandboxed"}) {
    nlohmann::json without = good, wrong = good;
    without.erase(key);
    wrong[key] = -1.5;
    EXPECT_NE(error_of("x.json", without.dump()).find("x.json: is no complete result"), std::string::npos) << key;
    // A number can be iterated over as if it were a list of itself, so `findings` is told by its first element.
    EXPECT_NE(error_of("x.json", wrong.dump()).find("x.json: is no complete result"), std::string::npos) << key;
  }
}

}  // namespace
}  // namespace jitterlab
