#pragma once
// What is behind ProjectStore: one writing connection that threads take turns at, and a few reading
// ones. For the store's own .cpp files only.

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/project/database.h"
#include "app/project/disk_reserve.h"
#include "app/project/file_lock.h"
#include "app/project/store.h"

namespace app {

/// One thread at a time; a thread that has its turn may take it again. Holds no mutex meanwhile.
class WriteTurn {
 public:
  class Hold {
   public:
    explicit Hold(WriteTurn& turn) : turn_(turn) {}
    ~Hold() { turn_.leave(); }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

   private:
    WriteTurn& turn_;
  };

  [[nodiscard]] Hold take();
  bool isMine() const;

 private:
  void leave();

  mutable std::mutex mutex_;
  std::condition_variable free_;
  std::thread::id owner_;
  int depth_ = 0;
};

/// How sure a commit is: on disk when it returns, or within a second.
enum class Durability { Now, Soon };
enum class WhenFull { TryAgain, GiveUp };
/// Envelopes that have gathered enough to be worth a tile, or all of a recording.
enum class WhichEnvelopes { Due, All };

/// What waits to be brought into the envelopes of one source in one recording. A hint: the file
/// knows itself which chunks wait.
struct EnvelopeWork {
  std::int64_t longestNs = -1;  ///< of its chunks, as far as known to be in the file
  std::size_t dueChunks = 0;
  base::Time dueSince = {};
  bool isDue = false;
};

inline constexpr std::uint64_t kLeastFree = std::uint64_t{4} << 20;  ///< below, only labels are kept

struct ProjectStore::Impl {
  using Work = std::function<base::Result<void>(Database&)>;

  Impl(std::filesystem::path path, OpenMode openMode);
  ~Impl();

  base::Result<void> openForControl();
  base::Result<void> openForReading();

  /// Runs `work` as one transaction, or as a part of the one this thread is in.
  /// Errors: as Database::run; Unavailable where the project is open for reading only.
  base::Result<void> write(Durability durability, const Work& work,
                           WhenFull whenFull = WhenFull::TryAgain);
  /// Runs `work` on a connection of its own; inside a transaction of this thread on that one.
  base::Result<void> read(const Work& work);
  /// As read(); all statements of `work` see the file as it was at one moment.
  base::Result<void> readAtOneTime(const Work& work);

  /// The row that describes `source`; made where missing. Inside write() only.
  base::Result<std::int64_t> sourceRow(Database& database, const sensors::SourceInfoPtr& source);

  /// Notes the chunk that was inserted last. Inside write() only, as those below.
  base::Result<void> noteChunk(Database& database, std::int64_t recording, std::int64_t source,
                               const sensors::Block& block);
  /// Brings chunks into envelopes: those of a recording that has ended at once.
  base::Result<void> sumEnvelopes(Database& database, std::int64_t recording,
                                  WhichEnvelopes which);
  base::Result<void> sumWhatCrashLeft(Database& database);
  /// Removes binned recordings for good; forget.h.
  base::Result<std::size_t> emptyBin();

  const std::filesystem::path file;
  const OpenMode mode;
  bool recovered = false;
  std::int64_t epoch = 0;
  std::vector<std::int64_t> endedByRecovery;
  base::SystemClock clock;
  std::atomic<std::int64_t> savedNs = 0;

  FileLock lock;
  DiskReserve reserve;
  WriteTurn turn;
  std::unique_ptr<Database> writer;                     ///< its turn's holder's
  std::map<sensors::SourceInfoPtr, std::int64_t> rows;  ///< its turn's holder's
  std::map<std::pair<std::int64_t, std::int64_t>, EnvelopeWork>
      envelopes;        ///< by recording and row of the source; its turn's holder's
  base::Time syncedAt;                                  ///< its turn's holder's
  std::atomic<bool> full = false;  ///< the last samples found no room
  std::atomic<bool> suspect = false;                    ///< a sync failed: nothing is written

  std::mutex readersMutex;
  std::vector<std::unique_ptr<Database>> readers;  ///< idle ones

 private:
  base::Result<void> mayWrite() const;
  base::Result<void> transaction(Durability durability, const Work& work);
  base::Result<void> part(const Work& work);
  base::Result<void> beginControl();
  base::Result<void> endOpenStretches(Database& database);
  void noteFailure(const base::Result<void>& result);
  void close();
};

inline constexpr const char* kCleanKey = "mimosa.clean";
inline constexpr const char* kEpochKey = "mimosa.epoch";
inline constexpr const char* kSetMeta =
    "INSERT INTO meta(key, value) VALUES(?, ?) "
    "ON CONFLICT(key) DO UPDATE SET value = excluded.value";
/// The text under `key`; empty where unset.
base::Result<std::string> readMeta(Database& database, std::string_view key);

/// NotFound where the last statement changed nothing; `what` as in "The label".
base::Result<void> demandChange(const Database& database, const char* what, std::int64_t id);

/// The description in `row`, of whichever age.
base::Result<sensors::SourceInfo> readSource(Database& database, std::int64_t row);
/// No chunk of the source that touches `time` or what follows begins earlier.
base::Result<std::int64_t> earliestTouching(Database& database, std::int64_t recording,
                                            const std::string& source, base::Time time);

/// "person", "correction", ... and back.
std::string_view wordOf(learners::Origin origin);
learners::Origin originFrom(const std::string& word);

/// The hash that stands for a description's content.
std::string hashOf(const sensors::SourceInfo& info);

}  // namespace app
