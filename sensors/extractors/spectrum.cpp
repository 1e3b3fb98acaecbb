#include "sensors/extractors/spectrum.h"

#include <cassert>
#include <fftw3.h>

namespace sensors {

namespace {

/// The library's planner is the one part of it that must not be entered twice.
std::mutex& plannerMutex() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

void RealTransform::Work::Free::operator()(void* memory) const { fftwf_free(memory); }

RealTransform::Work::Work(std::size_t size)
    : size_(size), input_(fftwf_alloc_real(size)), output_(fftwf_alloc_real(2 * (size / 2 + 1))) {}

std::span<const std::complex<float>> RealTransform::Work::output() const {
  return {reinterpret_cast<const std::complex<float>*>(output_.get()), size_ / 2 + 1};
}

RealTransform::RealTransform(std::size_t size) : size_(size) {
  assert(size > 0);
  Work work(size);
  std::lock_guard lock(plannerMutex());
  plan_ =
      fftwf_plan_dft_r2c_1d(static_cast<int>(size), work.input_.get(),
                            reinterpret_cast<fftwf_complex*>(work.output_.get()), FFTW_ESTIMATE);
}

RealTransform::~RealTransform() {
  std::lock_guard lock(plannerMutex());
  fftwf_destroy_plan(static_cast<fftwf_plan>(plan_));
}

void RealTransform::run(Work& work) const {
  assert(work.size_ == size_);
  fftwf_execute_dft_r2c(static_cast<fftwf_plan>(plan_), work.input_.get(),
                        reinterpret_cast<fftwf_complex*>(work.output_.get()));
}

}  // namespace sensors
