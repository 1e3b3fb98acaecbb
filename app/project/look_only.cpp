#include "app/project/look_only.h"

#include <cstdlib>
#include <fstream>
#include <vector>

#include "app/project/project_file.h"
#include "app/project/store_impl.h"

namespace app {

namespace {

namespace fs = std::filesystem;

base::Error noRoom(const fs::path& file) {
  return {base::ErrorCode::Io,
          "There is no room to copy " + file.filename().string() + " and look at the copy."};
}

base::Error stopped() { return {base::ErrorCode::Cancelled, "The copy was stopped."}; }

/// A copy at one moment, also while another program writes.
base::Result<void> copyLive(Database& database, const fs::path& to, const std::stop_token& stop) {
  const auto target = Database::open(to, Access::Create);
  return target ? database.copyTo(**target, stop) : target.error();
}

base::Result<void> copyFile(const fs::path& from, const fs::path& to, const std::stop_token& stop) {
  std::ifstream in(from, std::ios::binary);
  std::ofstream out(to, std::ios::binary | std::ios::trunc);
  std::vector<char> part(std::size_t{1} << 20);
  while (in && out) {
    if (stop.stop_requested()) return stopped();
    in.read(part.data(), static_cast<std::streamsize>(part.size()));
    out.write(part.data(), in.gcount());
  }
  out.close();
  return in.eof() && !in.bad() && out ? base::Result<void>() : noRoom(from);
}

/// The file and the log a crash left beside it.
base::Result<void> copyFiles(const fs::path& from, const fs::path& to,
                             const std::stop_token& stop) {
  auto copied = copyFile(from, to, stop);
  const fs::path log = from.string() + "-wal";
  std::error_code ignored;
  if (copied && fs::exists(log, ignored)) copied = copyFile(log, to.string() + "-wal", stop);
  return copied;
}

}  // namespace

LookedAt::~LookedAt() {
  store.reset();
  std::error_code ignored;
  if (!folder.empty()) fs::remove_all(folder, ignored);
}

base::Result<LookedAt> openToLook(const fs::path& file, const std::stop_token& stop) {
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
    copied = reading ? copyLive(**reading, copy, stop) : reading.error();
  }
  if (!copied && copied.error().code != base::ErrorCode::Cancelled) {
    fs::remove(copy, error);
    copied = copyFiles(file, copy, stop);
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

base::Result<void> copyProject(const ProjectStore& store, const fs::path& file,
                               const std::stop_token& stop) {
  std::error_code error;
  if (fs::exists(file, error)) {
    return base::invalid(file.string() + " is there already; choose another name.");
  }
  const fs::path draft = file.string() + ".new";
  fs::remove(draft, error);
  auto done =
      store.internals().read([&](Database& database) { return copyLive(database, draft, stop); });
  if (done) {
    auto made = ProjectStore::open(draft);  // closed again, it is whole and says so
    done = made ? base::Result<void>() : made.error();
  }
  if (!done) {
    fs::remove(draft, error);
    if (done.error().code == base::ErrorCode::Cancelled) return done;
    return base::Error{base::ErrorCode::Io,
                       "The copy " + file.string() + " was not made: " + done.error().message};
  }
  return publishProjectFile(draft, file);
}

}  // namespace app
