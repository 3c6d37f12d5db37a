// Who waits for whom as a picture. The same is said in words beside it, so that nothing depends on seeing it.
//
//   ┌──────────┐ ── left ──> ┌──────────┐        those at fault in a circle, or beside whom they wait for;
//   │ thread 1 │             │ thread 2 │        below, those who wait for them
//   └──────────┘ <── right ─ └──────────┘
//        ^ main
#include <algorithm>
#include <cmath>

#include "report/failure_told.h"
#include "report/page.h"
#include "report/report.h"

namespace jitterlab {
namespace {

constexpr double kWidth = 460, kBoxHeight = 34, kRow = 84, kLetter = 7.6, kPi = 3.14159265358979;
constexpr int kMostName = 20, kMostThing = 24;
constexpr std::size_t kMostOthers = 3, kMostEnds = 3;

constexpr char kNobody[] = "nobody";

struct Box;
std::string shown(const Box& box);

struct Point {
  double x = 0, y = 0;
};

struct Box {
  std::string name;
  Point middle;
  bool waits = true;  // else it has ended: nobody does anything else at the end
  double width() const { return std::max(84.0, static_cast<double>(shown(*this).size()) * kLetter + 18); }
};

std::string shown(const Box& box) {
  return shortened(printable(box.name), kMostName) + (box.waits || box.name == kNobody ? "" : " (ended)");
}

std::string number(double value) {
  const auto tenths = static_cast<long>(std::lround(value * 10));
  return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(std::labs(tenths % 10)));
}

std::string at(Point point) { return number(point.x) + " " + number(point.y); }

// Where the line from the middle of the box to `to` leaves it.
Point border(const Box& box, Point to) {
  const double dx = to.x - box.middle.x, dy = to.y - box.middle.y;
  const double across = dx == 0 ? 1e9 : (box.width() / 2 + 4) / std::fabs(dx);
  const double down = dy == 0 ? 1e9 : (kBoxHeight / 2 + 4) / std::fabs(dy);
  const double part = std::min({across, down, 1.0});
  return {box.middle.x + dx * part, box.middle.y + dy * part};
}

class Picture {
 public:
  Picture(Html& html, const Deadlock& deadlock) : html_(html), deadlock_(deadlock) {
    causes_ = std::min(deadlock.at_fault.size(), deadlock.waiters.size());
  }

  void draw() {
    place_causes();
    place_others();
    html_.open("svg", {{"class", "wait-picture"},
                       {"viewBox", "0 0 " + number(kWidth) + " " + number(bottom_ + 24)},
                       {"role", "img"},
                       {"aria-label", "Picture of who waits for whom; the sentences beside it say the same"}});
    draw_edges();
    for (const Box& box : boxes_) draw_box(box);
    html_.close();
  }

 private:
  std::size_t find(const std::string& name) const {
    const auto found = std::find_if(boxes_.begin(), boxes_.end(), [&](const Box& box) { return box.name == name; });
    return static_cast<std::size_t>(found - boxes_.begin());
  }

  void place(const std::string& name, Point middle, bool waits) {
    boxes_.push_back({name, middle, waits});
    bottom_ = std::max(bottom_, middle.y + kBoxHeight / 2);
  }

  void place_causes() {
    if (causes_ == 1) return place_cause(deadlock_.waiters[0]);
    for (std::size_t i = 0; i < causes_; ++i) place(deadlock_.waiters[i].task, on_circle(i), true);
  }

  Point on_circle(std::size_t i) const {
    if (causes_ == 2) return {i == 0 ? 90.0 : kWidth - 90, 46};
    const double angle = 2 * kPi * static_cast<double>(i) / static_cast<double>(causes_) - kPi / 2;
    return {kWidth / 2 + 150 * std::cos(angle), 130 + 100 * std::sin(angle)};
  }

  // Beside it, whom it waits for.
  void place_cause(const Waiter& waiter) {
    const bool is_alone = waiter.on.size() == 1 && waiter.on[0] == waiter.task;
    const std::size_t ends = is_alone ? 0 : std::min(std::max<std::size_t>(waiter.on.size(), 1), kMostEnds);
    const double middle = 40 + (ends > 1 ? static_cast<double>(ends - 1) * 25 : 0);
    place(waiter.task, {90, middle}, true);
    for (std::size_t i = 0; i < ends; ++i) {
      const std::string name = waiter.on.empty() ? kNobody : waiter.on[i];
      if (name != waiter.task) place(name, {kWidth - 90, 40 + 50 * static_cast<double>(i)}, waits(name));
    }
  }

  bool waits(const std::string& name) const {
    return std::any_of(deadlock_.waiters.begin(), deadlock_.waiters.end(),
                       [&](const Waiter& waiter) { return waiter.task == name; });
  }

  void place_others() {
    std::vector<const Waiter*> others;
    for (std::size_t i = causes_; i < deadlock_.waiters.size() && others.size() < kMostOthers; ++i) {
      if (find(deadlock_.waiters[i].task) == boxes_.size()) others.push_back(&deadlock_.waiters[i]);
    }
    const double y = bottom_ + kRow - kBoxHeight / 2;
    for (std::size_t i = 0; i < others.size(); ++i)
      place(others[i]->task, {90 + (kWidth - 180) * static_cast<double>(i) / 2, y}, true);
  }

  void draw_edges() {
    for (std::size_t i = 0; i < deadlock_.waiters.size(); ++i) {
      const Waiter& waiter = deadlock_.waiters[i];
      const std::size_t from = find(waiter.task);
      if (from == boxes_.size()) continue;
      if (i < causes_ && causes_ > 1)
        draw_edge(from, find(deadlock_.waiters[(i + 1) % causes_].task), waiter.thing, true);
      else if (i < causes_)
        draw_cause(waiter, from);
      else
        draw_other(waiter, from);
    }
  }

  void draw_cause(const Waiter& waiter, std::size_t from) {
    if (boxes_.size() == 1 || (waiter.on.size() == 1 && waiter.on[0] == waiter.task))
      return draw_loop(from, waiter.thing);
    bool is_first = true;
    for (const std::string& name : waiter.on.empty() ? std::vector<std::string>{kNobody} : waiter.on) {
      const std::size_t to = find(name);
      if (to == boxes_.size() || to == from) continue;
      draw_edge(from, to, is_first ? waiter.thing : "", true);
      is_first = false;
    }
  }

  void draw_other(const Waiter& waiter, std::size_t from) {
    for (const std::string& name : waiter.on) {
      const std::size_t to = find(name);
      if (to == boxes_.size() || to == from) continue;
      return draw_edge(from, to, "", false);
    }
  }

  void draw_edge(std::size_t from, std::size_t to, const std::string& thing, bool is_cause) {
    // Two that wait for each other: side by side.
    const bool is_pair = is_cause && causes_ == 2;
    const double aside = !is_pair ? 0 : boxes_[from].middle.x < boxes_[to].middle.x ? -9 : 9;
    Point begin = border(boxes_[from], boxes_[to].middle), end = border(boxes_[to], boxes_[from].middle);
    begin.y += aside;
    end.y += aside;
    draw_arrow("M" + at(begin) + "L" + at(end), begin, end, is_cause);
    Point label = {(begin.x + end.x) / 2, (begin.y + end.y) / 2 + (aside > 0 ? 18 : -8)};
    if (begin.y - end.y > kBoxHeight || end.y - begin.y > kBoxHeight) label.y += 12;
    draw_label(label, thing);
  }

  void draw_loop(std::size_t at_box, const std::string& thing) {
    const Box& box = boxes_[at_box];
    const Point begin = {box.middle.x + box.width() / 2, box.middle.y - 8};
    const Point end = {box.middle.x + box.width() / 2 + 4, box.middle.y + 8};
    const Point turn = {begin.x + 60, begin.y - 20}, back = {begin.x + 60, end.y + 20};
    draw_arrow("M" + at(begin) + "C" + at(turn) + " " + at(back) + " " + at(end), back, end, true);
    html_.element("text", {{"class", "thing"}, {"x", number(begin.x + 56)}, {"y", number(box.middle.y + 4)}},
                  shortened(printable(thing), kMostThing));
  }

  // The head is a triangle at `end`, turned as the line from `before` comes.
  void draw_arrow(const std::string& path, Point before, Point end, bool is_cause) {
    const double angle = std::atan2(end.y - before.y, end.x - before.x);
    const auto corner = [&](double turn, double size) {
      return Point{end.x - size * std::cos(angle + turn), end.y - size * std::sin(angle + turn)};
    };
    html_.open("g", {{"class", is_cause ? "wait cause" : "wait"}}).element("path", {{"class", "way"}, {"d", path}});
    html_.element("path", {{"class", "head"},
                           {"d", "M" + at(end) + "L" + at(corner(0.42, 11)) + "L" + at(corner(-0.42, 11)) + "z"}});
    html_.close();
  }

  void draw_label(Point where, const std::string& thing) {
    if (thing.empty()) return;
    html_.element("text", {{"class", "thing middle"}, {"x", number(where.x)}, {"y", number(where.y)}},
                  shortened(printable(thing), kMostThing));
  }

  void draw_box(const Box& box) {
    html_.open("g", {{"class", box.waits ? "box" : "box gone"}});
    html_.element("rect", {{"x", number(box.middle.x - box.width() / 2)},
                           {"y", number(box.middle.y - kBoxHeight / 2)},
                           {"width", number(box.width())},
                           {"height", number(kBoxHeight)},
                           {"rx", "6"}});
    html_.element("text", {{"class", "middle"}, {"x", number(box.middle.x)}, {"y", number(box.middle.y + 4)}},
                  shown(box));
    html_.close();
  }

  Html& html_;
  const Deadlock& deadlock_;
  std::size_t causes_ = 0;
  std::vector<Box> boxes_;
  double bottom_ = 0;
};

}  // namespace

void draw_waits(Html& html, const Deadlock& deadlock) {
  if (deadlock.waiters.empty() || deadlock.at_fault.empty()) return;
  Picture(html, deadlock).draw();
}

}  // namespace jitterlab
