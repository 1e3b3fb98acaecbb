// Finding steps of the past by their words and their time.

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <utility>

#include "ui/models/past_rows.h"
#include "ui/words.h"

namespace ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("past", text); }

/// How many letters must be changed, added or left out to make one word of the other.
int editDistance(const QString& a, const QString& b) {
  std::vector<int> row(static_cast<std::size_t>(b.size()) + 1);
  for (std::size_t j = 0; j < row.size(); ++j) {
    row[j] = static_cast<int>(j);
  }
  for (qsizetype i = 1; i <= a.size(); ++i) {
    int corner = row[0];
    row[0] = static_cast<int>(i);
    for (qsizetype j = 1; j <= b.size(); ++j) {
      const auto at = static_cast<std::size_t>(j);
      const int change = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
      corner = row[at];
      row[at] = std::min({row[at] + 1, row[at - 1] + 1, change});
    }
  }
  return row.back();
}

}  // namespace

QString pastTime(base::Time t, base::Time now) {
  const QDate date = QDateTime::fromMSecsSinceEpoch(t.ns / 1'000'000).date();
  const QDate today =
      now.ns > 0 ? QDateTime::fromMSecsSinceEpoch(now.ns / 1'000'000).date() : QDate();
  if (date == today) {
    return words::clock(t);
  }
  if (today.isValid() && date == today.addDays(-1)) {
    return tr("yesterday %1").arg(words::clock(t));
  }
  return QLocale().toString(date, QLocale::ShortFormat) + QLatin1Char(' ') + words::clock(t);
}

QString pastSpan(base::Time from, base::Time to, base::Time now) {
  const auto dayOf = [](base::Time t) {
    return QDateTime::fromMSecsSinceEpoch(t.ns / 1'000'000).date();
  };
  return tr("%1 to %2").arg(pastTime(from, now),
                            dayOf(from) == dayOf(to) ? words::clock(to) : pastTime(to, now));
}

std::vector<PastStep> pastSteps(const std::vector<app::CommandRow>& commands,
                                const QString& search, base::Time now) {
  const QStringList wanted = search.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  std::vector<PastStep> steps;
  bool found = false;
  for (auto row = commands.rbegin(); row != commands.rend(); ++row) {
    const bool current = !row->undone && !std::exchange(found, found || !row->undone);
    const QString text = QString::fromStdString(row->text);
    const bool fits = std::all_of(wanted.begin(), wanted.end(), [&](const QString& word) {
      return text.contains(word, Qt::CaseInsensitive) ||
             pastTime(row->time, now).contains(word, Qt::CaseInsensitive);
    });
    if (fits) {
      steps.push_back({row->id, text, row->time, row->undone, current});
    }
  }
  return steps;
}

QString didYouMean(const std::vector<app::CommandRow>& commands, const QString& search) {
  QString best;
  const QString wanted = search.trimmed().toLower();
  int least = std::max(2, static_cast<int>(wanted.size()) / 3 + 1);
  for (const app::CommandRow& row : commands) {
    for (const QString& word :
         QString::fromStdString(row.text).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
      const int distance = editDistance(word.toLower(), wanted);
      if (word.size() > 2 && distance < least) {
        least = distance;
        best = word;
      }
    }
  }
  return best;
}

}  // namespace ui
