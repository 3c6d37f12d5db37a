// SHA-256 over a list of fields, so that ("ab", "c") and ("a", "bc") differ.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace jitterlab {

class ContentHash {
 public:
  ContentHash();
  ~ContentHash();
  ContentHash(const ContentHash&) = delete;
  ContentHash& operator=(const ContentHash&) = delete;

  ContentHash& add(std::string_view field);
  std::string hex();  // 64 digits; ends the hash, nothing may be added afterwards

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jitterlab
