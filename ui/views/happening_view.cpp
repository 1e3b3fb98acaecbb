#include "ui/views/happening_view.h"

#include <QPainter>
#include <algorithm>

#include "ui/views/basics.h"

namespace ui {

HappeningView::HappeningView(const Theme& theme, QWidget* parent)
    : RowList(theme, tr("What happened in the last ten minutes"),
              tr("Nothing in the last ten minutes."), parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  setAccessibleName(tr("What happened"));
  setToolTip(tr("Press one to see it on page Label; ↑ ↓ and Enter do the same"));
}

void HappeningView::show(std::vector<HappeningRow> rows) {
  const bool grows = rows.size() != rows_.size();
  int stays = -1;
  if (at() >= 0) {
    const HappeningRow& chosen = rows_[static_cast<std::size_t>(at())];
    const auto same = std::find_if(rows.begin(), rows.end(), [&](const HappeningRow& row) {
      return row.name == chosen.name && row.span.begin == chosen.span.begin;
    });
    stays = same == rows.end() ? -1 : static_cast<int>(same - rows.begin());
  }
  rows_ = std::move(rows);
  changed(stays);
  if (grows) {
    updateGeometry();
  }
}

void HappeningView::pointed() {
  QStringList spoken;
  for (const HappeningRow& row : rows_) {
    spoken << (row.views.isEmpty()
                   ? QStringLiteral("%1, %2, %3").arg(row.name, row.sure, row.when)
                   : QStringLiteral("%1, %2, %3, %4")
                         .arg(row.name, row.sure, row.when, tr("seen by %1").arg(row.views)));
  }
  const bool isChosen = at() >= 0 && hasFocus();
  const QString text = rows_.empty() ? whenEmpty()
                       : isChosen    ? spoken[at()]
                                     : spoken.join(QStringLiteral("; "));
  setAccessibleDescription(text);  // tells who listens, where it changed
}

void HappeningView::paintRow(QPainter& painter, int index, const QRectF& box) const {
  const HappeningRow& row = rows_[static_cast<std::size_t>(index)];
  const Tokens& t = theme().tokens();
  constexpr double kMarkRoom = 26, kGap = 12, kEnd = 6;
  paintLabelShape(painter, {7, box.center().y() - 5, 10, 10}, row.colour,
                  theme().labelColour(row.colour));
  const QFont body = theme().font(Theme::Text::Body);
  const QFontMetricsF metrics(body);
  const double wide = box.width() - kMarkRoom - kEnd;
  const double whenWidth = std::max(wide * 0.24, figuresWidth(metrics, row.when));
  const double sureWidth = std::max(wide * 0.17, figuresWidth(metrics, row.sure));
  const double left = std::max(60.0, wide - whenWidth - sureWidth - 2 * kGap);
  const double nameWidth = row.views.isEmpty() ? left : left * 0.46;
  painter.setFont(row.goesOn ? theme().font(Theme::Text::Body, 650) : body);
  painter.setPen(t.text);
  painter.drawText(QRectF(kMarkRoom, box.top(), nameWidth, box.height()), Qt::AlignVCenter,
                   QFontMetricsF(painter.font()).elidedText(row.name, Qt::ElideRight, nameWidth));
  painter.setFont(body);
  painter.setPen(t.text2);
  if (!row.views.isEmpty()) {
    const double views = left - nameWidth - kGap;
    painter.drawText(QRectF(kMarkRoom + nameWidth + kGap, box.top(), views, box.height()),
                     Qt::AlignVCenter,
                     metrics.elidedText(tr("seen by %1").arg(row.views), Qt::ElideRight, views));
  }
  drawFigures(painter, {kMarkRoom + left + kGap, box.top(), sureWidth, box.height()}, row.sure,
              Qt::AlignLeft);
  drawFigures(painter, box.adjusted(0, 0, -kEnd, 0), row.when, Qt::AlignRight);
}

void HappeningView::pick(int row) { Q_EMIT picked(rows_[static_cast<std::size_t>(row)].span); }

}  // namespace ui
