#pragma once
// RealTransform: the Fourier transform of real numbers at one length, planned once.

#include <complex>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>

namespace sensors {

/// Thread-safe: each thread brings its own Work.
class RealTransform {
 public:
  /// Input and result of one transform; as expensive as one allocation.
  class Work {
   public:
    explicit Work(std::size_t size);
    std::span<float> input() { return {input_.get(), size_}; }
    /// [size / 2 + 1]
    std::span<const std::complex<float>> output() const;

   private:
    friend class RealTransform;
    struct Free {
      void operator()(void* memory) const;
    };
    std::size_t size_;
    std::unique_ptr<float[], Free> input_;
    std::unique_ptr<float[], Free> output_;  ///< real and imaginary parts in turn
  };

  /// `size` > 0; fastest where it has small prime factors.
  explicit RealTransform(std::size_t size);
  ~RealTransform();
  RealTransform(const RealTransform&) = delete;
  RealTransform& operator=(const RealTransform&) = delete;

  std::size_t size() const { return size_; }
  /// X_k = sum_n x_n exp(-2 pi i k n / size), k = 0 .. size / 2. Not scaled.
  void run(Work& work) const;

 private:
  std::size_t size_;
  void* plan_;
};

/// The last table made for a key (a rate, a length), so that a steady stream makes one only.
/// Thread-safe.
template <class Key, class Table>
class LastMade {
 public:
  std::shared_ptr<const Table> get(const Key& key) const {
    std::lock_guard lock(mutex_);
    if (!table_ || key != key_) {
      table_ = std::make_shared<const Table>(key);
      key_ = key;
    }
    return table_;
  }

 private:
  mutable std::mutex mutex_;
  mutable Key key_{};
  mutable std::shared_ptr<const Table> table_;
};

}  // namespace sensors
