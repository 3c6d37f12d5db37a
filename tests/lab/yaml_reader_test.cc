#include "lab/yaml_reader.h"

#include <gmock/gmock.h>

namespace jitterlab {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// "line:column: what" of the only mistake.
std::string mistake_in(const std::string& text) {
  Mistakes mistakes;
  EXPECT_EQ(read_yaml(text, mistakes), nullptr);
  const auto all = mistakes.in_file_order("f");
  EXPECT_EQ(all.size(), 1u);
  return all.empty() ? "" : to_string(all[0]).substr(2);
}

std::shared_ptr<const YamlNode> tree_of(const std::string& text) {
  Mistakes mistakes;
  auto root = read_yaml(text, mistakes);
  EXPECT_TRUE(mistakes.none());
  return root;
}

TEST(ReadYaml, ValuesKnowTheirPlacesAndKeys) {
  const auto root = tree_of("a:\n  b: [x, 'y']\n");
  const YamlNode& list = *root->entries[0].value->entries[0].value;
  EXPECT_EQ(root->entries[0].place, (Place{1, 1}));
  EXPECT_EQ(list.place, (Place{2, 6}));
  EXPECT_EQ(list.items[1]->place, (Place{2, 10}));
  EXPECT_EQ(list.items[1]->text, "y");
  EXPECT_TRUE(list.items[1]->quoted);
  EXPECT_EQ(list.items[0]->name, "b");
  EXPECT_TRUE(list.items[0]->is_item);
  EXPECT_FALSE(list.items[0]->quoted);
}

TEST(ReadYaml, MissingValueStandsAtItsKey) {
  const auto root = tree_of("a: 1\nb:\n\n\nc: 2\n");
  EXPECT_EQ(root->entries[1].value->kind, YamlNode::Kind::kNothing);
  EXPECT_EQ(root->entries[1].value->place, (Place{2, 1}));
}

TEST(ReadYaml, DoubledKeysAreBothKept) { EXPECT_EQ(tree_of("a: 1\na: 2\n")->entries.size(), 2u); }

TEST(ReadYaml, AliasStandsInItsOwnPlace) {
  const auto root = tree_of("a: &x [1]\nb: *x\n");
  EXPECT_EQ(root->entries[1].value->items[0]->text, "1");
  EXPECT_EQ(root->entries[1].value->place, (Place{2, 4}));
  EXPECT_EQ(root->entries[1].value->name, "b");
  EXPECT_EQ(root->entries[0].value->name, "a");
}

TEST(ReadYaml, SyntaxErrorIsReportedWithItsPlace) {
  EXPECT_THAT(mistake_in("a: 1\nb: [1, 2\nc: 3\n"), HasSubstr("cannot be read as YAML"));
  EXPECT_THAT(mistake_in("a: 'x\n"), HasSubstr("cannot be read as YAML"));
  EXPECT_THAT(mistake_in("a: 1\n  b: 2\n"), StartsWith("2:4: this cannot be read as YAML"));
  EXPECT_THAT(mistake_in("a: *nobody\n"), StartsWith("1:4: this cannot be read as YAML"));
}

TEST(ReadYaml, FileWithoutAValueIsEmpty) {
  for (const char* text : {"", "\n\n", "# only a comment\n", "---\n", "~\n"})
    EXPECT_THAT(mistake_in(text), StartsWith("1:1: the file is empty")) << text;
}

TEST(ReadYaml, SecondDocumentIsRefused) {
  EXPECT_THAT(mistake_in("a: 1\n---\nb: 1\n"), HasSubstr("a second document begins here"));
}

TEST(ReadYaml, BytesThatAreNoTextAreRefusedAtTheFirst) {
  EXPECT_THAT(mistake_in(std::string("a: 1\nb: \0", 9)), StartsWith("2:4: the file is no text in UTF-8"));
  EXPECT_THAT(mistake_in("\x7f"
                         "ELF\x02\x01\x01"),
              StartsWith("1:5: the file is no text"));
  EXPECT_THAT(mistake_in("a: \xff\xfe"), StartsWith("1:4: the file is no text"));
  EXPECT_THAT(mistake_in("a: \xc3"), StartsWith("1:4: the file is no text"));
  EXPECT_EQ(tree_of("a: \xc3\xa4 \xe2\x82\xac \xf0\x9f\x90\xa7\n")->entries.size(), 1u);
}

TEST(ReadYaml, KeyThatIsNoWordIsRefused) {
  EXPECT_THAT(mistake_in("? [a, b]\n: 1\n"), HasSubstr("a key must be a word"));
  EXPECT_THAT(mistake_in("{ : 1 }\n"), HasSubstr("a key must be a word"));
}

TEST(ReadYaml, TagIsRefused) { EXPECT_THAT(mistake_in("a: !!binary abc\n"), StartsWith("1:4: the tag `tag:yaml.org")); }

TEST(ReadYaml, AliasInsideItsOwnAnchorIsRefused) {
  EXPECT_EQ(mistake_in("a: &x [1, *x]\n"), "1:11: this alias stands inside its own anchor");
  EXPECT_EQ(mistake_in("a: &x { b: { c: *x } }\n"), "1:17: this alias stands inside its own anchor");
}

TEST(ReadYaml, AliasesThatGrowBeyondBoundsAreRefused) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1), name = "a" + std::to_string(i);
    text += name + ": &" + name + " [" + before;
    for (int k = 1; k < 10; ++k) text += ", " + before;
    text += "]\n";
  }
  EXPECT_THAT(mistake_in(text), HasSubstr("aliases counted in full"));
}

TEST(ReadYaml, DeepNestingIsRefused) {
  EXPECT_THAT(mistake_in(std::string(100, '[')), HasSubstr("nested more than 30 levels"));
  EXPECT_THAT(mistake_in(std::string(500'000, '[')), HasSubstr("nested more than 30 levels"));
  EXPECT_THAT(mistake_in(std::string(500'000, '{')), HasSubstr("nested more than 30 levels"));
  std::string dashes;
  for (int i = 0; i < 100'000; ++i) dashes += "- ";
  EXPECT_THAT(mistake_in(dashes), HasSubstr("nested more than 30 levels"));
}

TEST(ReadYaml, FileIsReadUpToOneMebibyte) {
  const std::string filled = "a: 1\n" + std::string(kLongestLabFile - 5, '#');
  EXPECT_EQ(tree_of(filled)->entries.size(), 1u);
  EXPECT_THAT(mistake_in(filled + "#"), HasSubstr("longer than 1 MiB"));
}

TEST(ReadYaml, ManyValuesAreRefused) {
  std::string text = "a: [1";
  for (int i = 0; i < 200'000; ++i) text += ", 1";
  EXPECT_THAT(mistake_in(text + "]\n"), HasSubstr("more than 10000 values"));
}

}  // namespace
}  // namespace jitterlab
