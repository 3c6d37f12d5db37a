// Every reader below returns its question as far as it could be read: mistakes are in the Reading, and a lab that has
// one is not used.
#include "lab/question_reader.h"

#include <algorithm>
#include <filesystem>

#include "lab/pattern_reader.h"
#include "lab/reference_reader.h"
#include "lab/role_reader.h"
#include "lab/text_reader.h"

namespace jitterlab {
namespace {

// What a question is read from.
struct Source {
  const YamlNode& node;                       // the value of the question's key
  const std::vector<std::string>& scenarios;  // known ones that the check looks at
  Reading& reading;

  MappingReader mapping(const std::string& kind) const { return {node, kind, reading.mistakes}; }
  bool is_text() const { return node.kind == YamlNode::Kind::kScalar; }
  void add_mistake(const Place& place, const std::string& what) const { reading.mistakes.add(place, what); }
};

template <typename Enumeration>
std::vector<Enumeration> words_at(const MappingReader& mapping, const std::string& key, const std::string& list,
                                  Reading& reading) {
  std::vector<Enumeration> words;
  if (const YamlNode* node = mapping.find(key))
    for (const int word : read_words(*node, list, reading.mistakes)) words.push_back(static_cast<Enumeration>(word));
  return words;
}

std::string text_with_parameters(const YamlNode& node, Reading& reading) {
  const std::string text = read_text(node, reading.mistakes).value_or("");
  check_parameter_uses({text, node.place}, reading);
  return text;
}

std::vector<std::string> lines_of(const YamlNode& node, Reading& reading) {
  const auto lines = read_texts(node, reading.mistakes);
  for (const PlacedText& line : lines) check_parameter_uses(line, reading);
  return texts_of(lines);
}

std::string pattern_of(const YamlNode& node, Reading& reading) {
  const auto text = read_filled_text(node, reading.mistakes);
  const auto pattern = text ? read_pattern({*text, node.place}, reading.mistakes) : std::nullopt;
  return pattern ? pattern->expression : "";
}

Question output(const Source& source) {
  OutputCheck check;
  if (source.is_text()) {
    check.text = text_with_parameters(source.node, source.reading);
    return check;
  }
  const MappingReader mapping = source.mapping("output");
  read_role_name(mapping, source.scenarios, check.role, source.reading);
  const auto ways = mapping.present({"is", "matches", "lines"});
  if (ways.size() != 1) {
    if (source.node.kind == YamlNode::Kind::kMapping)
      source.add_mistake(source.node.place, "`output` needs exactly one of `is`, `matches` and `lines`");
    return check;
  }
  const YamlNode& value = *mapping.find(ways.front());
  if (ways.front() == "is") {
    check.text = text_with_parameters(value, source.reading);
  } else if (ways.front() == "matches") {
    check.how = OutputCheck::How::kMatches;
    check.text = pattern_of(value, source.reading);
  } else {
    check.how = OutputCheck::How::kLineSet;
    check.lines = lines_of(value, source.reading);
  }
  return check;
}

// "8", or "{ at-least: 1, at-most: 9 }"
CountCheck::Range count_range(const NamedEntry& entry, const Source& source) {
  CountCheck::Range range{entry.name, 0, std::nullopt};
  if (entry.value->kind != YamlNode::Kind::kMapping) {
    range.at_most = read_number(*entry.value, "times", source.reading.mistakes);
    range.at_least = range.at_most.value_or(0);
    return range;
  }
  const MappingReader mapping(*entry.value, "count-range", source.reading.mistakes);
  std::int64_t at_most = 0;
  mapping.number("at-least", "times", range.at_least);
  if (mapping.number("at-most", "times", at_most)) range.at_most = at_most;
  if (mapping.present({"at-least", "at-most"}).empty())
    source.add_mistake(mapping.place(), "the count of an event needs `at-least`, `at-most` or both");
  if (range.at_most && range.at_least > *range.at_most)
    source.add_mistake(mapping.place(), "`at-least` is more than `at-most`, which no count can be");
  return range;
}

Question count(const Source& source) {
  CountCheck check;
  const auto entries = read_named(source.node, "an event", source.reading.mistakes);
  if (!entries) return check;
  if (source.node.entries.empty())
    add_unfit(source.node, "a mapping with at least one event, as in { got: 8 }", source.reading.mistakes);
  for (const NamedEntry& entry : *entries) {
    source.reading.events.require({entry.name, entry.place}, source.reading.mistakes);
    check.ranges.push_back(count_range(entry, source));
  }
  return check;
}

Question exactly_once(const Source& source) {
  ExactlyOnceCheck check;
  const MappingReader mapping = source.mapping("exactly-once");
  read_values(mapping, "of", check.of, source.reading);
  read_event_field(mapping, "as", check.as, source.reading);
  return check;
}

Question sequence(const Source& source) {
  SequenceCheck check;
  const auto read_expression = [&](const YamlNode& node) {
    const auto text = read_filled_text(node, source.reading.mistakes);
    if (!text) return;
    check.expression = *text;
    const auto events = read_sequence({*text, node.place}, source.reading.events, source.reading.mistakes);
    check.events = events.value_or(std::vector<std::string>());
  };
  if (source.is_text()) {
    read_expression(source.node);
    return check;
  }
  const MappingReader mapping = source.mapping("sequence");
  if (const YamlNode* expression = mapping.find("matches")) read_expression(*expression);
  read_per(mapping, check.events, check.per, source.reading);
  return check;
}

Question order(const Source& source) {
  OrderCheck check;
  const MappingReader mapping = source.mapping("order");
  const bool knows_event = read_event_field(mapping, "of", check.of, source.reading);
  read_values(mapping, "as", check.as, source.reading);
  const std::vector<std::string> events = knows_event ? std::vector{check.of.event} : std::vector<std::string>();
  read_per(mapping, events, check.per, source.reading);
  return check;
}

Question at_most(const Source& source) {
  AtMostCheck check;
  const MappingReader mapping = source.mapping("at-most");
  mapping.number("count", "tasks-inside", check.k);
  std::vector<std::string> events;
  if (read_event(mapping, "enter", check.enter, source.reading)) events.push_back(check.enter);
  if (read_event(mapping, "leave", check.leave, source.reading)) events.push_back(check.leave);
  read_per(mapping, events, check.per, source.reading);
  if (events.size() == 2 && check.enter == check.leave)
    source.add_mistake(mapping.place(), "`enter` and `leave` are the same event; they must be different ones");
  return check;
}

Question each(const Source& source) {
  EachCheck check;
  const MappingReader mapping = source.mapping("each");
  read_event_field(mapping, "of", check.of, source.reading);
  read_values(mapping, "one-of", check.one_of, source.reading);
  return check;
}

Question ended(const Source& source) {
  EndedCheck check;
  if (source.is_text()) {
    if (const auto how = read_word(source.node, "ends", source.reading.mistakes)) check.how = static_cast<Ends>(*how);
    return check;
  }
  const MappingReader mapping = source.mapping("ended");
  read_role_name(mapping, source.scenarios, check.role, source.reading);
  mapping.word("how", "ends", check.how);
  int status = 0;
  if (mapping.number("status", "exit-status", status)) check.status = status;
  if (check.status && check.how == Ends::kStopped)
    source.add_mistake(
        mapping.find("status")->place,
        "a role that is stopped has no exit status of its own; remove `status`, or say `how: by itself`");
  return check;
}

std::optional<int> mode_from(const YamlNode& node, Mistakes& mistakes) {
  constexpr std::size_t kMostDigits = 4;
  const bool is_octal = node.kind == YamlNode::Kind::kScalar && !node.text.empty() && node.text.size() <= kMostDigits &&
                        node.text.find_first_not_of("01234567") == std::string::npos;
  const int mode = is_octal ? std::stoi(node.text, nullptr, 8) : -1;
  if (mode >= 0 && mode <= 0777) return mode;
  add_unfit(node, "the permissions in octal, as in 0600", mistakes);
  return std::nullopt;
}

// What only some kinds of object have.
void check_object(const MappingReader& mapping, const ObjectExisted& object, const Source& source) {
  if (mapping.find("size") && object.kind == ObjectKind::kQueue)
    source.add_mistake(mapping.find("size")->place,
                       "`size` is the bytes of a segment or the number of semaphores; a queue has none, remove it");
  if (mapping.find("operated") && object.kind == ObjectKind::kSegment)
    source.add_mistake(mapping.find("operated")->place,
                       "`operated` is for semaphores and queues; no call shows the use of a segment, remove it");
}

ObjectExisted object(const YamlNode& node, const Source& source) {
  ObjectExisted object;
  const MappingReader mapping(node, "object", source.reading.mistakes);
  const bool knows_kind = mapping.word("kind", "object-kind", object.kind);
  if (const YamlNode* key = mapping.find("key")) {
    if (key->kind == YamlNode::Kind::kScalar) object.key = key_from(key->text);
    if (!object.key)
      add_unfit(*key, "a decimal number, or a hexadecimal one with 0x, from 1 to 0xffffffff", source.reading.mistakes);
  }
  if (const YamlNode* mode = mapping.find("mode")) object.mode = mode_from(*mode, source.reading.mistakes);
  std::int64_t size = 0;
  if (mapping.number("size", "object-size", size)) object.size = size;
  mapping.truth("operated", object.operated);
  if (knows_kind) check_object(mapping, object, source);
  return object;
}

Question objects(const Source& source) {
  ObjectsCheck check;
  if (source.node.kind != YamlNode::Kind::kList || source.node.items.empty()) {
    add_unfit(source.node, "a list of objects, as in [{ kind: segment, key: 12345 }]", source.reading.mistakes);
    return check;
  }
  for (const auto& item : source.node.items) check.existed.push_back(object(*item, source));
  return check;
}

Question uses(const Source& source) {
  return UsesCheck{words_at<Mechanism>(source.mapping("uses"), "any-of", "mechanism", source.reading)};
}

Question left_behind(const Source& source) {
  if (!source.is_text())
    return LeftBehindCheck{words_at<LeftKind>(source.mapping("left-behind"), "none-of", "left-kind", source.reading)};
  if (source.node.text != "nothing")
    add_unfit(source.node, "nothing, or { none-of: [segment, …] }", source.reading.mistakes);
  LeftBehindCheck all;
  for (const Word& word : word_lists().at("left-kind")) all.none_of.push_back(static_cast<LeftKind>(word.value));
  return all;
}

Question findings(const Source& source) {
  const MappingReader mapping = source.mapping("findings");
  FindingsCheck check{words_at<FindingKind>(mapping, "none-of", "finding-kind", source.reading)};
  const Lab& lab = source.reading.lab;
  const bool has_no_trace = std::any_of(source.scenarios.begin(), source.scenarios.end(), [&](const std::string& name) {
    const Executions& executions = find_scenario(lab, name)->executions;
    return executions.controlled == 0 && executions.plain + executions.jitter > 0;
  });
  for (const FindingKind kind : check.none_of) {
    std::string why;
    if (lab.hand_in.language == Language::kPython && !is_told_of_python(kind))
      why = " is not looked for in programs in Python; remove it";
    else if (has_no_trace && needs_control(kind))
      why = " is seen in controlled executions only; give `executions: { controlled: … }` more than 0, or remove it";
    if (!why.empty()) source.add_mistake(mapping.find("none-of")->place, shown(spelled(kind)) + why);
  }
  return check;
}

bool has_checking_program(const Lab& lab, const std::string& program) {
  for (const char* ending : {".c", ".cc", ".py"})
    if (std::filesystem::is_regular_file(lab.folder + "/checks/" + program + ending)) return true;
  return std::filesystem::is_regular_file(lab.folder + "/compiled/checks/" + program);  // the lab was packed
}

Question program(const Source& source) {
  ProgramCheck check;
  const MappingReader mapping = source.mapping("program");
  const auto command = read_run(mapping, source.reading);
  if (!command) return check;
  check.program = command->front();
  check.arguments.assign(command->begin() + 1, command->end());
  mapping.word("of", "asked-of", check.of_plain);
  if (!is_name(check.program) || !has_checking_program(source.reading.lab, check.program))
    source.add_mistake(mapping.find("run")->place,
                       "there is no checks/" + check.program + ".c, .cc or .py in the lab's folder; add the program");
  return check;
}

struct Reader {
  const char* key;
  Question (*read)(const Source&);
};
constexpr Reader kReaders[] = {
    {"output", output},
    {"count", count},
    {"exactly-once", exactly_once},
    {"sequence", sequence},
    {"order", order},
    {"at-most", at_most},
    {"each", each},
    {"ended", ended},
    {"objects", objects},
    {"uses", uses},
    {"left-behind", left_behind},
    {"findings", findings},
    {"program", program},
};

std::string all_keys() {
  std::string keys;
  for (const Reader& reader : kReaders) keys += (keys.empty() ? "" : ", ") + std::string(reader.key);
  return keys;
}

}  // namespace

std::optional<Question> read_question(const MappingReader& check, const std::vector<std::string>& scenarios,
                                      Reading& reading) {
  const Reader* first = nullptr;
  for (const Reader& reader : kReaders) {
    if (!check.find(reader.key)) continue;
    if (first) {
      reading.mistakes.add(check.place(), "a check asks one question, but this one has " + shown(first->key) + " and " +
                                              shown(reader.key) + "; make two checks");
      return std::nullopt;
    }
    first = &reader;
  }
  if (first) return first->read({*check.find(first->key), scenarios, reading});
  reading.mistakes.add(check.place(), "a check needs a question, one of: " + all_keys());
  return std::nullopt;
}

}  // namespace jitterlab
