#include "app/project/store.h"

#include <utility>

#include "app/project/store_impl.h"
#include "sensors/base/log.h"

namespace app {

namespace {

constexpr std::size_t kIdleReaders = 4;
constexpr base::Duration kSyncEvery = std::chrono::milliseconds(750);
constexpr int kLogPages = 1000;  // of 4 KiB: samples tidy up before a person has to wait for it
constexpr std::string_view kReservedKeys = "mimosa.";

base::Error readOnly(const std::filesystem::path& file) {
  return {base::ErrorCode::Unavailable,
          "The project " + file.filename().string() + " is open for reading only."};
}

/// Takes back what nobody committed, also where an exception passes through.
class RollbackGuard {
 public:
  RollbackGuard(Database& database, const char* sql) : database_(database), sql_(sql) {}
  ~RollbackGuard() {
    if (!done_ && database_.inTransaction()) {
      database_.rollBack(sql_);
    }
  }
  RollbackGuard(const RollbackGuard&) = delete;
  RollbackGuard& operator=(const RollbackGuard&) = delete;
  void release() { done_ = true; }

 private:
  Database& database_;
  const char* sql_;
  bool done_ = false;
};

}  // namespace

base::Result<std::string> readMeta(Database& database, std::string_view key) {
  std::string value;
  auto read = database.each("SELECT value FROM meta WHERE key = ?", {key}, [&](const SqlRow& row) {
    value = row.text(0);
    return base::Result<void>();
  });
  return read ? base::Result<std::string>(value) : base::Result<std::string>(read.error());
}

base::Result<void> demandChange(const Database& database, const char* what, std::int64_t id) {
  if (database.changes() > 0) {
    return {};
  }
  return base::Error{base::ErrorCode::NotFound,
                     std::string(what) + " " + std::to_string(id) + " is not in the project."};
}

WriteTurn::Hold WriteTurn::take() {
  std::unique_lock lock(mutex_);
  const auto self = std::this_thread::get_id();
  free_.wait(lock, [&] { return depth_ == 0 || owner_ == self; });
  owner_ = self;
  ++depth_;
  return Hold(*this);
}

bool WriteTurn::isMine() const {
  std::lock_guard lock(mutex_);
  return depth_ > 0 && owner_ == std::this_thread::get_id();
}

void WriteTurn::leave() {
  {
    std::lock_guard lock(mutex_);
    --depth_;
  }
  free_.notify_one();
}

base::Result<void> ProjectStore::Impl::mayWrite() const {
  if (mode == OpenMode::ReadOnly) {
    return readOnly(file);
  }
  if (suspect) {
    return base::Error{base::ErrorCode::Io,
                       "The disk could not confirm that it kept the project " +
                           file.filename().string() +
                           ": it is read-only from now on; save a copy on another disk."};
  }
  return {};
}

void ProjectStore::Impl::noteFailure(const base::Result<void>& result) {
  if (!result && writer->failure() == DatabaseFailure::NotSynced) {
    suspect = true;
    base::logError(result.error().message);
  }
}

base::Result<void> ProjectStore::Impl::write(Durability durability, const Work& work,
                                             WhenFull whenFull) {
  const auto hold = turn.take();
  if (auto may = mayWrite(); !may) {
    return may;
  }
  if (writer->inTransaction()) {
    return part(work);
  }
  if (durability == Durability::Now && bytesFree(file) < DiskReserve::kBytes / 2) {
    reserve.giveUp();
  }
  auto done = transaction(durability, work);
  const bool noRoom = !done && writer->failure() == DatabaseFailure::DiskFull;
  if (noRoom && durability == Durability::Now && reserve.giveUp() && whenFull == WhenFull::TryAgain) {
    done = transaction(durability, work);
  }
  if (noRoom && durability == Durability::Soon) {
    full = true;
  }
  noteFailure(done);
  if (done && writer->logPages() >= (durability == Durability::Soon ? kLogPages : 4 * kLogPages)) {
    noteFailure(writer->checkpoint());
  }
  return done;
}

base::Result<void> ProjectStore::Impl::transaction(Durability durability, const Work& work) {
  const base::Time now = clock.now();
  const bool sync = durability == Durability::Now || now - syncedAt >= kSyncEvery;
  if (auto set = writer->script(sync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
      !set) {
    return set;
  }
  if (auto begun = writer->script("BEGIN IMMEDIATE"); !begun) {
    return begun;
  }
  RollbackGuard guard(*writer, "ROLLBACK");
  auto done = work(*writer);
  if (done && !writer->inTransaction()) {  // a failed part inside took everything with it
    done = base::Error{base::ErrorCode::Io, "Nothing of this change to " +
                                                file.filename().string() + " could be saved."};
  }
  if (done) {
    done = writer->script("COMMIT");
  }
  if (!done) {
    rows.clear();
    envelopes.clear();
    return done;
  }
  guard.release();
  savedNs = clock.now().ns;
  if (sync) {
    syncedAt = now;
  }
  return done;
}

base::Result<void> ProjectStore::Impl::part(const Work& work) {
  if (auto begun = writer->script("SAVEPOINT part"); !begun) {
    return begun;
  }
  RollbackGuard guard(*writer, "ROLLBACK TO part; RELEASE part");
  auto done = work(*writer);
  if (!done) {
    rows.clear();
    envelopes.clear();
    return done;
  }
  guard.release();
  return writer->script("RELEASE part");
}

base::Result<void> ProjectStore::Impl::read(const Work& work) {
  if (turn.isMine()) {
    return work(*writer);
  }
  std::unique_ptr<Database> reader;
  {
    std::lock_guard guard(readersMutex);
    if (!readers.empty()) {
      reader = std::move(readers.back());
      readers.pop_back();
    }
  }
  if (!reader) {
    auto opened = Database::open(file, Access::Read);
    if (!opened) {
      return opened.error();
    }
    reader = std::move(opened).value();
  }
  auto done = work(*reader);
  std::lock_guard guard(readersMutex);
  if (readers.size() < kIdleReaders) {
    readers.push_back(std::move(reader));
  }
  return done;
}

base::Result<void> ProjectStore::Impl::readAtOneTime(const Work& work) {
  return read([&](Database& database) -> base::Result<void> {
    if (database.inTransaction()) {
      return work(database);
    }
    if (auto begun = database.script("BEGIN"); !begun) {
      return begun;
    }
    const RollbackGuard guard(database, "ROLLBACK");
    return work(database);
  });
}

ProjectStore::ProjectStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

ProjectStore::~ProjectStore() = default;

base::Result<std::unique_ptr<ProjectStore>> ProjectStore::open(const std::filesystem::path& file,
                                                               OpenMode mode) {
  std::error_code error;
  const auto whole = std::filesystem::weakly_canonical(std::filesystem::absolute(file), error);
  if (error || file.empty() || !std::filesystem::is_directory(whole.parent_path(), error)) {
    return base::Error{base::ErrorCode::Io,
                       "There is no folder for the project file " + file.string() + "."};
  }
  auto impl = std::make_unique<Impl>(whole, mode);
  const auto opened = mode == OpenMode::Control ? impl->openForControl() : impl->openForReading();
  if (!opened) {
    return opened.error();
  }
  return std::unique_ptr<ProjectStore>(new ProjectStore(std::move(impl)));
}

const std::filesystem::path& ProjectStore::file() const { return impl_->file; }

bool ProjectStore::recoveredAfterCrash() const { return impl_->recovered; }

const std::vector<std::int64_t>& ProjectStore::endedByRecovery() const {
  return impl_->endedByRecovery;
}

std::int64_t ProjectStore::epoch() const { return impl_->epoch; }

base::Time ProjectStore::lastSaved() const { return {impl_->savedNs}; }

ProjectStore::DiskState ProjectStore::diskState() const {
  return impl_->suspect ? DiskState::Suspect : impl_->full ? DiskState::Full : DiskState::Good;
}

std::uint64_t ProjectStore::diskFree() const { return bytesFree(impl_->file); }

base::Result<void> ProjectStore::setMeta(const std::string& key, const std::string& value) {
  if (key.empty() || std::string_view(key).substr(0, kReservedKeys.size()) == kReservedKeys) {
    return base::invalid("The name \"" + key + "\" is the project file's own.");
  }
  return impl_->write(Durability::Now, [&](Database& database) {
    return database.run(kSetMeta, {key, value});
  });
}

base::Result<std::string> ProjectStore::meta(const std::string& key) const {
  std::string value;
  auto done = impl_->read([&](Database& database) -> base::Result<void> {
    auto read = readMeta(database, key);
    if (!read) {
      return read.error();
    }
    value = std::move(read).value();
    return {};
  });
  return done ? base::Result<std::string>(value) : base::Result<std::string>(done.error());
}

base::Result<void> ProjectStore::inTransaction(const std::function<base::Result<void>()>& body) {
  return impl_->write(
      Durability::Now, [&](Database&) { return body(); }, WhenFull::GiveUp);
}

base::Result<void> ProjectStore::saveCopy(const std::filesystem::path& target) const {
  std::error_code error;
  if (std::filesystem::exists(target, error)) {
    return base::invalid("The file " + target.string() + " exists already.");
  }
  return impl_->read([&](Database& database) -> base::Result<void> {
    const auto copy = Database::open(target, Access::Create);
    if (!copy) {
      return copy.error();
    }
    if (auto copied = database.copyTo(**copy); !copied) {
      return copied;
    }
    if (auto left = (*copy)->script("PRAGMA journal_mode=DELETE"); !left) {
      return left;
    }
    return (*copy)->run(kSetMeta, {kCleanKey, "1"});
  });
}

}  // namespace app
