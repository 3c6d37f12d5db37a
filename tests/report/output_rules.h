// What must hold of everything that is printed, told by rules of their own: nothing here is shared with printable().
#pragma once

#include <string>

namespace jitterlab {

// "" when `text` is valid UTF-8 of characters that can be seen; else what is wrong. Newlines count as control
// characters.
std::string fault_of_text(const std::string& text);

// "" when each line of a report is such text and GitHub's runner would take none for a command. A carriage return
// before the newline is allowed (CSV).
std::string fault_of_report(const std::string& report);

}  // namespace jitterlab
