#include "ui/models/label_table.h"

#include <QDateTime>
#include <QPainter>
#include <QPixmap>
#include <algorithm>

#include "ui/models/timeline.h"
#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

// How fine times are written: typed to 10 ms, shown to a second.
constexpr base::Duration kFine = std::chrono::milliseconds(1);
constexpr base::Duration kCoarse = std::chrono::milliseconds(100);

QString byWhom(const learners::Demonstration& d) {
  using learners::Origin;
  if (!d.author.empty()) {
    return QString::fromStdString(d.author);
  }
  switch (d.origin) {
    case Origin::Import:
      return LabelTable::tr("import");
    case Origin::Background:
      return LabelTable::tr("auto");
    default:
      return LabelTable::tr("you");
  }
}

}  // namespace

std::optional<base::Time> timeFromText(const QString& text, base::Time near) {
  const QStringList parts = text.trimmed().split(QLatin1Char(':'));
  if (parts.isEmpty() || parts.size() > 3) {
    return std::nullopt;
  }
  double values[3] = {0, 0, 0};
  for (qsizetype i = 0; i < parts.size(); ++i) {
    bool fine = false;
    QString part = parts[i];
    part.replace(QLatin1Char(','), QLatin1Char('.'));
    const double value = part.toDouble(&fine);
    const bool last = i + 1 == parts.size();
    const double most = i == 0 && parts.size() == 3 ? 24 : 60;
    if (!fine || value < 0 || value >= most || (!last && value != std::floor(value))) {
      return std::nullopt;
    }
    values[3 - parts.size() + i] = value;
  }
  // What is not typed is as it was: the hour, the minute, the day.
  const QDateTime local = QDateTime::fromMSecsSinceEpoch(near.ns / 1'000'000);
  const int hour = parts.size() == 3 ? static_cast<int>(values[0]) : local.time().hour();
  const int minute = parts.size() >= 2 ? static_cast<int>(values[1]) : local.time().minute();
  const QDateTime whole(local.date(), QTime(hour, minute));
  return base::Time{whole.toMSecsSinceEpoch() * 1'000'000} + base::fromSeconds(values[2]);
}

std::optional<learners::LabelId> labelFromText(const QString& text,
                                               const std::vector<app::LabelCard>& cards) {
  const QString typed = text.trimmed();
  if (typed.isEmpty()) {
    return std::nullopt;
  }
  std::optional<learners::LabelId> begins;
  int beginning = 0;
  for (const app::LabelCard& card : cards) {
    const QString name = QString::fromStdString(card.label.name);
    if (name.compare(typed, Qt::CaseInsensitive) == 0 ||
        (card.label.key >= 0 && typed == QString::number(card.label.key))) {
      return card.label.id;
    }
    if (name.startsWith(typed, Qt::CaseInsensitive)) {
      begins = card.label.id;
      ++beginning;
    }
  }
  return beginning == 1 ? begins : std::nullopt;
}

std::optional<float> certaintyOf(const learners::Demonstration& example,
                                 const std::vector<app::HeardSpan>& heard) {
  base::Duration together{0};
  float most = 0;
  for (const app::HeardSpan& h : heard) {
    if (h.label == example.label && h.state != learners::PredictionState::NoData) {
      const base::Duration part = base::intersection(h.span, example.span).length();
      together += part;
      most = part.count() > 0 ? std::max(most, h.certainty) : most;
    }
  }
  return together * 2 >= example.span.length() && together.count() > 0 ? std::optional(most)
                                                                       : std::nullopt;
}

LabelTable::LabelTable(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), theme_(theme) {}

void LabelTable::show(const app::SnapshotPtr& snapshot, Demonstrations said,
                      const std::vector<app::HeardSpan>& heard) {
  std::vector<std::optional<float>> sure;
  for (const learners::Demonstration& d : said) {
    sure.push_back(certaintyOf(d, heard));
  }
  const bool sameRows = said.size() == said_.size() &&
                        std::equal(said.begin(), said.end(), said_.begin(),
                                   [](const auto& a, const auto& b) { return a.id == b.id; });
  const bool same = sameRows && said == said_ && sure == sure_ && snapshot_ != nullptr;
  if (!sameRows) {
    beginResetModel();
  }
  snapshot_ = snapshot;
  said_ = std::move(said);
  sure_ = std::move(sure);
  if (!sameRows) {
    endResetModel();
  } else if (!same && !said_.empty()) {
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
  }
}

int LabelTable::rowOf(std::int64_t example) const {
  const auto found =
      std::find_if(said_.begin(), said_.end(), [&](const auto& d) { return d.id == example; });
  return found == said_.end() ? -1 : static_cast<int>(found - said_.begin());
}

std::int64_t LabelTable::exampleAt(int row) const {
  return row >= 0 && row < std::ssize(said_) ? said_[static_cast<std::size_t>(row)].id : 0;
}

int LabelTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(said_.size());
}

int LabelTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Columns;
}

QVariant LabelTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return static_cast<int>((section == Label || section == By ? Qt::AlignLeft : Qt::AlignRight) |
                            Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  switch (section) {
    case Start:
      return tr("start");
    case End:
      return tr("end");
    case Label:
      return tr("label");
    case By:
      return tr("by");
    default:
      return tr("sure");
  }
}

QVariant LabelTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount() || !snapshot_) {
    return {};
  }
  const learners::Demonstration& d = said_[static_cast<std::size_t>(index.row())];
  const app::LabelCard* card = words::findCard(*snapshot_, d.label);
  const bool time = index.column() == Start || index.column() == End;
  if (role == Qt::TextAlignmentRole) {
    return static_cast<int>((time || index.column() == Sure ? Qt::AlignRight : Qt::AlignLeft) |
                            Qt::AlignVCenter);
  }
  if (role == Qt::DecorationRole && index.column() == Label && card != nullptr) {
    const int colour = card->label.background ? 0 : card->label.colour;
    QPixmap mark(24, 24);
    mark.setDevicePixelRatio(2);
    mark.fill(Qt::transparent);
    QPainter painter(&mark);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLabelShape(painter, QRectF(1, 1, 9, 9), colour, theme_.labelColour(colour));
    return mark;
  }
  if (role == Qt::ForegroundRole && !d.enabled) {
    return theme_.tokens().text2;
  }
  if (role == Qt::ToolTipRole && !d.enabled) {
    return tr("Switched off: not learnt from");
  }
  if (role != Qt::DisplayRole && role != Qt::EditRole) {
    return {};
  }
  switch (index.column()) {
    case Start:
      return timelineClock(d.span.begin, role == Qt::EditRole ? kFine : kCoarse);
    case End:
      return timelineClock(d.span.end, role == Qt::EditRole ? kFine : kCoarse);
    case Label:
      return card != nullptr ? QString::fromStdString(card->label.name) : QString();
    case By:
      return byWhom(d);
    default: {
      const auto& sure = sure_[static_cast<std::size_t>(index.row())];
      return sure ? words::percent(*sure) : QStringLiteral("–");
    }
  }
}

Qt::ItemFlags LabelTable::flags(const QModelIndex& index) const {
  const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
  return index.column() <= Label ? usual | Qt::ItemIsEditable : usual;
}

bool LabelTable::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole || !index.isValid() || !snapshot_) {
    return false;
  }
  const learners::Demonstration& d = said_[static_cast<std::size_t>(index.row())];
  if (value.toString() == data(index, Qt::EditRole).toString()) {
    return false;
  }
  if (index.column() == Label) {
    const auto label = labelFromText(value.toString(), snapshot_->cards);
    if (!label) {
      return false;
    }
    const app::LabelCard* card = words::findCard(*snapshot_, *label);
    Q_EMIT revised(relabel(said_, d.id, *label, QString::fromStdString(card->label.name)));
    return true;
  }
  const auto t =
      timeFromText(value.toString(), index.column() == Start ? d.span.begin : d.span.end);
  if (!t) {
    return false;
  }
  Q_EMIT revised(moveEdge(said_, d.id, index.column() == Start ? Edge::Begin : Edge::End, *t));
  return true;
}

}  // namespace ui
