#include "lab/lab.h"

#include <algorithm>

namespace jitterlab {
namespace {

template <typename Thing>
const Thing* find_by(const std::vector<Thing>& things, std::string Thing::*name, const std::string& wanted) {
  const auto found =
      std::find_if(things.begin(), things.end(), [&](const Thing& thing) { return thing.*name == wanted; });
  return found == things.end() ? nullptr : &*found;
}

}  // namespace

const Scenario* find_scenario(const Lab& lab, const std::string& name) {
  return find_by(lab.scenarios, &Scenario::name, name);
}

const EventPattern* find_event(const Lab& lab, const std::string& name) {
  return find_by(lab.events, &EventPattern::name, name);
}

const Parameter* find_parameter(const Lab& lab, const std::string& name) {
  return find_by(lab.parameters, &Parameter::name, name);
}

const Check* find_check(const Lab& lab, const std::string& id) { return find_by(lab.checks, &Check::id, id); }

}  // namespace jitterlab
