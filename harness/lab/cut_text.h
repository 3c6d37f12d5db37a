// Text that is cut where it is too long.
#pragma once

#include <cstddef>
#include <string>

namespace jitterlab {

// The beginning of `bytes`, at most `most` of them, with "…" when something was cut; a UTF-8 character is not cut in
// two. Any bytes.
std::string cut_text(const std::string& bytes, std::size_t most);

}  // namespace jitterlab
