#pragma once
// ImportPlan: what files and folders somebody chose hold, recognised by a look at them, and the few
// things that can be chosen before they are brought in. Plain values; looking reads files.

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "sensors/base/time.h"

namespace app {

enum class ImportKind {
  Sounds,
  Films,
  Signals,  ///< CSV of rows in time
  Table,    ///< CSV of rows that are feature vectors
  Clips,    ///< a folder of sounds with meta.csv
  Pictures, ///< a folder of pictures
  EdgeImpulse,
};

/// Files that are brought in together.
struct ImportPart {
  ImportKind kind = ImportKind::Sounds;
  std::vector<std::filesystem::path> files;  ///< Clips, Pictures: the folder alone
  std::string name;                          ///< of the file or folder; of the first of several
  // What was recognised.
  std::size_t count = 0;              ///< files; Clips, Pictures: inside the folder
  std::vector<std::string> channels;  ///< Signals, Table, EdgeImpulse
  double rate = 0;                    ///< rows, samples or pictures a second; 0: unknown
  base::Duration length{0};           ///< of all that was looked at; 0: unknown
  bool isWhole = true;                ///< false: labels and length are of a first look alone
  std::vector<std::string> labels;    ///< in label tracks, columns, names
  std::vector<std::string> columns;   ///< Signals, Table: all of them
  std::vector<std::string> texts;     ///< columns that hold no numbers: never channels
  std::string timeColumn;             ///< Signals
  bool hasTime = true;                ///< false: how many rows a second there are must be said
  std::string trouble;                ///< why it cannot be brought in, a sentence, or empty
  // What can be chosen.
  bool wanted = true;
  std::string label;        ///< Sounds, Films, EdgeImpulse: what each whole file shows
  std::string labelColumn;  ///< Signals, Table: empty: the usual one, where there is one
  double chosenRate = 0;    ///< Films, Pictures: pictures a second; Signals without time: rows

  /// It can be brought in as it is chosen.
  bool isReady() const;
  friend bool operator==(const ImportPart&, const ImportPart&) = default;
};

struct ImportPlan {
  std::vector<ImportPart> parts;
  std::vector<std::string> notTaken;  ///< sentences about what is not brought in
};

/// Where films are decoded, to look into them: mimosa-camera; empty: beside this program.
struct ImportTools {
  std::filesystem::path camera = {};
};

/// Looks at `paths` as far as it must. A folder is read as a set of clips or pictures where it is
/// one; else its files are taken, and those of the folders in it, whose names are their labels.
ImportPlan planImport(const std::vector<std::filesystem::path>& paths, const ImportTools& tools,
                      const std::stop_token& stop);
/// Adds what `more` holds to `plan`; files that are in it already are not added again.
void addTo(ImportPlan& plan, ImportPlan more);

}  // namespace app
