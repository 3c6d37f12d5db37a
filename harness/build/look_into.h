// Asks what addresses of an executable are. Reading debugging information of a student's program happens in a box,
// never outside: place_tool.cc does it, and says what can be asked and how it answers.
#pragma once

#include <string>

namespace jitterlab {

// The answers to `questions`, lines as in place_tool.cc. They come from the submission as well, so they are data: any
// bytes, and none where the tool failed on that file. `executable` is a file of the host. Opens a box, so it takes some
// milliseconds. Throws Error when the sandbox fails or the tool is not installed.
std::string look_into(const std::string& executable, const std::string& questions, bool trust);

}  // namespace jitterlab
