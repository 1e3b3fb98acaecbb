#include "ui/views/heard_list.h"

#include <QPainter>
#include <optional>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {

HeardList::HeardList(const Theme& theme, QWidget* parent)
    : RowList(theme, tr("Heard before"), tr("Nothing in the last ten minutes."), parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAccessibleName(tr("Heard before"));
  setToolTip(tr("Press one to say what it really was"));
}

void HeardList::show(const app::Snapshot& snapshot, const std::vector<app::RibbonSpan>& heard,
                     base::Time now) {
  const auto chosen = at() < 0
                          ? std::nullopt
                          : std::optional(rows_[static_cast<std::size_t>(at())].heard.span.begin);
  int stays = -1;
  rows_.clear();
  QStringList spoken;
  for (auto it = heard.rbegin(); it != heard.rend() && rows_.size() < 12; ++it) {
    const bool novel = it->state == learners::PredictionState::Novel;
    if (!novel && it->state != learners::PredictionState::Known) {
      continue;
    }
    Row row{.heard = *it, .novel = novel};
    if (it->label >= 0 && it->label < std::ssize(snapshot.cards)) {
      const learners::Label& label = snapshot.cards[static_cast<std::size_t>(it->label)].label;
      row.text = QString::fromStdString(label.name);
      row.colour = label.colour;
    } else {
      row.text = QString::fromStdString(it->text);
    }
    if (novel) {
      row.text = tr("not something I know");
    } else {
      row.sure = QStringLiteral("%1 %2").arg(words::certaintyWord(it->certainty, it->limit),
                                             words::percent(it->certainty));
    }
    const base::Duration ago = now - it->span.end;
    row.when =
        ago < std::chrono::milliseconds(1500)
            ? tr("now, for %1").arg(words::duration(it->span.length()))
            : tr("%1 ago, for %2").arg(words::duration(ago), words::duration(it->span.length()));
    spoken << QStringLiteral("%1, %2").arg(row.text, row.when);
    if (chosen == row.heard.span.begin) {
      stays = count();
    }
    rows_.push_back(std::move(row));
  }
  setAccessibleDescription(spoken.join(QStringLiteral("; ")));
  changed(stays);
}

void HeardList::paintRow(QPainter& painter, int index, const QRectF& box) const {
  const Row& row = rows_[static_cast<std::size_t>(index)];
  const Tokens& t = theme().tokens();
  const QRectF mark(1, box.center().y() - 5, 10, 10);
  if (row.novel) {
    painter.setPen(t.text2);
    painter.setBrush(QBrush(t.text2, Qt::BDiagPattern));
    painter.drawRect(mark);
  } else {
    paintLabelShape(painter, mark, row.colour, theme().labelColour(row.colour));
  }
  painter.setPen(t.text);
  painter.setFont(theme().font(Theme::Text::Body));
  const double column = (width() - 18) * 0.34;
  const QFontMetricsF metrics(painter.font());
  painter.drawText(QRectF(18, box.top(), column - 8, kRow), Qt::AlignVCenter,
                   metrics.elidedText(row.text, Qt::ElideRight, column - 8));
  painter.setPen(t.text2);
  drawFigures(painter, QRectF(18 + column, box.top(), column, kRow), row.sure, Qt::AlignLeft);
  drawFigures(painter, box, row.when, Qt::AlignRight);
}

void HeardList::pick(int row) {
  Q_EMIT picked(rows_[static_cast<std::size_t>(row)].heard.span,
                mapToGlobal(QPoint(20, belowRow(row))));
}

}  // namespace ui
