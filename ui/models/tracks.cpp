#include "ui/models/tracks.h"

#include <algorithm>
#include <cmath>

#include "ui/words.h"

namespace ui {
namespace {

int rank(const app::SourceView& source) {
  const int kind = source.info.kind == sensors::SourceKind::Audio    ? 0
                   : source.info.kind == sensors::SourceKind::Motion ? 1
                                                                     : 2;
  return kind + (source.used ? 0 : 4);
}

bool isChosen(const app::SourceView& source) {
  return source.info.id.starts_with(sensors::kLocalNode);
}

std::string rateText(double rate) {
  char text[32];
  if (rate >= 1000) {
    std::snprintf(text, sizeof text, "%g kHz", rate / 1000);
  } else {
    std::snprintf(text, sizeof text, "%g Hz", rate);
  }
  return text;
}

}  // namespace

std::vector<Track> chooseTracks(const app::Snapshot& snapshot, const Liveliness& liveliness,
                                std::size_t most) {
  std::vector<const app::SourceView*> sources;
  for (const app::SourceView& source : snapshot.sources) {
    if (!source.info.channels.empty() && source.info.kind != sensors::SourceKind::Picture) {
      sources.push_back(&source);
    }
  }
  // What a person chose one by one comes before what appeared by itself.
  std::stable_sort(sources.begin(), sources.end(), [](const auto* a, const auto* b) {
    return std::pair(rank(*a), !isChosen(*a)) < std::pair(rank(*b), !isChosen(*b));
  });
  sources.resize(std::min(sources.size(), most));
  std::vector<Track> tracks;
  for (const app::SourceView* source : sources) {
    const sensors::SourceInfo& info = source->info;
    std::size_t best = 0;
    double most_lively = -1;
    for (std::size_t c = 0; c < info.channels.size(); ++c) {
      const double lively = liveliness(info.id, c);
      if (lively > most_lively * 1.001) {
        most_lively = lively;
        best = c;
      }
    }
    const sensors::Channel& channel = info.channels[best];
    Track track{.source = info.id,
                .channel = best,
                .name = words::sourceName(snapshot, info).toStdString(),
                .unit = words::unit(channel.unit).toStdString(),
                .audio = info.kind == sensors::SourceKind::Audio,
                .declared = channel.max - channel.min,
                .declaredMin = channel.min};
    if (track.audio) {
      track.unit = rateText(info.rate);
    } else if (info.channels.size() > 1) {
      track.unit = channel.id + (track.unit.empty() ? "" : ", " + track.unit);
    }
    tracks.push_back(std::move(track));
  }
  return tracks;
}

sensors::EnvelopeColumn extent(std::span<const sensors::EnvelopeColumn> columns) {
  sensors::EnvelopeColumn all;
  for (const sensors::EnvelopeColumn& column : columns) {
    if (column.isEmpty()) {
      continue;
    }
    all = all.isEmpty() ? column
                        : sensors::EnvelopeColumn{std::min(all.min, column.min),
                                                  std::max(all.max, column.max)};
  }
  return all;
}

void TrackRange::follow(const Track& track, const sensors::EnvelopeColumn& seen) {
  if (seen.isEmpty()) {
    return;
  }
  double low = seen.min;
  double high = seen.max;
  // The least range worth a full height: a share of what the channel can do, else of its size.
  constexpr double kSound = 0.04;
  constexpr double kOther = 0.006;
  const double least = track.declared > 0
                           ? (track.audio ? kSound : kOther) * track.declared
                           : std::max(1e-6, 0.02 * std::max(std::abs(low), std::abs(high)));
  if (track.audio) {
    high = std::max({high, -low, least / 2});
    low = -high;
  } else {
    const double lacking = least - (high - low);
    if (lacking > 0) {
      low -= lacking / 2;
      high += lacking / 2;
    }
    if (low < 0 && seen.min >= 0 && track.declaredMin >= 0) {  // zero is the floor of a power plug
      high -= low;
      low = 0;
    }
  }
  const double margin = 0.06 * (high - low);
  low -= margin;
  high += margin;
  if (!started_) {
    started_ = true;
    low_ = low;
    high_ = high;
    return;
  }
  constexpr double kShrink = 0.04;
  low_ = low < low_ ? low : low_ + (low - low_) * kShrink;
  high_ = high > high_ ? high : high_ + (high - high_) * kShrink;
}

std::vector<Gap> findGaps(std::span<const sensors::EnvelopeColumn> columns, std::size_t least,
                          std::size_t late) {
  std::vector<Gap> gaps;
  std::size_t i = 0;
  while (i < columns.size() && columns[i].isEmpty()) {
    ++i;
  }
  if (i == columns.size()) {
    return gaps;
  }
  while (i < columns.size()) {
    if (!columns[i].isEmpty()) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < columns.size() && columns[i].isEmpty()) {
      ++i;
    }
    const std::size_t enough = i == columns.size() ? std::max(least, late) : least;
    if (i - begin >= enough) {
      gaps.push_back({begin, i});
    }
  }
  return gaps;
}

void fillGaps(std::vector<Gap>& gaps, std::span<const sensors::EnvelopeColumn> columns,
              sensors::Fill fill, std::size_t reach) {
  if (fill == sensors::Fill::Missing) {
    return;
  }
  const auto middle = [](const sensors::EnvelopeColumn& column) {
    return (static_cast<double>(column.min) + column.max) / 2;
  };
  for (Gap& gap : gaps) {
    // A window with less than it needs is not made, so a long gap is not filled.
    if (gap.begin == 0 || gap.end - gap.begin > reach) {
      continue;
    }
    const double before = middle(columns[gap.begin - 1]);
    const bool isLine = fill == sensors::Fill::Interpolate && gap.end < columns.size();
    gap.filled = std::pair(before, isLine ? middle(columns[gap.end]) : before);
  }
}

sensors::Fill fillOf(const app::Snapshot& snapshot, const std::string& source,
                     std::size_t channel) {
  for (const app::SourceView& view : snapshot.sources) {
    if (view.info.id != source || channel >= view.info.channels.size()) {
      continue;
    }
    const auto choice = snapshot.task.choices.find(source);
    return sensors::fillPerChannel(view.info, choice == snapshot.task.choices.end()
                                                  ? sensors::FillChoice()
                                                  : choice->second.fill)[channel];
  }
  return sensors::Fill::Missing;
}

}  // namespace ui
