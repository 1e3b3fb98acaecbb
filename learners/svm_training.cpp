#include "learners/svm_training.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

#include "learners/matrix.h"
#include "learners/stopped.h"
#include "learners/svm_pair.h"

namespace learners {
namespace {

// A kernel value costs 16 bytes in libsvm: 4300 rows of a pair are 300 MB.
constexpr std::size_t kMostKernelRows = 4300;
constexpr std::size_t kTestedRows = 800;  // of a pair, to learn what a decision value means
constexpr std::size_t kManyRows = 400;    // above, one third tells enough
// A row matters to a machine that has not seen it where its value, towards its label, is below 1;
// just below, it hardly does. Support vectors on the margin may lie a little above it.
constexpr float kFirstMargin = 1.01F;
constexpr float kMargin = 0.95F;
constexpr int kMostRounds = 6;
constexpr std::size_t kValued = 256;  // rows whose values are made at once

/// All the pairs of one training.
class SvmTraining {
 public:
  SvmTraining(const Dataset& data, const SvmSettings& settings, const TrainingContext& context)
      : data_(data), cost_(settings.cost), context_(context), random_(context.seed) {
    double sum = 0;
    double squares = 0;
    const auto& values = data.content().values;
    for (const float value : values) {
      sum += value;
      squares += static_cast<double>(value) * value;
    }
    const double count = static_cast<double>(values.size());
    const double variance = squares / count - sum / count * (sum / count);
    gamma_ = static_cast<float>(settings.gamma /
                                (static_cast<double>(data.features()) * std::max(variance, 1e-9)));
    norms_ = squaredNorms(values.data(), data.rows(), data.features());
    rowsOf_.resize(data.labelCount());
    for (std::size_t i = 0; i < data.rows(); ++i) {
      rowsOf_[data.label(i)].push_back(static_cast<std::uint32_t>(i));
    }
    const auto withRows = std::count_if(rowsOf_.begin(), rowsOf_.end(),
                                        [](const auto& rows) { return !rows.empty(); });
    // Of two labels there is one pair, which makes its own.
    if (data.rows() > kMostKernelRows || withRows == 2) return;
    shared_.resize(data.rows() * data.rows());
    gaussianKernel(values.data(), norms_.data(), data.rows(), data.features(), gamma_,
                   shared_.data());
  }

  base::Result<SvmContent> run() {
    SvmContent made;
    made.features = data_.features();
    made.labels = data_.labelCount();
    made.gamma = gamma_;
    for (std::size_t c = 0; c < rowsOf_.size(); ++c) {
      if (!rowsOf_[c].empty()) made.used.push_back(static_cast<std::uint16_t>(c));
    }
    const double pairs = 0.5 * static_cast<double>(made.used.size() * (made.used.size() - 1));
    std::vector<SvmMachine> machines;
    for (std::size_t a = 0; a < made.used.size(); ++a) {
      for (std::size_t b = a + 1; b < made.used.size(); ++b) {
        if (context_.stop.stop_requested()) return trainingStopped();
        machines.push_back(trainPair(rowsOf_[made.used[a]], rowsOf_[made.used[b]]));
        if (context_.progress) context_.progress(static_cast<double>(machines.size()) / pairs);
      }
    }
    if (context_.stop.stop_requested()) return trainingStopped();
    made.slope = fittedSlope();
    pack(machines, made);
    return made;
  }

 private:
  /// Makes kernel_ that of these rows.
  void makeKernel(const std::vector<std::uint32_t>& rows) {
    if (!shared_.empty()) return kernel_.fill(rows, shared_.data(), data_.rows());
    const std::size_t n = rows.size();
    const std::vector<float> values = valuesOf(rows);
    std::vector<float> norms;
    for (const std::uint32_t row : rows) norms.push_back(norms_[row]);
    std::vector<float> kernel(n * n);
    gaussianKernel(values.data(), norms.data(), n, data_.features(), gamma_, kernel.data());
    std::vector<std::uint32_t> places(n);
    std::iota(places.begin(), places.end(), 0U);
    kernel_.fill(places, kernel.data(), n);
  }

  /// At most `most` rows of two labels, less of the one that has more.
  std::vector<std::uint32_t> gathered(std::vector<std::uint32_t> a, std::vector<std::uint32_t> b,
                                      std::size_t most, std::size_t& positives) {
    if (a.size() + b.size() > most) {
      const std::size_t keepA = std::max(most - std::min(most, b.size()), most / 2);
      const std::size_t keepB = std::max(most - std::min(most, a.size()), most / 2);
      for (auto [rows, keep] : {std::pair{&a, keepA}, std::pair{&b, keepB}}) {
        if (rows->size() <= keep) continue;
        std::shuffle(rows->begin(), rows->end(), random_);
        rows->resize(keep);
        std::sort(rows->begin(), rows->end());
      }
    }
    positives = a.size();
    a.insert(a.end(), b.begin(), b.end());
    return a;
  }

  SvmMachine trainPair(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    std::size_t positives = 0;
    const auto few = gathered(a, b, kTestedRows, positives);
    makeKernel(few);
    const SvmMachine tested = testPair(few, positives);
    if (few.size() == a.size() + b.size()) return solveRows(few, positives);
    std::vector<std::uint32_t> rows = a;
    rows.insert(rows.end(), b.begin(), b.end());
    return solveGrowing(rows, a.size(), tested);
  }

  /// Trains on all of `rows`, of which the kernel is.
  SvmMachine solveRows(const std::vector<std::uint32_t>& rows, std::size_t positives) const {
    std::vector<std::uint32_t> all(rows.size());
    std::iota(all.begin(), all.end(), 0U);
    SvmMachine machine = kernel_.solve(all, positives, cost_);
    for (std::uint32_t& row : machine.row) row = rows[row];
    return machine;
  }

  /// Trains on those of `rows` that matter: the ones `first`, which has seen some of them, finds
  /// hard, and also those that what was made of them still finds hard, until there are none or
  /// kMostRounds are over. Rows that are left out would then hardly have changed the machine, and
  /// the kernel is a fraction of that of all (chunking; Vapnik, Estimation of Dependences Based on
  /// Empirical Data, 1982). Where more are hard than a kernel holds, rows are drawn from all: of
  /// hard ones alone, the wrong side of each would be learnt.
  SvmMachine solveGrowing(const std::vector<std::uint32_t>& rows, std::size_t positives,
                          const SvmMachine& first) {
    std::vector<std::uint8_t> works(rows.size());
    SvmMachine machine = first;
    for (int round = 0; round < kMostRounds && !context_.stop.stop_requested(); ++round) {
      const auto margins = marginsOf(machine, rows, positives);
      if (!addHard(margins, round == 0 ? kFirstMargin : kMargin, works)) break;
      std::vector<std::uint32_t> working;
      std::size_t workingPositives = 0;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (works[i] == 0) continue;
        working.push_back(rows[i]);
        if (i < positives) ++workingPositives;
      }
      const bool oneSided = workingPositives == 0 || workingPositives == working.size();
      if (oneSided || working.size() > kMostKernelRows) {
        const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(positives);
        working = gathered({rows.begin(), middle}, {middle, rows.end()}, kMostKernelRows,
                           workingPositives);
        makeKernel(working);
        return solveRows(working, workingPositives);
      }
      makeKernel(working);
      machine = solveRows(working, workingPositives);
    }
    return machine;
  }

  /// Marks the rows below `margin` that do not work yet. False where there are none.
  static bool addHard(const std::vector<float>& margins, float margin,
                      std::vector<std::uint8_t>& works) {
    bool any = false;
    for (std::size_t i = 0; i < margins.size(); ++i) {
      if (works[i] != 0 || margins[i] >= margin) continue;
      works[i] = 1;
      any = true;
    }
    return any;
  }

  /// What a machine says of `rows`, towards the label of each: the first `positives` have the
  /// positive one.
  std::vector<float> marginsOf(const SvmMachine& machine, const std::vector<std::uint32_t>& rows,
                               std::size_t positives) const {
    const std::size_t d = data_.features();
    const std::size_t count = machine.row.size();
    const std::vector<float> support = valuesOf(machine.row);
    std::vector<float> norms;
    for (const std::uint32_t row : machine.row) norms.push_back(norms_[row]);
    std::vector<float> margins(rows.size());
    std::vector<float> kernel(kValued * count);
    for (std::size_t begin = 0; begin < rows.size(); begin += kValued) {
      const std::size_t size = std::min(kValued, rows.size() - begin);
      const auto values = valuesOf(std::span(rows).subspan(begin, size));
      productTransposed(values.data(), size, support.data(), count, d, kernel.data());
      for (std::size_t i = 0; i < size; ++i) {
        float* own = kernel.data() + i * count;
        toGaussian(norms.data(), count, norms_[rows[begin + i]], gamma_, own);
        const float value = dot(own, machine.coefficient.data(), count) - machine.offset;
        margins[begin + i] = begin + i < positives ? value : -value;
      }
    }
    return margins;
  }

  /// [rows x features]
  std::vector<float> valuesOf(std::span<const std::uint32_t> rows) const {
    std::vector<float> values;
    values.reserve(rows.size() * data_.features());
    for (const std::uint32_t row : rows) {
      values.insert(values.end(), data_.row(row).begin(), data_.row(row).end());
    }
    return values;
  }

  /// Decision values of rows that a machine did not learn from, demonstrations kept whole. The
  /// kernel is that of `rows`. Gives the last machine, or one that finds every row hard.
  SvmMachine testPair(const std::vector<std::uint32_t>& rows, std::size_t positives) {
    SvmMachine last;
    const auto part = parts(rows, positives);
    const int folds = rows.size() > kManyRows ? 1 : 3;
    for (int fold = 0; fold < folds; ++fold) {
      if (context_.stop.stop_requested()) break;
      std::vector<std::uint32_t> learnt;
      std::size_t learntPositives = 0;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (part[i] == fold) continue;
        learnt.push_back(static_cast<std::uint32_t>(i));
        if (i < positives) ++learntPositives;
      }
      if (learntPositives == 0 || learntPositives == learnt.size()) continue;
      const SvmMachine machine = kernel_.solve(learnt, learntPositives, cost_);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (part[i] != fold) continue;
        float value = -machine.offset;
        for (std::size_t s = 0; s < machine.row.size(); ++s) {
          value += machine.coefficient[s] * kernel_.value(i, machine.row[s]);
        }
        heldOut_.push_back(i < positives ? value : -value);
      }
      last = machine;
    }
    for (std::uint32_t& row : last.row) row = rows[row];
    return last;
  }

  /// Which third each row of a pair is tested in: whole demonstrations where a label has several.
  std::vector<int> parts(const std::vector<std::uint32_t>& rows, std::size_t positives) const {
    std::vector<int> part(rows.size());
    for (const auto& [begin, end] :
         {std::pair{std::size_t{0}, positives}, std::pair{positives, rows.size()}}) {
      std::map<std::int64_t, int> place;
      for (std::size_t i = begin; i < end; ++i) {
        place.emplace(data_.content().unit[rows[i]], static_cast<int>(place.size()));
      }
      for (std::size_t i = begin; i < end; ++i) {
        part[i] = place.size() > 1 ? place[data_.content().unit[rows[i]]] % 3
                                   : static_cast<int>(3 * (i - begin) / (end - begin));
      }
    }
    return part;
  }

  /// The slope under which held-out decision values are most likely, one for all pairs, with
  /// regularised targets (Platt, 1999).
  float fittedSlope() const {
    if (heldOut_.empty()) return 2;
    const double count = static_cast<double>(heldOut_.size());
    const double target = (count + 1) / (count + 2);
    const auto loss = [&](double logSlope) {
      const double slope = std::exp(logSlope);
      double sum = 0.5 * (logSlope - std::log(2.0)) * (logSlope - std::log(2.0));
      for (const float value : heldOut_) {
        const double x = slope * static_cast<double>(value);
        const double soft = x > 0 ? std::log1p(std::exp(-x)) : std::log1p(std::exp(x)) - x;
        sum += soft + (1 - target) * x;
      }
      return sum;
    };
    double low = std::log(0.1);
    double high = std::log(20.0);
    while (high - low > 1e-3) {
      const double a = low + (high - low) / 3;
      const double b = high - (high - low) / 3;
      (loss(a) < loss(b) ? high : low) = loss(a) < loss(b) ? b : a;
    }
    return static_cast<float>(std::exp((low + high) / 2));
  }

  /// Lays machines out flat, each support vector once.
  void pack(const std::vector<SvmMachine>& machines, SvmContent& made) const {
    constexpr std::uint32_t kUnused = UINT32_MAX;
    std::vector<std::uint32_t> place(data_.rows(), kUnused);
    for (const SvmMachine& machine : machines) {
      for (const std::uint32_t row : machine.row) place[row] = 0;
    }
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < place.size(); ++i) {
      if (place[i] == kUnused) continue;
      place[i] = count++;
      made.support.insert(made.support.end(), data_.row(i).begin(), data_.row(i).end());
    }
    made.begin.push_back(0);
    for (const SvmMachine& machine : machines) {
      made.offset.push_back(machine.offset);
      for (const std::uint32_t row : machine.row) made.index.push_back(place[row]);
      made.coefficient.insert(made.coefficient.end(), machine.coefficient.begin(),
                              machine.coefficient.end());
      made.begin.push_back(static_cast<std::uint32_t>(made.index.size()));
    }
  }

  const Dataset& data_;
  double cost_;
  const TrainingContext& context_;
  std::mt19937_64 random_;
  float gamma_ = 0;
  std::vector<float> norms_;
  std::vector<std::vector<std::uint32_t>> rowsOf_;
  std::vector<float> shared_;   ///< kernel of all rows, where they are few
  PairKernel kernel_;           ///< of the pair at work
  std::vector<float> heldOut_;  ///< decision values towards the right label
};

}  // namespace

base::Result<SvmContent> trainSvm(const Dataset& data, const SvmSettings& settings,
                                  const TrainingContext& context) {
  return SvmTraining(data, settings, context).run();
}

}  // namespace learners
