#include "sensors/microphone_resampler.h"

#include <cmath>
#include <samplerate.h>

namespace sensors {

struct StreamResampler::State {
  State(double from, double to, int wide) : ratio(to / from), channels(wide) {
    int error = 0;
    converter = src_new(SRC_SINC_MEDIUM_QUALITY, wide, &error);
  }
  ~State() { src_delete(converter); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  double ratio;
  int channels;
  SRC_STATE* converter;
  std::vector<float> made;
};

StreamResampler::StreamResampler(double from, double to, int channels)
    : state_(from == to ? nullptr : std::make_unique<State>(from, to, channels)) {}

StreamResampler::~StreamResampler() = default;

void StreamResampler::add(std::span<const float> frames, std::vector<float>& out) {
  if (!state_ || !state_->converter) {
    out.insert(out.end(), frames.begin(), frames.end());
    return;
  }
  const auto wide = static_cast<std::size_t>(state_->channels);
  std::size_t done = 0;
  for (;;) {
    const std::size_t left = frames.size() / wide - done;
    const auto room =
        static_cast<std::size_t>(std::ceil(static_cast<double>(left) * state_->ratio)) + 64;
    state_->made.resize(room * wide);
    SRC_DATA data{};
    data.data_in = frames.data() + done * wide;
    data.input_frames = static_cast<long>(left);
    data.data_out = state_->made.data();
    data.output_frames = static_cast<long>(room);
    data.src_ratio = state_->ratio;
    if (src_process(state_->converter, &data) != 0) return;
    out.insert(out.end(), state_->made.begin(),
               state_->made.begin() + data.output_frames_gen * state_->channels);
    done += static_cast<std::size_t>(data.input_frames_used);
    if (data.input_frames_used == 0 && data.output_frames_gen == 0) return;
    if (done == frames.size() / wide && data.output_frames_gen < data.output_frames) return;
  }
}

void StreamResampler::reset() {
  if (state_ && state_->converter) src_reset(state_->converter);
}

}  // namespace sensors
