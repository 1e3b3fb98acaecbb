#include "app/training/worker_jobs.h"

#include <nlohmann/json.hpp>

#include "app/training/files.h"
#include "hubs/codec.h"
#include "sensors/base/log.h"

namespace app {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

constexpr std::size_t kMostJobs = 4;
constexpr std::size_t kMostTasks = 256;
constexpr std::size_t kMostResults = 16;
constexpr auto kGrantPatience = 60s;
constexpr int kMostBackOff = 9;  // 2^9 s, eight minutes

json tokenJson(const Token& token) { return json::array({token.epoch, token.fence}); }

Token tokenFrom(const json& row) {
  const auto found = row.find("token");
  if (found == row.end() || !found->is_array() || found->size() != 2 ||
      !(*found)[0].is_number_integer() || !(*found)[1].is_number_integer()) {
    return {};
  }
  return {(*found)[0].get<std::int64_t>(), (*found)[1].get<std::int64_t>()};
}

std::string tokenText(const Token& token) {
  return std::to_string(token.epoch) + '.' + std::to_string(token.fence);
}

}  // namespace

WorkerJobs::WorkerJobs(std::filesystem::path folder, Loop& loop, hubs::BlobStore& blobs,
                       hubs::BlobTransfer& transfer, std::unique_ptr<TrainingChild> child,
                       Send send)
    : folder_(std::move(folder)),
      loop_(loop),
      blobs_(blobs),
      transfer_(transfer),
      child_(std::move(child)),
      send_(std::move(send)) {
  std::error_code ignored;
  std::filesystem::remove_all(folder_ / "jobs", ignored);
  load();
}

WorkerJobs::~WorkerJobs() {
  for (auto& [id, job] : jobs_) job.stop.request_stop();
  training_.finish();
}

void WorkerJobs::load() {
  const auto bytes = readWhole(folder_ / "tasks.json", 4 << 20);
  if (!bytes) return;
  const auto rows = hubs::parseJson(*bytes, {.bytes = 4 << 20, .depth = 8, .keys = 100'000});
  if (!rows || !rows->is_array()) {
    base::logWarning((folder_ / "tasks.json").string() + " cannot be read and is begun anew");
    return;
  }
  for (const json& row : *rows) {
    const Id id{hubs::textField(row, "bench"), hubs::textField(row, "task")};
    if (!hubs::isId(id.bench) || !hubs::isId(id.task)) continue;
    known_[id] = {.token = tokenFrom(row), .order = hubs::integerField(row, "order")};
    orders_ = std::max(orders_, known_[id].order);
    const std::string ensemble = hubs::textField(row, "ensemble");
    if (ensemble.empty()) continue;
    results_[id] = {
        .token = known_[id].token, .ensemble = ensemble, .report = hubs::textField(row, "report")};
  }
}

base::Result<void> WorkerJobs::save() const {
  json rows = json::array();
  for (const auto& [id, known] : known_) {
    json row = {{"bench", id.bench},
                {"task", id.task},
                {"token", tokenJson(known.token)},
                {"order", known.order}};
    if (const auto result = results_.find(id); result != results_.end()) {
      row["ensemble"] = result->second.ensemble;
      row["report"] = result->second.report;
    }
    rows.push_back(std::move(row));
  }
  return writeWhole(folder_ / "tasks.json", hubs::toJsonBytes(rows));
}

/// Forgets the oldest tasks and gives up the oldest results beyond what is kept.
void WorkerJobs::makeRoom() {
  const auto oldest = [this](const auto& map) {
    return std::min_element(map.begin(), map.end(),
                            [this](const auto& a, const auto& b) {
                              return known_[a.first].order < known_[b.first].order;
                            })
        ->first;
  };
  while (results_.size() > kMostResults) results_.erase(Id(oldest(results_)));
  while (known_.size() > kMostTasks) {
    const Id id = oldest(known_);
    results_.erase(id);
    known_.erase(id);
  }
}

WorkerJobs::Job* WorkerJobs::current(const Id& id, const Token& token) {
  const auto found = jobs_.find(id);
  return found != jobs_.end() && found->second.token == token ? &found->second : nullptr;
}

void WorkerJobs::refuse(const Id& id, const Token& token, std::string cause, std::string reason) {
  const auto seen = known_.find(id);
  send_(Refuse{.bench = id.bench,
               .task = id.task,
               .token = token,
               .cause = std::move(cause),
               .reason = std::move(reason),
               .seen = seen == known_.end() ? Token{} : seen->second.token});
}

void WorkerJobs::onOffer(const Header& header, const Offer& offer) {
  const Id id{header.src, offer.task};
  if (const Job* job = current(id, offer.token); job != nullptr && job->key == header.key) {
    send_(Accept{id.bench, id.task, offer.token});
    return;
  }
  const auto seen = known_.find(id);
  if (seen != known_.end() && offer.token <= seen->second.token) {
    return refuse(id, offer.token, "refused",
                  "the training " + tokenText(offer.token) + " of " + id.task +
                      " is not newer than " + tokenText(seen->second.token) +
                      ", which is known here");
  }
  if (!jobs_.contains(id) && jobs_.size() >= kMostJobs) {
    return refuse(id, offer.token, "busy",
                  "this worker already holds " + std::to_string(kMostJobs) + " trainings");
  }
  const auto before = known_;
  results_.erase(id);
  known_[id] = {.token = offer.token, .order = ++orders_};
  makeRoom();
  if (const auto saved = save(); !saved) {  // what is not written down may not be promised
    known_ = before;
    return refuse(id, offer.token, causeOf(saved.error().code), saved.error().message);
  }
  if (const auto old = jobs_.find(id); old != jobs_.end()) {
    old->second.stop.request_stop();
    jobs_.erase(old);
  }
  Job job;
  job.token = offer.token;
  job.key = header.key;
  job.data = offer.data;
  job.recipe = offer.recipe;
  jobs_[id] = std::move(job);
  send_(Accept{id.bench, id.task, offer.token});
  loop_.postAfter(kGrantPatience, [this, id, token = offer.token] {
    const Job* waiting = current(id, token);
    if (waiting != nullptr && waiting->state == "accepted") jobs_.erase(id);
  });
}

void WorkerJobs::onGrant(const Header& header, const Grant& grant) {
  const Id id{header.src, grant.task};
  Job* job = current(id, grant.token);
  if (job == nullptr || job->state != "accepted") return;
  job->state = "fetching";
  follow(
      job->data, transfer_, blobs_,
      [this, id, token = grant.token](base::Result<std::string> blob) {
        loop_.post([this, id, token, blob = std::move(blob)] { onData(id, token, blob); });
      },
      [this, id, token = grant.token](std::uint64_t have, std::uint64_t of) {
        const double done = of == 0 ? 1 : static_cast<double>(have) / static_cast<double>(of);
        loop_.post([this, id, token, done] { onProgress(id, token, "sending", done); });
      });
}

void WorkerJobs::onData(const Id& id, const Token& token, const base::Result<std::string>& blob) {
  Job* job = current(id, token);
  if (job == nullptr) return;
  if (!blob) return fail(id, token, causeOf(blob.error().code), blob.error().message);
  const ChildJob files{
      .dataset = folder_ / "blobs" / *blob,
      .folder = folder_ / "jobs" / (id.bench + '.' + id.task + '.' + tokenText(token)),
      .checkpoints = folder_ / "checkpoints"};
  std::error_code trouble;
  std::filesystem::create_directories(files.folder, trouble);
  const auto written = writeWhole(files.recipe(), hubs::toBytes(job->recipe));
  if (!written) return fail(id, token, causeOf(written.error().code), written.error().message);
  job->state = "training";
  job->percent = -1;
  training_.post(
      [this, id, token, files, stop = job->stop.get_token()] { train(id, token, files, stop); });
}

/// On the thread that runs the child.
void WorkerJobs::train(const Id& id, const Token& token, const ChildJob& files,
                       std::stop_token stop) {
  const ChildEvents events{
      .progress =
          [&](double done) {
            loop_.post([this, id, token, done] { onProgress(id, token, "training", done); });
          },
      .first =
          [&] {
            const auto bytes = readWhole(files.first());
            std::size_t room = kMostInlineBytes;
            auto ref = bytes ? makeRef(blobs_, *bytes, room) : bytes.error();
            if (!ref) {
              base::logWarning("the first model cannot be sent: " + ref.error().message);
              return;
            }
            loop_.post([this, id, token, ref = std::move(*ref)] {
              if (current(id, token)) send_(Quick{id.bench, id.task, token, ref});
            });
          }};
  const auto finish = [&](base::Result<Result> result) {
    std::error_code ignored;
    std::filesystem::remove_all(files.folder, ignored);
    loop_.post([this, id, token, result = std::move(result)]() mutable {
      onTrained(id, token, std::move(result));
    });
  };
  if (stop.stop_requested()) return finish(base::Error{base::ErrorCode::Cancelled, "cancelled"});
  if (const auto failure = child_->run(files, events, stop)) {
    std::error_code ignored;
    std::filesystem::remove_all(files.folder, ignored);
    loop_.post([this, id, token, failure] { fail(id, token, failure->cause, failure->reason); });
    return;
  }
  const auto ensemble = readWhole(files.ensemble());
  if (!ensemble) return finish(ensemble.error());
  const auto report = readWhole(files.report());
  if (!report) return finish(report.error());
  const auto ensembleBlob = blobs_.put(*ensemble);
  if (!ensembleBlob) return finish(ensembleBlob.error());
  const auto reportBlob = blobs_.put(*report);
  if (!reportBlob) return finish(reportBlob.error());
  finish(Result{.token = token, .ensemble = ensembleBlob->id, .report = reportBlob->id});
}

void WorkerJobs::onProgress(const Id& id, const Token& token, const std::string& stage,
                            double done) {
  Job* job = current(id, token);
  if (job == nullptr) return;
  const int percent = static_cast<int>(done * 100);
  if (percent == job->percent) return;
  job->percent = percent;
  send_(Progress{id.bench, id.task, token, stage, done});
}

void WorkerJobs::onTrained(const Id& id, const Token& token, base::Result<Result> result) {
  if (current(id, token) == nullptr) return;
  if (!result) return fail(id, token, causeOf(result.error().code), result.error().message);
  jobs_.erase(id);
  results_[id] = std::move(*result);
  makeRoom();
  if (const auto saved = save(); !saved) {
    base::logWarning("a result waits in memory only: " + saved.error().message);
  }
  sendResult(id);
}

void WorkerJobs::fail(const Id& id, const Token& token, const std::string& cause,
                      const std::string& reason) {
  if (current(id, token) == nullptr) return;
  jobs_.erase(id);
  send_(Failed{.bench = id.bench,
               .task = id.task,
               .model = {},
               .token = token,
               .cause = cause,
               .reason = reason});
}

void WorkerJobs::sendResult(const Id& id) {
  const auto found = results_.find(id);
  if (found == results_.end()) return;
  Result& result = found->second;
  const auto ensemble = blobs_.get(result.ensemble);
  const auto report = blobs_.get(result.report);
  if (!ensemble || !report) {
    base::logWarning("the result of " + id.task + " is no longer on disk and is given up");
    results_.erase(found);
    return;
  }
  std::size_t room = kMostInlineBytes;
  auto ensembleRef = makeRef(blobs_, *ensemble, room);
  auto reportRef = makeRef(blobs_, *report, room);
  if (ensembleRef && reportRef) {
    send_(TrainingResult{id.bench, id.task, result.token, *ensembleRef, *reportRef});
  }
  const auto pause = std::chrono::seconds(1 << std::min(result.attempts, kMostBackOff));
  const int attempt = ++result.attempts;
  loop_.postAfter(pause, [this, id, token = result.token, attempt] {
    const auto waiting = results_.find(id);
    if (waiting != results_.end() && waiting->second.token == token &&
        waiting->second.attempts == attempt) {
      sendResult(id);
    }
  });
}

void WorkerJobs::resend(const std::string& bench) {
  std::vector<Id> waiting;
  for (auto& [id, result] : results_) {
    if (!bench.empty() && id.bench != bench) continue;
    result.attempts = 0;
    waiting.push_back(id);
  }
  for (const Id& id : waiting) sendResult(id);
}

void WorkerJobs::onCancel(const Header& header, const Cancel& cancel) {
  const Id id{header.src, cancel.task};
  if (Job* job = current(id, cancel.token)) {
    job->stop.request_stop();
    jobs_.erase(id);
  }
  onAck(header, {cancel.task, cancel.token});
}

void WorkerJobs::onAck(const Header& header, const Ack& ack) {
  const Id id{header.src, ack.task};
  const auto found = results_.find(id);
  if (found == results_.end() || found->second.token != ack.token) return;
  results_.erase(found);
  if (const auto saved = save(); !saved) base::logWarning(saved.error().message);
}

void WorkerJobs::stopAll() {
  while (!jobs_.empty()) {
    const auto& [id, job] = *jobs_.begin();
    std::stop_source stop = job.stop;
    fail(Id(id), Token(job.token), "unavailable", "the worker was stopped");
    stop.request_stop();
  }
}

std::vector<HeldJob> WorkerJobs::held() const {
  std::vector<HeldJob> all;
  for (const auto& [id, job] : jobs_) all.push_back({id.bench, id.task, job.token, job.state});
  for (const auto& [id, result] : results_) {
    if (!jobs_.contains(id)) all.push_back({id.bench, id.task, result.token, "done"});
  }
  return all;
}

std::vector<std::string> WorkerJobs::blobs() const {
  std::vector<std::string> all;
  for (const auto& [id, result] : results_) {
    all.push_back(result.ensemble);
    all.push_back(result.report);
  }
  return all;
}

}  // namespace app
