#include "sensors/tape.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <unistd.h>

#include "sensors/base/log.h"
#include "sensors/block_codec.h"

namespace sensors {

namespace {

constexpr std::uint64_t kSegmentBytes = std::uint64_t{64} << 20;

/// A piece of the scratch file, already without a name. Its space is free again with its last
/// entry.
class Segment {
 public:
  explicit Segment(int file) : file_(file) {}
  ~Segment() { ::close(file_); }
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;

  bool write(const base::Bytes& bytes, std::uint64_t at) const {
    std::size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t n =
          ::pwrite(file_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(at + done));
      if (n <= 0) return false;
      done += static_cast<std::size_t>(n);
    }
    return true;
  }
  base::Bytes read(std::uint64_t at, std::size_t size) const {
    base::Bytes bytes(size);
    std::size_t done = 0;
    while (done < size) {
      const ssize_t n =
          ::pread(file_, bytes.data() + done, size - done, static_cast<off_t>(at + done));
      if (n <= 0) return {};
      done += static_cast<std::size_t>(n);
    }
    return bytes;
  }

 private:
  int file_;
};
using SegmentPtr = std::shared_ptr<const Segment>;

SegmentPtr openSegment() {
  std::error_code error;
  const std::string folder = std::filesystem::temp_directory_path(error).string();
#ifdef O_TMPFILE
  if (const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); file >= 0) {
    return std::make_shared<Segment>(file);
  }
#endif
  std::string path = folder + "/mimosa-tape-XXXXXX";
  const int file = ::mkostemp(path.data(), O_CLOEXEC);
  if (file < 0) return nullptr;
  ::unlink(path.c_str());
  return std::make_shared<Segment>(file);
}

}  // namespace

/// One block: in memory, or where it lies in the scratch file. Guarded by the tape's mutex, but for
/// `block` while it is being written, which then nobody changes.
struct Tape::Entry {
  base::TimeSpan span;  ///< up to just after the last row, so never empty
  SourceInfoPtr source;
  BlockPtr block;
  SegmentPtr segment;
  std::uint64_t offset = 0;
  std::size_t size = 0;
};

struct Tape::Track {
  using EntryPtr = std::shared_ptr<Entry>;
  std::deque<EntryPtr> entries;
  std::size_t inMemory = 0;  ///< first entry not yet on its way to the scratch file
  base::Time newest{INT64_MIN};
};

/// Writes blocks one after another into segments; old segments go when their entries went.
struct Tape::Scratch {
  struct Place {
    SegmentPtr segment;
    std::uint64_t offset = 0;
  };

  explicit Scratch(std::uint64_t limit)
      : limit_(limit), segmentBytes_(std::clamp<std::uint64_t>(limit / 8, 1, kSegmentBytes)) {}

  std::optional<Place> write(const base::Bytes& bytes) {
    std::lock_guard lock(mutex_);
    if (segments_.empty() || used_ >= segmentBytes_) {
      SegmentPtr segment = openSegment();
      if (!segment) return complain();
      segments_.push_back(std::move(segment));
      used_ = 0;
    }
    if (!segments_.back()->write(bytes, used_)) return complain();
    const Place place{segments_.back(), used_};
    used_ += bytes.size();
    return place;
  }

  /// Segments beyond the limit, oldest first; their entries must be forgotten.
  std::vector<SegmentPtr> surplus() {
    std::lock_guard lock(mutex_);
    while (segments_.size() > 1 && segments_.front().use_count() == 1) {
      segments_.pop_front();
    }
    std::vector<SegmentPtr> old;
    while (segments_.size() > 1 && segments_.size() * segmentBytes_ > limit_) {
      old.push_back(std::move(segments_.front()));
      segments_.pop_front();
    }
    return old;
  }

 private:
  std::nullopt_t complain() {
    if (!hasComplained_) {
      base::logWarning("the temporary folder cannot be written; only the newest samples are kept");
      hasComplained_ = true;
    }
    return std::nullopt;
  }

  const std::uint64_t limit_;
  const std::uint64_t segmentBytes_;
  std::mutex mutex_;  // held while writing, which is what it orders; never together with the tape's
  std::deque<SegmentPtr> segments_;
  std::uint64_t used_ = 0;
  bool hasComplained_ = false;
};

Tape::Tape() : Tape(Lengths()) {}
Tape::Tape(Lengths lengths)
    : lengths_(lengths), scratch_(std::make_unique<Scratch>(lengths.scratchBytes)) {}
Tape::~Tape() = default;

void Tape::append(const BlockPtr& block) {
  if (!block->source || block->rows() == 0) {
    return;
  }
  auto added = std::make_shared<Entry>();
  const base::Time last = block->timeOf(block->rows() - 1);
  added->span = {block->start, std::max(block->end(), last + base::Duration(1))};
  added->source = block->source;
  added->block = block;

  std::vector<Track::EntryPtr> moving;
  {
    std::lock_guard lock(mutex_);
    Track& track = tracks_[block->source->id];
    track.entries.push_back(std::move(added));
    track.newest = std::max(track.newest, track.entries.back()->span.end);
    // The newest stays however old it is: the value of a slow source may still hold.
    while (track.entries.size() > 1 &&
           track.entries.front()->span.end <= track.newest - lengths_.total) {
      track.entries.pop_front();
      track.inMemory -= track.inMemory > 0 ? 1 : 0;
    }
    for (; track.inMemory < track.entries.size(); ++track.inMemory) {
      const Track::EntryPtr& entry = track.entries[track.inMemory];
      if (entry->span.end > track.newest - lengths_.inMemory) break;
      moving.push_back(entry);
    }
  }
  for (const Track::EntryPtr& entry : moving) {
    move(*entry);
  }
}

void Tape::move(Entry& entry) {
  const base::Bytes bytes = encodeBlock(*entry.block);
  const auto place = scratch_->write(bytes);
  const auto surplus = scratch_->surplus();
  std::lock_guard lock(mutex_);
  entry.block = nullptr;
  if (place) {
    entry.segment = place->segment;
    entry.offset = place->offset;
    entry.size = bytes.size();
  }
  if (place && surplus.empty()) {
    return;
  }
  for (auto& [id, track] : tracks_) {
    // Only entries before `inMemory` can be lost, so that it moves with them.
    track.inMemory -= std::erase_if(track.entries, [&](const Track::EntryPtr& e) {
      const bool isLost = !e->block && !e->segment;
      const bool isSurplus =
          e->segment && std::find(surplus.begin(), surplus.end(), e->segment) != surplus.end();
      return isLost || isSurplus;
    });
  }
}

std::vector<BlockPtr> Tape::read(const std::string& source, const base::TimeSpan& span) const {
  std::vector<Entry> wanted;
  {
    std::lock_guard lock(mutex_);
    const auto track = tracks_.find(source);
    if (track == tracks_.end()) return {};
    for (const Track::EntryPtr& entry : track->second.entries) {
      if (entry->span.overlaps(span)) wanted.push_back(*entry);
    }
  }
  std::vector<BlockPtr> blocks;
  for (const Entry& entry : wanted) {
    BlockPtr block = entry.block;
    if (!block) {
      auto decoded = decodeBlock(entry.segment->read(entry.offset, entry.size), entry.source);
      if (!decoded) {
        base::logWarning("a remembered stretch of " + source + ": " + decoded.error().message);
        continue;
      }
      block = *std::move(decoded);
    }
    if (BlockPtr part = cutBlock(block, span)) {
      blocks.push_back(std::move(part));
    }
  }
  return blocks;
}

BlockPtr Tape::newest(const std::string& source) const {
  std::lock_guard lock(mutex_);
  const auto track = tracks_.find(source);
  if (track == tracks_.end() || track->second.entries.empty()) return nullptr;
  return track->second.entries.back()->block;
}

std::vector<std::string> Tape::sources() const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> ids;
  for (const auto& [id, track] : tracks_) {
    if (!track.entries.empty()) ids.push_back(id);
  }
  return ids;
}

base::TimeSpan Tape::kept(const std::string& source) const {
  std::lock_guard lock(mutex_);
  const auto track = tracks_.find(source);
  if (track == tracks_.end() || track->second.entries.empty()) return {};
  return {track->second.entries.front()->span.begin, track->second.newest};
}

}  // namespace sensors
