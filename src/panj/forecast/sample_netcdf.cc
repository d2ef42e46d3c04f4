// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/sample_netcdf.h"

#include <vector>

#include "panj/core/netcdf_file.h"

namespace panj::forecast {
namespace {

using Type = NetcdfFile::Type;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string netcdf_name(std::string text) {
  for (char& c : text) {
    if (!is_letter(c) && !(c >= '0' && c <= '9')) c = '_';
  }
  return text.empty() || !is_letter(text.front()) ? "v_" + text : text;
}

void write_notes(NetcdfFile& file, const PredictiveSample& sample, const SampleNotes& notes) {
  file.attribute(NetcdfFile::kGlobal, "title",
                 "Forecast of " + notes.target + " by " + notes.model);
  file.attribute(NetcdfFile::kGlobal, "source", notes.source);
  file.attribute(NetcdfFile::kGlobal, "origin", to_string(sample.origin()));
  if (!notes.note.empty()) file.attribute(NetcdfFile::kGlobal, "comment", notes.note);
}

void write_leads(NetcdfFile& file, const PredictiveSample& sample, int dimension) {
  std::vector<double> leads;
  std::vector<double> days;
  for (int lead = sample.leads().first; lead <= sample.leads().last; ++lead) {
    leads.push_back(lead);
    const Date day = (sample.origin() + lead).first_day();
    days.push_back(static_cast<double>(day.time_since_epoch().count()));
  }
  const int lead = file.variable("lead", Type::integer, {dimension});
  file.attribute(lead, "long_name", "months after the origin");
  file.put(lead, leads);
  const int time = file.variable("time", Type::real, {dimension});
  file.attribute(time, "standard_name", "time");
  file.attribute(time, "units", "days since 1970-01-01");
  file.attribute(time, "calendar", "standard");
  file.put(time, days);
}

void write_draws(NetcdfFile& file, std::size_t count, int dimension) {
  std::vector<double> numbers(count);
  for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<double>(i);
  const int draw = file.variable("draw", Type::integer, {dimension});
  file.attribute(draw, "standard_name", "realization");
  file.put(draw, numbers);
}

}  // namespace

void write_netcdf(const std::filesystem::path& path, const PredictiveSample& sample,
                  std::span<const std::size_t> units, const SampleNotes& notes) {
  NetcdfFile file(path);
  write_notes(file, sample, notes);
  const std::string unit_name = netcdf_name(notes.unit_column);
  const int unit_dimension = file.dimension(unit_name, units.size());
  const int lead_dimension = file.dimension("lead", sample.leads().size());
  const int draw_dimension = file.dimension("draw", sample.draws());

  std::vector<std::string> names;
  names.reserve(units.size());
  for (const std::size_t unit : units) names.push_back(sample.units()[unit]);
  file.put(file.variable(unit_name, Type::text, {unit_dimension}), names);
  write_leads(file, sample, lead_dimension);
  write_draws(file, sample.draws(), draw_dimension);

  const int target = file.variable(netcdf_name(notes.target), Type::real,
                                   {unit_dimension, lead_dimension, draw_dimension});
  file.compress(target, {1, sample.leads().size(), sample.draws()});
  file.attribute(target, "units", "1");
  file.attribute(target, "long_name", notes.target + " in a month");
  file.attribute(target, "coordinates", "time");
  for (std::size_t i = 0; i < units.size(); ++i) {
    for (int lead = sample.leads().first; lead <= sample.leads().last; ++lead) {
      const auto place = static_cast<std::size_t>(lead - sample.leads().first);
      file.put(target, std::vector<std::size_t>{i, place, 0},
               std::vector<std::size_t>{1, 1, sample.draws()}, sample.at(units[i], lead));
    }
  }
  file.finish();
}

}  // namespace panj::forecast
