// The lab that `jitterlab new` makes: a parent hands a word to its child through shared memory, one semaphore.
#pragma once

#include <string>
#include <vector>

namespace jitterlab {

struct TemplateFile {
  bool is_reference;  // below reference/<lab>, else below labs/<lab>
  std::string name;
  std::string text;
};

std::vector<TemplateFile> lab_template(const std::string& id);

}  // namespace jitterlab
