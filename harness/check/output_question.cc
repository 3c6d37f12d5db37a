// `output`: the text of a role, or of all, as a whole.
#include <algorithm>
#include <map>

#include "check/excerpt.h"
#include "check/pattern.h"
#include "check/question.h"
#include "check/values.h"

namespace jitterlab {
namespace {

// Lines without the blanks at their ends. A newline ends a line, so a missing last one makes no difference.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, end - begin);
    line.erase(line.find_last_not_of(" \t\r") + 1);
    lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

std::string whose(const OutputCheck& question) {
  return question.role.empty() ? "the output" : "the output of " + question.role;
}

std::string line_or_end(const std::vector<std::string>& lines, std::size_t index) {
  return index < lines.size() ? quoted(lines[index]) : "the end of the output";
}

Answer compare(const OutputCheck& question, const Evidence& evidence, const std::vector<std::string>& seen) {
  const auto wanted = lines_of(filled_in(question.text, evidence.observation));
  Answer answer{.expected = whose(question) + " is " + quoted(question.text)};
  if (seen == wanted) return answer;
  const auto first = std::mismatch(seen.begin(), seen.end(), wanted.begin(), wanted.end()).first - seen.begin();
  answer.verdict = Verdict::kFailed;
  answer.seen = "line " + std::to_string(first + 1) + " is " + line_or_end(seen, first) + ", expected " +
                line_or_end(wanted, first);
  return answer;
}

// The pattern may ask for blanks at line ends that are forgiven elsewhere, so the text as it is counts as well.
Answer match(const OutputCheck& question, const std::string& text, const std::vector<std::string>& lines) {
  Answer answer{.expected = whose(question) + " has a part that matches `" + question.text + "`"};
  const auto pattern = compile_pattern(question.text);
  std::string forgiven;
  for (const std::string& line : lines) forgiven += line + "\n";
  if (RE2::PartialMatch(text, *pattern) || RE2::PartialMatch(forgiven, *pattern)) return answer;
  answer.verdict = Verdict::kFailed;
  answer.seen = text.empty() ? "nothing was printed" : "nothing in it matches; it begins " + quoted(text);
  return answer;
}

Answer compare_as_set(const OutputCheck& question, const Evidence& evidence, const std::vector<std::string>& seen) {
  std::map<std::string, int> missing;  // line -> how often; negative: seen too often
  for (const std::string& text : question.lines) {
    for (const std::string& line : lines_of(filled_in(text, evidence.observation))) ++missing[line];
  }
  for (const std::string& line : seen) --missing[line];
  missing.erase("");

  std::vector<std::string> absent, unexpected;
  for (const auto& [line, count] : missing) {
    for (int i = 0; i < count; ++i) absent.push_back(quoted(line));
    for (int i = 0; i < -count; ++i) unexpected.push_back(quoted(line));
  }
  Answer answer{.expected = whose(question) + " has exactly the lines that the lab lists, in any order"};
  if (absent.empty() && unexpected.empty()) return answer;
  answer.verdict = Verdict::kFailed;
  if (!absent.empty()) answer.seen = "missing: " + listed(absent);
  if (!unexpected.empty()) {
    answer.seen += (answer.seen.empty() ? "" : "; ") + std::string("not expected: ") + listed(unexpected);
  }
  return answer;
}

}  // namespace

Answer answer_output(const OutputCheck& question, const Evidence& evidence) {
  const std::string text = text_of(evidence.observation, Stream::kOut, question.role);
  const std::vector<std::string> lines = lines_of(text);
  switch (question.how) {
    case OutputCheck::How::kExact:
      return compare(question, evidence, lines);
    case OutputCheck::How::kMatches:
      return match(question, text, lines);
    case OutputCheck::How::kLineSet:
      break;
  }
  return compare_as_set(question, evidence, lines);
}

}  // namespace jitterlab
