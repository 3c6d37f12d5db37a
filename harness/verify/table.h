// What verify found, as lines for a terminal and as the table of reference/README.md. Pure.
#pragma once

#include <string>
#include <vector>

#include "verify/judgement.h"

namespace jitterlab {

// Columns for a terminal: the heading, then a line for each submission, with its complaints and warnings below.
// `widest`: characters of the longest label.
std::string heading_line(int widest);
std::string judgement_lines(const Judgement& judgement, int widest);

// A table in Markdown, a row for each submission.
std::string markdown_table(const std::vector<Judgement>& judgements);

// `document` with the table of the lab between its marks, `<!-- table of LAB -->` and `<!-- end of table -->`; at the
// end of the document, under a heading, when it has no such marks. Throws Error when the second mark is missing.
std::string with_table(const std::string& document, const std::string& lab, const std::string& table);

}  // namespace jitterlab
