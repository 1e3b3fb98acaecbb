#pragma once
// HomeSession: a Session with a real private broker, the demonstration home and a worker process, in a
// folder of its own; and the few things a person does in it.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "app/session.h"
#include "plugins/host/built_in.h"
#include "tests/support/wait_until.h"

namespace support {

/// The folder the programs under test were built into.
inline std::filesystem::path programsFolder() { return MIMOSA_PROGRAMS; }

/// A fresh folder, removed at the end.
class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "mimosa-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Options for a session in `folder` with everything real.
inline app::SessionOptions homeOptions(const std::filesystem::path& folder) {
  return {.project = folder / "home.mimosa",
          .programs = programsFolder(),
          .workFolder = folder / "work",
          .settingsFolder = folder / "settings",
          .startWorker = true,
          .startDemoHome = true};
}

inline std::unique_ptr<app::Session> openSession(const app::SessionOptions& options) {
  auto session = app::Session::open(options, plugins::builtIn());
  EXPECT_TRUE(session) << (session ? "" : session.error().message);
  return session ? *std::move(session) : nullptr;
}

/// Lets the house live on for `length` of its own real time.
inline void live(const app::Session& session, base::Duration length) {
  const base::Time until = session.now() + length;
  waitUntil([&] { return session.now() >= until; }, length + std::chrono::seconds(5));
}

inline const app::LabelCard* cardOf(const app::Snapshot& snapshot, const std::string& label) {
  for (const app::LabelCard& card : snapshot.cards) {
    if (card.label.name == label) return &card;
  }
  return nullptr;
}

inline int enabledOf(const app::Session& session, const std::string& label) {
  const auto snapshot = session.snapshot();
  const app::LabelCard* card = cardOf(*snapshot, label);
  return card ? card->enabled : 0;
}

inline learners::LabelId labelId(const app::Session& session, const std::string& label) {
  const auto snapshot = session.snapshot();
  const app::LabelCard* card = cardOf(*snapshot, label);
  return card ? card->label.id : 0;
}

/// What the session sees, for a failing test's message.
inline std::string describe(const app::Session& session) {
  const auto snapshot = session.snapshot();
  std::string text = "link " + std::to_string(static_cast<int>(snapshot->link.state)) + " " +
                     snapshot->link.reason + "\n";
  for (const auto& node : snapshot->nodes) {
    text += "node " + node.device.id + (node.device.online ? " online" : " offline") + ", " +
            std::to_string(node.device.about.streams.size()) + " streams, " + node.lastComplaint + "\n";
  }
  for (const auto& source : snapshot->sources) {
    text += "source " + source.info.id + " " + std::to_string(source.counts.blocks) + " blocks, " +
            std::to_string(source.rowsPerSecond) + " rows/s" + (source.silent ? ", silent" : "") + "\n";
  }
  if (const auto answer = session.latest()) {
    const auto& p = answer->prediction;
    text += "answer state " + std::to_string(static_cast<int>(p.state)) + " label " +
            std::to_string(p.label) + " certainty " + std::to_string(p.certainty) + " novelty " +
            std::to_string(p.novelty) + (answer->stale ? " stale" : "") + "\n";
  }
  text += "model " + std::to_string(snapshot->model.version) + " " + snapshot->model.trouble + "\n";
  for (const auto& notice : snapshot->notices) text += "notice " + notice.text + "\n";
  return text;
}

/// True once the source sends.
inline bool waitForSource(const app::Session& session, const std::string& source,
                          base::Duration patience = std::chrono::seconds(15)) {
  return waitUntil(
      [&] {
        for (const app::SourceView& view : session.snapshot()->sources) {
          if (view.info.id == source && view.counts.blocks > 0 && !view.silent) return true;
        }
        return false;
      },
      patience);
}

/// The label of the newest answer, "" where there is none.
inline std::string heardNow(const app::Session& session) {
  const auto answer = session.latest();
  if (!answer || answer->stale || answer->prediction.label < 0) return {};
  return answer->labels[answer->prediction.label].name;
}

}  // namespace support
