#include "ui/models/timeline.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/models/tracks.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr base::Duration kLive = std::chrono::minutes(10);
constexpr std::size_t kMostChannels = 3;

QString tr(const char* text) { return QCoreApplication::translate("timeline", text); }

QDateTime localTime(base::Time t) { return QDateTime::fromMSecsSinceEpoch(t.ns / 1'000'000); }

QString dayName(base::Time t, base::Time now) {
  const QDate day = localTime(t).date();
  const QDate today = localTime(now).date();
  if (day == today) {
    return tr("Today");
  }
  if (day == today.addDays(-1)) {
    return tr("Yesterday");
  }
  return QLocale().toString(day, QLocale::LongFormat);
}

}  // namespace

void TimelineRange::setWhole(const base::TimeSpan& whole) {
  if (whole == whole_ || whole.isEmpty()) {
    return;
  }
  const bool grows = whole.begin == whole_.begin && !showsAll();
  whole_ = whole;
  if (!grows) {
    shown_ = whole_;
  }
  clamp();
}

void TimelineRange::show(const base::TimeSpan& span) {
  shown_ = span;
  clamp();
}

void TimelineRange::pan(double share) {
  const auto by =
      base::Duration(std::llround(static_cast<double>(shown_.length().count()) * share));
  shown_ = {shown_.begin + by, shown_.end + by};
  clamp();
}

void TimelineRange::zoom(double factor, base::Time about) {
  const auto scaled = [&](base::Duration d) {
    return base::Duration(std::llround(static_cast<double>(d.count()) * factor));
  };
  const base::Duration length = std::clamp<base::Duration>(scaled(shown_.length()), kNarrowest,
                                                           std::max(kNarrowest, whole_.length()));
  const double left = static_cast<double>((about - shown_.begin).count()) /
                      static_cast<double>(shown_.length().count());
  const base::Time begin =
      about - base::Duration(std::llround(left * static_cast<double>(length.count())));
  shown_ = {begin, begin + length};
  clamp();
}

void TimelineRange::reveal(base::Time t) {
  const base::Duration edge = shown_.length() / 10;
  base::Duration by{0};
  if (t < shown_.begin + edge) {
    by = t - (shown_.begin + edge);
  } else if (t > shown_.end - edge) {
    by = t - (shown_.end - edge);
  }
  shown_ = {shown_.begin + by, shown_.end + by};
  clamp();
}

void TimelineRange::reveal(const base::TimeSpan& span) {
  if (span.length() > shown_.length() * 8 / 10) {
    show({span.begin - span.length() / 2, span.end + span.length() / 2});
    return;
  }
  reveal(span.end);
  reveal(span.begin);
}

void TimelineRange::clamp() {
  base::Duration length = std::max(shown_.length(), std::min(kNarrowest, whole_.length()));
  length = std::min(length, whole_.length());
  base::Time begin = std::min(shown_.begin, whole_.end - length);
  begin = std::max(begin, whole_.begin);
  shown_ = {begin, begin + length};
}

std::vector<TimelineTick> timelineTicks(const base::TimeSpan& shown, int width, int leastPixels) {
  static constexpr std::array<double, 26> kSteps = {
      0.01, 0.02, 0.05, 0.1, 0.2,  0.5,  1,    2,     5,     10,    15,    30,     60,
      120,  300,  600,  900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800};
  std::vector<TimelineTick> ticks;
  const double seconds = base::toSeconds(shown.length());
  if (width <= 0 || seconds <= 0) {
    return ticks;
  }
  const double least = seconds * leastPixels / width;
  double step = kSteps.back();
  for (const double s : kSteps) {
    if (s >= least) {
      step = s;
      break;
    }
  }
  const base::Duration by = base::fromSeconds(step);
  // Round in local time: noon is noon.
  const base::Duration zone = std::chrono::seconds(localTime(shown.begin).offsetFromUtc());
  base::Time t = base::floorTo(shown.begin + zone, by) - zone;
  for (; t < shown.end; t += by) {
    if (t >= shown.begin) {
      ticks.push_back({t, timelineClock(t, base::fromSeconds(step / 10))});
    }
  }
  return ticks;
}

QString timelineClock(base::Time t, base::Duration pixel) {
  const QDateTime local = localTime(t);
  if (pixel >= std::chrono::hours(8)) {
    return QLocale().toString(local.date(), QLocale::ShortFormat);
  }
  const QString format = pixel >= std::chrono::seconds(5)          ? QStringLiteral("HH:mm")
                         : pixel >= std::chrono::milliseconds(100) ? QStringLiteral("HH:mm:ss")
                                                                   : QStringLiteral("HH:mm:ss.zzz");
  QString text = local.toString(format);
  if (pixel < std::chrono::milliseconds(100)) {
    text.chop(pixel >= std::chrono::milliseconds(10) ? 2 : pixel >= std::chrono::milliseconds(1));
  }
  return text;
}

std::vector<TimelineTrack> timelineTracks(const app::LibraryContents& contents,
                                          const app::Snapshot& snapshot) {
  std::vector<sensors::SourceInfo> sources = contents.sources;
  for (const app::SourceView& view : snapshot.sources) {
    const bool known = std::any_of(sources.begin(), sources.end(),
                                   [&](const auto& s) { return s.id == view.info.id; });
    if (!known) {
      sources.push_back(view.info);
    }
  }
  const auto rank = [](const sensors::SourceInfo& s) {
    return s.kind == sensors::SourceKind::Picture ? 0
           : s.kind == sensors::SourceKind::Audio ? 1
                                                  : 2;
  };
  std::stable_sort(sources.begin(), sources.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  std::vector<TimelineTrack> tracks;
  for (const sensors::SourceInfo& source : sources) {
    if (source.kind == sensors::SourceKind::Features) {
      continue;
    }
    TimelineTrack track{.source = source.id, .name = words::sourceName(snapshot, source)};
    const bool even = source.rate > 0 && source.kind != sensors::SourceKind::Slow;
    track.period = even ? base::fromSeconds(1 / source.rate) : base::Duration{0};
    track.reach = snapshot.task.window.length;
    if (even) {
      track.fill = fillOf(snapshot, source.id, 0);
    }
    if (source.kind == sensors::SourceKind::Picture) {
      track.kind = TimelineTrack::Kind::Picture;
      track.unit =
          source.rate > 0 ? tr("%1 pictures/s").arg(QLocale().toString(source.rate)) : QString();
      tracks.push_back(track);
      continue;
    }
    if (source.kind == sensors::SourceKind::Audio) {
      track.kind = TimelineTrack::Kind::Sound;
      track.unit =
          source.rate > 0 ? tr("%1 kHz").arg(QLocale().toString(source.rate / 1000)) : QString();
      tracks.push_back(track);
      continue;
    }
    const std::size_t n = std::min(source.channels.size(), kMostChannels);
    for (std::size_t c = 0; c < n; ++c) {
      const sensors::Channel& channel = source.channels[c];
      TimelineTrack one = track;
      one.channel = c;
      one.unit = words::unit(channel.unit);
      if (even) {
        one.fill = fillOf(snapshot, source.id, c);
      }
      if (n > 1) {
        one.name += QLatin1Char(' ') + QString::fromStdString(channel.id);
      }
      tracks.push_back(one);
    }
  }
  return tracks;
}

std::vector<int> lanesOf(const std::vector<base::TimeSpan>& spans) {
  std::vector<std::size_t> order(spans.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return spans[a].begin < spans[b].begin; });
  std::vector<int> lanes(spans.size(), 0);
  std::vector<base::Time> ends;
  for (const std::size_t i : order) {
    std::size_t lane = 0;
    while (lane < ends.size() && ends[lane] > spans[i].begin) {
      ++lane;
    }
    if (lane == ends.size()) {
      ends.push_back(spans[i].end);
    } else {
      ends[lane] = spans[i].end;
    }
    lanes[i] = static_cast<int>(lane);
  }
  return lanes;
}

std::vector<TimelineChoice> timelineChoices(const app::LibraryContents& contents, base::Time now,
                                            bool hasSources) {
  std::vector<TimelineChoice> choices;
  // Moves on in steps, so that what is shown stands still while one works in it.
  const base::Duration step = std::chrono::seconds(10);
  base::TimeSpan live{base::floorTo(now - kLive, step) + step, base::floorTo(now, step) + step};
  for (auto sitting = contents.sittings.rbegin(); sitting != contents.sittings.rend(); ++sitting) {
    if (hasSources && sitting->end > live.begin) {
      live.begin = std::min(live.begin, sitting->begin);
      continue;
    }
    choices.push_back({*sitting,
                       tr("%1, %2").arg(dayName(sitting->begin, now),
                                        timelineClock(sitting->begin, std::chrono::seconds(5))),
                       false});
  }
  if (hasSources) {
    choices.insert(choices.begin(), {live, tr("Until now"), true});
  }
  return choices;
}

}  // namespace ui
