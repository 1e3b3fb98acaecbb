#include "learners/schema_bytes.h"

namespace learners {

void putLabels(ByteWriter& out, const std::vector<Label>& labels) {
  out.put(static_cast<std::uint32_t>(labels.size()));
  for (const Label& label : labels) {
    out.put(label.id);
    out.putText(label.name);
    out.put(static_cast<std::int32_t>(label.colour));
    out.put(static_cast<std::int32_t>(label.key));
    out.put(static_cast<std::uint8_t>(label.background ? 1 : 0));
  }
}

std::vector<Label> getLabels(ByteReader& in) {
  const auto count = in.get<std::uint32_t>();
  if (count > kMostLabels) in.fail();
  std::vector<Label> labels;
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    Label label;
    label.id = in.get<std::int64_t>();
    label.name = in.getText();
    label.colour = in.get<std::int32_t>();
    label.key = in.get<std::int32_t>();
    label.background = in.get<std::uint8_t>() != 0;
    labels.push_back(std::move(label));
  }
  return labels;
}

void putLayout(ByteWriter& out, const sensors::FrameLayout& layout) {
  out.put(static_cast<std::uint32_t>(layout.features.size()));
  for (const sensors::Feature& feature : layout.features) {
    out.putText(feature.name);
    out.putText(feature.unit);
    out.put(feature.resolution);
  }
  out.put(static_cast<std::uint32_t>(layout.parts.size()));
  for (const auto& part : layout.parts) {
    out.putText(part.source);
    out.put(static_cast<std::uint64_t>(part.begin));
    out.put(static_cast<std::uint64_t>(part.count));
  }
}

sensors::FrameLayout getLayout(ByteReader& in) {
  sensors::FrameLayout layout;
  const auto features = in.get<std::uint32_t>();
  if (features > kMostFeatures) in.fail();
  for (std::uint32_t i = 0; i < features && in.ok(); ++i) {
    sensors::Feature feature;
    feature.name = in.getText();
    feature.unit = in.getText();
    feature.resolution = in.get<double>();
    layout.features.push_back(std::move(feature));
  }
  const auto parts = in.get<std::uint32_t>();
  if (parts > kMostFeatures) in.fail();
  for (std::uint32_t i = 0; i < parts && in.ok(); ++i) {
    sensors::FrameLayout::Part part;
    part.source = in.getText();
    part.begin = static_cast<std::size_t>(in.get<std::uint64_t>());
    part.count = static_cast<std::size_t>(in.get<std::uint64_t>());
    if (part.begin > features || part.count > features - part.begin) in.fail();
    layout.parts.push_back(std::move(part));
  }
  return layout;
}

}  // namespace learners
