// The command line of `verify`, `new` and `pack`: what is for authors of labs.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"

namespace jitterlab {

// "7", "1..10" or "1,5,9"; nothing when it is none of these, or more than 1000 seeds.
std::optional<std::vector<std::uint64_t>> seeds_of(const std::string& words);

// Adds the command; the text of --seeds is for the caller to read, by seeds_of().
void add_verify(CLI::App& app, Options& options, std::string& seeds);
void add_new_and_pack(CLI::App& app, Options& options);

}  // namespace jitterlab
