#include "learners/svm_training.h"

#include <algorithm>
#include <cmath>
#include <libsvm/svm.h>
#include <map>
#include <mutex>
#include <random>

#include "learners/matrix.h"

namespace learners {
namespace {

// A kernel value costs 16 bytes in libsvm: 4300 rows of a pair are 300 MB.
constexpr std::size_t kMostKernelRows = 4300;
constexpr std::size_t kFewFeatures = 64;   // libsvm's own kernel is quick enough up to here
constexpr std::size_t kTestedRows = 1000;  // of a pair, to learn what a decision value means
constexpr std::size_t kManyRows = 400;     // above, one third tells enough

base::Error cancelled() { return {base::ErrorCode::Cancelled, "Training was stopped."}; }

/// One machine that tells label `a` (positive) from label `b`.
struct Machine {
  std::vector<std::uint32_t> row;  ///< support vectors, as rows of the training data
  std::vector<float> coefficient;
  float offset = 0;
};

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
    if (data.rows() <= kMostKernelRows) shared_ = kernelOf(everyRow());
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
    std::vector<Machine> machines;
    for (std::size_t a = 0; a < made.used.size(); ++a) {
      for (std::size_t b = a + 1; b < made.used.size(); ++b) {
        if (context_.stop.stop_requested()) return cancelled();
        machines.push_back(trainPair(rowsOf_[made.used[a]], rowsOf_[made.used[b]]));
        if (context_.progress) context_.progress(static_cast<double>(machines.size()) / pairs);
      }
    }
    if (context_.stop.stop_requested()) return cancelled();
    made.slope = fittedSlope();
    pack(machines, made);
    return made;
  }

 private:
  std::vector<std::uint32_t> everyRow() const {
    std::vector<std::uint32_t> rows(data_.rows());
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::uint32_t>(i);
    return rows;
  }

  /// [rows x rows]
  std::vector<float> kernelOf(const std::vector<std::uint32_t>& rows) const {
    const std::size_t n = rows.size();
    const std::size_t d = data_.features();
    std::vector<float> kernel(n * n);
    if (!shared_.empty()) {
      for (std::size_t i = 0; i < n; ++i) {
        const float* from = shared_.data() + rows[i] * data_.rows();
        for (std::size_t j = 0; j < n; ++j) kernel[i * n + j] = from[rows[j]];
      }
      return kernel;
    }
    std::vector<float> values(n * d);
    std::vector<float> norms(n);
    for (std::size_t i = 0; i < n; ++i) {
      std::copy_n(data_.row(rows[i]).data(), d, values.data() + i * d);
      norms[i] = norms_[rows[i]];
    }
    productTransposed(values.data(), n, values.data(), n, d, kernel.data());
    for (std::size_t i = 0; i < n; ++i) toKernel(norms, norms[i], gamma_, kernel.data() + i * n);
    return kernel;
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

  Machine trainPair(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    const bool own = a.size() + b.size() > kMostKernelRows && data_.features() <= kFewFeatures;
    std::size_t positives = 0;
    if (own) {
      const auto few = gathered(a, b, kTestedRows, positives);
      testPair(few, kernelOf(few), positives);
      const auto rows = gathered(a, b, a.size() + b.size(), positives);
      return solve(rows, rows, nullptr, positives);
    }
    const auto rows = gathered(a, b, kMostKernelRows, positives);
    std::vector<std::uint32_t> local(rows.size());
    for (std::size_t i = 0; i < local.size(); ++i) local[i] = static_cast<std::uint32_t>(i);
    const auto kernel = kernelOf(rows);
    if (rows.size() <= kTestedRows) {
      testPair(rows, kernel, positives);
    } else {
      std::size_t fewPositives = 0;
      const auto few = gathered(a, b, kTestedRows, fewPositives);
      testPair(few, kernelOf(few), fewPositives);
    }
    Machine machine = solve(rows, local, kernel.data(), positives);
    for (std::uint32_t& row : machine.row) row = rows[row];
    return machine;
  }

  /// Decision values of rows that a machine did not learn from, demonstrations kept whole.
  void testPair(const std::vector<std::uint32_t>& rows, const std::vector<float>& kernel,
                std::size_t positives) {
    const auto part = parts(rows, positives);
    const int folds = rows.size() > kManyRows ? 1 : 3;
    for (int fold = 0; fold < folds; ++fold) {
      if (context_.stop.stop_requested()) return;
      std::vector<std::uint32_t> learnt;
      std::size_t learntPositives = 0;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (part[i] == fold) continue;
        learnt.push_back(static_cast<std::uint32_t>(i));
        if (i < positives) ++learntPositives;
      }
      if (learntPositives == 0 || learntPositives == learnt.size()) continue;
      const Machine machine = solve(rows, learnt, kernel.data(), learntPositives);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (part[i] != fold) continue;
        float value = -machine.offset;
        for (std::size_t s = 0; s < machine.row.size(); ++s) {
          value += machine.coefficient[s] * kernel[i * rows.size() + machine.row[s]];
        }
        heldOut_.push_back(i < positives ? value : -value);
      }
    }
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

  /// Trains on those `rows` that `chosen` names, the first `positives` of which are positive.
  /// `kernel` [rows x rows], or null: `chosen` are then rows of the data and libsvm computes it.
  Machine solve(const std::vector<std::uint32_t>& rows, const std::vector<std::uint32_t>& chosen,
                const float* kernel, std::size_t positives) const {
    const std::size_t n = chosen.size();
    const std::size_t width = (kernel != nullptr ? n + 1 : data_.features()) + 1;
    std::vector<svm_node> nodes(n * width);
    std::vector<svm_node*> node(n);
    std::vector<double> sign(n, -1);
    for (std::size_t i = 0; i < n; ++i) {
      svm_node* to = node[i] = nodes.data() + i * width;
      if (i < positives) sign[i] = 1;
      if (kernel != nullptr) {
        *to++ = {0, static_cast<double>(i + 1)};
        const float* from = kernel + chosen[i] * rows.size();
        for (std::size_t j = 0; j < n; ++j) *to++ = {static_cast<int>(j + 1), from[chosen[j]]};
      } else {
        const float* from = data_.row(chosen[i]).data();
        for (std::size_t f = 0; f < data_.features(); ++f) {
          *to++ = {static_cast<int>(f + 1), from[f]};
        }
      }
      to->index = -1;
    }
    svm_parameter parameter{};
    parameter.svm_type = C_SVC;
    parameter.kernel_type = kernel != nullptr ? PRECOMPUTED : RBF;
    parameter.gamma = gamma_;
    parameter.cache_size = 100;
    parameter.eps = 1e-3;
    parameter.C = cost_;
    parameter.shrinking = 1;
    const svm_problem problem{static_cast<int>(n), sign.data(), node.data()};
    svm_model* model = svm_train(&problem, &parameter);
    Machine machine;
    machine.offset = static_cast<float>(model->rho[0]);
    for (int s = 0; s < model->l; ++s) {
      machine.row.push_back(chosen[model->sv_indices[s] - 1]);
      machine.coefficient.push_back(static_cast<float>(model->sv_coef[0][s]));
    }
    svm_free_and_destroy_model(&model);
    return machine;
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
  void pack(const std::vector<Machine>& machines, SvmContent& made) const {
    constexpr std::uint32_t kUnused = UINT32_MAX;
    std::vector<std::uint32_t> place(data_.rows(), kUnused);
    for (const Machine& machine : machines) {
      for (const std::uint32_t row : machine.row) place[row] = 0;
    }
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < place.size(); ++i) {
      if (place[i] == kUnused) continue;
      place[i] = count++;
      made.support.insert(made.support.end(), data_.row(i).begin(), data_.row(i).end());
    }
    made.begin.push_back(0);
    for (const Machine& machine : machines) {
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
  std::vector<float> heldOut_;  ///< decision values towards the right label
};

}  // namespace

void toKernel(std::span<const float> norms, float norm, float gamma, float* products) {
  for (std::size_t j = 0; j < norms.size(); ++j) {
    products[j] = std::exp(-gamma * std::max(0.0F, norm + norms[j] - 2 * products[j]));
  }
}

base::Result<SvmContent> trainSvm(const Dataset& data, const SvmSettings& settings,
                                  const TrainingContext& context) {
  static std::once_flag quiet;
  std::call_once(quiet, [] { svm_set_print_string_function([](const char*) {}); });
  return SvmTraining(data, settings, context).run();
}

}  // namespace learners
