#include "ui/views/row_table.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyleOptionButton>
#include <algorithm>

#include "ui/views/basics.h"

namespace ui {

RowTable::RowTable(const Theme& theme, const std::vector<Column>& columns, int rowHeight,
                   QWidget* parent)
    : QWidget(parent), theme_(theme), columns_(columns), rowHeight_(rowHeight) {
  grid_ = tightLayout<QGridLayout>(this);
  grid_->setHorizontalSpacing(16);
  grid_->setVerticalSpacing(0);
  grid_->setRowMinimumHeight(0, 28);
  int at = 0;
  for (const Column& column : columns_) {
    grid_->setColumnStretch(at, column.stretch);
    grid_->setColumnMinimumWidth(at, column.least);
    grid_->addWidget(makeText(column.title, "secondary", this), 0, at,
                     column.alignment | Qt::AlignVCenter);
    ++at;
  }
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RowTable::addRow(const std::vector<QWidget*>& cells) {
  ++rows_;
  grid_->setRowMinimumHeight(rows_, rowHeight_);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i] == nullptr) {
      continue;
    }
    // Cells at the left fill their column, so that long words can end in "…" or wrap.
    const bool right = columns_[i].alignment & Qt::AlignRight;
    grid_->addWidget(cells[i], rows_, static_cast<int>(i),
                     right ? Qt::AlignRight | Qt::AlignVCenter : Qt::Alignment());
    cells[i]->show();
  }
}

void RowTable::cutTo(int rows) {
  while (rows_ > rows) {
    for (int column = 0; column < static_cast<int>(columns_.size()); ++column) {
      if (QWidget* widget = cell(rows_ - 1, column)) {
        grid_->removeWidget(widget);
        widget->hide();
        widget->deleteLater();
      }
    }
    grid_->setRowMinimumHeight(rows_, 0);
    --rows_;
  }
}

QWidget* RowTable::cell(int row, int column) const {
  const QLayoutItem* item = grid_->itemAtPosition(row + 1, column);
  return item != nullptr ? item->widget() : nullptr;
}

void RowTable::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(theme_.tokens().grid);
  // Rows whose words wrap are higher than the grid's cellRect() says: the cells know.
  for (int row = -1; row < rows_; ++row) {
    int y = row < 0 ? grid_->rowMinimumHeight(0) - 1 : 0;
    for (int column = 0; column < static_cast<int>(columns_.size()); ++column) {
      if (const QWidget* widget = cell(row, column)) {
        y = std::max(y, widget->geometry().bottom());
      }
    }
    painter.drawLine(0, y, width(), y);
  }
}

UseBox::UseBox(QWidget* parent) : QAbstractButton(parent) {
  setCheckable(true);
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  setFixedSize(32, 32);
}

void UseBox::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  QStyleOptionButton option;
  option.initFrom(this);
  option.rect = {1, 7, 18, 18};
  option.state |= isChecked() ? QStyle::State_On : QStyle::State_Off;
  style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &option, &painter, this);
}

ToneText::ToneText(Lines lines, QWidget* parent) : QWidget(parent) {
  auto* row = tightLayout<QHBoxLayout>(this, 6);
  symbol_ = makeText({}, "", this);
  symbol_->setFixedWidth(11);
  symbol_->setAlignment(Qt::AlignCenter);
  if (lines == Lines::Many) {
    words_ = makeText({}, "", this);
    words_->setTextFormat(Qt::PlainText);
    words_->setWordWrap(true);
    words_->setMinimumWidth(110);
  } else {
    words_ = new ElidedLabel({}, "", this);
  }
  row->addWidget(symbol_);
  row->addWidget(words_, 1);
}

void ToneText::show(Tone tone, const QString& text) {
  setRole(symbol_, tone == Tone::Fine      ? "ok"
                   : tone == Tone::Refused ? "rec"
                   : tone == Tone::None    ? "muted"
                                           : "warn");
  setTextIfNew(symbol_, toneSymbol(tone));
  symbol_->setVisible(tone != Tone::None);
  setRole(words_, tone == Tone::None ? "muted" : "");
  setTextIfNew(words_, text);
  setAccessibleName(text);
}

LoadBar::LoadBar(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LoadBar::show(double share, const QString& text) {
  if (share != share_ || text != text_) {
    share_ = share;
    text_ = text;
    setAccessibleName(tr("Load %1").arg(text));
    update();
  }
}

void LoadBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  painter.setFont(font());
  const double number = figuresWidth(QFontMetricsF(font()), QStringLiteral("100 %")) + 10;
  const QRectF track(0, height() / 2.0 - 4, width() - number, 8);
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.grid);
  painter.drawRoundedRect(track, 4, 4);
  const double filled = track.width() * std::clamp(share_, 0.0, 1.0);
  if (filled > 0.5) {
    painter.setBrush(share_ > 0.9 ? t.warn : t.accent);
    painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(std::max(8.0, filled), 8)), 4, 4);
  }
  painter.setPen(t.text);
  drawFigures(painter, QRectF(track.right(), 0, number, height()), text_, Qt::AlignRight);
}

}  // namespace ui
