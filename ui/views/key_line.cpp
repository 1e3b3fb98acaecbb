#include "ui/views/key_line.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/views/basics.h"

namespace ui {
namespace {

constexpr double kLine = 24;
constexpr double kCap = 20;

}  // namespace

KeyLine::KeyLine(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  setMouseTracking(true);
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void KeyLine::setPieces(std::vector<Piece> pieces) {
  if (pieces == pieces_) {
    return;
  }
  pieces_ = std::move(pieces);
  QString spoken;
  for (const Piece& piece : pieces_) {
    spoken += piece.text + QLatin1Char(' ');
  }
  setAccessibleName(spoken.trimmed());
  fit();
  updateGeometry();
  update();
}

/// Every line is needed: a key that is asked for must be in sight.
void KeyLine::fit() { setMinimumHeight(heightForWidth(width())); }

void KeyLine::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (event->size().width() != event->oldSize().width()) {
    fit();
  }
}

void KeyLine::setAsking(bool asking) {
  if (asking != asking_) {
    asking_ = asking;
    update();
  }
}

std::vector<KeyLine::Placed> KeyLine::place(double width) const {
  const QFontMetricsF body(theme_.font(Theme::Text::Body));
  const QFontMetricsF cap(theme_.font(Theme::Text::Secondary, 550));
  const double space = body.horizontalAdvance(QLatin1Char(' '));
  std::vector<Placed> placed;
  double x = 0;
  double y = 0;
  const auto wideOf = [&](const QString& word, int colour) {
    return std::ceil(body.horizontalAdvance(word)) + (colour >= 0 ? 14 : 0);
  };
  const auto put = [&](Piece piece, double wide, double together) {
    if (x > 0 && x + together > width) {
      x = 0;
      y += kLine;
    }
    const double high = piece.key ? kCap : kLine;
    placed.push_back({QRectF(x, y + (kLine - high) / 2, wide, high), std::move(piece)});
    x += wide + (placed.back().piece.key ? space + 1 : space);
  };
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    if (piece.key) {
      const double wide = std::max(22.0, std::ceil(cap.horizontalAdvance(piece.text)) + 12);
      // A key stays with the word that says what it is.
      const Piece* next = i + 1 < pieces_.size() && !pieces_[i + 1].key ? &pieces_[i + 1] : nullptr;
      const QString word = next != nullptr ? next->text.section(QLatin1Char(' '), 0, 0) : QString();
      put(piece, wide, next != nullptr ? wide + space + 1 + wideOf(word, next->colour) : wide);
      continue;
    }
    bool first = true;
    for (const QString& word : piece.text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
      Piece part{word, false, first ? piece.colour : -1};
      first = false;
      const double wide = wideOf(word, part.colour);
      put(part, wide, wide);
    }
  }
  return placed;
}

int KeyLine::heightForWidth(int width) const {
  const auto placed = place(width);
  return placed.empty() ? 0
                        : static_cast<int>(std::ceil(placed.back().rect.center().y() + kLine / 2));
}

QSize KeyLine::sizeHint() const { return {320, heightForWidth(320)}; }

QSize KeyLine::minimumSizeHint() const {
  return {160, pieces_.empty() ? 0 : static_cast<int>(kLine)};
}

void KeyLine::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  for (const Placed& at : place(width())) {
    if (at.piece.key) {
      painter.setPen(QPen(asking_ ? t.accent : t.border, 1));
      painter.setBrush(t.sunk);
      painter.drawRoundedRect(at.rect.adjusted(0.5, 0.5, -0.5, -0.5), size::kSmallRadius,
                              size::kSmallRadius);
      painter.setFont(theme_.font(Theme::Text::Secondary, 550));
      painter.setPen(t.text);
      painter.drawText(at.rect, Qt::AlignCenter, at.piece.text);
      continue;
    }
    QRectF rect = at.rect;
    if (at.piece.colour >= 0) {
      paintLabelShape(painter, QRectF(rect.left(), rect.center().y() - 5, 10, 10), at.piece.colour,
                      theme_.labelColour(at.piece.colour));
      rect.setLeft(rect.left() + 14);
    }
    painter.setFont(theme_.font(Theme::Text::Body));
    painter.setPen(asking_ ? t.text : t.text2);
    painter.drawText(rect.adjusted(0, 0, 2, 0), Qt::AlignVCenter | Qt::TextSingleLine,
                     at.piece.text);
  }
}

void KeyLine::mousePressEvent(QMouseEvent* event) {
  for (const Placed& at : place(width())) {
    if (at.piece.key && at.rect.adjusted(-5, -6, 5, 6).contains(event->position())) {
      Q_EMIT keyClicked(at.piece.text);
      return;
    }
  }
  QWidget::mousePressEvent(event);
}

void KeyLine::mouseMoveEvent(QMouseEvent* event) {
  const auto placed = place(width());
  const bool over = std::any_of(placed.begin(), placed.end(), [event](const Placed& at) {
    return at.piece.key && at.rect.adjusted(-5, -6, 5, 6).contains(event->position());
  });
  setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

}  // namespace ui
