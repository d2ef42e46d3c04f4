// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_mps.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "panj/plan/detail/placement_master.h"

namespace panj::plan {
namespace {

using detail::PlacementModel;

constexpr double kExactStates = 64;
constexpr int kSpreadTangents = 10;
constexpr double kSpreadTo = 2.4;

/// Rows and columns by name; MPS lists them by column.
class MpsText {
 public:
  void row(const std::string& name, char sense, double right) {
    rows_.push_back({name, sense, right});
  }
  void add(const std::string& column, const std::string& row, double value) {
    if (value == 0) return;
    if (!columns_.contains(column)) order_.push_back(column);
    columns_[column].emplace_back(row, value);
  }
  void integer(const std::string& column) { integers_.insert(column); }
  void free(const std::string& column) { free_.insert(column); }

  std::string text(const std::string& note, const std::string& name) const {
    std::string out = "* " + note + "\nNAME " + name + "\nROWS\n N OBJ\n";
    for (const Row& row : rows_) out += fmt::format(" {} {}\n", row.sense, row.name);
    out += "COLUMNS\n";
    bool whole = false;
    int marker = 0;
    for (const std::string& column : order_) {
      if (integers_.contains(column) != whole) {
        whole = !whole;
        out += fmt::format(" M{} 'MARKER' '{}'\n", ++marker, whole ? "INTORG" : "INTEND");
      }
      for (const auto& [row, value] : columns_.at(column)) {
        out += fmt::format(" {} {} {:.17g}\n", column, row, value);
      }
    }
    if (whole) out += fmt::format(" M{} 'MARKER' 'INTEND'\n", ++marker);
    out += "RHS\n";
    for (const Row& row : rows_) {
      if (row.right != 0) out += fmt::format(" RHS {} {:.17g}\n", row.name, row.right);
    }
    out += "BOUNDS\n";
    for (const std::string& column : order_) {
      if (integers_.contains(column)) out += fmt::format(" UP BND {} 1000\n", column);
      if (free_.contains(column)) out += fmt::format(" FR BND {}\n", column);
    }
    return out + "ENDATA\n";
  }

 private:
  struct Row {
    std::string name;
    char sense;
    double right;
  };
  std::vector<Row> rows_;
  std::vector<std::string> order_;
  std::map<std::string, std::vector<std::pair<std::string, double>>> columns_;
  std::set<std::string> integers_;
  std::set<std::string> free_;
};

/// Adds the parts of an instance to a programme.
class Writer {
 public:
  Writer(const PlacementModel& model, const PlacementResult& result)
      : model_(model), result_(result) {}

  std::string text() {
    add_purchases();
    add_rules();
    add_losses();
    add_goal();
    return programme_.text(exact() ? "tangents at every reachable point: exact"
                                   : "tangents at some points: a lower bound, exact at the plan",
                           "PLACEMENT");
  }

 private:
  static std::string cell_name(char kind, std::size_t cell) {
    return fmt::format("{}{}", kind, cell);
  }
  static std::string purchase(std::size_t h, std::size_t i, std::size_t k, std::size_t t) {
    return fmt::format("b_{}_{}_{}_{}", h, i, k, t);
  }
  bool exact() const { return detail::StateSpace::count(one_level()) <= kExactStates; }
  PlacementModel one_level() const {
    PlacementModel model = model_;
    model.levels = 1;
    return model;
  }

  /// Calls `visit(i, k, t)` for every purchase that comes in time.
  template <class Visit>
  void for_purchases(const Visit& visit) const {
    for (std::size_t i = 0; i < model_.stretches; ++i) {
      for (std::size_t k = 0; k < model_.kinds; ++k) {
        for (std::size_t t = 0; t + model_.lag[k] < model_.years; ++t) visit(i, k, t);
      }
    }
  }

  void add_purchases() {
    for (std::size_t h = 0; h < model_.levels; ++h) {
      for (std::size_t t = 0; t < model_.years; ++t) {
        programme_.row(fmt::format("M{}_{}", h, t), 'L', model_.budget[h * model_.years + t]);
      }
      for_purchases([&](std::size_t i, std::size_t k, std::size_t t) {
        const double* spend = model_.spend_of(k, t + model_.lag[k]);
        programme_.integer(purchase(h, i, k, t));
        for (std::size_t row = 0; row < model_.years; ++row) {
          programme_.add(purchase(h, i, k, t), fmt::format("M{}_{}", h, row), spend[row]);
        }
      });
    }
  }

  void add_rules() {
    const std::size_t top = model_.levels - 1;
    for (std::size_t i = 0; i < model_.stretches; ++i) {
      for (std::size_t k = 0; k < model_.kinds; ++k) {
        programme_.row(fmt::format("C{}_{}", i, k), 'L', model_.cap[k]);
      }
      for (std::size_t t = 0; t < model_.years; ++t) {
        const int required = model_.required[t * model_.stretches + i];
        if (required > 0) programme_.row(fmt::format("P{}_{}", i, t), 'G', required);
      }
    }
    for_purchases([&](std::size_t i, std::size_t k, std::size_t t) {
      programme_.add(purchase(top, i, k, t), fmt::format("C{}_{}", i, k), 1);
      for (std::size_t later = t + model_.lag[k]; k == 0 && later < model_.years; ++later) {
        if (model_.required[later * model_.stretches + i] == 0) continue;
        programme_.add(purchase(0, i, k, t), fmt::format("P{}_{}", i, later), 1);
      }
      for (std::size_t h = 0; h < top; ++h) {
        const std::string row = fmt::format("N{}_{}_{}_{}", h, i, k, t);
        programme_.row(row, 'G', 0);
        programme_.add(purchase(h, i, k, t), row, -1);
        programme_.add(purchase(h + 1, i, k, t), row, 1);
      }
    });
  }

  /// Where u = Σ_k w_k n_k gets a tangent.
  std::vector<double> tangents(std::size_t h, std::size_t t, std::size_t i, std::size_t a) const {
    std::set<double> points;
    if (exact()) {
      std::vector<double> sums{0};
      for (std::size_t k = 0; k < model_.kinds; ++k) {
        std::vector<double> more;
        for (const double sum : sums) {
          for (int n = 0; n <= model_.cap[k]; ++n) more.push_back(sum + n * weight(k, a));
        }
        sums = std::move(more);
      }
      points.insert(sums.begin(), sums.end());
    } else {
      double most = 0;
      for (std::size_t k = 0; k < model_.kinds; ++k) most += model_.cap[k] * weight(k, a);
      const double end = std::min(most, kSpreadTo);
      for (int n = 0; n < kSpreadTangents; ++n) points.insert(n * end / (kSpreadTangents - 1));
      if (!result_.plan.empty()) points.insert(planned(h, t, i, a));
    }
    return {points.begin(), points.end()};
  }

  double weight(std::size_t k, std::size_t a) const {
    return -std::log(model_.miss[k * model_.types + a]);
  }
  double planned(std::size_t h, std::size_t t, std::size_t i, std::size_t a) const {
    double u = 0;
    for (std::size_t k = 0; k < model_.kinds; ++k) {
      for (std::size_t b = 0; b + model_.lag[k] <= t; ++b) {
        u += weight(k, a) * result_.plan[h].at(i, k, b);
      }
    }
    return u;
  }

  void add_losses() {
    for (std::size_t h = 0; h < model_.levels; ++h) {
      for (std::size_t c = 0; c < model_.cells(); ++c) {
        const std::size_t a = c % model_.types;
        const std::size_t i = c / model_.types % model_.stretches;
        const std::size_t t = c / model_.types / model_.stretches;
        int number = 0;
        for (const double at : tangents(h, t, i, a)) {
          add_tangent(h, {t, i, a}, at, number++);
        }
      }
    }
    const auto links = detail::displacement_links(model_);
    for (std::size_t l = 0; l < links.size(); ++l) {
      const std::string row = fmt::format("D{}", l);
      programme_.row(row, 'G', 0);
      programme_.add(cell_name('Z', links[l].hit), row, 1);
      programme_.add(cell_name('G', links[l].from), row, -links[l].attenuation);
    }
  }

  struct Place {
    std::size_t t, i, a;
  };

  /// G ≥ L e^{−û}(1 + û − u).
  void add_tangent(std::size_t h, const Place& place, double at, int number) {
    const std::size_t cell = h * model_.cells() + model_.cell(place.t, place.i, place.a);
    const double loss = model_.initial_loss[place.i * model_.types + place.a] * std::exp(-at);
    const std::string row = fmt::format("T{}_{}", cell, number);
    programme_.row(row, 'G', loss * (1 + at));
    programme_.add(cell_name('G', cell), row, 1);
    for (std::size_t k = 0; k < model_.kinds; ++k) {
      for (std::size_t b = 0; b + model_.lag[k] <= place.t; ++b) {
        programme_.add(purchase(h, place.i, k, b), row, loss * weight(k, place.a));
      }
    }
  }

  void add_goal() {
    if (!model_.has_risk()) {
      add_loss_terms("OBJ", 0, 1);
      return;
    }
    programme_.free("eta");
    programme_.add("eta", "OBJ", 1);
    for (std::size_t s = 0; s < model_.probability.size(); ++s) {
      const std::string row = fmt::format("F{}", s);
      const bool regret = model_.goal == PlacementGoal::regret;
      programme_.row(row, 'G', regret ? -model_.best_losses[s] : 0.0);
      programme_.add("eta", row, 1);
      if (!regret) {
        programme_.add(fmt::format("xi{}", s), row, 1);
        programme_.add(fmt::format("xi{}", s), "OBJ", model_.weight_limit(s));
      }
      add_loss_terms(row, s, -1);
    }
  }

  void add_loss_terms(const std::string& row, std::size_t s, double sign) {
    const double share = model_.has_displacement() ? model_.share : 0.0;
    for (std::size_t h = 0; h < model_.levels; ++h) {
      for (std::size_t c = 0; c < model_.cells(); ++c) {
        const double attempts = sign * model_.level_weight[h] * model_.attempts[s][c];
        programme_.add(cell_name('G', h * model_.cells() + c), row, (1 - share) * attempts);
        programme_.add(cell_name('Z', h * model_.cells() + c), row, share * attempts);
      }
    }
  }

  const PlacementModel& model_;
  const PlacementResult& result_;
  MpsText programme_;
};

}  // namespace

std::string placement_mps(const PlacementInstance& instance, const PlacementResult& result) {
  PlacementModel model(instance);
  model.best_losses = result.best_losses;
  return Writer(model, result).text();
}

}  // namespace panj::plan
