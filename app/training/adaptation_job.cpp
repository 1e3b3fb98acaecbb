#include "app/training/adaptation_job.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "app/training/files.h"
#include "app/training/messages.h"
#include "app/training/recipe_json.h"
#include "app/training/trainer.h"
#include "hubs/bus.h"
#include "hubs/codec.h"

namespace app {
namespace {

using nlohmann::json;

constexpr hubs::CodecLimits kLimits{.bytes = 64U << 20, .depth = 8, .keys = 4'000'000};

/// Removes the folder when the job is over.
class Folder {
 public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
    std::filesystem::create_directories(path_, ignored);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

 private:
  std::filesystem::path path_;
};

/// Without syncing: nobody asks for these files after a power cut.
base::Result<void> write(const std::filesystem::path& file, std::span<const std::uint8_t> content) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(content.data()),
            static_cast<std::streamsize>(content.size()));
  out.close();
  if (out) return {};
  return base::Error{base::ErrorCode::Io, file.string() + " cannot be written"};
}

base::Result<void> writeMap(const std::filesystem::path& file, const json& map) {
  return write(file, hubs::toBytes(map.dump(-1, ' ', false, json::error_handler_t::replace)));
}

base::Result<json> readMap(const std::filesystem::path& file) {
  const auto bytes = readWhole(file, kLimits.bytes);
  if (!bytes) return bytes.error();
  auto map = hubs::parseJson(*bytes, kLimits);
  if (!map) return map.error();
  if (!map->is_object()) {
    return base::Error{base::ErrorCode::Corrupt, file.string() + " is not a JSON object"};
  }
  return *std::move(map);
}

base::Result<learners::EnsemblePtr> readEnsemble(const std::filesystem::path& file,
                                                 const learners::LearnerMap& learners) {
  const auto bytes = readWhole(file);
  if (!bytes) return bytes.error();
  return learners::Ensemble::decode(*bytes, learners);
}

base::Result<void> writeJob(const ChildJob& files, const AdaptationJob& job) {
  auto done = write(files.dataset, job.data->encode());
  if (done) done = write(files.recipe(), hubs::toBytes(recipeToJson(job.recipe)));
  if (done) done = write(files.former(), job.former.ensemble->encode());
  if (done) {
    done = writeMap(files.adapt(), json{{"fresh", job.fresh},
                                        {"report", json::parse(reportToJson(job.former.report))}});
  }
  return done;
}

base::Result<learners::Adapted> readAdapted(const ChildJob& files,
                                            const learners::LearnerMap& learners) {
  learners::Adapted made;
  auto ensemble = readEnsemble(files.ensemble(), learners);
  if (!ensemble) return ensemble.error();
  made.trained.ensemble = *std::move(ensemble);
  const auto text = readWhole(files.report(), kLimits.bytes);
  if (!text) return text.error();
  auto report = reportFromJson(std::string(text->begin(), text->end()));
  if (!report) return report.error();
  made.trained.report = *std::move(report);
  const auto map = readMap(files.adapt());
  if (!map) return map.error();
  const auto list = map->find("forgetting");
  if (list == map->end() || !list->is_array()) {
    return base::Error{base::ErrorCode::Corrupt, "the lesson does not say what was forgotten"};
  }
  for (const json& one : *list) {
    if (!one.is_object()) continue;
    made.forgetting.push_back(
        {.label = hubs::textField(one, "label"),
         .demonstrations = static_cast<int>(hubs::integerField(one, "demonstrations")),
         .before = static_cast<int>(hubs::integerField(one, "before")),
         .after = static_cast<int>(hubs::integerField(one, "after"))});
  }
  made.tested = static_cast<int>(hubs::integerField(*map, "tested"));
  made.before = static_cast<int>(hubs::integerField(*map, "before"));
  made.after = static_cast<int>(hubs::integerField(*map, "after"));
  made.worse = hubs::boolField(*map, "worse");
  return made;
}

}  // namespace

base::Result<learners::Adapted> adaptInChild(TrainingChild& child,
                                             const std::filesystem::path& folder,
                                             const AdaptationJob& job,
                                             const learners::LearnerMap& learners,
                                             std::stop_token stop) {
  const Folder own(folder);
  const ChildJob files{.dataset = folder / "dataset", .folder = folder};
  if (const auto written = writeJob(files, job); !written) return written.error();
  if (const auto failure = child.run(files, {}, stop)) {
    return base::Error{codeOf(failure->cause), failure->reason};
  }
  return readAdapted(files, learners);
}

base::Result<void> adaptFromFiles(const ChildJob& job, const learners::Dataset& data,
                                  const learners::EnsembleRecipe& recipe,
                                  const learners::LearnerMap& learners, std::stop_token stop) {
  learners::TrainedEnsemble former;
  auto ensemble = readEnsemble(job.former(), learners);
  if (!ensemble) return ensemble.error();
  former.ensemble = *std::move(ensemble);
  const auto map = readMap(job.adapt());
  if (!map) return map.error();
  auto report = reportFromJson(map->value("report", json::object()).dump());
  if (!report) return report.error();
  former.report = *std::move(report);
  std::vector<std::int64_t> fresh;
  for (const json& unit : map->value("fresh", json::array())) {
    if (unit.is_number_integer()) fresh.push_back(unit.get<std::int64_t>());
  }

  const auto made = learners::adaptEnsemble(former, data, fresh, recipe, learners,
                                            {.seed = recipe.seed, .stop = stop});
  if (!made) return made.error();
  json forgetting = json::array();
  for (const learners::Forgetting& one : made->forgetting) {
    forgetting.push_back({{"label", one.label},
                          {"demonstrations", one.demonstrations},
                          {"before", one.before},
                          {"after", one.after}});
  }
  auto written = write(job.ensemble(), made->trained.ensemble->encode());
  if (written) written = write(job.report(), hubs::toBytes(reportToJson(made->trained.report)));
  if (!written) return written;
  return writeMap(job.adapt(), json{{"forgetting", std::move(forgetting)},
                                    {"tested", made->tested},
                                    {"before", made->before},
                                    {"after", made->after},
                                    {"worse", made->worse}});
}

}  // namespace app
