#pragma once
// Made-up datasets with a known shape: one round cloud of rows per label.

#include <cassert>
#include <random>

#include "learners/dataset.h"

namespace support {

struct Blobs {
  int labels = 3;
  int features = 6;
  int groups = 4;        ///< recordings of each label
  int rowsPerGroup = 8;  ///< one demonstration each
  double distance = 6;   ///< between the centres, in deviations
  double drift = 0;      ///< how far each recording's centre strays
  bool background = false;
  std::uint64_t seed = 1;
};

/// Label c of n lies at `distance` along feature c (modulo features). Every label has its own
/// recordings; each recording is one demonstration.
inline learners::DatasetContent blobContent(const Blobs& shape) {
  learners::DatasetContent content;
  for (int f = 0; f < shape.features; ++f) {
    content.layout.features.push_back({std::string("x").append(std::to_string(f)), "1", 0});
  }
  content.layout.parts = {{"made/up", 0, static_cast<std::size_t>(shape.features)}};
  std::mt19937_64 random(shape.seed);
  std::normal_distribution<double> noise;
  std::int64_t group = 0;
  for (int c = 0; c < shape.labels; ++c) {
    content.labels.push_back({.id = c + 1,
                              .name = std::string("label ").append(std::to_string(c)),
                              .background = shape.background && c == 0});
    for (int g = 0; g < shape.groups; ++g, ++group) {
      std::vector<double> centre(shape.features);
      for (double& value : centre) value = shape.drift * noise(random);
      centre[c % shape.features] += shape.distance * (1 + c / shape.features);
      for (int r = 0; r < shape.rowsPerGroup; ++r) {
        for (const double value : centre) {
          content.values.push_back(static_cast<float>(value + noise(random)));
        }
        content.label.push_back(c);
        content.group.push_back(group);
        content.unit.push_back(group);
      }
    }
  }
  return content;
}

inline learners::DatasetPtr made(learners::DatasetContent content) {
  auto result = learners::Dataset::make(std::move(content));
  assert(result.ok());
  return *result;
}

inline learners::DatasetPtr blobs(const Blobs& shape = {}) { return made(blobContent(shape)); }

}  // namespace support
