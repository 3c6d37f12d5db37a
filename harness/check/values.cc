#include "check/values.h"

#include "check/event_stream.h"
#include "check/excerpt.h"
#include "os/error.h"
#include "plan/plan.h"

namespace jitterlab {
namespace {

struct ValuesOf {
  const Evidence& evidence;

  std::vector<std::string> operator()(const std::string& parameter) const {
    const auto found = evidence.observation.parameters.find(parameter);
    if (found == evidence.observation.parameters.end()) {
      throw Error("the observation has no values for $" + parameter + "; it was made with another version of the lab");
    }
    return found->second;
  }

  std::vector<std::string> operator()(const EventField& from) const {
    std::vector<std::string> values;
    for (const Event& event : events_of(evidence.lab, evidence.observation, {from.event})) {
      values.push_back(event.field(from.field));
    }
    return values;
  }

  std::vector<std::string> operator()(const std::vector<std::string>& listed_values) const {
    std::vector<std::string> values;
    for (const std::string& value : listed_values) {
      values.push_back(fill_in(value, evidence.observation.parameters, " "));
    }
    return values;
  }
};

struct WordsFor {
  std::string operator()(const std::string& parameter) const { return "`$" + parameter + "`"; }
  std::string operator()(const EventField& from) const { return words_for(from); }
  std::string operator()(const std::vector<std::string>& listed_values) const {
    std::vector<std::string> pieces;
    for (const std::string& value : listed_values) pieces.push_back(quoted(value));
    return listed(pieces);
  }
};

}  // namespace

std::vector<std::string> values_of(const Values& values, const Evidence& evidence) {
  return std::visit(ValuesOf{evidence}, values);
}

std::string words_for(const Values& values) { return std::visit(WordsFor{}, values); }

std::string words_for(const EventField& field) { return "`" + field.event + "." + field.field + "`"; }

std::string filled_in(const std::string& text, const Observation& observation) {
  const bool is_parameter = text.size() > 1 && text[0] == '$' && observation.parameters.count(text.substr(1)) > 0;
  return fill_in(text, observation.parameters, is_parameter ? "\n" : " ");
}

}  // namespace jitterlab
