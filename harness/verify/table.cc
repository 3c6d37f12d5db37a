#include "verify/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "os/error.h"
#include "report/report.h"
#include "report/wording.h"

namespace jitterlab {
namespace {

constexpr char kEnd[] = "<!-- end of table -->";
constexpr int kFailsColumn = 24;
constexpr std::size_t kMostLines = 12;  // of what was seen

// Of all seeds: until it was caught, or, of what is accepted, the whole grading. Seeds that did not catch it count as a
// whole grading.
struct Spread {
  double median = 0, worst = 0;
};

Spread spread_of(const Judgement& judgement, double (*take)(const Effort&)) {
  std::vector<double> values;
  for (const SeedResult& result : judgement.seeds) {
    const auto caught =
        judgement.submission.fails.empty() ? std::nullopt : effort_to_catch(judgement.submission, result);
    values.push_back(take(caught.value_or(result.whole)));
  }
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return {values[(values.size() - 1) / 2], values.back()};
}

Spread executions_of(const Judgement& judgement) {
  return spread_of(judgement, [](const Effort& effort) { return static_cast<double>(effort.executions); });
}

Spread cpu_of(const Judgement& judgement) {
  return spread_of(judgement, [](const Effort& effort) { return effort.cpu_seconds; });
}

std::string fails_of(const Judgement& judgement) {
  if (judgement.submission.is_accepted()) return "nothing";
  return fmt::format("{}", fmt::join(judgement.submission.fails, ", "));
}

// How often plain runs alone show it: of the named check that fails most.
std::string plain_of(const Judgement& judgement) {
  int failures = 0, executions = 0;
  for (const std::string& id : judgement.submission.fails) {
    int failed = 0, made = 0;
    for (const SeedResult& result : judgement.seeds) {
      for (const Finding& finding : result.grade.findings) {
        if (finding.check != id) continue;
        for (const ScenarioFinding& seen : finding.scenarios) {
          failed += seen.plain_failures;
          made += seen.plain_executions;
        }
      }
    }
    if (failed >= failures) failures = failed, executions = made;
  }
  return executions == 0 ? "" : fmt::format("{} of {}", failures, executions);
}

// A lower bound: rounded down.
std::string chance_of(const Judgement& judgement) {
  if (!judgement.chance) return "";
  return *judgement.chance > 0.999 ? "99.9 %" : fmt::format("{:.1f} %", std::floor(*judgement.chance * 1000) / 10);
}

std::string verdict_of(const Judgement& judgement) {
  if (!judgement.complaints.empty()) return "WRONG";
  return !judgement.not_told.empty() ? "open" : "ok";
}

std::string remark(const std::string& words, const std::string& text) {
  std::istringstream lines(text);
  std::string remark, line;
  for (std::size_t i = 0; i < kMostLines && std::getline(lines, line); ++i)
    remark += "       " + (i == 0 ? words : std::string("  | ")) + printable(line) + "\n";
  return remark;
}

}  // namespace

std::string heading_line(int widest) {
  return fmt::format("       {:{}}  {:{}} {:>17} {:>15} {:>12} {:>8}\n", "submission", widest, "fails", kFailsColumn,
                     "executions, worst", "CPU s, worst", "plain runs", "chance");
}

std::string judgement_lines(const Judgement& judgement, int widest) {
  const Spread executions = executions_of(judgement), cpu = cpu_of(judgement);
  std::string text = fmt::format(
      "{:5}  {:{}}  {:{}} {:>17} {:>15} {:>12} {:>8}", verdict_of(judgement), judgement.submission.label(), widest,
      fails_of(judgement), kFailsColumn, fmt::format("{}  {:5}", executions.median, executions.worst),
      fmt::format("{:.1f}  {:5.1f}", cpu.median, cpu.worst), plain_of(judgement), chance_of(judgement));
  text.erase(text.find_last_not_of(' ') + 1);
  text += "\n";
  for (const std::string& complaint : judgement.complaints) text += remark("", complaint);
  for (const std::string& open : judgement.not_told) text += remark("not told: ", open);
  for (const std::string& warning : judgement.warnings) text += remark("warning: ", warning);
  return text;
}

std::string markdown_table(const std::vector<Judgement>& judgements) {
  std::string table =
      "| submission | fails | executions | worst | CPU s | worst | in plain runs | caught with at least |\n"
      "|---|---|--:|--:|--:|--:|--:|--:|\n";
  for (const Judgement& judgement : judgements) {
    const Spread executions = executions_of(judgement), cpu = cpu_of(judgement);
    table += fmt::format("| {} | {} | {} | {} | {:.1f} | {:.1f} | {} | {} |\n", judgement.submission.label(),
                         fails_of(judgement), executions.median, executions.worst, cpu.median, cpu.worst,
                         plain_of(judgement), chance_of(judgement));
  }
  return table;
}

std::string with_table(const std::string& document, const std::string& lab, const std::string& table) {
  const std::string begin = "<!-- table of " + lab + " -->\n";
  const auto at = document.find(begin);
  if (at == std::string::npos) return document + "\n## " + lab + "\n\n" + begin + table + kEnd + "\n";
  const auto end = document.find(kEnd, at);
  if (end == std::string::npos)
    throw Error("behind `" + begin.substr(0, begin.size() - 1) + "` there is no `" + kEnd + "`");
  return document.substr(0, at) + begin + table + document.substr(end);
}

}  // namespace jitterlab
