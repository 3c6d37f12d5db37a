// What a lab file says, in words for students. Names and patterns are in backquotes, as the lab has them.
#pragma once

#include <string>

#include "lab/lab.h"

namespace jitterlab {

std::string in_words(const Condition& condition);  // "TCP port 50007 listens"
std::string in_words(const Question& question);    // "every value of $words appears exactly once as `item` of `got`"
std::string in_words(const Parameter& parameter);  // "40 different words"
std::string in_words(const Role& role);            // "`prodcons 1 1`, standard input `$words`"
std::string in_words(Fault fault);
std::string in_words(const Step& step);  // "when TCP port 50007 listens, start `client`"

// Whether the answer to a question depends on this event.
bool looks_at(const Question& question, const std::string& event);

}  // namespace jitterlab
