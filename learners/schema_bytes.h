#pragma once
// Labels and layouts to and from bytes, as parts of our own formats. Readers check every limit.

#include <vector>

#include "learners/bytes.h"
#include "learners/label.h"
#include "sensors/frame.h"

namespace learners {

constexpr std::size_t kMostLabels = 256;
constexpr std::size_t kMostFeatures = 100000;
constexpr std::size_t kMostMembers = 16;

void putLabels(ByteWriter& out, const std::vector<Label>& labels);
std::vector<Label> getLabels(ByteReader& in);

void putLayout(ByteWriter& out, const sensors::FrameLayout& layout);
sensors::FrameLayout getLayout(ByteReader& in);

}  // namespace learners
