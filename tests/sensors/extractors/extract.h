#pragma once
// Runs an extractor on one window and finds its numbers by name.

#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

#include "sensors/feature_extractor.h"
#include "tests/support/scripted_source.h"

namespace support {

/// A window that holds exactly `values`, row by row.
inline sensors::Window windowOf(const sensors::SourceInfo& source, std::vector<float> values,
                                std::vector<std::uint8_t> missing = {}) {
  sensors::Window window;
  window.source = shared(source);
  window.rate = source.rate;
  const std::size_t rows = values.size() / source.channels.size();
  window.span = {{0}, base::Time{0} + base::fromSeconds(static_cast<double>(rows) / source.rate)};
  window.samples = {.rows = rows,
                    .channels = source.channels.size(),
                    .values = std::move(values),
                    .missing = std::move(missing)};
  return window;
}

struct Extracted {
  std::vector<sensors::Feature> features;
  std::vector<float> values;

  float operator[](const std::string& name) const {
    for (std::size_t i = 0; i < features.size(); ++i) {
      if (features[i].name == name) return values[i];
    }
    ADD_FAILURE() << "there is no feature called " << name;
    return 0;
  }
};

/// The features of `window`, whose length is taken as the extractor's; names must be unique.
inline Extracted extract(const sensors::ExtractorFactory& factory,
                         const sensors::SourceInfo& source, const sensors::Window& window) {
  auto made = factory(source, {window.span.length(), window.span.length()});
  if (!made) {
    ADD_FAILURE() << made.error().message;
    return {};
  }
  Extracted result{(*made)->features(), std::vector<float>((*made)->features().size(), -77)};
  std::set<std::string> names;
  for (const sensors::Feature& feature : result.features) {
    EXPECT_TRUE(names.insert(feature.name).second) << feature.name << " is there twice";
  }
  (*made)->extract(window, result.values);
  return result;
}

}  // namespace support
