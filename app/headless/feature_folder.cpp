#include "app/headless/feature_folder.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "app/project/importers/npy.h"

namespace app {
namespace {

constexpr std::size_t kMostFeatures = 1 << 20;
constexpr std::size_t kMostLabels = 1000;

struct PartArrays {
  NpyArray values;
  NpyArray labels;
};

base::Result<PartArrays> readPart(const std::filesystem::path& folder, const std::string& part) {
  auto values = NpyArray::read(folder / ("X_" + part + ".npy"));
  if (!values) return values.error();
  auto labels = NpyArray::read(folder / ("y_" + part + ".npy"));
  if (!labels) return labels.error();
  if (values->rows() != labels->rows() || labels->columns() != 1) {
    return base::invalid("X_" + part + ".npy holds " + std::to_string(values->rows()) +
                         " rows and y_" + part + ".npy " + std::to_string(labels->rows()) +
                         " labels");
  }
  if (values->rows() == 0 || values->columns() > kMostFeatures) {
    return base::invalid("X_" + part + ".npy has no rows, or rows longer than " +
                         std::to_string(kMostFeatures) + " numbers");
  }
  return PartArrays{std::move(*values), std::move(*labels)};
}

base::Result<learners::DatasetPtr> datasetOf(const PartArrays& part, const NpyArray* groups,
                                             const std::vector<std::int64_t>& codes) {
  learners::DatasetContent content;
  const std::size_t features = part.values.columns();
  for (std::size_t f = 0; f < features; ++f) {
    std::string name = "f";
    name += std::to_string(f);
    content.layout.features.push_back({.name = std::move(name), .unit = {}});
  }
  content.layout.parts = {{.source = "features", .begin = 0, .count = features}};
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto number = static_cast<int>(i);
    content.labels.push_back({.id = number + 1,
                              .name = std::to_string(codes[i]),
                              .colour = number % 8 + 1,
                              .key = number < 9 ? number + 1 : -1});
  }
  content.values.reserve(part.values.rows() * features);
  for (std::size_t row = 0; row < part.values.rows(); ++row) {
    for (std::size_t f = 0; f < features; ++f) {
      const auto value = static_cast<float>(part.values.at(row, f));
      if (!std::isfinite(value)) {
        content.missing.resize(part.values.rows() * features, 0);
        content.missing[row * features + f] = 1;
      }
      content.values.push_back(std::isfinite(value) ? value : 0);
    }
    const std::int64_t code = part.labels.integerAt(row);
    const auto found = std::lower_bound(codes.begin(), codes.end(), code);
    content.label.push_back(static_cast<std::int32_t>(found - codes.begin()));
    content.group.push_back(groups ? groups->integerAt(row) : static_cast<std::int64_t>(row));
    content.unit.push_back(static_cast<std::int64_t>(row));
  }
  return learners::Dataset::make(std::move(content));
}

}  // namespace

base::Result<TrainAndTest> readFeatureFolder(const std::filesystem::path& folder) {
  const auto train = readPart(folder, "train");
  if (!train) return train.error();
  const auto test = readPart(folder, "test");
  if (!test) return test.error();
  if (train->values.columns() != test->values.columns()) {
    return base::invalid("X_train.npy has " + std::to_string(train->values.columns()) +
                         " features and X_test.npy " + std::to_string(test->values.columns()));
  }
  std::optional<NpyArray> groups;
  std::error_code failed;
  if (std::filesystem::exists(folder / "group_train.npy", failed)) {
    auto read = NpyArray::read(folder / "group_train.npy");
    if (!read) return read.error();
    if (read->rows() != train->values.rows() || read->columns() != 1) {
      return base::invalid("group_train.npy does not hold one number per row of X_train.npy");
    }
    groups = std::move(*read);
  }
  std::set<std::int64_t> codes;
  for (const auto* part : {&*train, &*test}) {
    for (std::size_t row = 0; row < part->labels.rows(); ++row) {
      codes.insert(part->labels.integerAt(row));
    }
    if (codes.size() > kMostLabels) return base::invalid("there are more than 1000 labels");
  }
  const std::vector<std::int64_t> ordered(codes.begin(), codes.end());
  auto trainData = datasetOf(*train, groups ? &*groups : nullptr, ordered);
  if (!trainData) return trainData.error();
  auto testData = datasetOf(*test, nullptr, ordered);
  if (!testData) return testData.error();
  return TrainAndTest{std::move(*trainData), std::move(*testData)};
}

}  // namespace app
