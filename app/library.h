#pragma once
// Library: what a project keeps, to look at: recordings, their signals at any zoom, spectra,
// pictures, what the model hears in them, stretches alike. Reads on threads of its own; every
// question is answered at once from what was read so far, and what is missing is fetched meanwhile.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/dataset_builder.h"
#include "app/lineage.h"
#include "app/past_mistakes.h"
#include "app/past_state.h"
#include "app/project/store.h"
#include "learners/ensemble.h"
#include "sensors/envelope.h"

namespace app {

struct StoredRecording {
  Recording recording;
  std::vector<std::string> sources;
};

/// The tables of a project at one moment.
struct LibraryContents {
  std::vector<StoredRecording> recordings;  ///< finished ones, by begin
  /// What is looked at as one: recordings less than kSameSitting apart, oldest first.
  std::vector<base::TimeSpan> sittings;
  std::vector<base::TimeSpan> covered;  ///< recorded stretches, disjoint, oldest first
  std::vector<sensors::SourceInfo> sources;
  std::vector<CommandRow> commands;  ///< the undo list, oldest first
  /// One per time something began to serve, oldest first; never null.
  std::vector<std::shared_ptr<const ModelLineage>> models;
  struct Rejection {
    learners::LabelId label = 0;
    base::TimeSpan span;
  };
  std::vector<Rejection> rejected;  ///< proposals that a person said no to
  std::vector<PastMistake> mistakes;  ///< that a person set right, newest first
};
using LibraryContentsPtr = std::shared_ptr<const LibraryContents>;

struct StoredColumns {
  std::vector<sensors::EnvelopeColumn> columns;
  bool complete = true;  ///< false: more is being read
};

/// Log-mel levels of sound, as a picture is made of them.
struct StoredSpectrum {
  static constexpr std::size_t kBands = 32;
  std::vector<std::uint8_t> levels;  ///< [columns x kBands], low bands first; 0 quiet .. 255 loud
  std::vector<std::uint8_t> known;   ///< [columns]
  bool complete = true;
};

/// What the model in service hears.
struct HeardSpan {
  base::TimeSpan span;
  std::int64_t recording = 0;
  learners::LabelId label = 0;  ///< 0: none
  float certainty = 0;
  learners::PredictionState state = learners::PredictionState::Known;
  bool belowLimit = false;
  bool imputed = false;
};
struct Heard {
  std::vector<HeardSpan> spans;  ///< by begin
  bool complete = true;
  int tooLong = 0;  ///< recordings left out because they are longer than Library::kLongest
};

/// Stretches like one that was shown.
struct SimilarSpan {
  base::TimeSpan span;
  std::int64_t recording = 0;
  float distance = 0;    ///< root mean square over standardised features
  bool telling = false;  ///< one of the few that differ most from each other
};
struct SimilarAnswer {
  base::TimeSpan to;
  std::vector<SimilarSpan> spans;  ///< nearest first
  std::string trouble;
};

/// Thread-safe.
class Library {
 public:
  static constexpr base::Duration kSameSitting = std::chrono::minutes(10);
  /// Recordings longer than this are not listened to.
  static constexpr base::Duration kLongest = std::chrono::hours(2);
  /// Spectra are made up to this width of a column.
  static constexpr base::Duration kWidestSpectrum = std::chrono::milliseconds(512);

  /// Both must outlive it.
  Library(const ProjectStore& store, DatasetBuilder& builder);
  ~Library();

  /// The project may have changed: read anew when somebody asks next.
  void refresh();
  /// Never null. Empty until read for the first time.
  LibraryContentsPtr contents() const;
  /// Rises with everything that was read.
  std::uint64_t revision() const;

  /// `n` columns of equal width over `span`; empty where nothing is recorded or known yet.
  StoredColumns columns(const std::string& source, std::size_t channel, const base::TimeSpan& span,
                        std::size_t n) const;
  /// As columns() for the first channel of a sound, up to kWidestSpectrum.
  StoredSpectrum spectrum(const std::string& source, const base::TimeSpan& span,
                          std::size_t n) const;
  /// A picture of `source` taken within [t, t + within); null while unknown or where there is none.
  std::shared_ptr<const sensors::Image> picture(const std::string& source, base::Time t,
                                                base::Duration within) const;
  /// Stretches in which something happens in the recordings of `sitting`; nothing while being read.
  std::optional<std::vector<base::TimeSpan>> events(const base::TimeSpan& sitting) const;

  /// Who is asked by heard() from now on. `settings` say how frames are made.
  void setModel(learners::EnsemblePtr model, int version, TaskSettings settings,
                const std::vector<sensors::FrameSpec>& frames);
  /// What the model hears in the recordings of `span`, as far as it listened.
  Heard heard(const base::TimeSpan& span) const;
  /// Starts to look for stretches like `span` of `recording` in the recordings of `within`.
  void findSimilar(const base::TimeSpan& span, std::int64_t recording,
                   const base::TimeSpan& within);
  /// The state of the project at `time`, once it was read; at most one moment is remembered.
  std::optional<PastState> asOf(base::Time time) const;
  /// The answer to the last findSimilar(), once it is there.
  std::optional<SimilarAnswer> similar() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
