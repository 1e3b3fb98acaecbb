#include "ui/models/quality_words.h"

#include <QCoreApplication>

#include "ui/words.h"

namespace ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("quality", text); }

QString channelOf(const sensors::Finding& finding) {
  return QString::fromStdString(finding.channel);
}

QString factorText(double factor) {
  return factor >= 1 ? tr("%1 times larger").arg(words::reading(factor))
                     : tr("%1 times smaller").arg(words::reading(1 / factor));
}

}  // namespace

QString findingText(const sensors::Finding& finding) {
  using sensors::Fault;
  const QString channel = channelOf(finding);
  switch (finding.fault) {
    case Fault::NotFinite:
      return tr("%1: %2 not numbers").arg(channel, words::number(static_cast<double>(finding.count)));
    case Fault::OutOfRange:
      return tr("%1 out of range").arg(channel);
    case Fault::Saturated:
      return tr("%1 at its limit").arg(channel);
    case Fault::Frozen:
      return tr("%1 stands still").arg(channel);
    case Fault::OtherRate:
      return tr("other rate");
    case Fault::OtherShape:
      return tr("other channels");
    case Fault::Flood:
      return tr("floods");
    case Fault::Turned:
      return tr("turned: %1 is down").arg(channel);
    case Fault::OtherUnit:
      return tr("%1 in another unit?").arg(channel);
  }
  return {};
}

QString findingSentence(const sensors::Finding& finding) {
  using sensors::Fault;
  const QString channel = channelOf(finding);
  const QString since = words::clock(finding.since);
  const QString value = words::reading(finding.value);
  const QString expected = words::reading(finding.expected);
  switch (finding.fault) {
    case Fault::NotFinite:
      return tr("Since %1 %2 sent %3 values that are no numbers. I leave them out.")
          .arg(since, channel, words::number(static_cast<double>(finding.count)));
    case Fault::OutOfRange:
      return tr("Since %1 %2 sends values outside its range, the last was %3.")
          .arg(since, channel, value);
    case Fault::Saturated:
      return tr("Since %1 %2 sticks at the end of its range, %3: too loud, or too strong?")
          .arg(since, channel, value);
    case Fault::Frozen:
      return tr("Since %1 %2 has been exactly %3. The sensor may be stuck.")
          .arg(since, channel, value);
    case Fault::OtherRate:
      return tr("Since %1 %2 rows a second come; it was taught with %3.")
          .arg(since, value, expected);
    case Fault::OtherShape:
      return tr("Since %1 it sends other channels than it was taught with: %2.")
          .arg(since, QString::fromStdString(finding.detail));
    case Fault::Flood:
      return tr("Since %1 it floods: %2 rows a second, declared are %3. I take what I can.")
          .arg(since, value, expected);
    case Fault::Turned:
      return tr("Since %1 %2 points up or down; when it was taught, %3 did. Was it turned, or are "
                "axes swapped?")
          .arg(since, channel, QString::fromStdString(finding.detail));
    case Fault::OtherUnit:
      return tr("Since %1 %2 is %3 than when it was taught. Another unit?")
          .arg(since, channel, factorText(finding.value));
  }
  return {};
}

QString findingsText(const std::vector<sensors::Finding>& findings) {
  if (findings.empty()) return {};
  const QString newest = findingText(findings.back());
  return findings.size() == 1 ? newest
                              : tr("%1, %2 more").arg(newest).arg(findings.size() - 1);
}

}  // namespace ui
