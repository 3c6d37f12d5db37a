// Elements of a page that stands alone. Whatever words go in come out as words: tags and names of attributes are
// literals of ours, all else goes through escaped(), in this one place.
//
//   html.open("p", {{"class", "lead"}}).text(name).close();
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace jitterlab {

// printable(), with `&`, `<`, `>` and both quotes as references to characters.
std::string escaped(const std::string& words);

class Html {
 public:
  using Attributes = std::initializer_list<std::pair<const char*, std::string>>;

  // Beginning of the document up to the body; nothing from the network and no script is allowed in it.
  explicit Html(const std::string& title);

  // An attribute with an empty value stands without one, as `checked` does.
  Html& open(const char* tag, Attributes attributes = {});
  Html& text(const std::string& words);
  Html& close();
  // All of it.
  Html& element(const char* tag, Attributes attributes, const std::string& words = "");
  Html& element(const char* tag, const std::string& words) { return element(tag, {}, words); }
  // Without contents and without an end, as `input`.
  Html& single(const char* tag, Attributes attributes);

  // The whole document; every open element is closed.
  std::string finish();

 private:
  void begin(const char* tag, Attributes attributes);

  std::string text_;
  std::vector<const char*> open_;
};

}  // namespace jitterlab
