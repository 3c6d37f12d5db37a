// Student text in answers: the nearest pieces, never the whole output. Bytes stay as they are; report/ escapes them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace jitterlab {

constexpr std::size_t kPieceBytes = 60;   // longer pieces are cut
constexpr std::size_t kPiecesShown = 3;   // of a list
constexpr std::size_t kEventsAround = 4;  // before the place that matters

// The beginning of `bytes`, at most kPieceBytes, with "…" when something was cut; a UTF-8 character is not cut in two.
std::string cut(const std::string& bytes);

// "`kiwi`", cut.
std::string quoted(const std::string& bytes);

// The first kPiecesShown pieces: "a, b, c, and 12 more".
std::string listed(const std::vector<std::string>& pieces, const std::string& separator = ", ");

// The words around `here`, which is an index into `words` or their number: "… ping pong pong ← here".
std::string trail(const std::vector<std::string>& words, std::size_t here, const std::string& mark);

// "1 event", "3 events".
std::string counted(std::size_t count, const std::string& singular, const std::string& plural);

}  // namespace jitterlab
