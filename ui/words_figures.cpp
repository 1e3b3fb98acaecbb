// Figures as a person reads them.

#include <QCoreApplication>
#include <QRegularExpression>
#include <cmath>

#include "ui/words.h"

namespace ui::words {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("words", text); }

const QChar kThin(0x202F);  // narrow no-break space

QString grouped(QString digits) {
  const qsizetype point = digits.indexOf(QLatin1Char('.'));
  for (qsizetype at = (point < 0 ? digits.size() : point) - 3;
       at > (digits.startsWith(QLatin1Char('-')) ? 1 : 0); at -= 3) {
    digits.insert(at, kThin);
  }
  return digits;
}

}  // namespace

QString percent(double share) {
  return QStringLiteral("%1%2%").arg(std::lround(share * 100)).arg(kThin);
}

QString signedPoints(double share) {
  const auto points = std::lround(100 * share);
  if (points == 0) return QStringLiteral("±0");
  return (points > 0 ? QStringLiteral("+%1") : QStringLiteral("−%1")).arg(std::abs(points));
}

QString duration(base::Duration d) {
  const double seconds = base::toSeconds(d);
  if (seconds < 0.95) {
    return tr("%1 s").arg(std::max(0.0, seconds), 0, 'f', 1);
  }
  if (seconds < 60) {
    return tr("%1 s").arg(std::floor(seconds + 0.05));
  }
  const auto minutes = static_cast<qint64>(seconds / 60);
  if (minutes < 60) {
    return tr("%1 min").arg(minutes);
  }
  if (minutes < 48 * 60) {
    return tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
  }
  return tr("%1 days").arg(minutes / (24 * 60));
}

QString stopwatch(base::Duration d) {
  const auto seconds = static_cast<qint64>(std::max(0.0, base::toSeconds(d)));
  return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString number(double value) { return grouped(QString::number(std::round(value), 'f', 0)); }

QString reading(double value) {
  const double size = std::abs(value);
  const int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  QString text = QString::number(value, 'f', decimals);
  if (text.startsWith(QLatin1Char('-')) && text.toDouble() == 0) {
    text.remove(0, 1);
  }
  return grouped(text.replace(QLatin1Char('-'), QChar(0x2212)));
}

QString bytes(double count) {
  static const char* const units[] = {"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (count >= 1000 && unit + 1 < std::size(units)) {
    count /= 1000;
    ++unit;
  }
  return QStringLiteral("%1 %2")
      .arg(count, 0, 'f', count < 10 && unit > 0 ? 1 : 0)
      .arg(QLatin1String(units[unit]));
}

QString clock(base::Time t) { return QString::fromStdString(base::clockText(t)); }

QString unit(const std::string& symbol) {
  if (symbol == "1") {
    return {};
  }
  QString text = QString::fromStdString(symbol);
  static const QRegularExpression power(QStringLiteral("(?<=[a-z])([23])$"));
  const QRegularExpressionMatch found = power.match(text);
  if (found.hasMatch() && text.contains(QLatin1Char('/'))) {
    text.chop(1);
    text += found.captured(1) == QLatin1String("2") ? QChar(0x00B2) : QChar(0x00B3);
  }
  return text;
}

}  // namespace ui::words
