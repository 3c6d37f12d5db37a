// The labs in samples/: `everything` uses every key of the format, `producer-consumer` is the usual kind of lab.
#pragma once

#include <string>

#include "lab/load_lab.h"

namespace jitterlab {

std::string sample_folder(const std::string& lab);
std::string sample_text(const std::string& lab);

// Loads `text` as the lab file of that sample's folder; messages name it "lab.yaml".
LoadedLab load_as(const std::string& lab, const std::string& text);

// All mistakes, one per line, as a person sees them.
std::string as_text(const LoadedLab& loaded);

// `text` with `from`, which is there exactly once, replaced; throws otherwise, so that no test changes nothing.
std::string replaced(std::string text, const std::string& from, const std::string& to);

}  // namespace jitterlab
