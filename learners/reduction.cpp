#include "learners/reduction.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <random>

#include "learners/eigen.h"
#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

/// Up to here the covariance is held as a matrix; beyond, it is multiplied through the rows.
constexpr std::size_t kMostHeld = 2048;
constexpr std::size_t kBlock = 256;  // rows taken at once
/// Directions with less than this share of the largest variance are rounding.
constexpr double kLeastShare = 1e-7;
/// Kernel eigenvalues below this share of the largest are left out of L^-1/2.
constexpr double kLeastKernel = 1e-5;

std::vector<double> meanOfRows(const std::vector<float>& rows, std::size_t width) {
  std::vector<double> mean(width);
  const std::size_t count = rows.size() / width;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t f = 0; f < width; ++f) mean[f] += rows[i * width + f];
  }
  for (double& value : mean) value /= static_cast<double>(count);
  return mean;
}

/// [count x width] -> [width x count]
std::vector<float> transposed(const std::vector<float>& rows, std::size_t width) {
  std::vector<float> turned(rows.size());
  transpose(rows.data(), rows.size() / width, width, turned.data());
  return turned;
}

/// Principal components of centred rows: values are variances.
Eigen principal(const std::vector<float>& centred, std::size_t width, std::size_t wanted,
                std::uint64_t seed) {
  const std::size_t count = centred.size() / width;
  const float share = 1 / static_cast<float>(count);
  SymmetricProduct multiply;
  std::vector<float> covariance;
  std::vector<float> columns;
  if (width <= kMostHeld) {
    columns = transposed(centred, width);
    covariance.resize(width * width);
    productTransposed(columns.data(), width, columns.data(), width, count, covariance.data());
    columns = {};
    for (float& value : covariance) value *= share;
    multiply = [&](std::span<const float> vectors, std::size_t n, std::span<float> out) {
      productTransposed(vectors.data(), n, covariance.data(), width, width, out.data());
    };
  } else {
    multiply = [&](std::span<const float> vectors, std::size_t n, std::span<float> out) {
      std::vector<float> scores(n * count);
      productTransposed(vectors.data(), n, centred.data(), count, width, scores.data());
      product(scores.data(), n, centred.data(), width, count, out.data());
      for (float& value : out.first(n * width)) value *= share;
    };
  }
  return leadingEigen(multiply, width, wanted, seed);
}

/// `count` of `rows` numbers in rising order, chosen without replacement.
std::vector<std::size_t> chosen(std::size_t rows, std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> all(rows);
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::mt19937_64 random(seed);
  for (std::size_t i = 0; i < count; ++i) std::swap(all[i], all[i + random() % (rows - i)]);
  all.resize(count);
  std::sort(all.begin(), all.end());
  return all;
}

base::Error corrupt() { return {base::ErrorCode::Corrupt, "reduction: these bytes are damaged"}; }

bool areFinite(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

}  // namespace

std::string toText(ReductionKind kind) {
  switch (kind) {
    case ReductionKind::None:
      return "none";
    case ReductionKind::Pca:
      return "pca";
    case ReductionKind::KpcaCosine:
      return "kpca_cosine";
    case ReductionKind::KpcaRbf:
      return "kpca_rbf";
  }
  return "none";
}

base::Result<ReductionKind> reductionKindFrom(const std::string& text) {
  for (const auto kind : {ReductionKind::None, ReductionKind::Pca, ReductionKind::KpcaCosine,
                          ReductionKind::KpcaRbf}) {
    if (text == toText(kind)) return kind;
  }
  if (text == "tsne") {
    return base::invalid(
        "t-SNE places only the rows it was made from and can place no new one, so it is for "
        "pictures and no model can use it");
  }
  return base::invalid("there is no reduction \"" + text +
                       "\"; there are none, pca, kpca_cosine, kpca_rbf");
}

void Reduction::map(const float* rows, std::size_t count, float* out) const {
  if (kind_ == ReductionKind::KpcaRbf) {
    const std::size_t m = norms_.size();
    productTransposed(rows, count, landmarks_.data(), m, features_, out);
    const float gamma = 1 / static_cast<float>(features_);
    for (std::size_t i = 0; i < count; ++i) {
      const float own = dot(rows + i * features_, rows + i * features_, features_);
      float* to = out + i * m;
      for (std::size_t j = 0; j < m; ++j) {
        to[j] = std::exp(-gamma * std::max(0.0F, own + norms_[j] - 2 * to[j]));
      }
    }
    return;
  }
  std::copy_n(rows, count * features_, out);
  if (kind_ != ReductionKind::KpcaCosine) return;
  for (std::size_t i = 0; i < count; ++i) {
    float* to = out + i * features_;
    const float length = std::sqrt(dot(to, to, features_));
    const float scale = length > 0 ? 1 / length : 0;
    for (std::size_t f = 0; f < features_; ++f) to[f] *= scale;
  }
}

void Reduction::project(const float* mapped, std::size_t count, float* out) const {
  const std::size_t width = this->mapped();
  productTransposed(mapped, count, directions_.data(), components_, width, out);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t c = 0; c < components_; ++c) out[i * components_ + c] -= offset_[c];
  }
}

base::Result<Reduction> Reduction::fit(const Dataset& data, const ReductionRecipe& recipe) {
  if (recipe.kind == ReductionKind::None || recipe.components == 0 || data.rows() == 0) {
    return base::invalid("a reduction needs a kind, rows and at least one component");
  }
  Reduction made;
  made.kind_ = recipe.kind;
  made.features_ = data.features();
  const std::size_t rows = data.rows();

  // KpcaRbf: [m' x m], L^-1/2 U^T.
  std::vector<float> whitening;
  std::size_t width = made.features_;
  if (recipe.kind == ReductionKind::KpcaRbf) {
    const std::size_t m =
        std::min({rows, std::max<std::size_t>(recipe.landmarks, 1), kMostLandmarks});
    for (const std::size_t row : chosen(rows, m, seedOf(recipe.seed, 0))) {
      const auto from = data.row(row);
      made.landmarks_.insert(made.landmarks_.end(), from.begin(), from.end());
    }
    made.norms_ = squaredNorms(made.landmarks_.data(), m, made.features_);
    std::vector<float> kernel(m * m);
    made.map(made.landmarks_.data(), m, kernel.data());
    const Eigen eigen = leadingEigen(
        [&](std::span<const float> vectors, std::size_t n, std::span<float> out) {
          productTransposed(vectors.data(), n, kernel.data(), m, m, out.data());
        },
        m, std::min(m, 2 * std::min(recipe.components, kMostComponents)), seedOf(recipe.seed, 1));
    for (std::size_t i = 0; i < eigen.values.size(); ++i) {
      if (eigen.values[i] <= kLeastKernel * eigen.values[0]) break;
      const double scale = 1 / std::sqrt(eigen.values[i]);
      for (std::size_t j = 0; j < m; ++j) {
        whitening.push_back(static_cast<float>(scale * eigen.vectors[i * m + j]));
      }
    }
    width = whitening.size() / m;
  }

  std::vector<float> mapped(rows * width);
  std::vector<float> block(kBlock * made.mapped());
  for (std::size_t begin = 0; begin < rows; begin += kBlock) {
    const std::size_t size = std::min(kBlock, rows - begin);
    float* to = mapped.data() + begin * width;
    if (whitening.empty()) {
      made.map(data.row(begin).data(), size, to);
    } else {
      made.map(data.row(begin).data(), size, block.data());
      productTransposed(block.data(), size, whitening.data(), width, made.mapped(), to);
    }
  }
  const std::vector<double> mean = meanOfRows(mapped, width);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t f = 0; f < width; ++f) {
      mapped[i * width + f] = static_cast<float>(mapped[i * width + f] - mean[f]);
    }
  }

  const std::size_t wanted =
      std::min({recipe.components, kMostComponents, width, std::max<std::size_t>(rows - 1, 1)});
  const Eigen eigen = principal(mapped, width, wanted, seedOf(recipe.seed, 2));
  double total = 0;
  while (made.components_ < wanted && eigen.values[made.components_] > 0 &&
         eigen.values[made.components_] > kLeastShare * eigen.values[0]) {
    total += eigen.values[made.components_++];
  }
  if (!(total > 1e-12)) return base::invalid("all rows are equal, so there is nothing to reduce");
  made.scale_ = static_cast<float>(std::sqrt(static_cast<double>(made.components_) / total));

  std::vector<float> directions(made.components_ * width);
  made.offset_.resize(made.components_);
  for (std::size_t c = 0; c < made.components_; ++c) {
    double along = 0;
    for (std::size_t f = 0; f < width; ++f) {
      const double w = static_cast<double>(made.scale_) * eigen.vectors[c * width + f];
      directions[c * width + f] = static_cast<float>(w);
      along += w * mean[f];
    }
    made.offset_[c] = static_cast<float>(along);
  }
  if (whitening.empty()) {
    made.directions_ = std::move(directions);
  } else {
    made.directions_.resize(made.components_ * made.mapped());
    product(directions.data(), made.components_, whitening.data(), made.mapped(), width,
            made.directions_.data());
  }
  return made;
}

base::Result<Reduction> Reduction::load(ByteReader& in) {
  Reduction made;
  const auto kind = reductionKindFrom(in.getText(32));
  made.features_ = in.get<std::uint32_t>();
  made.components_ = in.get<std::uint32_t>();
  made.scale_ = in.get<float>();
  made.landmarks_ = in.getArray<float>();
  if (!in.ok() || !kind || *kind == ReductionKind::None || made.features_ == 0 ||
      made.features_ > kMostFeatures || made.components_ == 0 ||
      made.components_ > kMostComponents || !std::isfinite(made.scale_)) {
    return corrupt();
  }
  made.kind_ = *kind;
  const std::size_t landmarks = made.landmarks_.size() / made.features_;
  const bool hasLandmarks = made.kind_ == ReductionKind::KpcaRbf;
  if (made.landmarks_.size() % made.features_ != 0 || landmarks > kMostLandmarks ||
      hasLandmarks != (landmarks > 0)) {
    return corrupt();
  }
  made.norms_ = squaredNorms(made.landmarks_.data(), landmarks, made.features_);
  made.directions_ = in.getArray<float>(made.components_ * made.mapped());
  made.offset_ = in.getArray<float>(made.components_);
  if (!in.ok() || !areFinite(made.landmarks_) || !areFinite(made.directions_) ||
      !areFinite(made.offset_)) {
    return corrupt();
  }
  return made;
}

void Reduction::save(ByteWriter& out) const {
  out.putText(toText(kind_));
  out.put(static_cast<std::uint32_t>(features_));
  out.put(static_cast<std::uint32_t>(components_));
  out.put(scale_);
  out.putArray(landmarks_);
  out.putArray(directions_);
  out.putArray(offset_);
}

void Reduction::apply(std::span<const float> row, std::span<float> out) const {
  assert(row.size() == features_ && out.size() == components_);
  struct Mapped;
  const auto mapped = scratch<Mapped>(this->mapped());
  map(row.data(), 1, mapped.data());
  rowDots(directions_.data(), components_, this->mapped(), mapped.data(), out.data());
  for (std::size_t c = 0; c < components_; ++c) {
    out[c] -= offset_[c];
    // Damaged or boundless numbers must not reach learners as none.
    if (!std::isfinite(out[c])) out[c] = 0;
  }
}

void Reduction::applyBatch(std::span<const float> rows, std::span<float> out) const {
  const std::size_t count = out.size() / components_;
  assert(rows.size() == count * features_ && out.size() == count * components_);
  std::vector<float> mapped(kBlock * this->mapped());
  for (std::size_t begin = 0; begin < count; begin += kBlock) {
    const std::size_t size = std::min(kBlock, count - begin);
    map(rows.data() + begin * features_, size, mapped.data());
    project(mapped.data(), size, out.data() + begin * components_);
  }
  for (float& value : out) {
    if (!std::isfinite(value)) value = 0;
  }
}

DatasetPtr Reduction::apply(const Dataset& data) const {
  DatasetContent content;
  const DatasetContent& from = data.content();
  for (std::size_t c = 0; c < components_; ++c) {
    content.layout.features.push_back(
        {.name = "component " + std::to_string(c + 1), .unit = "1", .resolution = 0});
  }
  content.layout.parts = {{.source = "reduction", .begin = 0, .count = components_}};
  content.labels = from.labels;
  content.label = from.label;
  content.group = from.group;
  content.unit = from.unit;
  content.splitTag = from.splitTag;
  content.span = from.span;
  content.copied = from.copied;
  content.values.resize(data.rows() * components_);
  applyBatch(from.values, content.values);
  auto made = Dataset::make(std::move(content));
  assert(made.ok());
  return std::move(made).value();
}

}  // namespace learners
