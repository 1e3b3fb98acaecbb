// Envelopes saved beside the samples: made while chunks arrive, asked for when a recording is drawn.
// Chunks that are not in tiles yet are added when asked for, so an answer never misses a sample.

#include <limits>
#include <set>

#include "app/project/envelope_tiles.h"
#include "app/project/store_impl.h"
#include "sensors/block_codec.h"

namespace app {

namespace {

using sensors::SourceInfo;
using sensors::SourceInfoPtr;

constexpr std::size_t kMostColumns = 1 << 16;
constexpr std::size_t kDueChunks = 2048;      // a running recording waits no longer for its tiles
constexpr std::int64_t kDueAtOpening = 20'000;  // chunks; more are done at the next opening
constexpr int kHoldingChunks = 32;  // how many are asked for the value that held before

struct Place {
  std::int64_t recording;
  std::int64_t source;
  std::int64_t channel;
};

base::Result<sensors::BlockPtr> decodeChunk(const SqlRow& row, int column,
                                            const SourceInfoPtr& info) {
  auto block = sensors::decodeBlock(row.bytes(column), info);
  if (!block) {
    return base::Error{block.error().code,
                       "Samples of " + info->id + " are damaged: " + block.error().message};
  }
  return block;
}

/// Brings `bins` of one level into their tiles. A damaged tile stays as it is: who meets it looks
/// at the samples instead.
base::Result<void> mergeTiles(Database& database, const Place& place, int level,
                              const EnvelopeBins& bins, KeepLast keepLast) {
  for (auto next = bins.begin(); next != bins.end();) {
    const std::int64_t index = tileOf(next->first);
    EnvelopeTile tile;
    bool damaged = false;
    auto done = database.each(
        "SELECT content FROM envelope WHERE recording = ? AND source = ? AND channel = ? AND "
        "level = ? AND tile = ?",
        {place.recording, place.source, place.channel, std::int64_t{level}, index},
        [&](const SqlRow& row) -> base::Result<void> {
          const auto former = decodeTile(row.bytes(0));
          damaged = !former;
          tile = former ? *former : tile;
          return {};
        });
    for (; next != bins.end() && tileOf(next->first) == index; ++next) {
      tile[static_cast<std::size_t>(next->first - index * kBinsPerTile)].widen(next->second);
    }
    if (done && !damaged) {
      const base::Bytes content = encodeTile(tile, keepLast);
      done = database.run(
          "INSERT INTO envelope(recording, source, channel, level, tile, content) VALUES(?, ?, ?, "
          "?, ?, ?) ON CONFLICT(recording, source, channel, level, tile) DO UPDATE SET content = "
          "excluded.content",
          {place.recording, place.source, place.channel, std::int64_t{level}, index,
           std::span<const std::uint8_t>(content)});
    }
    if (!done) {
      return done;
    }
  }
  return {};
}

/// Brings all chunks that wait for it into tiles; of damaged ones nothing can be drawn. Inside a
/// transaction only.
base::Result<void> sumDueChunks(Database& database, std::int64_t recording, std::int64_t source) {
  auto known = readSource(database, source);
  if (!known) {
    return known.error();
  }
  const auto info = std::make_shared<const SourceInfo>(std::move(known).value());
  std::vector<EnvelopeBins> bins(info->channels.size());
  auto done = database.each(
      "SELECT content FROM chunk WHERE id IN (SELECT chunk FROM envelope_due WHERE recording = ? "
      "AND source = ?) ORDER BY begin_ns, id",
      {recording, source}, [&](const SqlRow& row) -> base::Result<void> {
        const auto block = decodeChunk(row, 0, info);
        for (std::size_t c = 0; block && c < bins.size(); ++c) {
          addToBins(bins[c], **block, c, binWidth(info->rate, 0));
        }
        return {};
      });
  const KeepLast keepLast =
      info->kind == sensors::SourceKind::Slow ? KeepLast::Yes : KeepLast::No;
  for (std::size_t c = 0; c < bins.size() && done; ++c) {
    const Place place{recording, source, static_cast<std::int64_t>(c)};
    for (int level = 0; level < kEnvelopeLevels && done; ++level) {
      done = mergeTiles(database, place, level, bins[c], keepLast);
      bins[c] = coarser(bins[c]);
    }
  }
  if (done) {
    done = database.run("DELETE FROM envelope_due WHERE recording = ? AND source = ?",
                        {recording, source});
  }
  return done;
}

/// Adds the tiles of the coarsest level whose bins are no wider than a column. False where columns
/// are so narrow that the samples themselves are as quick, and where tiles are damaged.
base::Result<bool> addTiles(Database& database, const Place& place, const SourceInfo& info,
                            const base::TimeSpan& span, std::size_t n, ColumnBuilder& columns) {
  const base::Duration column = span.length() / static_cast<std::int64_t>(n);
  int level = kEnvelopeLevels - 1;
  while (level >= 0 && binWidth(info.rate, level) > column) {
    --level;
  }
  if (level < 0 || !hasEnvelope(info.kind)) {
    return false;
  }
  const base::Duration width = binWidth(info.rate, level);
  const auto binAt = [&](base::Time t) { return base::floorTo(t, width).ns / width.count(); };
  bool damaged = false;
  auto done = database.each(
      "SELECT tile, content FROM envelope WHERE recording = ? AND source = ? AND channel = ? AND "
      "level = ? AND tile BETWEEN ? AND ? ORDER BY tile",
      {place.recording, place.source, place.channel, std::int64_t{level},
       tileOf(binAt(span.begin)), tileOf(binAt(span.end))},
      [&](const SqlRow& row) -> base::Result<void> {
        const auto tile = decodeTile(row.bytes(1));
        if (!tile) {
          damaged = true;
          return {};
        }
        base::Time begin{row.integer(0) * kBinsPerTile * width.count()};
        for (const EnvelopeBin& bin : *tile) {
          columns.add(begin, width, bin);
          begin += width;
        }
        return {};
      });
  return done ? base::Result<bool>(!damaged) : base::Result<bool>(done.error());
}

/// The value of a slow source that held when the span began.
base::Result<EnvelopeBin> heldBefore(Database& database, const Place& place,
                                     const SourceInfoPtr& info, base::Time begin) {
  EnvelopeBin held;
  auto done = database.each(
      "SELECT content FROM chunk WHERE recording = ? AND source = ? AND begin_ns < ? ORDER BY "
      "begin_ns DESC LIMIT ?",
      {place.recording, place.source, begin.ns, std::int64_t{kHoldingChunks}},
      [&](const SqlRow& row) -> base::Result<void> {
        const auto block = decodeChunk(row, 0, info);
        if (!block) {
          return block.error();
        }
        const auto before = sensors::cutBlock(*block, {{(*block)->start}, begin});
        if (!held.isEmpty() || !before) {
          return {};
        }
        EnvelopeBins last;
        addToBins(last, *before, static_cast<std::size_t>(place.channel),
                  binWidth(info->rate, 0));
        if (!last.empty()) {
          held = last.rbegin()->second;
        }
        return {};
      });
  return done ? base::Result<EnvelopeBin>(held) : base::Result<EnvelopeBin>(done.error());
}

/// Adds what one description of the source said.
base::Result<void> addColumns(Database& database, const Place& place, const SourceInfoPtr& info,
                              const base::TimeSpan& span, std::size_t n, ColumnBuilder& columns) {
  const auto addChunk = [&](const SqlRow& row) -> base::Result<void> {
    const auto block = decodeChunk(row, 0, info);
    if (!block) {
      return block.error();
    }
    columns.add(**block, static_cast<std::size_t>(place.channel));
    return {};
  };
  const auto tiled = addTiles(database, place, *info, span, n, columns);
  if (!tiled) {
    return tiled.error();
  }
  if (*tiled) {
    return database.each(
        "SELECT content FROM chunk WHERE id IN (SELECT chunk FROM envelope_due WHERE recording = "
        "? AND source = ?) AND begin_ns < ? AND end_ns >= ?",
        {place.recording, place.source, span.end.ns, span.begin.ns}, addChunk);
  }
  const auto earliest = earliestTouching(database, place.recording, info->id, span.begin);
  if (!earliest) {
    return earliest.error();
  }
  return database.each(
      "SELECT content FROM chunk WHERE recording = ? AND source = ? AND begin_ns >= ? AND begin_ns "
      "< ? AND end_ns >= ?",
      {place.recording, place.source, *earliest, span.end.ns, span.begin.ns}, addChunk);
}

}  // namespace

base::Result<std::int64_t> earliestTouching(Database& database, std::int64_t recording,
                                            const std::string& source, base::Time time) {
  std::int64_t longest = 0;
  auto done = database.each(
      "SELECT coalesce(max(longest_ns), 0) FROM chunk_reach WHERE recording = ? AND source IN "
      "(SELECT row FROM source WHERE id = ?)",
      {recording, source}, [&](const SqlRow& row) {
        longest = std::max<std::int64_t>(0, row.integer(0));
        return base::Result<void>();
      });
  if (!done) {
    return done.error();
  }
  const std::int64_t least = std::numeric_limits<std::int64_t>::min() + longest;
  return std::max(time.ns, least) - longest;
}

base::Result<void> ProjectStore::Impl::noteChunk(Database& database, std::int64_t recording,
                                                 std::int64_t source, const sensors::Block& block) {
  const std::int64_t chunk = database.lastId();
  EnvelopeWork& work = envelopes[{recording, source}];
  const std::int64_t length = (block.end() - block.start).count();
  if (length > work.longestNs) {
    work.longestNs = length;
    auto kept = database.run(
        "INSERT INTO chunk_reach(recording, source, longest_ns) VALUES(?, ?, ?) ON CONFLICT("
        "recording, source) DO UPDATE SET longest_ns = max(longest_ns, excluded.longest_ns)",
        {recording, source, length});
    if (!kept) {
      return kept;
    }
  }
  if (!hasEnvelope(block.source->kind)) {
    return {};
  }
  if (work.dueChunks++ == 0) {
    work.dueSince = block.start;
  }
  const base::Duration tile = binWidth(block.source->rate, 0) * kBinsPerTile;
  work.isDue = work.isDue || work.dueChunks >= kDueChunks || block.end() - work.dueSince >= tile;
  return database.run("INSERT INTO envelope_due(recording, source, chunk) VALUES(?, ?, ?)",
                      {recording, source, chunk});
}

base::Result<void> ProjectStore::Impl::sumEnvelopes(Database& database, std::int64_t recording,
                                                    WhichEnvelopes which) {
  std::set<std::int64_t> sources;
  bool ended = which == WhichEnvelopes::All;
  if (!ended) {
    auto asked = database.each("SELECT end_ns > begin_ns FROM recording WHERE id = ?", {recording},
                               [&](const SqlRow& row) {
                                 ended = row.integer(0) != 0;
                                 return base::Result<void>();
                               });
    if (!asked) {
      return asked;
    }
  }
  if (ended) {
    auto asked =
        database.each("SELECT DISTINCT source FROM envelope_due WHERE recording = ?", {recording},
                      [&](const SqlRow& row) {
                        sources.insert(row.integer(0));
                        return base::Result<void>();
                      });
    if (!asked) {
      return asked;
    }
  } else {
    for (const auto& [place, work] : envelopes) {
      if (place.first == recording && work.isDue) {
        sources.insert(place.second);
      }
    }
  }
  for (const std::int64_t source : sources) {
    if (auto summed = sumDueChunks(database, recording, source); !summed) {
      return summed;
    }
    EnvelopeWork& work = envelopes[{recording, source}];
    work = {.longestNs = work.longestNs};
  }
  if (ended) {
    std::erase_if(envelopes, [&](const auto& entry) { return entry.first.first == recording; });
  }
  return {};
}

base::Result<void> ProjectStore::Impl::sumWhatCrashLeft(Database& database) {
  std::vector<std::int64_t> recordings;
  std::int64_t chunks = 0;
  auto done =
      database.each("SELECT recording, count(*) FROM envelope_due GROUP BY recording", {},
                    [&](const SqlRow& row) {
                      chunks += row.integer(1);
                      if (recordings.empty() || chunks <= kDueAtOpening) {
                        recordings.push_back(row.integer(0));
                      }
                      return base::Result<void>();
                    });
  for (const std::int64_t recording : recordings) {
    if (done) {  // on their own: without envelopes a project opens as well
      static_cast<void>(part([&](Database& inside) {
        return sumEnvelopes(inside, recording, WhichEnvelopes::All);
      }));
    }
  }
  return done;
}

base::Result<std::vector<sensors::EnvelopeColumn>> ProjectStore::storedColumns(
    std::int64_t recording, const std::string& source, std::size_t channel,
    const base::TimeSpan& span, std::size_t n) const {
  if (n > kMostColumns) {
    return base::invalid("A trace of " + std::to_string(n) + " columns is too wide.");
  }
  if (span.isEmpty() || n == 0) {
    return std::vector<sensors::EnvelopeColumn>(n);
  }
  ColumnBuilder columns(span, n);
  auto done = impl_->readAtOneTime([&](Database& database) -> base::Result<void> {
    std::vector<std::int64_t> rows;
    auto asked = database.each(
        "SELECT row FROM source WHERE id = ? AND EXISTS (SELECT 1 FROM chunk WHERE recording = ? "
        "AND chunk.source = source.row) ORDER BY declared",
        {source, recording}, [&](const SqlRow& row) {
          rows.push_back(row.integer(0));
          return base::Result<void>();
        });
    EnvelopeBin before;
    bool held = false;
    for (const std::int64_t row : rows) {
      auto known = asked ? readSource(database, row) : asked.error();
      if (!known) {
        return known.error();
      }
      const auto info = std::make_shared<const SourceInfo>(std::move(known).value());
      const Place place{recording, row, static_cast<std::int64_t>(channel)};
      asked = addColumns(database, place, info, span, n, columns);
      if (asked && info->kind == sensors::SourceKind::Slow) {
        held = true;
        const auto value = heldBefore(database, place, info, span.begin);
        if (!value) {
          return value.error();
        }
        before.widen(*value);
      }
    }
    if (held) {
      columns.hold(before);
    }
    return asked;
  });
  if (!done) {
    return done.error();
  }
  return columns.take();
}

}  // namespace app
