#include "learners/svm_pair.h"

#include <algorithm>
#include <libsvm/svm.h>
#include <mutex>

namespace learners {
namespace {

constexpr double kCacheMegabytes = 20;

}  // namespace

/// [rows x (1 + rows)], the first of a row telling where other rows keep their value with it.
struct PairKernel::Nodes {
  std::size_t width = 1;
  std::vector<svm_node> node;

  svm_node* row(std::size_t i) { return node.data() + i * width; }
};

PairKernel::PairKernel() : nodes_(std::make_unique<Nodes>()) {}
PairKernel::~PairKernel() = default;

void PairKernel::fill(std::span<const std::uint32_t> rows, const float* values,
                      std::size_t stride) {
  nodes_->width = rows.size() + 1;
  if (nodes_->node.size() < rows.size() * nodes_->width) {
    nodes_->node.clear();
    nodes_->node.resize(rows.size() * nodes_->width);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    svm_node* to = nodes_->row(i);
    const float* own = values + rows[i] * stride;
    *to++ = {0, static_cast<double>(i + 1)};
    for (std::size_t j = 0; j < rows.size(); ++j) *to++ = {static_cast<int>(j + 1), own[rows[j]]};
  }
}

float PairKernel::value(std::size_t i, std::size_t j) const {
  return static_cast<float>(nodes_->node[i * nodes_->width + j + 1].value);
}

SvmMachine PairKernel::solve(std::span<const std::uint32_t> chosen, std::size_t positives,
                             double cost) const {
  static std::once_flag quiet;
  std::call_once(quiet, [] { svm_set_print_string_function([](const char*) {}); });
  std::vector<svm_node*> node;
  for (const std::uint32_t place : chosen) node.push_back(nodes_->row(place));
  std::vector<double> sign(chosen.size(), -1);
  std::fill_n(sign.begin(), positives, 1);
  svm_parameter parameter{};
  parameter.svm_type = C_SVC;
  parameter.kernel_type = PRECOMPUTED;
  parameter.cache_size = kCacheMegabytes;
  parameter.eps = 1e-3;
  parameter.C = cost;
  parameter.shrinking = 1;
  const svm_problem problem{static_cast<int>(chosen.size()), sign.data(), node.data()};
  svm_model* model = svm_train(&problem, &parameter);
  SvmMachine machine;
  machine.offset = static_cast<float>(model->rho[0]);
  for (int s = 0; s < model->l; ++s) {
    machine.row.push_back(chosen[model->sv_indices[s] - 1]);
    machine.coefficient.push_back(static_cast<float>(model->sv_coef[0][s]));
  }
  svm_free_and_destroy_model(&model);
  return machine;
}

}  // namespace learners
