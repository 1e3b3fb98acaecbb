#pragma once
// SampleRing: hands slots of samples from an audio callback to one reader. The only lock-free code
// of the program: a callback may neither wait nor allocate, so slots are made once and filled in
// place.

#include <atomic>
#include <cstddef>
#include <vector>

namespace sensors {

/// One writing and one reading thread. Nothing allocates after construction.
template <class Slot>
class SampleRing {
 public:
  explicit SampleRing(std::size_t capacity, const Slot& pattern = {})
      : slots_(capacity + 1, pattern) {}

  /// Writer: the slot to fill, or null where the reader is `capacity` slots behind.
  Slot* claim() {
    const std::size_t at = written_.load(std::memory_order_relaxed);
    return next(at) == read_.load(std::memory_order_acquire) ? nullptr : &slots_[at];
  }
  /// Writer: hands over the claimed slot.
  void commit() {
    written_.store(next(written_.load(std::memory_order_relaxed)), std::memory_order_release);
  }

  /// Reader: the oldest filled slot, or null. It stays valid until release().
  Slot* front() {
    const std::size_t at = read_.load(std::memory_order_relaxed);
    return at == written_.load(std::memory_order_acquire) ? nullptr : &slots_[at];
  }
  /// Reader: gives the slot of front() back.
  void release() {
    read_.store(next(read_.load(std::memory_order_relaxed)), std::memory_order_release);
  }

 private:
  std::size_t next(std::size_t at) const { return at + 1 == slots_.size() ? 0 : at + 1; }

  std::vector<Slot> slots_;  ///< one is always empty, so that full and empty differ
  alignas(64) std::atomic<std::size_t> written_ = 0;
  alignas(64) std::atomic<std::size_t> read_ = 0;
};

}  // namespace sensors
