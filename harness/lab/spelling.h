// What somebody who wrote an unknown word may have meant.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace jitterlab {

// The fewest letters to insert, delete, replace or swap with their neighbour to get from one word to the other.
std::size_t edit_distance(const std::string& from, const std::string& to);

// "points, in, hint"; of a long list only the beginning.
std::string listed(const std::vector<std::string>& words);

// The end of a message about an unknown `word`: "did you mean `points`?", or what there is: "there are: points, in",
// or "there are none".
std::string suggestion(const std::string& word, const std::vector<std::string>& known);

}  // namespace jitterlab
