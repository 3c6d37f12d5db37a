#include "lab/condition_reader.h"

#include <algorithm>
#include <charconv>

#include "lab/pattern_reader.h"

namespace jitterlab {
namespace {

constexpr const char* kBlanks = " \t\n";
constexpr int kHighestPort = 65535;

constexpr const char* kForms =
    "one of: tcp PORT listens, udp PORT bound, segment KEY exists, semaphores KEY exist, queue KEY exists, fifo PATH "
    "exists, role NAME printed PATTERN, role NAME waits, role NAME ended, everyone waits";

// A condition as words, with all that is needed to say what is wrong with it.
struct Sentence {
  const YamlNode& node;
  std::vector<std::string> words;
  const std::string& scenario;
  Reading& reading;

  std::optional<Condition> refuse(const std::string& what) const {
    reading.mistakes.add(node.place, described(node) + "; " + what);
    return std::nullopt;
  }
};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = text.find_first_not_of(kBlanks, at)) != std::string::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::optional<Condition> port_condition(const Sentence& sentence) {
  const std::string& word = sentence.words[1];
  int port = 0;
  const auto [after, error] = std::from_chars(word.data(), word.data() + word.size(), port);
  if (error != std::errc() || after != word.data() + word.size() || port < 1 || port > kHighestPort)
    return sentence.refuse("a port is a number from 1 to 65535");
  if (sentence.words[0] == "tcp") return TcpListens{port};
  return UdpBound{port};
}

std::optional<Condition> object_condition(const Sentence& sentence) {
  const auto key = key_from(sentence.words[1]);
  if (!key) return sentence.refuse("a key is a decimal number, or a hexadecimal one with 0x, from 1 to 0xffffffff");
  if (sentence.words[0] == "segment") return SegmentExists{*key};
  if (sentence.words[0] == "queue") return QueueExists{*key};
  return SemaphoresExist{*key};
}

std::optional<Condition> fifo_condition(const Sentence& sentence) {
  const std::string& path = sentence.words[1];
  const bool leaves = path.starts_with('/') || ("/" + path + "/").find("/../") != std::string::npos;
  if (leaves) return sentence.refuse("the path must stay inside the working directory, without `/` in front and `..`");
  return FifoExists{path};
}

// What follows the first three words, with its blanks as they are.
std::string after_three_words(const std::string& text) {
  std::size_t at = 0;
  for (int word = 0; word < 3; ++word) at = text.find_first_of(kBlanks, text.find_first_not_of(kBlanks, at));
  const std::size_t begin = text.find_first_not_of(kBlanks, at);
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

std::optional<Condition> printed_condition(const Sentence& sentence) {
  const std::string text = after_three_words(sentence.node.text);
  if (sentence.reading.events.has(text)) {
    const EventPattern* event = find_event(sentence.reading.lab, text);
    return RolePrinted{sentence.words[1], event ? event->pattern : ""};
  }
  const auto pattern = read_pattern({text, sentence.node.place}, sentence.reading.mistakes);
  if (!pattern) return std::nullopt;
  return RolePrinted{sentence.words[1], pattern->expression};
}

std::optional<Condition> role_condition(const Sentence& sentence) {
  const std::string& role = sentence.words[1];
  const NameTable& roles = sentence.reading.roles.at(sentence.scenario);
  if (!roles.require({role, sentence.node.place}, sentence.reading.mistakes, "in scenario " + shown(sentence.scenario)))
    return std::nullopt;
  const std::string& what = sentence.words[2];
  if (what == "printed") return printed_condition(sentence);
  if (what == "waits") return RoleWaits{role};
  return RoleEnded{role};
}

// The forms of three words: how the first and the last go together, and who reads it.
struct Form {
  const char *first, *last;
  std::optional<Condition> (*read)(const Sentence&);
};
constexpr Form kThreeWords[] = {{"tcp", "listens", port_condition},      {"udp", "bound", port_condition},
                                {"segment", "exists", object_condition}, {"semaphores", "exist", object_condition},
                                {"queue", "exists", object_condition},   {"fifo", "exists", fifo_condition},
                                {"role", "waits", role_condition},       {"role", "ended", role_condition}};

}  // namespace

std::optional<Condition> read_condition(const YamlNode& node, const std::string& scenario, Reading& reading) {
  if (node.kind == YamlNode::Kind::kScalar) {
    const Sentence sentence{node, split(node.text), scenario, reading};
    const std::vector<std::string>& words = sentence.words;
    if (words == std::vector<std::string>{"everyone", "waits"}) return EveryoneWaits{};
    if (words.size() > 3 && words[0] == "role" && words[2] == "printed") return role_condition(sentence);
    if (words.size() == 3)
      for (const Form& form : kThreeWords)
        if (words[0] == form.first && words[2] == form.last) return form.read(sentence);
  }
  add_unfit(node, kForms, reading.mistakes);
  return std::nullopt;
}

std::vector<Condition> read_conditions(const YamlNode& node, const std::string& scenario, Reading& reading) {
  std::vector<Condition> conditions;
  const auto add = [&](const YamlNode& one) {
    if (const auto condition = read_condition(one, scenario, reading)) conditions.push_back(*condition);
  };
  if (node.kind == YamlNode::Kind::kList && !node.items.empty()) {
    for (const auto& item : node.items) add(*item);
  } else {
    add(node);
  }
  return conditions;
}

}  // namespace jitterlab
