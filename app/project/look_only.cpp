#include "app/project/look_only.h"

#include <cstdlib>

#include "app/project/project_file.h"
#include "app/project/store_impl.h"

namespace app {

namespace {

namespace fs = std::filesystem;

base::Error noRoom(const fs::path& file) {
  return {base::ErrorCode::Io,
          "There is no room to copy " + file.filename().string() + " and look at the copy."};
}

/// A copy at one moment, also while another program writes.
base::Result<void> copyLive(Database& database, const fs::path& to) {
  const auto target = Database::open(to, Access::Create);
  return target ? database.copyTo(**target) : target.error();
}

/// The file and the log a crash left beside it.
base::Result<void> copyFiles(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::copy_file(from, to, error);
  const fs::path log = from.string() + "-wal";
  if (!error && fs::exists(log)) fs::copy_file(log, to.string() + "-wal", error);
  if (error) return noRoom(from);
  fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, error);
  return {};
}

}  // namespace

LookedAt::~LookedAt() {
  store.reset();
  std::error_code ignored;
  if (!folder.empty()) fs::remove_all(folder, ignored);
}

base::Result<LookedAt> openToLook(const fs::path& file) {
  LookedAt looked;
  std::error_code error;
  std::string pattern = (fs::temp_directory_path(error) / "mimosa-look-XXXXXX").string();
  if (error || !mkdtemp(pattern.data())) return noRoom(file);
  looked.folder = pattern;
  auto asItIs = ProjectStore::open(file, OpenMode::ReadOnly);
  if (asItIs) {
    looked.store = *std::move(asItIs);
    return looked;
  }
  if (asItIs.error().code != base::ErrorCode::Unavailable) return asItIs.error();
  const fs::path copy = looked.folder / file.filename();
  base::Result<void> copied;
  {
    const auto reading = Database::open(file, Access::Read);
    copied = reading ? copyLive(**reading, copy) : reading.error();
  }
  if (!copied) {
    fs::remove(copy, error);
    copied = copyFiles(file, copy);
  }
  if (!copied) return copied.error();
  auto mended = ProjectStore::open(copy);  // takes what a crash left, and what is new in the schema
  if (!mended) return mended.error();
  mended->reset();
  auto opened = ProjectStore::open(copy, OpenMode::ReadOnly);
  if (!opened) return opened.error();
  looked.store = *std::move(opened);
  return looked;
}

base::Result<void> copyProject(const ProjectStore& store, const fs::path& file) {
  std::error_code error;
  if (fs::exists(file, error)) {
    return base::invalid(file.string() + " is there already; choose another name.");
  }
  const fs::path draft = file.string() + ".new";
  fs::remove(draft, error);
  auto done = store.internals().read(
      [&](Database& database) { return copyLive(database, draft); });
  if (done) {
    auto made = ProjectStore::open(draft);  // closed again, it is whole and says so
    done = made ? base::Result<void>() : made.error();
  }
  if (!done) {
    fs::remove(draft, error);
    return base::Error{base::ErrorCode::Io,
                       "The copy " + file.string() + " was not made: " + done.error().message};
  }
  return publishProjectFile(draft, file);
}

}  // namespace app
