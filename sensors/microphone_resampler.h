#pragma once
// StreamResampler: brings sound that goes on for ever from one rate to another (libsamplerate's
// band-limited sinc, medium quality: 121 dB, 90 % of the band).

#include <memory>
#include <span>
#include <vector>

namespace sensors {

/// One thread at a time.
class StreamResampler {
 public:
  /// Rates > 0, their ratio within 1/256 .. 256; `channels` interleaved.
  StreamResampler(double from, double to, int channels);
  ~StreamResampler();

  /// Appends what `frames` [frames x channels] give. The first frame out is the first one in; the
  /// last few milliseconds wait for what follows.
  void add(std::span<const float> frames, std::vector<float>& out);
  /// Forgets what waits: the next frame is a first one.
  void reset();

 private:
  struct State;
  std::unique_ptr<State> state_;  ///< null where nothing is to be done
};

}  // namespace sensors
