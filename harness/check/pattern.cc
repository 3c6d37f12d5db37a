#include "check/pattern.h"

#include "os/error.h"

namespace jitterlab {

std::unique_ptr<const RE2> compile_pattern(const std::string& pattern) {
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  auto compiled = std::make_unique<const RE2>("(?m)" + pattern, options);
  if (!compiled->ok()) throw Error("the lab's pattern `" + pattern + "` does not compile: " + compiled->error());
  return compiled;
}

}  // namespace jitterlab
