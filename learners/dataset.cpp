#include "learners/dataset.h"

#include <algorithm>
#include <cmath>

#include "learners/schema_bytes.h"

namespace learners {
namespace {

constexpr std::string_view kMagic = "MIMOSADS";
constexpr std::uint32_t kPlainVersion = 1;  // all rows were measured
constexpr std::uint32_t kVersion = 2;

base::Result<void> checkContent(const DatasetContent& c) {
  const std::size_t rows = c.label.size();
  const std::size_t features = c.layout.features.size();
  const auto wrong = [](const std::string& what, std::size_t is, std::size_t wanted) {
    return base::invalid("dataset: " + what + " has " + std::to_string(is) + " entries, not " +
                         std::to_string(wanted));
  };
  if (c.labels.size() > kMostLabels) {
    return base::invalid("dataset: more than " + std::to_string(kMostLabels) + " labels");
  }
  if (features > kMostFeatures) {
    return base::invalid("dataset: more than " + std::to_string(kMostFeatures) + " features");
  }
  if (features > 0 && rows > SIZE_MAX / sizeof(float) / features) {
    return base::invalid("dataset: too many rows");
  }
  if (c.values.size() != rows * features) {
    return wrong("the value table", c.values.size(), rows * features);
  }
  if (!c.missing.empty() && c.missing.size() != c.values.size()) {
    return wrong("the mask of missing values", c.missing.size(), c.values.size());
  }
  if (c.group.size() != rows) return wrong("the list of recordings", c.group.size(), rows);
  if (c.unit.size() != rows) return wrong("the list of demonstrations", c.unit.size(), rows);
  if (!c.splitTag.empty() && c.splitTag.size() != rows) {
    return wrong("the list of split tags", c.splitTag.size(), rows);
  }
  if (!c.span.empty() && c.span.size() != rows) {
    return wrong("the list of times", c.span.size(), rows);
  }
  if (!c.copied.empty() && c.copied.size() != rows) {
    return wrong("the list of copies", c.copied.size(), rows);
  }
  for (std::size_t i = 0; i < rows; ++i) {
    if (c.label[i] < 0 || static_cast<std::size_t>(c.label[i]) >= c.labels.size()) {
      return base::invalid("dataset: row " + std::to_string(i) + " has label " +
                           std::to_string(c.label[i]) + ", which does not exist");
    }
  }
  const auto bad = std::find_if(c.values.begin(), c.values.end(),
                                [](float value) { return !std::isfinite(value); });
  if (bad != c.values.end()) {
    const auto at = static_cast<std::size_t>(bad - c.values.begin());
    return base::invalid("dataset: row " + std::to_string(at / features) + ", feature \"" +
                         c.layout.features[at % features].name + "\" is not a finite number");
  }
  return {};
}

template <class T>
std::vector<T> picked(const std::vector<T>& from, std::span<const std::size_t> indices,
                      std::size_t width = 1) {
  std::vector<T> out;
  if (from.empty()) return out;
  out.reserve(indices.size() * width);
  for (const std::size_t i : indices) {
    const auto first = from.begin() + static_cast<std::ptrdiff_t>(i * width);
    out.insert(out.end(), first, first + static_cast<std::ptrdiff_t>(width));
  }
  return out;
}

}  // namespace

Dataset::Dataset(DatasetContent content) : content_(std::move(content)) {}

base::Result<DatasetPtr> Dataset::make(DatasetContent content) {
  if (const auto fits = checkContent(content); !fits) return fits.error();
  const auto nonZero = [](std::uint8_t m) { return m != 0; };
  if (std::none_of(content.missing.begin(), content.missing.end(), nonZero)) {
    content.missing.clear();
  }
  if (std::none_of(content.copied.begin(), content.copied.end(), nonZero)) content.copied.clear();
  return DatasetPtr(new Dataset(std::move(content)));
}

int Dataset::background() const {
  for (std::size_t i = 0; i < content_.labels.size(); ++i) {
    if (content_.labels[i].background) return static_cast<int>(i);
  }
  return -1;
}

std::vector<std::size_t> Dataset::countPerLabel() const {
  std::vector<std::size_t> count(labelCount());
  for (const std::int32_t label : content_.label) ++count[label];
  return count;
}

const std::string& Dataset::hash() const {
  std::call_once(hashOnce_, [this] { hash_ = base::sha256(encode()); });
  return hash_;
}

DatasetPtr Dataset::subset(std::span<const std::size_t> indices) const {
  DatasetContent part;
  part.layout = content_.layout;
  part.labels = content_.labels;
  part.values = picked(content_.values, indices, features());
  part.missing = picked(content_.missing, indices, features());
  part.label = picked(content_.label, indices);
  part.group = picked(content_.group, indices);
  part.unit = picked(content_.unit, indices);
  part.splitTag = picked(content_.splitTag, indices);
  part.span = picked(content_.span, indices);
  part.copied = picked(content_.copied, indices);
  return DatasetPtr(new Dataset(std::move(part)));
}

base::Bytes Dataset::encode() const {
  const DatasetContent& c = content_;
  ByteWriter out;
  for (const char letter : kMagic) out.put(letter);
  out.put(c.copied.empty() ? kPlainVersion : kVersion);  // one content, one hash
  putLabels(out, c.labels);
  putLayout(out, c.layout);
  out.putArray(c.label);
  out.putArray(c.values);
  out.putArray(c.missing);
  out.putArray(c.group);
  out.putArray(c.unit);
  out.put(static_cast<std::uint64_t>(c.splitTag.size()));
  for (const std::string& tag : c.splitTag) out.putText(tag);
  std::vector<std::int64_t> times;
  for (const base::TimeSpan& span : c.span) {
    times.push_back(span.begin.ns);
    times.push_back(span.end.ns);
  }
  out.putArray(times);
  if (!c.copied.empty()) out.putArray(c.copied);
  return out.take();
}

base::Result<DatasetPtr> Dataset::decode(std::span<const std::uint8_t> bytes) {
  const base::Error corrupt{base::ErrorCode::Corrupt, "dataset: these bytes are damaged"};
  ByteReader in(bytes);
  for (const char letter : kMagic) {
    if (in.get<char>() != letter) in.fail();
  }
  const auto version = in.get<std::uint32_t>();
  if (!in.ok()) return corrupt;
  if (version != kPlainVersion && version != kVersion) {
    return base::Error{base::ErrorCode::Unsupported,
                       "dataset: format " + std::to_string(version) + " is not known here"};
  }
  DatasetContent c;
  c.labels = getLabels(in);
  c.layout = getLayout(in);
  c.label = in.getArray<std::int32_t>();
  c.values = in.getArray<float>();
  c.missing = in.getArray<std::uint8_t>();
  c.group = in.getArray<std::int64_t>(c.label.size());
  c.unit = in.getArray<std::int64_t>(c.label.size());
  const auto tags = in.get<std::uint64_t>();
  if (tags != 0 && tags != c.label.size()) in.fail();
  for (std::uint64_t i = 0; i < tags && in.ok(); ++i) c.splitTag.push_back(in.getText());
  const auto times = in.getArray<std::int64_t>();
  if (!times.empty() && times.size() != 2 * c.label.size()) in.fail();
  if (version == kVersion) c.copied = in.getArray<std::uint8_t>(c.label.size());
  if (!in.ok() || !in.atEnd()) return corrupt;
  for (std::size_t i = 0; i < times.size(); i += 2) {
    c.span.push_back({{times[i]}, {times[i + 1]}});
  }
  auto made = make(std::move(c));
  if (!made) return base::Error{base::ErrorCode::Corrupt, made.error().message};
  return made;
}

}  // namespace learners
