#include "schedule/portfolio.h"

namespace jitterlab {
namespace {

constexpr Share kSurw{StrategyKind::kSurw, 0, true};
constexpr Share kBasicUrw{StrategyKind::kSurw, 0, false};
constexpr Share kPos{StrategyKind::kPos, 0, false};
constexpr Share kPct2{StrategyKind::kPct, 2, false};
constexpr Share kPct3{StrategyKind::kPct, 3, false};
constexpr Share kRandom{StrategyKind::kRandom, 0, false};

// Mixed, so that a short run has some of each.
constexpr Share kShares[] = {
    kRandom, kSurw, kPos, kSurw, kPct2, kSurw, kBasicUrw, kSurw, kPos,  kSurw,
    kRandom, kSurw, kPos, kSurw, kPct3, kSurw, kBasicUrw, kSurw, kPct2, kSurw,
};
constexpr std::uint64_t kCycle = sizeof(kShares) / sizeof(kShares[0]);

}  // namespace

Share portfolio(std::uint64_t execution) { return kShares[execution % kCycle]; }

}  // namespace jitterlab
