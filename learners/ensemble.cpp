#include "learners/ensemble.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "learners/ensemble_math.h"
#include "learners/jobs.h"
#include "learners/novelty_memory.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

constexpr std::string_view kMagic = "MIMOSAEN";
constexpr std::uint32_t kPlainVersion = 4;  // arithmetic pooling, tails kept
constexpr std::uint32_t kEvenVersion = 5;   // no feature counts more than another
constexpr std::uint32_t kVersion = 6;
constexpr std::size_t kBlock = 256;  // rows of a batch taken at once

base::Result<void> checkContent(const EnsembleContent& c) {
  const std::size_t features = c.layout.features.size();
  const auto wrong = [](const std::string& what) {
    return base::invalid("ensemble: " + what + " does not fit the rest");
  };
  if (c.labels.empty() || c.labels.size() > kMostLabels) return wrong("the list of labels");
  if (features == 0 || features > kMostFeatures) return wrong("the list of features");
  if (c.standardizer.features() != features) return wrong("the standardizer");
  if (c.reduction && c.reduction->features() != features) return wrong("the reduction");
  const std::size_t inputs = c.reduction ? c.reduction->components() : features;
  if (c.members.empty() || c.members.size() > kMostMembers) return wrong("the list of members");
  double sum = 0;
  for (const EnsembleMember& member : c.members) {
    const bool fits = member.model && member.model->features() == inputs &&
                      member.model->labelCount() == c.labels.size() && member.weight >= 0 &&
                      std::isfinite(member.accuracy);
    if (!fits) return wrong("a member");
    sum += member.weight;
  }
  if (!(std::abs(sum - 1) < 1e-3)) return wrong("the sum of the weights");
  const auto number = [](float limit) { return limit >= 0; };
  if (!c.limits.empty() && (c.limits.size() != c.labels.size() ||
                            !std::all_of(c.limits.begin(), c.limits.end(), number))) {
    return wrong("the list of limits");
  }
  if (c.gate && c.gate->features() != inputs) return wrong("the gate");
  if (c.novelty.features() != 0 && c.novelty.features() != inputs) return wrong("the novelty");
  return {};
}

/// The share of a row that nobody measured, [0, 1]: the mean over its sources, so that one with
/// many features counts no more than one with few. A feature that was the same or missing in all
/// rows learnt from, whose `scale` is 0, never told the model anything and is not missed.
float unseenShare(const sensors::FrameLayout& layout, std::span<const float> scale,
                  std::span<const std::uint8_t> missing) {
  if (missing.empty()) return 0;
  float sum = 0;
  int sources = 0;
  const auto addShare = [&](std::size_t begin, std::size_t end) {
    int told = 0;
    int gone = 0;
    for (std::size_t f = begin; f < end; ++f) {
      if (scale[f] == 0) continue;
      ++told;
      if (missing[f] != 0) ++gone;
    }
    if (told == 0) return;
    sum += static_cast<float>(gone) / static_cast<float>(told);
    ++sources;
  };
  for (const sensors::FrameLayout::Part& part : layout.parts) {
    if (part.begin + part.count <= missing.size()) addShare(part.begin, part.begin + part.count);
  }
  if (sources == 0) addShare(0, missing.size());
  if (sources > 0) return sum / static_cast<float>(sources);
  const auto there = std::count(missing.begin(), missing.end(), std::uint8_t{0});
  return there > 0 ? 0.0F : 1.0F;  // nothing told the model anything
}

/// What was not seen says nothing: that share of the belief is spread evenly over all labels.
///   p_c <- (1 - unseen) p_c + unseen / labels
void spread(std::span<float> probabilities, float unseen) {
  const float even = unseen / static_cast<float>(probabilities.size());
  for (float& p : probabilities) p = (1 - unseen) * p + even;
}

}  // namespace

Ensemble::Ensemble(EnsembleContent content) : content_(std::move(content)) {
  for (std::size_t i = 0; i < content_.labels.size(); ++i) {
    if (content_.labels[i].background) background_ = static_cast<int>(i);
  }
  schema_ = content_.layout.hash();
  std::vector<const Model*> models;
  for (const EnsembleMember& member : content_.members) models.push_back(member.model.get());
  answers_ = MemberAnswers(std::move(models));
}

const std::string& Ensemble::hash() const {
  std::call_once(hashOnce_, [this] { hash_ = base::sha256(encode()); });
  return hash_;
}

base::Result<EnsemblePtr> Ensemble::make(EnsembleContent content) {
  if (const auto fits = checkContent(content); !fits) return fits.error();
  return EnsemblePtr(new Ensemble(std::move(content)));
}

std::size_t Ensemble::inputs() const {
  return content_.reduction ? content_.reduction->components() : content_.layout.features.size();
}

void Ensemble::prepare(std::span<const float> row, std::span<const std::uint8_t> missing,
                       std::span<float> out) const {
  if (!content_.reduction) return content_.standardizer.apply(row, missing, out);
  struct Standardised;
  const auto z = scratch<Standardised>(row.size());
  content_.standardizer.apply(row, missing, z);
  content_.reduction->apply(z, out);
}

Prediction Ensemble::predict(std::span<const float> row, std::span<const std::uint8_t> missing,
                             Use use) const {
  const std::size_t labels = content_.labels.size();
  const std::size_t members = content_.members.size();
  assert(row.size() == content_.layout.features.size());
  Prediction said;
  const float unseen = unseenShare(content_.layout, content_.standardizer.inverseScale(), missing);
  said.imputed = unseen > 0;
  if (unseen > 0.5F) return said;

  struct Row;
  const auto z = scratch<Row>(inputs());
  prepare(row, missing, z);
  said.calibrated = content_.calibration.isFitted();
  const bool asksGate = use == Use::GateThenMembers && !said.imputed;
  if (asksGate && content_.gate && background_ >= 0 && labels > 1) {
    const float chance = content_.gate->probability(z);
    if (chance >= content_.gate->threshold()) {
      said.state = PredictionState::Background;
      said.stage = Stage::Gate;
      said.label = said.voted = background_;
      said.probabilities.assign(labels, (1 - chance) / static_cast<float>(labels - 1));
      said.probabilities[background_] = said.certainty = chance;
      return said;
    }
  }

  struct Answers;
  const auto p = scratch<Answers>(members * labels);
  struct Weights;
  const auto weights = scratch<Weights>(members);
  said.memberLabel.resize(members);
  said.probabilities.resize(labels);
  answers_.ask(z, p);
  for (std::size_t m = 0; m < members; ++m) {
    said.memberLabel[m] = largest(p.subspan(m * labels, labels));
    weights[m] = content_.members[m].weight;
  }
  pool(content_.pooling, p, weights, said.probabilities);
  said.label = largest(said.probabilities);
  said.voted = weightedVote(said.memberLabel, weights, said.probabilities);
  content_.calibration.apply(said.probabilities);
  spread(said.probabilities, unseen);
  said.certainty = said.probabilities[said.label];
  said.belowLimit = !content_.limits.empty() && said.certainty < content_.limits[said.label];
  for (std::size_t m = 0; m < members; ++m) {
    if (said.memberLabel[m] != said.label) said.disagreement += weights[m];
  }
  said.disagreement = std::min(said.disagreement, 1.0F);
  said.novelty = content_.novelty.score(z);
  if (said.label == background_) {
    said.state = PredictionState::Background;
  } else {
    said.state = said.novelty > kNovelAbove ? PredictionState::Novel : PredictionState::Known;
  }
  return said;
}

void Ensemble::decide(Prediction& prediction) const {
  const int former = prediction.label;
  prediction.label = largest(prediction.probabilities);
  prediction.certainty = prediction.probabilities[prediction.label];
  prediction.belowLimit =
      !content_.limits.empty() && prediction.certainty < content_.limits[prediction.label];
  if (prediction.label == former || prediction.state == PredictionState::Novel) return;
  prediction.state =
      prediction.label == background_ ? PredictionState::Background : PredictionState::Known;
}

Prediction Ensemble::predict(const sensors::Frame& frame, Use use) const {
  Prediction said = predict(frame.values, frame.missing, use);
  said.span = frame.span;
  return said;
}

std::vector<float> Ensemble::predictBatch(const Dataset& data, std::vector<int>* voted,
                                          std::vector<std::vector<int>>* memberLabel) const {
  const std::size_t width = inputs();
  const std::size_t labels = content_.labels.size();
  const std::size_t members = content_.members.size();
  assert(data.features() == content_.layout.features.size());
  std::vector<float> weights;
  for (const EnsembleMember& member : content_.members) weights.push_back(member.weight);
  std::vector<float> out(data.rows() * labels);
  if (voted != nullptr) voted->assign(data.rows(), -1);
  if (memberLabel != nullptr) memberLabel->assign(members, std::vector<int>(data.rows(), -1));

  std::vector<std::function<void()>> jobs;
  for (std::size_t begin = 0; begin < data.rows(); begin += kBlock) {
    jobs.push_back([&, begin] {
      const std::size_t size = std::min(kBlock, data.rows() - begin);
      std::vector<float> z(size * width);
      std::vector<float> said(members * size * labels);
      std::vector<float> p(members * labels);
      std::vector<int> own(members);
      for (std::size_t i = 0; i < size; ++i) {
        prepare(data.row(begin + i), data.missing(begin + i),
                std::span(z).subspan(i * width, width));
      }
      answers_.askBatch(z, size, said);
      for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t m = 0; m < members; ++m) {
          const auto from = std::span(said).subspan((m * size + i) * labels, labels);
          std::copy(from.begin(), from.end(), p.begin() + static_cast<std::ptrdiff_t>(m * labels));
          own[m] = largest(from);
          if (memberLabel != nullptr) (*memberLabel)[m][begin + i] = own[m];
        }
        const auto together = std::span(out).subspan((begin + i) * labels, labels);
        pool(content_.pooling, p, weights, together);
        if (voted != nullptr) (*voted)[begin + i] = weightedVote(own, weights, together);
        content_.calibration.apply(together);
        spread(together, unseenShare(content_.layout, content_.standardizer.inverseScale(),
                                     data.missing(begin + i)));
      }
    });
  }
  runAll(jobs);
  return out;
}

base::Bytes Ensemble::encode() const {
  const EnsembleContent& c = content_;
  ByteWriter out;
  for (const char letter : kMagic) out.put(letter);
  const Tails tails = c.standardizer.tails();
  const bool even = c.standardizer.emphasis() == Emphasis::Even;
  const bool plain = even && c.pooling == Pooling::Arithmetic && tails == Tails::Kept;
  out.put(plain ? kPlainVersion : even ? kEvenVersion : kVersion);
  if (!plain) {
    out.put(static_cast<std::uint8_t>(c.pooling));
    out.put(static_cast<std::uint8_t>(tails));
  }
  putLabels(out, c.labels);
  putLayout(out, c.layout);
  c.standardizer.save(out);
  if (!even) {
    const auto weights = c.standardizer.weights();
    out.putArray(std::vector<float>(weights.begin(), weights.end()));
  }
  out.put(static_cast<std::uint8_t>(c.reduction ? 1 : 0));
  if (c.reduction) c.reduction->save(out);
  out.put(static_cast<std::uint32_t>(c.members.size()));
  for (const EnsembleMember& member : c.members) {
    out.putText(member.model->kind());
    out.put(member.accuracy);
    out.put(member.weight);
    ByteWriter body;
    member.model->save(body);
    out.putArray(body.bytes());
  }
  out.put(static_cast<std::uint8_t>(c.gate ? 1 : 0));
  if (c.gate) c.gate->save(out);
  c.calibration.save(out);
  out.putArray(c.limits);
  c.novelty.save(out);
  out.putText(c.datasetHash);
  return out.take();
}

base::Result<EnsemblePtr> Ensemble::decode(std::span<const std::uint8_t> bytes,
                                           const LearnerMap& learners) {
  const base::Error corrupt{base::ErrorCode::Corrupt, "ensemble: these bytes are damaged"};
  ByteReader in(bytes);
  for (const char letter : kMagic) {
    if (in.get<char>() != letter) in.fail();
  }
  const auto version = in.get<std::uint32_t>();
  if (!in.ok()) return corrupt;
  if (version < kPlainVersion || version > kVersion) {
    return base::Error{base::ErrorCode::Unsupported,
                       "ensemble: format " + std::to_string(version) + " is not known here"};
  }
  EnsembleContent c;
  Tails tails = Tails::Kept;
  if (version > kPlainVersion) {
    const auto pooling = in.get<std::uint8_t>();
    const auto drawn = in.get<std::uint8_t>();
    // What the older version can hold is written so: one content, one hash.
    const bool fits = pooling < kPoolings && drawn <= 1;
    if (!fits || (version == kEvenVersion && pooling + drawn == 0)) return corrupt;
    c.pooling = static_cast<Pooling>(pooling);
    tails = static_cast<Tails>(drawn);
  }
  c.labels = getLabels(in);
  c.layout = getLayout(in);
  auto standardizer = Standardizer::load(in);
  if (!standardizer) return standardizer.error();
  c.standardizer = std::move(standardizer).value();
  c.standardizer.setTails(tails);
  if (version == kVersion) {
    auto weights = in.getArray<float>();
    const auto weighs = [](float weight) { return std::isfinite(weight) && weight >= 0; };
    if (!in.ok() || weights.empty() || weights.size() != c.standardizer.features() ||
        !std::all_of(weights.begin(), weights.end(), weighs)) {
      return corrupt;
    }
    c.standardizer.setWeights(std::move(weights));
  }
  const auto reduced = in.get<std::uint8_t>();
  if (!in.ok() || reduced > 1) return corrupt;
  if (reduced == 1) {
    auto reduction = Reduction::load(in);
    if (!reduction) return reduction.error();
    c.reduction = std::move(reduction).value();
  }
  const auto members = in.get<std::uint32_t>();
  if (members > kMostMembers) in.fail();
  for (std::uint32_t m = 0; m < members && in.ok(); ++m) {
    const std::string kind = in.getText();
    EnsembleMember member;
    member.accuracy = in.get<float>();
    member.weight = in.get<float>();
    const auto body = in.getArray<std::uint8_t>();
    if (!in.ok()) return corrupt;
    const auto learner = learners.find(kind);
    if (learner == learners.end()) {
      return base::Error{base::ErrorCode::Unsupported,
                         "ensemble: the learner \"" + kind + "\" is not known here"};
    }
    ByteReader own(body);
    auto model = learner->second->load(own);
    if (!model) return model.error();
    if (!own.atEnd()) return corrupt;
    member.model = std::move(model).value();
    c.members.push_back(std::move(member));
  }
  const auto gated = in.get<std::uint8_t>();
  if (!in.ok() || gated > 1) return corrupt;
  if (gated == 1) {
    auto gate = Gate::load(in);
    if (!gate) return gate.error();
    c.gate = std::move(gate).value();
  }
  c.calibration = Calibration::load(in);
  c.limits = in.getArray<float>();
  if (!in.ok()) return corrupt;
  auto novelty = Novelty::load(in);
  if (!novelty) return novelty.error();
  c.novelty = std::move(novelty).value();
  c.datasetHash = in.getText();
  if (!in.ok() || !in.atEnd()) return corrupt;
  auto made = make(std::move(c));
  if (!made) return base::Error{base::ErrorCode::Corrupt, made.error().message};
  return made;
}

}  // namespace learners
