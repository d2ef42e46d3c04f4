// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/netcdf_sink.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netcdf.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "panj/core/contract.h"
#include "panj/core/file.h"

namespace panj::sim {
namespace {
namespace fs = std::filesystem;

constexpr double kFill = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kReplicatesInChunk = 128;

[[noreturn]] void fail(const fs::path& path, std::string_view reason) {
  throw std::runtime_error(fmt::format("{}: cannot write: {}", path.string(), reason));
}

void sync(const fs::path& file, const fs::path& target) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!done) fail(target, std::generic_category().message(error));
}

}  // namespace

/// The open file, with what netCDF knows by number.
class NetcdfSink::File {
 public:
  File(const OutcomeTable& table, const NetcdfOptions& options)
      : target_(options.path),
        folder_(target_.has_parent_path() ? target_.parent_path() : fs::path(".")),
        path_(folder_.path() / "run.nc") {
    check(nc_create(path_.c_str(), NC_NETCDF4 | NC_CLOBBER, &id_));
    put_text(NC_GLOBAL, "Conventions", "CF-1.8");
    if (!options.title.empty()) put_text(NC_GLOBAL, "title", options.title);
    if (!options.source.empty()) put_text(NC_GLOBAL, "source", options.source);
    if (!options.packages.empty()) define(Dimension{"package", options.packages});
    define_replicates(options);
    for (const Dimension& each : table.dimensions()) define(each);
    for (const Outcome& each : table.outcomes()) define(each, table, options);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (id_ >= 0) nc_close(id_);
  }

  void put(std::size_t outcome, std::span<const std::size_t> start,
           std::span<const std::size_t> count, const double* values) {
    check(nc_put_vara_double(id_, outcomes_[outcome], start.data(), count.data(), values));
  }

  void finish() {
    check(nc_close(std::exchange(id_, -1)));
    sync(path_, target_);
    std::error_code error;
    fs::rename(path_, target_, error);
    if (error) fail(target_, error.message());
  }

 private:
  void check(int status) const {
    if (status != NC_NOERR) fail(target_, nc_strerror(status));
  }

  void put_text(int variable, const char* name, const std::string& text) {
    check(nc_put_att_text(id_, variable, name, text.size(), text.data()));
  }

  int define_dimension(const std::string& name, std::size_t size) {
    int dimension = -1;
    check(nc_def_dim(id_, name.c_str(), size, &dimension));
    dimensions_.emplace_back(name, dimension);
    return dimension;
  }

  void define(const Dimension& each) {
    const int dimension = define_dimension(each.name, each.size());
    int variable = -1;
    const nc_type type = each.labels.empty() ? NC_DOUBLE : NC_STRING;
    check(nc_def_var(id_, each.name.c_str(), type, 1, &dimension, &variable));
    if (!each.unit.empty()) put_text(variable, "units", each.unit);
    if (each.unit.find(" since ") != std::string::npos) {
      put_text(variable, "standard_name", "time");
      put_text(variable, "calendar", "standard");
    }
    if (each.labels.empty()) {
      check(nc_put_var_double(id_, variable, each.coordinates.data()));
      return;
    }
    std::vector<const char*> labels;
    for (const std::string& label : each.labels) labels.push_back(label.c_str());
    check(nc_put_var_string(id_, variable, labels.data()));
  }

  void define_replicates(const NetcdfOptions& options) {
    const int dimension = define_dimension("replicate", options.replicates);
    int variable = -1;
    check(nc_def_var(id_, "replicate", NC_UINT, 1, &dimension, &variable));
    put_text(variable, "standard_name", "realization");
    put_text(variable, "units", "1");
    std::vector<unsigned> numbers(options.replicates);
    std::iota(numbers.begin(), numbers.end(), options.first_replicate);
    check(nc_put_var_uint(id_, variable, numbers.data()));
  }

  int find(const std::string& name) const {
    const auto found = std::ranges::find(dimensions_, name, &std::pair<std::string, int>::first);
    return found->second;
  }

  void define(const Outcome& each, const OutcomeTable& table, const NetcdfOptions& options) {
    std::vector<int> over;
    std::vector<std::size_t> chunk;
    if (!options.packages.empty()) {
      over.push_back(find("package"));
      chunk.push_back(1);
    }
    over.push_back(find("replicate"));
    chunk.push_back(std::clamp<std::size_t>(options.replicates, 1, kReplicatesInChunk));
    for (const std::string& name : each.dimensions) {
      over.push_back(find(name));
      chunk.push_back(table.dimension(name).size());
    }
    int variable = -1;
    check(nc_def_var(id_, each.name.c_str(), NC_DOUBLE, static_cast<int>(over.size()), over.data(),
                     &variable));
    check(nc_def_var_chunking(id_, variable, NC_CHUNKED, chunk.data()));
    check(nc_def_var_deflate(id_, variable, NC_SHUFFLE, 1, 1));
    check(nc_def_var_fill(id_, variable, NC_FILL, &kFill));
    put_text(variable, "units", each.unit);
    if (!each.description.empty()) put_text(variable, "long_name", each.description);
    outcomes_.push_back(variable);
  }

  fs::path target_;
  TemporaryFolder folder_;
  fs::path path_;
  int id_ = -1;
  std::vector<std::pair<std::string, int>> dimensions_;
  std::vector<int> outcomes_;
};

NetcdfSink::NetcdfSink(const OutcomeTable& table, NetcdfOptions options)
    : table_(table),
      options_(std::move(options)),
      file_(std::make_unique<File>(table_, options_)) {}

NetcdfSink::~NetcdfSink() = default;

void NetcdfSink::take(std::span<const OutcomeBlock> blocks) {
  PANJ_EXPECT(file_ != nullptr);
  PANJ_EXPECT(blocks.size() == std::max<std::size_t>(1, options_.packages.size()));
  const Lanes& lanes = blocks.front().lanes();
  std::vector<double> values;
  for (std::size_t m = 0; m < blocks.size(); ++m) {
    for (std::size_t o = 0; o < table_.outcomes().size(); ++o) {
      const std::size_t cells = table_.cells(o);
      values.resize(lanes.count * cells);
      for (std::size_t cell = 0; cell < cells; ++cell) {
        const auto row = blocks[m].row(o, cell);
        for (std::size_t lane = 0; lane < lanes.count; ++lane)
          values[lane * cells + cell] = row[lane];
      }
      std::vector<std::size_t> start{m, lanes.first - options_.first_replicate};
      std::vector<std::size_t> count{1, lanes.count};
      for (const std::string& name : table_.outcomes()[o].dimensions) {
        start.push_back(0);
        count.push_back(table_.dimension(name).size());
      }
      const std::size_t skip = options_.packages.empty() ? 1 : 0;
      file_->put(o, std::span(start).subspan(skip), std::span(count).subspan(skip), values.data());
    }
  }
}

void NetcdfSink::finish() {
  PANJ_EXPECT(file_ != nullptr);
  file_->finish();
  file_.reset();
}

}  // namespace panj::sim
