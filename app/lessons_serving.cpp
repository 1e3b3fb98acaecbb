// The models that served: kept, read back, and served again when an edit is undone.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/lessons.h"
#include "hubs/bus.h"
#include "hubs/codec.h"
#include "sensors/base/log.h"

namespace app {

namespace {
using nlohmann::json;
}

std::vector<DeploymentRow> Lessons::deployments() const {
  auto rows = store_.deployments();
  if (!rows) return {};
  std::erase_if(*rows, [this](const DeploymentRow& row) { return row.task != teaching_.task(); });
  return *std::move(rows);
}

std::optional<Lessons::Deployed> Lessons::readDeployment(const DeploymentRow& row) const {
  const auto kept =
      hubs::parseJson(hubs::toBytes(row.reportJson), {.bytes = 64U << 20, .keys = 4'000'000});
  if (!kept || !kept->is_object() || !kept->contains("report")) return std::nullopt;
  const auto report = reportFromJson(kept->at("report").dump());
  if (!report) return std::nullopt;
  const auto task = taskSettingsFrom(hubs::textField(*kept, "task", "{}"));
  Deployed deployed{.row = row,
                    .fingerprint = hubs::textField(*kept, "fingerprint"),
                    .report = *report,
                    .frames = task ? task->frames : std::vector<sensors::FrameSpec>(),
                    .adapted = static_cast<int>(hubs::integerField(*kept, "adapted")),
                    .recipe = hubs::textField(*kept, "recipe")};
  const auto integers = [](const json& one) {
    return one.is_array() && one.size() == 4 &&
           std::all_of(one.begin(), one.end(), [](const json& n) { return n.is_number_integer(); });
  };
  for (const json& one : kept->value("learnt", json::array())) {
    if (!integers(one)) continue;
    deployed.learnt.push_back(
        {one[0].get<std::int64_t>(),
         one[1].get<learners::LabelId>(),
         {base::Time{one[2].get<std::int64_t>()}, base::Time{one[3].get<std::int64_t>()}}});
  }
  std::sort(deployed.learnt.begin(), deployed.learnt.end());
  return deployed;
}

learners::EnsemblePtr Lessons::load(const std::string& hash) const {
  const auto bytes = store_.blob(hash);
  if (!bytes) return nullptr;
  const auto ensemble = learners::Ensemble::decode(*bytes, learners_);
  if (!ensemble) {
    base::logWarning("a kept model cannot be read: " + ensemble.error().message);
    return nullptr;
  }
  return *ensemble;
}

void Lessons::serveDeployed(const Deployed& deployed) {
  auto ensemble = load(deployed.row.ensembleHash);
  if (!ensemble) {
    outside_.notice(NoticeView::Kind::Warning, "Model " + std::to_string(deployed.row.version) +
                                                   " could not be read. I learn it anew.");
    return;
  }
  serving_ = std::move(ensemble);
  servingHash_ = deployed.row.ensembleHash;
  current_ = deployed;
  outside_.serve(serving_, deployed.row.version, deployed.frames);
}

void Lessons::serveNobody() {
  if (current_) {
    const DeploymentRow none{.task = teaching_.task(), .since = clock_.now()};
    if (const auto kept = store_.addDeployment(none); !kept) {
      outside_.notice(NoticeView::Kind::Error, kept.error().message);
    }
  }
  serving_ = nullptr;
  servingHash_.clear();
  current_.reset();
  outside_.serve(nullptr, 0, {});
}

void Lessons::putInService(const Made& made) {
  int version = 1;
  for (const DeploymentRow& row : deployments()) version = std::max(version, row.version + 1);
  const learners::EnsemblePtr& ensemble = made.trained.ensemble;
  DeploymentRow row{.task = teaching_.task(),
                    .version = version,
                    .ensembleHash = ensemble->hash(),
                    .datasetHash = ensemble->content().datasetHash,
                    .since = clock_.now(),
                    .worker = made.place};
  json learnt = json::array();
  for (const Learnt& one : made.learnt) {
    learnt.push_back({one.id, one.label, one.span.begin.ns, one.span.end.ns});
  }
  json networks = json::array();
  for (const sensors::FrameSpec& spec : made.frames) {
    const auto choice = sensors::extractorChoiceFrom(spec.extractor);
    const auto origin = outside_.origins.find(choice ? choice->id : spec.extractor);
    if (origin == outside_.origins.end()) continue;
    networks.push_back({{"extractor", origin->first},
                        {"source", spec.source},
                        {"name", origin->second.name},
                        {"licence", origin->second.licence},
                        {"sha256", origin->second.sha256}});
  }
  row.reportJson = json{
      {"report", json::parse(reportToJson(made.trained.report))},
      {"fingerprint", made.fingerprint},
      {"task", toJson(TaskSettings{.frames = made.frames})},
      {"learnt", std::move(learnt)},
      {"networks", std::move(networks)},
      {"adapted", made.adapted},
      {"recipe",
       made.recipe}}.dump();
  const auto kept = store_.inTransaction([&]() -> base::Result<void> {
    if (auto put = store_.putBlob(row.ensembleHash, ensemble->encode()); !put) return put;
    const auto id = store_.addDeployment(row);
    if (!id) return id.error();
    row.id = *id;
    return {};
  });
  if (!kept) outside_.notice(NoticeView::Kind::Error, kept.error().message);
  serving_ = ensemble;
  servingHash_ = row.ensembleHash;
  current_ = Deployed{.row = row,
                      .fingerprint = made.fingerprint,
                      .report = made.trained.report,
                      .frames = made.frames,
                      .learnt = made.learnt,
                      .adapted = made.adapted,
                      .recipe = made.recipe};
  aside_.reset();
  outside_.serve(serving_, version, made.frames);
}

std::optional<Lessons::Deployed> Lessons::formerFor(const std::string& fingerprint) const {
  const auto rows = deployments();
  const auto present = learnable();
  std::optional<Deployed> innocent;  // the newest that knows nothing which was taken back
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    if (row->ensembleHash.empty()) continue;
    auto former = readDeployment(*row);
    if (!former) continue;
    if (former->fingerprint == fingerprint) return former;
    if (!innocent && !former->learnt.empty() && current_ && former->frames == current_->frames &&
        std::includes(present.begin(), present.end(), former->learnt.begin(),
                      former->learnt.end())) {
      innocent = std::move(former);
    }
  }
  return innocent;
}

void Lessons::serveAgain(Deployed former) {
  if (former.row.ensembleHash == servingHash_) return;
  former.row.since = clock_.now();
  if (const auto kept = store_.addDeployment(former.row); !kept) {
    outside_.notice(NoticeView::Kind::Error, kept.error().message);
  }
  serveDeployed(former);
}

base::Result<void> Lessons::goBackTo(const std::string& ensembleHash) {
  const auto rows = deployments();
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    if (row->ensembleHash != ensembleHash) continue;
    auto former = readDeployment(*row);
    if (!former) break;
    stopRunning();
    aside_.reset();
    lesson_ = {};
    // What was said since is not learnt by itself: the person chose not to have it.
    if (const auto task = settings()) triedFingerprint_ = teaching_.fingerprint(*task);
    serveAgain(*std::move(former));
    outside_.changed();
    return {};
  }
  return base::Error{base::ErrorCode::NotFound, "That model is no longer in the project."};
}

void Lessons::restored() {
  stopRunning();
  aside_.reset();
  lesson_ = {};
  const auto task = settings();
  if (!task) return;
  const std::string wanted = teaching_.fingerprint(*task);
  triedFingerprint_.clear();
  if (current_ && current_->fingerprint == wanted) {
    triedFingerprint_ = wanted;
    return outside_.changed();
  }
  if (auto former = formerFor(wanted)) {
    if (former->fingerprint == wanted) triedFingerprint_ = wanted;
    serveAgain(*std::move(former));
  }
  if (!enoughToTrain()) serveNobody();
  taught();
}

}  // namespace app
