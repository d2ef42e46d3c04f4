// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "panj/event/incident_reader.h"

namespace panj::event::detail {

/// Reads another reader's rows ahead on a thread of its own, a few hundred at a time and never more
/// than a few batches, so that reading and storing go side by side. The rows and their order are
/// the same.
class ReadAhead final : public IncidentReader {
 public:
  /// `source` must outlive this, and is not to be used meanwhile.
  explicit ReadAhead(IncidentReader& source);
  ~ReadAhead() override;
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  Row next() override;
  const Incident& incident() const override { return item().incident; }
  const BadRow& bad_row() const override { return item().bad; }
  std::uint64_t row() const override { return item().row; }
  std::uint64_t line() const override { return item().line; }
  std::uint64_t bytes_read() const override { return item().bytes_read; }
  Format format() const override { return format_; }

 private:
  struct Item {
    Row kind = Row::end;
    Incident incident;
    BadRow bad;
    std::uint64_t row = 0;
    std::uint64_t line = 0;
    std::uint64_t bytes_read = 0;
  };
  struct Batch {
    std::vector<Item> items;
    std::exception_ptr error;
  };

  const Item& item() const { return current_->items[at_]; }
  void read_all();
  bool fill(Batch& batch);
  Batch* take(std::deque<Batch*>& from);
  void give(std::deque<Batch*>& to, Batch* batch);

  IncidentReader& source_;
  Format format_;
  std::array<Batch, 4> batches_;
  Batch* current_ = nullptr;
  std::size_t at_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch*> empty_;
  std::deque<Batch*> full_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace panj::event::detail
