#include "ui/models/house_rows.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "hubs/mqtt_bus.h"
#include "hubs/topic_channel.h"
#include "ui/models/quality_words.h"
#include "ui/models/skew_words.h"
#include "ui/models/source_choices.h"
#include "ui/words.h"

namespace ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("house", text); }

QString counted(std::size_t n, const char* one, const char* many) {
  return n == 1 ? tr(one) : tr(many).arg(n);
}

/// "192.168.1.20", or that it is the project's own broker.
QString brokerOf(const sensors::LocalSource& source) {
  const auto channel = hubs::topicChannelOf(source);
  if (channel && channel->broker != hubs::kProjectBroker) {
    if (const auto options = hubs::parseBrokerUrl(channel->broker)) {
      return QString::fromStdString(options->host);
    }
  }
  return tr("the broker");
}

}  // namespace

QString houseLine(const app::Snapshot& snapshot, std::size_t devices) {
  return QStringLiteral("%1, %2, %3")
      .arg(counted(snapshot.nodes.size(), "1 node", "%1 nodes"),
           counted(snapshot.sources.size(), "1 source", "%1 sources"),
           counted(devices, "1 device", "%1 devices"));
}

QString rateText(const app::SourceView& source) {
  const bool pictures =
      source.info.kind == sensors::SourceKind::Picture && source.rowsPerSecond > 0;
  if (source.info.rate == 0 && source.rowsPerSecond < 1.5 && !pictures) {
    return tr("on change");
  }
  const double rate = source.rowsPerSecond > 0 ? source.rowsPerSecond : source.info.rate;
  const double near = source.info.rate;
  // What is measured over two seconds wavers by a block; the declared rate is steadier to read.
  const double shown = near > 0 && std::abs(rate - near) < 0.1 * near + 1 ? near : rate;
  return tr("%1/s").arg(shown >= 10 ? words::number(shown) : QString::number(shown, 'g', 2));
}

QString agoText(base::Duration age) {
  constexpr base::Duration kNever = std::chrono::hours(24 * 365);
  if (age > kNever) {
    return tr("never");
  }
  return tr("%1 ago").arg(words::duration(std::max(age, base::Duration{0})));
}

QString offsetText(base::Duration offset) {
  const double ms = base::toSeconds(offset) * 1000;
  if (std::abs(ms) < 0.05) {
    return tr("0 ms");
  }
  const QString sign = ms > 0 ? QStringLiteral("+") : QString(QChar(0x2212));
  const double size = std::abs(ms);
  return size < 1000 ? tr("%1%2 ms").arg(sign).arg(size, 0, 'f', size < 10 ? 1 : 0)
                     : tr("%1%2").arg(sign, words::duration(base::fromSeconds(size / 1000)));
}

QString nodeName(const hubs::NodeView& node) {
  return QString::fromStdString(node.device.about.name.empty() ? node.device.id
                                                               : node.device.about.name);
}

QString sourceName(const app::SourceView& source, const QString& node) {
  const QString name =
      QString::fromStdString(source.info.name.empty() ? source.info.id : source.info.name);
  const QString before = node + QLatin1Char(' ');
  return name.startsWith(before) && name.size() > before.size() ? name.mid(before.size()) : name;
}

std::vector<const app::SourceView*> sourcesOf(const app::Snapshot& snapshot,
                                              const std::string& node) {
  std::vector<const app::SourceView*> found;
  for (const app::SourceView& source : snapshot.sources) {
    if (source.info.id.starts_with(node + "/")) {
      found.push_back(&source);
    }
  }
  return found;
}

NodeCardWords nodeCardWords(const app::Snapshot& snapshot, const hubs::NodeView& node,
                            base::Time now) {
  const hubs::About& about = node.device.about;
  NodeCardWords w;
  w.name = nodeName(node);
  w.room = QString::fromStdString(about.room);
  w.online = node.device.online ? tr("online") : tr("away");
  w.heard = node.device.lastHeard.ns > 0 ? agoText(now - node.device.lastHeard) : tr("never");
  const auto sources = sourcesOf(snapshot, node.device.id);
  std::uint64_t lost = 0;
  for (const app::SourceView* source : sources) {
    lost += source->counts.lostBlocks;
  }
  w.losing = lost > 0;
  w.lost = tr("%1 lost").arg(words::number(static_cast<double>(lost)));
  if (!sources.empty()) {
    const auto fastest =
        *std::max_element(sources.begin(), sources.end(), [](const auto* a, const auto* b) {
          return std::max(a->rowsPerSecond, a->info.rate) <
                 std::max(b->rowsPerSecond, b->info.rate);
        });
    w.streams = QStringLiteral("%1 · %2").arg(rateText(*fastest),
                                              counted(sources.size(), "1 stream", "%1 streams"));
  } else if (about.thumbnails) {
    w.streams = tr("pictures");
  } else if (!about.activities.empty()) {
    w.streams = counted(about.activities.size(), "1 activity", "%1 activities");
  } else {
    w.streams = tr("no streams");
  }
  return w;
}

void addQuality(SourceRow& row, const sensors::SourceQuality& quality) {
  if (quality.jitter.count() > 0) {
    const double ms = base::toSeconds(quality.jitter) * 1000;
    row.offset += tr(" ±%1 ms").arg(ms, 0, 'f', ms < 9.95 ? 1 : 0);
  }
  if (row.silent || quality.findings.empty()) {
    return;
  }
  row.wrong = true;
  row.state = findingsText(quality.findings);
  QStringList sentences;
  for (const sensors::Finding& finding : quality.findings) {
    sentences << findingSentence(finding);
  }
  row.detail = sentences.join(QLatin1Char('\n'));
}

std::vector<SourceRow> sourceRows(const app::Snapshot& snapshot, base::Duration since) {
  std::vector<SourceRow> rows;
  for (const app::SourceView& source : snapshot.sources) {
    SourceRow row;
    row.id = source.info.id;
    const std::string node = source.info.id.substr(0, source.info.id.find('/'));
    row.from = node == sensors::kLocalNode ? tr("this computer") : QString::fromStdString(node);
    for (const hubs::NodeView& view : snapshot.nodes) {
      if (view.device.id == node) {
        row.from = nodeName(view);
      }
    }
    for (const app::LocalSourceView& local : snapshot.locals) {
      if (local.source.id == source.info.id && local.source.kind == hubs::kTopicKind) {
        row.from = brokerOf(local.source);
      }
    }
    row.name = sourceName(source, row.from);
    row.used = source.used;
    row.rate = rateText(source);
    row.lost = words::number(static_cast<double>(source.counts.lostBlocks));
    const bool never = source.age > std::chrono::hours(24 * 365);
    row.age = agoText(never ? source.age : source.age + since);
    row.silent = source.silent;
    row.state = source.silent ? tr("silent") : source.used ? tr("sends") : tr("sends, not used");
    row.offset = never ? QStringLiteral("–") : offsetText(source.counts.clockOffset);
    rows.push_back(std::move(row));
  }
  return rows;
}

void addReading(SourceRow& row, const app::Snapshot& snapshot, const app::SkewView& skew) {
  const auto add = [&](const QString& sentence) {
    if (!sentence.isEmpty()) {
      row.detail += (row.detail.isEmpty() ? QString() : QStringLiteral(" ")) + sentence;
    }
  };
  for (const app::SourceView& source : snapshot.sources) {
    if (source.info.id == row.id) {
      add(flagText(source));
    }
  }
  const QString note = skewNote(skew, row.id);
  add(note);
  if (!note.isEmpty() && !row.wrong && row.used && !row.silent) {
    row.state = tr("unlike when taught");
    row.wrong = true;
  }
}

}  // namespace ui
