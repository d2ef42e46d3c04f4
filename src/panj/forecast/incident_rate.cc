// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/incident_rate.h"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "panj/core/contract.h"

namespace panj::forecast {

IncidentRate::IncidentRate(std::int64_t incidents, double years)
    : shape_(static_cast<double>(incidents) + 0.5), years_(years) {
  PANJ_EXPECT(incidents >= 0 && years > 0 && std::isfinite(years));
}

Range IncidentRate::rate_interval(double level) const {
  PANJ_EXPECT(level > 0 && level < 1);
  return {boost::math::gamma_p_inv(shape_, (1 - level) / 2) / years_,
          boost::math::gamma_q_inv(shape_, (1 - level) / 2) / years_};
}

double IncidentRate::probability_of_at_least(std::int64_t count, double years) const {
  PANJ_EXPECT(years >= 0 && std::isfinite(years));
  if (count <= 0) return 1;
  return boost::math::ibeta(static_cast<double>(count), shape_, years / (years_ + years));
}

Range IncidentRate::probability_interval(std::int64_t count, double years, double level) const {
  PANJ_EXPECT(years >= 0 && std::isfinite(years));
  if (count <= 0) return {1, 1};
  const Range rate = rate_interval(level);
  const auto at_rate = [&](double incidents_a_year) {
    return boost::math::gamma_p(static_cast<double>(count), incidents_a_year * years);
  };
  return {at_rate(rate.low), at_rate(rate.high)};
}

}  // namespace panj::forecast
