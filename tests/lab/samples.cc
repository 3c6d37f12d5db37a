#include "lab/samples.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace jitterlab {

std::string sample_folder(const std::string& lab) { return LAB_SAMPLES "/" + lab; }

std::string sample_text(const std::string& lab) {
  std::ostringstream text;
  text << std::ifstream(sample_folder(lab) + "/lab.yaml").rdbuf();
  return text.str();
}

LoadedLab load_as(const std::string& lab, const std::string& text) {
  return load_lab_text(text, "lab.yaml", sample_folder(lab));
}

std::string as_text(const LoadedLab& loaded) {
  std::string text;
  for (const Mistake& mistake : loaded.mistakes) text += to_string(mistake) + "\n";
  return text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos || text.find(from, at + 1) != std::string::npos)
    throw std::logic_error("not there exactly once: " + from);
  return text.replace(at, from.size(), to);
}

}  // namespace jitterlab
