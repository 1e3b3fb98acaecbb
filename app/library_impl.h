#pragma once
// What is behind Library: what was read so far, and the threads that read the rest. Private to
// app/library*.cpp.

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>
#include <tuple>

#include "app/library.h"
#include "app/library_tiles.h"

namespace app {

inline constexpr std::size_t kMostWaiting = 256;
inline constexpr std::size_t kTileBytes = std::size_t{96} << 20;
inline constexpr std::size_t kMostPictures = 400;

/// Questions that wait for a thread, newest first; the oldest are forgotten where too many wait:
/// who still wants to know asks again.
class LibraryDesk {
 public:
  /// Does nothing where a question of that name waits already.
  void ask(const std::string& name, std::function<void()> work) {
    std::lock_guard lock(mutex_);
    if (!names_.insert(name).second) return;
    waiting_.push_back({name, std::move(work)});
    if (waiting_.size() > kMostWaiting) {
      names_.erase(waiting_.front().first);
      waiting_.pop_front();
    }
    ready_.notify_one();
  }

 private:
  void run(const std::stop_token& stop) {
    while (true) {
      std::unique_lock lock(mutex_);
      if (!ready_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
      if (stop.stop_requested()) return;
      const auto [name, work] = std::move(waiting_.back());
      waiting_.pop_back();
      lock.unlock();
      work();
      lock.lock();
      names_.erase(name);
    }
  }

  std::mutex mutex_;
  std::condition_variable_any ready_;
  std::deque<std::pair<std::string, std::function<void()>>> waiting_;
  std::set<std::string> names_;  ///< waiting or being worked on
  std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};  // last
};

/// Values by key up to a weight; those unused for longest go first. One thread at a time.
template <class Key, class Value>
class LibraryCache {
 public:
  explicit LibraryCache(std::size_t limit) : limit_(limit) {}
  const Value* find(const Key& key) {
    const auto found = at_.find(key);
    if (found == at_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &found->second->value;
  }
  void put(const Key& key, Value value, std::size_t weight) {
    erase(key);
    order_.push_front({key, std::move(value), weight});
    at_[key] = order_.begin();
    weight_ += weight;
    while (weight_ > limit_ && order_.size() > 1) erase(Key(order_.back().key));
  }
  template <class Test>
  void eraseIf(Test test) {
    std::vector<Key> gone;
    for (const Entry& entry : order_) {
      if (test(entry.key)) gone.push_back(entry.key);
    }
    for (const Key& key : gone) erase(key);
  }

 private:
  struct Entry {
    Key key;
    Value value;
    std::size_t weight;
  };
  void erase(const Key& key) {
    const auto found = at_.find(key);
    if (found == at_.end()) return;
    weight_ -= found->second->weight;
    order_.erase(found->second);
    at_.erase(found);
  }

  std::size_t limit_;
  std::size_t weight_ = 0;
  std::list<Entry> order_;
  std::map<Key, typename std::list<Entry>::iterator> at_;
};

struct LibraryTileKey {
  std::string source;
  bool spectrum = false;
  int level = 0;
  std::int64_t index = 0;
  auto operator<=>(const LibraryTileKey&) const = default;
  std::string name() const {
    return (spectrum ? "s " : "t ") + source + " " + std::to_string(level) + " " +
           std::to_string(index);
  }
};
using LibraryPictureKey = std::tuple<std::string, std::int64_t, std::int64_t>;
using LibraryImagePtr = std::shared_ptr<const sensors::Image>;

inline bool touches(const std::vector<base::TimeSpan>& sorted, const base::TimeSpan& span) {
  const auto after =
      std::lower_bound(sorted.begin(), sorted.end(), span.begin,
                       [](const base::TimeSpan& s, base::Time t) { return s.end <= t; });
  return after != sorted.end() && after->overlaps(span);
}

struct LibraryModel {
  learners::EnsemblePtr ensemble;
  TaskSettings settings;
};

/// What one recording was heard as.
struct HeardRecording {
  learners::EnsemblePtr by;
  std::vector<HeardSpan> spans;
};

struct Library::Impl {
  Impl(const ProjectStore& s, DatasetBuilder& b) : store(s), builder(b) {}

  const ProjectStore& store;
  DatasetBuilder& builder;
  std::atomic<bool> stale = true;
  std::atomic<std::uint64_t> revision = 1;
  // Of the reading thread: what never changes.
  std::map<std::int64_t, std::vector<std::string>> sourcesOf;
  std::map<std::int64_t, std::shared_ptr<const ModelLineage>> lineages;

  std::mutex mutex;  ///< guards what follows
  LibraryContentsPtr contents = std::make_shared<LibraryContents>();
  LibraryCache<LibraryTileKey, TilePtr> tiles{kTileBytes};
  LibraryCache<LibraryPictureKey, LibraryImagePtr> pictures{kMostPictures};
  std::map<std::int64_t, std::pair<base::TimeSpan, std::vector<base::TimeSpan>>>
      events;  // by begin
  LibraryModel model;
  std::map<std::int64_t, HeardRecording> listened;
  std::optional<SimilarAnswer> similar;
  std::optional<PastState> past;

  LibraryDesk ears;  // before `reading`: both end before what they use
  LibraryDesk reading;

  LibraryContentsPtr known() {
    std::lock_guard lock(mutex);
    return contents;
  }

  void readContents();
  void forgetChanged(const LibraryContents& before, const LibraryContents& after);
  void wantTile(const LibraryTileKey& key, const sensors::SourceInfo& source);
  const Tile* tile(const LibraryTileKey& key);
  void listen(const Recording& recording, const LibraryModel& with);
  void readEvents(const base::TimeSpan& sitting);
};

}  // namespace app
