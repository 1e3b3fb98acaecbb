#pragma once
// Dataset: an immutable table of frames and labels, grouped by recording. Its hash names it.

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "learners/label.h"
#include "sensors/base/result.h"
#include "sensors/base/time.h"
#include "sensors/frame.h"

namespace learners {

/// Everything a Dataset is made from. Filled by builders, then frozen.
struct DatasetContent {
  sensors::FrameLayout layout;
  std::vector<Label> labels;          ///< row labels are indices into this
  std::vector<float> values;          ///< [rows x features], row-major, finite; 0 where missing
  std::vector<std::uint8_t> missing;  ///< empty, or [rows x features]: 1 = missing
  std::vector<std::int32_t> label;    ///< [rows], 0 .. labels-1
  std::vector<std::int64_t> group;    ///< [rows]: recording; a split keeps it whole
  std::vector<std::int64_t> unit;     ///< [rows]: demonstration (or clip) the row was cut from
  std::vector<std::string>
      splitTag;  ///< empty, or [rows]: person, day, fold or "train"/"test" given by an import
  std::vector<base::TimeSpan> span;  ///< empty, or [rows]: the stretch the row speaks about
  std::vector<std::uint8_t> copied;  ///< empty, or [rows]: 1 = made up from a measured row of the
                                     ///< same unit; is learnt from and never tested
};

/// Immutable; share by pointer. Thread-safe.
class Dataset {
 public:
  /// Errors: InvalidArgument naming what does not fit (sizes, label out of range, non-finite value
  /// with its row and feature).
  static base::Result<std::shared_ptr<const Dataset>> make(DatasetContent content);

  std::size_t rows() const { return content_.label.size(); }
  std::size_t features() const { return content_.layout.features.size(); }
  std::size_t labelCount() const { return content_.labels.size(); }
  const DatasetContent& content() const { return content_; }
  std::span<const float> row(std::size_t i) const {
    return std::span(content_.values).subspan(i * features(), features());
  }
  std::span<const std::uint8_t> missing(std::size_t i) const {
    return content_.missing.empty()
               ? std::span<const std::uint8_t>()
               : std::span(content_.missing).subspan(i * features(), features());
  }
  int label(std::size_t i) const { return content_.label[i]; }
  bool isCopy(std::size_t i) const { return !content_.copied.empty() && content_.copied[i] != 0; }
  /// Index of the background label, or -1.
  int background() const;
  /// Rows per label. [labels]
  std::vector<std::size_t> countPerLabel() const;
  /// SHA-256 of encode(): equal content, equal hash. Made when first asked for.
  const std::string& hash() const;

  /// The rows at `indices`, in that order.
  std::shared_ptr<const Dataset> subset(std::span<const std::size_t> indices) const;

  /// Own flat format, for workers.
  base::Bytes encode() const;
  /// Never trusts `bytes`. Errors: Corrupt, Unsupported.
  static base::Result<std::shared_ptr<const Dataset>> decode(std::span<const std::uint8_t> bytes);

 private:
  explicit Dataset(DatasetContent content);
  DatasetContent content_;
  mutable std::once_flag hashOnce_;
  mutable std::string hash_;
};
using DatasetPtr = std::shared_ptr<const Dataset>;

}  // namespace learners
