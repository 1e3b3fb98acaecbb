#pragma once
// Made-up files to bring in, in every stage. For tests and pictures.

#include "ui/import_feed.h"

namespace sample {

/// A desk whose view a test sets, and which notes what it was told.
struct Imports {
  app::ImportView view;
  std::vector<std::filesystem::path> looked;
  std::vector<std::pair<std::size_t, app::ImportPart>> chosen;
  int started = 0;
  int stopped = 0;
  int cleared = 0;
  bool watched = false;

  ui::ImportFeed feed() {
    return {.view = [this] { return view; },
            .look =
                [this](std::vector<std::filesystem::path> paths) {
                  looked = std::move(paths);
                  view.stage = app::ImportView::Stage::Looking;
                },
            .choose =
                [this](std::size_t part, const app::ImportPart& as) {
                  chosen.emplace_back(part, as);
                  view.plan.parts.at(part) = as;
                },
            .start = [this] { ++started; },
            .stop = [this] { ++stopped; },
            .clear = [this] { ++cleared; },
            .watch = [this](bool watching) { watched = watching; }};
  }
};

/// Sounds, a film, signals without time, a table, and a file that is damaged.
inline app::ImportPlan importPlan() {
  using app::ImportKind;
  app::ImportPlan plan;
  app::ImportPart sounds{.kind = ImportKind::Sounds,
                         .files = {"/home/anna/kettle-1.wav", "/home/anna/kettle-2.wav"},
                         .name = "kettle-1.wav",
                         .count = 2};
  sounds.rate = 44100;
  sounds.length = std::chrono::seconds(74);
  sounds.label = "Kettle";
  app::ImportPart film{.kind = ImportKind::Films,
                       .files = {"/home/anna/hall on sunday.mp4"},
                       .name = "hall on sunday.mp4",
                       .count = 1};
  film.length = std::chrono::minutes(14);
  film.labels = {"Door", "Cat", "Somebody walks through"};
  film.chosenRate = 2;
  app::ImportPart raw{.kind = ImportKind::Signals,
                      .files = {"/home/anna/washer.csv"},
                      .name = "washer.csv",
                      .count = 1,
                      .channels = {"x", "y", "z"}};
  raw.columns = {"x", "y", "z", "remark"};
  raw.texts = {"remark"};
  raw.hasTime = false;
  app::ImportPart table{.kind = ImportKind::Table,
                        .files = {"/home/anna/rooms.csv"},
                        .name = "rooms.csv",
                        .count = 1,
                        .channels = {"light", "humidity", "co2"}};
  table.columns = {"light", "humidity", "co2", "class"};
  table.labelColumn = "class";
  table.labels = {"empty", "used"};
  app::ImportPart broken{.kind = ImportKind::Sounds,
                         .files = {"/home/anna/tap.wav"},
                         .name = "tap.wav",
                         .count = 1};
  broken.trouble =
      "tap.wav cannot be read as sound (Format not recognised); WAV, FLAC and Ogg files can";
  plan.parts = {sounds, film, raw, table, broken};
  plan.notTaken = {"notes.pdf is of no kind I know. Films, sounds (WAV, FLAC, Ogg), tables (CSV), Edge "
                   "Impulse files and folders of them or of pictures can be brought in."};
  return plan;
}

inline app::ImportView importReady() {
  return {.stage = app::ImportView::Stage::Ready, .plan = importPlan()};
}
inline app::ImportView importWorking() {
  app::ImportView view{.stage = app::ImportView::Stage::Working, .plan = importPlan()};
  view.part = 1;
  view.file = "hall on sunday.mp4";
  view.share = 0.42;
  return view;
}
inline app::ImportView importDone() {
  app::ImportView view{.stage = app::ImportView::Stage::Done};
  view.report = {.recordings = 3, .demonstrations = 29, .rows = 0, .labels = 4};
  view.troubles = {"rooms.csv, row 17: \"n/a\" is not a number."};
  view.share = 1;
  return view;
}

}  // namespace sample
