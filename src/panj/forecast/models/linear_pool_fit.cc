// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "panj/forecast/models/benchmarks.h"
#include "panj/forecast/models/linear_pool.h"
#include "panj/forecast/scores.h"

namespace panj::forecast {
namespace {

using Leads = PredictiveSample::Leads;

constexpr Leads kScoredLeads = {3, 14};
constexpr unsigned kOriginMonth = 10;
constexpr int kMonthsBeforeOrigin = 72;  ///< of history that a past origin needs
constexpr std::size_t kThinnedDraws = 200;

std::vector<Month> past_origins(const History& history, int most) {
  std::vector<Month> origins;
  Month at(history.origin().year(), kOriginMonth);
  while (at + kScoredLeads.first > history.origin()) at = at - 12;
  for (; static_cast<int>(origins.size()) < most && at - history.first() >= kMonthsBeforeOrigin;
       at = at - 12) {
    origins.push_back(at);
  }
  return origins;
}

std::vector<double> thinned(std::span<const double> sample, bool logs) {
  const std::size_t count = std::min(kThinnedDraws, sample.size());
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double value = sample[(2 * i + 1) * sample.size() / (2 * count)];
    values[i] = logs ? std::log1p(value) : value;
  }
  return values;
}

/// One past window: the members' joint loss over the reference's.
class PastWindow {
 public:
  PastWindow(const History& now, Month origin, const std::vector<Model>& members)
      : then_(now.as_of(origin)), reference_(Conflictology{12}(then_, kScoredLeads, 0)) {
    for (const Model& member : members) {
      samples_.push_back(member.predict(then_, kScoredLeads, 0));
    }
    for (std::size_t i = 0; i < then_.units().size(); ++i) {
      const auto series = now.series(then_.units()[i]);
      for (int lead = kScoredLeads.first; lead <= kScoredLeads.last; ++lead) {
        const auto at = static_cast<std::size_t>(origin + lead - now.first());
        if (at < series.size() && !std::isnan(series[at])) cells_.push_back({i, lead, series[at]});
      }
    }
  }

  /// Adds the window's relative loss, unless the reference was never wrong.
  void add_to(PoolLoss& total, double weight, bool logs) const {
    PoolLoss loss(samples_.size());
    double reference = 0;
    for (const Cell& cell : cells_) {
      const auto of_reference = reference_.at(cell.unit, cell.lead);
      reference += logs ? crps_log1p(of_reference, cell.outcome) : crps(of_reference, cell.outcome);
      std::vector<std::vector<double>> drawn;
      for (const auto& sample : samples_)
        drawn.push_back(thinned(sample.at(cell.unit, cell.lead), logs));
      loss.add(drawn, logs ? std::log1p(cell.outcome) : cell.outcome, 1);
    }
    if (reference > 0) total.add(loss, weight / reference);
  }

 private:
  struct Cell {
    std::size_t unit;
    int lead;
    double outcome;
  };
  History then_;
  PredictiveSample reference_;
  std::vector<PredictiveSample> samples_;
  std::vector<Cell> cells_;
};

}  // namespace

Model make_linear_pool(std::string name, std::vector<Model> members, std::vector<double> prior,
                       PoolOptions options) {
  auto fit = [members = std::move(members), prior = std::move(prior), options](
                 const History& history, Leads leads) -> std::shared_ptr<const Forecaster> {
    PoolLoss loss(members.size());
    for (const Month origin : past_origins(history, options.windows)) {
      const PastWindow window(history, origin, members);
      window.add_to(loss, 1 - options.log1p_share, false);
      if (options.log1p_share > 0) window.add_to(loss, options.log1p_share, true);
    }
    std::vector<std::string> names;
    std::vector<std::shared_ptr<const Forecaster>> fitted;
    for (const Model& member : members) {
      names.push_back(member.name);
      fitted.push_back(member.fit(history, leads));
    }
    return std::make_shared<LinearPool>(std::move(names), std::move(fitted),
                                        loss.minimise(prior, options.prior));
  };
  return {std::move(name), std::move(fit)};
}

}  // namespace panj::forecast
