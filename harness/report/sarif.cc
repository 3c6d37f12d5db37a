#include "report/sarif.h"

#include <algorithm>
#include <map>

#include "report/report.h"

namespace jitterlab {
namespace {

using Json = nlohmann::ordered_json;

const std::map<std::string, std::string>& descriptions() {
  static const std::map<std::string, std::string> texts = {
      {"race", "Two accesses to the same memory, one of them a write, that nothing orders."},
      {"circular-wait", "Tasks wait for each other in a circle."},
      {"self-deadlock", "A task waits for what only it can give back."},
      {"lost-wake-up", "The signal came before the wait, or went to somebody else."},
      {"process-ended", "Who was to give something back, or to give it at all, has ended."},
      {"never-sent", "Nobody sends what is waited for."},
      {"write-end-open", "The end of a pipe never comes, since somebody keeps its write end open."},
      {"value-set-again", "A V was wiped out by setting the semaphore again."},
      {"one-process", "A lock, semaphore or condition variable of one process is waited for in another one."},
      {"held-at-fork", "A lock was held by another thread when the process was forked, and the copy stays locked."},
      {"deadlock", "Nobody can go on."},
      {"livelock", "Tasks try again and again, and nobody gets on."},
      {"exit", "A process ended with an exit status other than 0."},
      {"crash", "A process died of a fault or a failed assertion."},
      {"builds", "The submission does not build."}};
  return texts;
}

// Words of a message: `[text](target)` would be a link.
std::string message_words(const std::string& words) {
  std::string text;
  for (const char character : printable(words)) {
    if (character == '(' && !text.empty() && text.back() == ']') text += ' ';
    text += character;
  }
  return text;
}

Json message(const std::string& words) { return {{"text", message_words(words)}}; }

std::string uri_of(const std::string& path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string uri = path.starts_with("/") ? "file://" : "";
  for (const char character : path) {
    const auto byte = static_cast<unsigned char>(character);
    const bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                          (byte >= 'a' && byte <= 'z') || std::string("-._~/").find(character) != std::string::npos;
    if (is_plain)
      uri += character;
    else
      uri += {'%', kDigits[byte / 16], kDigits[byte % 16]};
  }
  return uri;
}

// FNV-1a: the same for the same finding, whatever else changes.
std::string hash_of(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char character : text) hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001b3;
  std::string digits;
  for (int i = 0; i < 16; ++i, hash >>= 4) digits.insert(digits.begin(), "0123456789abcdef"[hash & 15]);
  return digits;
}

class Log {
 public:
  explicit Log(const SarifFiles& files) : files_(files) {}

  void add(const SarifResult& result) {
    Json json = {{"ruleId", result.rule}, {"ruleIndex", rule_index(result.rule)}, {"level", result.level}};
    json["message"] = message(result.words);
    std::string identity = result.rule;
    json["locations"] = Json::array();
    if (result.explanation != nullptr && !result.explanation->story.steps.empty())
      add_story(json, *result.explanation, identity);
    else if (result.race != nullptr)
      add_race(json, *result.race, identity);
    if (json["locations"].empty()) add_somewhere(json);
    json["partialFingerprints"] = {{"jitterlabFinding/v1", hash_of(identity)}};
    if (!result.token.empty()) json["fingerprints"] = {{"jitterlabSchedule/v1", result.token}};
    Json properties = result.more.is_object() ? result.more : Json::object();
    if (!result.token.empty()) properties["token"] = result.token;
    if (!properties.empty()) json["properties"] = properties;
    results_.push_back(json);
  }

  std::string text() const {
    Json driver = {{"name", "jitterlab"}, {"rules", rules_}};
    Json run = {{"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results_}};
    const Json log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                      {"version", "2.1.0"},
                      {"runs", Json::array({run})}};
    return log.dump(2) + "\n";
  }

 private:
  std::size_t rule_index(const std::string& id) {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (rules_[i]["id"] == id) return i;
    }
    const auto known = descriptions().find(id);
    const std::string words =
        known == descriptions().end() ? "A check of the lab, of the kind " + id + "." : known->second;
    rules_.push_back({{"id", id}, {"shortDescription", {{"text", words}}}});
    return rules_.size() - 1;
  }

  bool has(const std::string& file) const { return files_.texts != nullptr && files_.texts->count(file) != 0; }

  Json physical(const std::string& file, int line) const {
    const std::string path = files_.folder.empty() || files_.folder == "." ? file : files_.folder + "/" + file;
    return {{"artifactLocation", {{"uri", uri_of(path)}}}, {"region", {{"startLine", std::max(line, 1)}}}};
  }

  // Empty: not in a file of the submission.
  Json location(const std::string& file, int line, const std::string& function) const {
    if (!has(file) || line < 1) return Json::object();
    Json json = {{"physicalLocation", physical(file, line)}};
    if (!function.empty())
      json["logicalLocations"] = Json::array({{{"name", printable(function)}, {"kind", "function"}}});
    return json;
  }

  static void add_side(Json& json, Json place, const std::string& words) {
    if (place.empty()) return;
    place["message"] = message(words);
    if (json["locations"].empty()) return void(json["locations"].push_back(place));
    Json& related = json["relatedLocations"];
    if (related.is_null()) related = Json::array();
    place["id"] = related.size() + 1;
    related.push_back(place);
  }

  void add_race(Json& json, const ToldRace& race, std::string& identity) const {
    identity += race.variable;
    for (const ToldAccess* access : {&race.first, &race.second}) {
      identity += access->place.file + access->place.function + access->source;
      add_side(json, location(access->place.file, access->place.line, access->place.function),
               access->task + " " + access->does + " " + race.variable);
    }
  }

  void add_story(Json& json, const Explanation& explanation, std::string& identity) const {
    const std::vector<StoryStep>& steps = explanation.story.steps;
    std::vector<std::size_t> key = explanation.beside.key;
    if (key.empty()) key.push_back(steps.size() - 1);
    for (const std::size_t i : key) {
      identity += steps[i].line.file + steps[i].line.function + steps[i].what;
      add_side(json, location(steps[i].line.file, steps[i].line.line, steps[i].line.function),
               steps[i].task + " " + steps[i].what);
    }
    Json flows = Json::array();
    for (const std::string& task : explanation.story.tasks) {
      Json locations = Json::array();
      for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].task == task) locations.push_back(flow_step(steps[i], i, key));
      }
      if (locations.empty()) continue;
      flows.push_back({{"id", printable(task)}, {"message", message(task)}, {"locations", locations}});
    }
    if (!flows.empty())
      json["codeFlows"] = Json::array({{{"message", {{"text", "How it came about"}}}, {"threadFlows", flows}}});
  }

  Json flow_step(const StoryStep& step, std::size_t i, const std::vector<std::size_t>& key) const {
    Json place = location(step.line.file, step.line.line, step.line.function);
    place["message"] = message(step.what);
    const bool is_key = std::find(key.begin(), key.end(), i) != key.end();
    return {{"location", place}, {"executionOrder", i + 1}, {"importance", is_key ? "essential" : "important"}};
  }

  // Code hosts refuse results without a place.
  void add_somewhere(Json& json) const {
    if (files_.texts == nullptr || files_.texts->empty()) return;
    add_side(json, {{"physicalLocation", physical(files_.texts->begin()->first, 1)}}, "It is not known at which line.");
  }

  const SarifFiles& files_;
  Json rules_ = Json::array(), results_ = Json::array();
};

}  // namespace

std::string sarif_log(const std::vector<SarifResult>& results, const SarifFiles& files) {
  Log log(files);
  for (const SarifResult& result : results) log.add(result);
  return log.text();
}

std::string rule_of(const Explanation& explanation, const std::string& otherwise) {
  return explanation.deadlock && explanation.deadlock->kind != DeadlockKind::kUnknown
             ? to_string(explanation.deadlock->kind)
             : otherwise;
}

std::string words_of(const Explanation& explanation) {
  std::string words = explanation.deadlock ? explanation.deadlock->headline : "";
  if (!explanation.beside.is_swapped) return words;
  const StoryStep& one = explanation.story.steps[explanation.beside.key[0]];
  const StoryStep& other = explanation.story.steps[explanation.beside.key[1]];
  return words + (words.empty() ? "" : " ") + one.task + " " + one.what + " before " + other.task + " " + other.what +
         "; in a schedule that passes it is the other way round.";
}

}  // namespace jitterlab
