#include "ui/views/ribbon.h"

#include <QCoreApplication>
#include <QPainter>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {

void paintRibbonBlock(QPainter& painter, const Theme& theme, const QRectF& lane,
                      const app::RibbonSpan& block, const std::vector<app::LabelCard>& cards,
                      RibbonKind kind) {
  using State = learners::PredictionState;
  const Tokens& t = theme.tokens();
  const app::LabelCard* card = block.label >= 0 && block.label < std::ssize(cards)
                                   ? &cards[static_cast<std::size_t>(block.label)]
                                   : nullptr;
  const bool background =
      block.state == State::Background || (card != nullptr && card->label.background);
  const QColor colour =
      background || card == nullptr ? t.background : theme.labelColour(card->label.colour);
  QString text = card != nullptr ? QString::fromStdString(card->label.name)
                                 : QString::fromStdString(block.text);
  // States that are no percentages, and what the person said, have one height.
  const bool measured = kind == RibbonKind::Heard && !background && block.state == State::Known;
  const double share = measured ? block.certainty : 0.8;
  const double high = 8 + std::clamp<double>(share, 0, 1) * (lane.height() - 8);
  const QRectF box(lane.left() + 0.5, lane.center().y() - high / 2, std::max(1.0, lane.width() - 1),
                   high);
  QColor ink = t.text;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  QPen pen(colour, 1);
  QBrush brush(Qt::NoBrush);
  if (block.state == State::NoData) {
    pen = QPen(t.text2, 1, Qt::DotLine);
    text = QCoreApplication::translate("ribbon", "no data");
    ink = t.text2;
  } else if (block.state == State::Novel) {
    pen = QPen(t.text2, 1);
    brush = QBrush(t.background, Qt::BDiagPattern);
    text = QStringLiteral("?");
  } else if (kind == RibbonKind::Said) {
    QColor pale = colour;
    pale.setAlphaF(0.25F);
    brush = pale;
  } else if (background) {
    QColor pale = colour;
    pale.setAlphaF(0.35F);
    brush = pale;
    pen = QPen(Qt::NoPen);
  } else {
    text += QLatin1Char(' ') + words::percent(block.certainty);
    if (!block.belowLimit && block.certainty >= block.limit) {
      brush = colour;
      ink = contrast(colour, t.surface) > contrast(colour, t.text) ? t.surface : t.text;
    }
  }
  if (block.imputed) {
    pen = QPen(block.certainty >= block.limit ? t.text : colour, 1, Qt::DotLine);
  }
  painter.setPen(pen);
  painter.setBrush(brush);
  painter.drawRoundedRect(box, 3, 3);
  painter.setFont(theme.font(Theme::Text::Axis));
  const QFontMetricsF metrics(painter.font());
  const double room = box.width() - 10;
  if (metrics.horizontalAdvance(text) > room && measured) {
    text = text.section(QLatin1Char(' '), 0, -2);  // the name alone
  }
  if (metrics.horizontalAdvance(text) > room && card != nullptr && box.width() >= 14 &&
      (block.state == State::Known || kind == RibbonKind::Said)) {
    const bool filled = brush.color().alpha() == 255 && brush.style() == Qt::SolidPattern;
    paintLabelShape(painter, QRectF(box.center().x() - 4, box.center().y() - 4, 8, 8),
                    background ? 0 : card->label.colour, filled ? ink : colour);
  } else if (metrics.horizontalAdvance(text) <= room) {
    painter.setPen(ink);
    painter.drawText(QRectF(box.left() + 6, lane.top(), room, lane.height()),
                     Qt::AlignVCenter | Qt::TextSingleLine, text);
  }
  painter.restore();
}

std::vector<base::Time> mismatches(const std::vector<app::RibbonSpan>& heard,
                                   const std::vector<app::RibbonSpan>& said) {
  using State = learners::PredictionState;
  std::vector<base::Time> found;
  for (const app::RibbonSpan& s : said) {
    for (const app::RibbonSpan& h : heard) {
      if ((h.state != State::Known && h.state != State::Background) || h.label == s.label) {
        continue;
      }
      const base::TimeSpan both = base::intersection(h.span, s.span);
      if (both.length() >= std::chrono::milliseconds(500)) {
        found.push_back(both.begin);
        break;  // one mark for one thing said
      }
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace ui
