// `program`: the instructor's own check. Whatever it does but answer leaves the check not graded.
#include "check/excerpt.h"
#include "check/question.h"

namespace jitterlab {

Answer answer_program(const ProgramCheck& question, const Evidence& evidence, const ProgramRunner& run_program) {
  Answer answer{.expected = "the checking program " + question.program + " agrees"};
  if (!run_program) {
    answer.verdict = Verdict::kNotGraded;
    answer.seen = "checking programs are not run here";
    return answer;
  }
  const ProgramAnswer said = run_program(question, evidence.observation);
  if (said.ended && said.exit_code == 0) return answer;
  if (said.ended && said.exit_code == 1) {
    answer.verdict = Verdict::kFailed;
    answer.seen = said.text.empty() ? question.program + " gave no reason" : said.text;
    return answer;
  }
  answer.verdict = Verdict::kNotGraded;
  answer.seen = "the checking program " + question.program +
                (said.ended ? " ended with exit " + std::to_string(said.exit_code) : " did not end by itself");
  if (!said.text.empty()) answer.seen += ": " + cut(said.text);
  return answer;
}

}  // namespace jitterlab
