#include "lab/yaml_reader.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <optional>
#include <sstream>

namespace jitterlab {
namespace {

// A lab file has some ten levels and some hundred values; aliases can make 10 lines stand for a billion.
constexpr std::size_t kDeepest = 30;
constexpr std::size_t kMostNodes = 10'000;

using NodePtr = std::shared_ptr<YamlNode>;

Place place_of(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1}; }

// YAML that no lab file needs.
struct Refused : YAML::ParserException {
  using YAML::ParserException::ParserException;
};

// Makes the tree from the parser's events. Throws Refused, through the parser.
class TreeBuilder : public YAML::EventHandler {
 public:
  NodePtr root() const { return root_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (root_) throw Refused(mark, "a second document begins here; a lab file has one, remove the `---`");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    complete({make_node(YamlNode::Kind::kNothing, mark), anchor}, mark);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) throw Refused(mark, "this alias stands inside its own anchor");
    count(found->second.size, mark);
    const auto copy = std::make_shared<YamlNode>(*found->second.node);
    put_in_place(*copy, mark);
    complete({copy, 0, {}, found->second.size}, mark);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const NodePtr node = make_node(YamlNode::Kind::kScalar, mark);
    refuse_tag(tag, mark);
    node->text = value;
    node->quoted = tag == "!";
    complete({node, anchor}, mark);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::kList, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::kMapping, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Part {
    NodePtr node;
    YAML::anchor_t anchor = 0;                // 0: none
    std::optional<YamlNode::Entry> key = {};  // of a mapping, as long as its value is not complete
    std::size_t size = 1;                     // nodes, aliases counted in full
    YAML::Mark mark = {};
  };

  static void refuse_tag(const std::string& tag, const YAML::Mark& mark) {
    if (!tag.empty() && tag != "?" && tag != "!")
      throw Refused(mark, "the tag `" + tag + "` means nothing here; remove it");
  }

  void count(std::size_t nodes, const YAML::Mark& mark) {
    nodes_ += nodes;
    if (nodes_ > kMostNodes)
      throw Refused(mark, "the file has more than " + std::to_string(kMostNodes) +
                              " values up to here, aliases counted in full; make it smaller");
  }

  NodePtr make_node(YamlNode::Kind kind, const YAML::Mark& mark) {
    count(1, mark);
    const auto node = std::make_shared<YamlNode>();
    node->kind = kind;
    put_in_place(*node, mark);
    return node;
  }

  void put_in_place(YamlNode& node, const YAML::Mark& mark) const {
    node.place = place_of(mark);
    if (open_.empty()) return;
    const Part& parent = open_.back();
    node.is_item = parent.node->kind == YamlNode::Kind::kList;
    node.name = node.is_item ? parent.node->name : parent.key ? parent.key->key : "";
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    refuse_tag(tag, mark);
    if (open_.size() == kDeepest)
      throw Refused(mark, "this is nested more than " + std::to_string(kDeepest) + " levels deep");
    open_.push_back({make_node(kind, mark), anchor, {}, 1, mark});
  }

  void close() {
    const Part part = open_.back();
    open_.pop_back();
    complete(part, part.mark);
  }

  void complete(const Part& part, const YAML::Mark& mark) {
    if (part.anchor) anchors_[part.anchor] = part;
    if (open_.empty()) {
      root_ = part.node;
      return;
    }
    Part& parent = open_.back();
    parent.size += part.size;
    if (parent.node->kind == YamlNode::Kind::kList) {
      parent.node->items.push_back(part.node);
    } else if (!parent.key) {
      if (part.node->kind != YamlNode::Kind::kScalar) throw Refused(mark, "a key must be a word, but here is none");
      parent.key = YamlNode::Entry{part.node->text, part.node->place, nullptr};
    } else {
      add_entry(parent, part);
    }
  }

  static void add_entry(Part& parent, const Part& part) {
    // The parser finds "nothing" only at the next thing that is there.
    if (part.node->kind == YamlNode::Kind::kNothing) part.node->place = parent.key->place;
    parent.key->value = part.node;
    parent.node->entries.push_back(*parent.key);
    parent.key.reset();
  }

  NodePtr root_;
  std::vector<Part> open_;
  std::map<YAML::anchor_t, Part> anchors_;  // complete ones
  std::size_t nodes_ = 0;
};

// The length of the UTF-8 character at `at`; 0 when there is none, or one that no text has.
std::size_t character_length(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(at);
  if (first < 0x80) return first >= 0x20 || first == '\n' || first == '\t' || first == '\r' ? 1 : 0;
  const std::size_t length = first >= 0xf5 ? 0 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xc0) != 0x80) return 0;
  return length;
}

// Where the first byte stands that is no text.
std::optional<Place> first_that_is_no_text(const std::string& text) {
  Place place;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text, at);
    if (length == 0) return place;
    place = text[at] == '\n' ? Place{place.line + 1, 1} : Place{place.line, place.column + static_cast<int>(length)};
    at += length;
  }
  return std::nullopt;
}

std::shared_ptr<const YamlNode> parse(const std::string& text, Mistakes& mistakes) {
  TreeBuilder builder;
  // Without a mark of its end the parser takes a file that ends inside quotes.
  std::istringstream stream(text + "\n...\n");
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refused& refused) {
    mistakes.add(place_of(refused.mark), refused.msg);
    return nullptr;
  } catch (const YAML::Exception& error) {
    mistakes.add(place_of(error.mark), "this cannot be read as YAML (" + error.msg +
                                           "); look at the brackets and the indentation, and put text with special "
                                           "characters in quotes");
    return nullptr;
  }
  if (!builder.root() || builder.root()->kind == YamlNode::Kind::kNothing) {
    mistakes.add({}, "the file is empty; a lab file begins with `format: 1`");
    return nullptr;
  }
  return builder.root();
}

}  // namespace

std::shared_ptr<const YamlNode> read_yaml(const std::string& text, Mistakes& mistakes) {
  if (text.size() > kLongestLabFile) {
    mistakes.add({}, "the file is longer than 1 MiB; a lab file is a few kilobytes of text");
    return nullptr;
  }
  if (const auto place = first_that_is_no_text(text)) {
    mistakes.add(*place, "the file is no text in UTF-8 from here on; save it as plain UTF-8 text");
    return nullptr;
  }
  return parse(text, mistakes);
}

}  // namespace jitterlab
