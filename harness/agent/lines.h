// Standard output by lines, as on a terminal, also into a pipe or socket.
#pragma once

namespace jitterlab {

// Without this, what a program printed before it was killed is lost, and what it printed before fork comes out twice.
void buffer_stdout_by_lines();

}  // namespace jitterlab
