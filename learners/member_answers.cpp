#include "learners/member_answers.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "learners/numbers.h"

namespace learners {
namespace {

constexpr std::size_t kRowsAtOnce = 128;  // rows of a batch multiplied at once
constexpr std::size_t kNearBytes = std::size_t{1} << 20;  // stay in the second cache

std::string_view bytesOf(const float* row, std::size_t features) {
  return {reinterpret_cast<const char*>(row), features * sizeof(float)};
}

/// For each row of `own` an equal row of `all`, both [.. x features]; empty where one has none.
std::vector<std::uint32_t> placesOf(std::span<const float> own, std::span<const float> all,
                                    std::size_t features) {
  std::unordered_map<std::string_view, std::uint32_t> places;
  for (std::size_t i = 0; i < all.size() / features; ++i) {
    places.emplace(bytesOf(all.data() + i * features, features), static_cast<std::uint32_t>(i));
  }
  std::vector<std::uint32_t> found;
  for (std::size_t i = 0; i < own.size() / features; ++i) {
    const auto place = places.find(bytesOf(own.data() + i * features, features));
    if (place == places.end()) return {};
    found.push_back(place->second);
  }
  return found;
}

}  // namespace

MemberAnswers::MemberAnswers(std::vector<const Model*> models) {
  for (const Model* model : models) members_.push_back({.model = model, .place = {}});
  const auto most = std::max_element(models.begin(), models.end(), [](auto* a, auto* b) {
    return a->keptRows().size() < b->keptRows().size();
  });
  if (most == models.end() || (*most)->keptRows().empty()) return;
  const auto kept = (*most)->keptRows();
  if (kept.size_bytes() > kNearBytes) {
    base_ = *most;
    halved_ = halved(kept.data(), kept.size() / base_->features(), base_->features());
  }
  for (Member& member : members_) {
    const auto own = member.model->keptRows();
    if (member.model == *most || own.empty()) continue;
    member.place = placesOf(own, kept, member.model->features());
    if (!member.place.empty()) base_ = *most;
  }
}

std::size_t MemberAnswers::sharing() const {
  return static_cast<std::size_t>(std::count_if(
      members_.begin(), members_.end(), [](const Member& member) { return !member.place.empty(); }));
}

std::size_t MemberAnswers::keptBytes() const {
  if (base_ == nullptr) return 0;
  return halved_.size.empty() ? base_->keptRows().size_bytes()
                              : halved_.steps.size() * sizeof(halved_.steps.front());
}

/// Of a member that shares; `products` are those of `row` with the rows of base_.
void MemberAnswers::answer(const Member& member, std::span<const float> row,
                           std::span<const float> products, std::span<float> p) const {
  struct Own;
  if (member.model == base_) {
    const auto own = scratch<Own>(products.size());
    std::copy(products.begin(), products.end(), own.begin());
    return member.model->predictFrom(row, own, p);
  }
  const auto own = scratch<Own>(member.place.size());
  for (std::size_t i = 0; i < own.size(); ++i) own[i] = products[member.place[i]];
  member.model->predictFrom(row, own, p);
}

void MemberAnswers::ask(std::span<const float> row, std::span<float> p) const {
  struct Products;
  const std::size_t labels = p.size() / members_.size();
  std::span<float> products;
  if (base_ != nullptr) {
    const auto kept = base_->keptRows();
    products = scratch<Products>(kept.size() / row.size());
    if (halved_.size.empty()) {
      rowDots(kept.data(), products.size(), row.size(), row.data(), products.data());
    } else {
      rowDots(halved_, row.size(), row.data(), products.data());
    }
  }
  for (std::size_t m = 0; m < members_.size(); ++m) {
    const Member& member = members_[m];
    const auto own = p.subspan(m * labels, labels);
    if (shares(member)) {
      answer(member, row, products, own);
    } else {
      member.model->predict(row, own);
    }
  }
}

void MemberAnswers::askBatch(std::span<const float> rows, std::size_t count,
                             std::span<float> p) const {
  struct Products;
  if (count == 0) return;
  const std::size_t features = rows.size() / count;
  const std::size_t labels = p.size() / (members_.size() * count);
  for (std::size_t m = 0; m < members_.size(); ++m) {
    const Member& member = members_[m];
    if (shares(member)) continue;
    member.model->predictBatch(rows, p.subspan(m * count * labels, count * labels));
  }
  if (base_ == nullptr) return;
  const auto kept = base_->keptRows();
  const std::size_t width = kept.size() / features;
  const auto products = scratch<Products>(kRowsAtOnce * width);
  for (std::size_t begin = 0; begin < count; begin += kRowsAtOnce) {
    const std::size_t size = std::min(kRowsAtOnce, count - begin);
    productTransposed(rows.data() + begin * features, size, kept.data(), width, features,
                      products.data());
    for (std::size_t m = 0; m < members_.size(); ++m) {
      const Member& member = members_[m];
      if (!shares(member)) continue;
      for (std::size_t i = 0; i < size; ++i) {
        answer(member, rows.subspan((begin + i) * features, features),
               products.subspan(i * width, width),
               p.subspan((m * count + begin + i) * labels, labels));
      }
    }
  }
}

}  // namespace learners
