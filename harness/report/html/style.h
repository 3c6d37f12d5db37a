// The style sheet beside this file, as embed.py puts it into the program.
#pragma once

namespace jitterlab {

extern const char* const kStyle;
extern const char* const kStyleHash;  // "sha256-…": by which a page allows this style and no other

}  // namespace jitterlab
