// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/read_ahead.h"

namespace panj::event::detail {
namespace {

constexpr std::size_t kBatchRows = 256;

}  // namespace

ReadAhead::ReadAhead(IncidentReader& source) : source_(source), format_(source.format()) {
  for (Batch& batch : batches_) {
    batch.items.resize(kBatchRows);
    empty_.push_back(&batch);
  }
  thread_ = std::thread([this] { read_all(); });
}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

IncidentReader::Row ReadAhead::next() {
  if (current_ != nullptr && item().kind == Row::end) return Row::end;
  if (current_ == nullptr || ++at_ == kBatchRows) {
    if (current_ != nullptr) give(empty_, current_);
    current_ = take(full_);
    at_ = 0;
  }
  if (item().kind == Row::end && current_->error) std::rethrow_exception(current_->error);
  return item().kind;
}

void ReadAhead::read_all() {
  for (bool more = true; more;) {
    Batch* batch = take(empty_);
    if (batch == nullptr) return;
    more = fill(*batch);
    give(full_, batch);
  }
}

/// False when the source has ended, or failed.
bool ReadAhead::fill(Batch& batch) {
  for (Item& item : batch.items) {
    try {
      item.kind = source_.next();
    } catch (...) {
      item.kind = Row::end;
      batch.error = std::current_exception();
    }
    item.row = source_.row();
    item.line = source_.line();
    item.bytes_read = source_.bytes_read();
    if (item.kind == Row::end) return false;
    if (item.kind == Row::incident) {
      item.incident = source_.incident();
    } else {
      item.bad = source_.bad_row();
    }
  }
  return true;
}

/// Waits for a batch; none when all is to stop.
ReadAhead::Batch* ReadAhead::take(std::deque<Batch*>& from) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopping_ || !from.empty(); });
  if (stopping_) return nullptr;
  Batch* batch = from.front();
  from.pop_front();
  return batch;
}

void ReadAhead::give(std::deque<Batch*>& to, Batch* batch) {
  {
    const std::lock_guard lock(mutex_);
    to.push_back(batch);
  }
  changed_.notify_all();
}

}  // namespace panj::event::detail
