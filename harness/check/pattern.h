// Patterns of the lab over bytes of students.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string>

namespace jitterlab {

// `pattern` over bytes (they need not be UTF-8), `^` and `$` matching at line ends. Throws Error when it does not
// compile; load_lab has made sure that it does.
std::unique_ptr<const RE2> compile_pattern(const std::string& pattern);

}  // namespace jitterlab
