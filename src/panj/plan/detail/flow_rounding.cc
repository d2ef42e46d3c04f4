// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/flow_rounding.h"

#include <algorithm>

namespace panj::plan::detail {
namespace {

class Rounding {
 public:
  Rounding(std::vector<FlowEdge>& edges, std::size_t vertices, std::int64_t unit, const Coin& coin)
      : edges_(edges), unit_(unit), coin_(coin), tree_(vertices), came_by_(vertices, kNone) {}

  void run() {
    for (std::uint32_t e = 0; e < edges_.size(); ++e) {
      while (is_broken(e) && find_path(edges_[e].to, edges_[e].from)) settle(e);
      if (is_broken(e)) join(e);
    }
  }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;

  bool is_broken(std::uint32_t e) const { return edges_[e].amount % unit_ != 0; }
  std::uint32_t other_end(std::uint32_t e, std::uint32_t vertex) const {
    return edges_[e].from == vertex ? edges_[e].to : edges_[e].from;
  }

  void join(std::uint32_t e) {
    tree_[edges_[e].from].push_back(e);
    tree_[edges_[e].to].push_back(e);
  }
  void leave(std::uint32_t e) {
    std::erase(tree_[edges_[e].from], e);
    std::erase(tree_[edges_[e].to], e);
  }

  /// The only path of broken edges from `start` to `end`, in cycle_; false when there is none.
  bool find_path(std::uint32_t start, std::uint32_t end) {
    cycle_.clear();
    seen_.assign(1, start);
    for (std::size_t at = 0; at < seen_.size() && came_by_[end] == kNone; ++at) {
      const std::uint32_t vertex = seen_[at];
      for (const std::uint32_t e : tree_[vertex]) {
        if (e == came_by_[vertex]) continue;
        const std::uint32_t next = other_end(e, vertex);
        came_by_[next] = e;
        seen_.push_back(next);
      }
    }
    for (std::uint32_t vertex = end; vertex != start && came_by_[vertex] != kNone;) {
      const std::uint32_t e = came_by_[vertex];
      vertex = other_end(e, vertex);
      cycle_.push_back({e, edges_[e].from == vertex});
    }
    for (const std::uint32_t vertex : seen_) came_by_[vertex] = kNone;
    return !cycle_.empty();
  }

  /// Turns the cycle of cycle_ and edge e one way or the other; at least one amount becomes whole.
  void settle(std::uint32_t e) {
    cycle_.push_back({e, true});
    std::int64_t up = unit_;
    std::int64_t down = unit_;
    for (const Step& step : cycle_) {
      const std::int64_t over = edges_[step.edge].amount % unit_;
      up = std::min(up, step.along ? unit_ - over : over);
      down = std::min(down, step.along ? over : unit_ - over);
    }
    const std::int64_t change = coin_(down, up) ? up : -down;
    for (const Step& step : cycle_) {
      edges_[step.edge].amount += step.along ? change : -change;
      if (step.edge != e && !is_broken(step.edge)) leave(step.edge);
    }
  }

  struct Step {
    std::uint32_t edge;
    bool along;  ///< the cycle runs with the flow
  };

  std::vector<FlowEdge>& edges_;
  std::int64_t unit_;
  const Coin& coin_;
  std::vector<std::vector<std::uint32_t>> tree_;  ///< broken edges at each vertex: no cycles
  std::vector<std::uint32_t> came_by_;            ///< kNone outside find_path
  std::vector<std::uint32_t> seen_;
  std::vector<Step> cycle_;
};

}  // namespace

void round_flow(std::vector<FlowEdge>& edges, std::size_t vertices, std::int64_t unit,
                const Coin& coin) {
  Rounding(edges, vertices, unit, coin).run();
}

}  // namespace panj::plan::detail
