#include "ui/views/basics.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QStyle>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace ui {

QFrame* makeFrame(const char* role, QWidget* parent) {
  auto* frame = new QFrame(parent);
  frame->setProperty("role", QLatin1String(role));
  return frame;
}

QLabel* makeText(const QString& text, const char* role, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setProperty("role", QLatin1String(role));
  return label;
}

QPushButton* makeButton(const QString& text, const QString& tip, const char* role,
                        QWidget* parent) {
  auto* button = new QPushButton(text, parent);
  button->setProperty("role", QLatin1String(role));
  button->setToolTip(tip);
  button->setAccessibleName(text);
  button->setAccessibleDescription(tip);
  button->setFocusPolicy(Qt::TabFocus);
  button->setCursor(Qt::PointingHandCursor);
  return button;
}

QPushButton* makeIconButton(const Theme& theme, const QString& icon, const QString& name,
                            const QString& tip, QWidget* parent) {
  auto* button = makeButton({}, tip, "quiet", parent);
  button->setAccessibleName(name);
  button->setFixedSize(34, 34);
  button->setIconSize({20, 20});
  const auto paint = [button, icon, &theme] {
    button->setIcon(Theme::icon(icon, theme.tokens().text2));
  };
  paint();
  QObject::connect(&theme, &Theme::changed, button, paint);
  return button;
}

void onEnterAndEscape(QLineEdit* edit, QObject* context,
                      const std::function<void(bool keep)>& then) {
  for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Escape}) {
    auto* shortcut = new QShortcut(key, edit);
    shortcut->setContext(Qt::WidgetShortcut);
    QObject::connect(shortcut, &QShortcut::activated, context,
                     [then, keep = key != Qt::Key_Escape] { then(keep); });
  }
}

QScrollArea* makeScroll(QWidget* parent) {
  auto* scroll = new QScrollArea(parent);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->viewport()->setAutoFillBackground(false);
  // A bar that keeps its room is not drawn where there is nothing to scroll.
  QScrollBar* bar = scroll->verticalScrollBar();
  bar->setEnabled(false);
  QObject::connect(bar, &QScrollBar::rangeChanged, bar,
                   [bar](int least, int most) { bar->setEnabled(most > least); });
  return scroll;
}

void setScrolled(QScrollArea* scroll, QWidget* body) {
  scroll->setWidget(body);
  body->setAutoFillBackground(false);  // the area gave it one
}

void setRole(QWidget* widget, const char* role) {
  if (widget->property("role").toString() == QLatin1String(role)) {
    return;
  }
  widget->setProperty("role", QLatin1String(role));
  widget->style()->unpolish(widget);
  widget->style()->polish(widget);
  widget->update();
}

void fillChoices(QComboBox* box, const QStringList& names, int chosen, const QStringList& tips) {
  if (box->view()->isVisible()) {
    return;
  }
  QStringList now;
  for (int i = 0; i < box->count(); ++i) {
    now << box->itemText(i);
  }
  if (now != names) {
    box->clear();
    box->addItems(names);
  }
  for (int i = 0; i < tips.size(); ++i) {
    box->setItemData(i, tips[i], Qt::ToolTipRole);
  }
  if (box->currentIndex() != chosen) {
    box->setCurrentIndex(chosen);
  }
}

void setTextIfNew(QLabel* label, const QString& text) {
  if (label->text() != text) {
    label->setText(text);
  }
}

namespace {

double digitWidth(const QFontMetricsF& metrics) {
  double widest = 0;
  for (char digit = '0'; digit <= '9'; ++digit) {
    widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(digit)));
  }
  return widest;
}

}  // namespace

double figuresWidth(const QFontMetricsF& metrics, const QString& text) {
  const double digit = digitWidth(metrics);
  double width = 0;
  for (const QChar c : text) {
    width += c.isDigit() ? digit : metrics.horizontalAdvance(c);
  }
  return width;
}

QColor pale(QColor colour, double alpha) {
  colour.setAlphaF(static_cast<float>(alpha));
  return colour;
}

double drawFigures(QPainter& painter, const QRectF& rect, const QString& text,
                   Qt::Alignment alignment) {
  const QFontMetricsF metrics(painter.font());
  const double width = figuresWidth(metrics, text);
  const double digit = digitWidth(metrics);
  double x = rect.left();
  if (alignment & Qt::AlignRight) {
    x = rect.right() - width;
  } else if (alignment & Qt::AlignHCenter) {
    x = rect.center().x() - width / 2;
  }
  const double y = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
  // Runs of other characters are drawn whole, so that their kerning stays.
  qsizetype at = 0;
  while (at < text.size()) {
    if (text[at].isDigit()) {
      const double own = metrics.horizontalAdvance(text[at]);
      painter.drawText(QPointF(x + (digit - own) / 2, y), text.mid(at, 1));
      x += digit;
      ++at;
      continue;
    }
    qsizetype end = at;
    double run = 0;
    while (end < text.size() && !text[end].isDigit()) {
      run += metrics.horizontalAdvance(text[end]);
      ++end;
    }
    painter.drawText(QPointF(x, y), text.mid(at, end - at));
    x += run;
    at = end;
  }
  return width;
}

FigureLabel::FigureLabel(const char* role, QWidget* parent) : QLabel(parent) {
  setProperty("role", QLatin1String(role));
  setTextFormat(Qt::PlainText);
}

void FigureLabel::reserve(const QString& widest) {
  widest_ = widest;
  updateGeometry();
}

QSize FigureLabel::sizeHint() const {
  ensurePolished();
  const QFontMetricsF metrics(font());
  const double width = std::max(figuresWidth(metrics, text()), figuresWidth(metrics, widest_));
  return {static_cast<int>(std::ceil(width)) + 1, static_cast<int>(std::ceil(metrics.height()))};
}

void FigureLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(palette().color(foregroundRole()));
  painter.setFont(font());
  drawFigures(painter, contentsRect(), text(), alignment());
}

KeyCap::KeyCap(const Theme& theme, const QString& key, QWidget* parent)
    : QWidget(parent), theme_(theme), key_(key) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void KeyCap::setKey(const QString& key) {
  key_ = key;
  updateGeometry();
  update();
}

QSize KeyCap::sizeHint() const {
  const QFontMetrics metrics(theme_.font(Theme::Text::Secondary, 550));
  return {std::max(22, metrics.horizontalAdvance(key_) + 12), 20};
}

void KeyCap::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme_.tokens().border, 1));
  painter.setBrush(theme_.tokens().sunk);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::kSmallRadius,
                          size::kSmallRadius);
  painter.setPen(theme_.tokens().text);
  painter.setFont(theme_.font(Theme::Text::Secondary, 550));
  painter.drawText(rect(), Qt::AlignCenter, key_);
}

namespace {

/// A regular figure with `points` corners, or a star where `inner` < 1, standing on its side.
QPolygonF regular(const QRectF& box, int points, double inner = 1) {
  QPolygonF polygon;
  const int corners = inner < 1 ? 2 * points : points;
  for (int i = 0; i < corners; ++i) {
    const double angle = -std::numbers::pi / 2 + 2 * std::numbers::pi * i / corners;
    const double radius = (inner < 1 && i % 2 == 1 ? inner : 1) * box.width() / 2;
    polygon << box.center() + QPointF(std::cos(angle), std::sin(angle)) * radius;
  }
  return polygon;
}

}  // namespace

void paintLabelShape(QPainter& painter, const QRectF& box, int colour, const QColor& fill) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(fill);
  const double e = box.width();
  const QPointF c = box.center();
  switch (colour < 1 ? 0 : (colour - 1) % 8 + 1) {
    case 0: {
      const double pen = std::max(1.5, e / 9);
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(fill, pen));
      painter.drawEllipse(box.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2));
      break;
    }
    case 1:
      painter.drawEllipse(box);
      break;
    case 2:
      painter.drawPolygon(QPolygonF({{c.x(), box.top()},
                                     {box.right(), box.bottom() - e * 0.06},
                                     {box.left(), box.bottom() - e * 0.06}}));
      break;
    case 3:
      painter.drawRect(box.adjusted(e * 0.06, e * 0.06, -e * 0.06, -e * 0.06));
      break;
    case 4:
      painter.drawPolygon(regular(box, 4));
      break;
    case 5:
      painter.drawPolygon(QPolygonF({{c.x(), box.bottom()},
                                     {box.right(), box.top() + e * 0.06},
                                     {box.left(), box.top() + e * 0.06}}));
      break;
    case 6: {
      const double arm = e * 0.18;
      QPainterPath cross;
      cross.setFillRule(Qt::WindingFill);
      cross.addRect(QRectF(c.x() - arm, box.top(), 2 * arm, e));
      cross.addRect(QRectF(box.left(), c.y() - arm, e, 2 * arm));
      painter.drawPath(cross);
      break;
    }
    case 7:
      painter.drawPolygon(regular(box, 5, 0.45));
      break;
    case 8:
      painter.drawPolygon(regular(box, 5));
      break;
  }
  painter.restore();
}

LabelMark::LabelMark(const Theme& theme, int edge, QWidget* parent)
    : QWidget(parent), theme_(theme) {
  setFixedSize(edge, edge);
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LabelMark::setMark(MarkKind kind, int colour) {
  if (kind != kind_ || colour != colour_) {
    kind_ = kind;
    colour_ = colour;
    update();
  }
}

void LabelMark::setDimmed(bool dimmed) {
  if (dimmed != dimmed_) {
    dimmed_ = dimmed;
    update();
  }
}

void LabelMark::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  if (kind_ == MarkKind::Label) {
    paintLabelShape(painter, box, colour_, dimmed_ ? t.background : theme_.labelColour(colour_));
    return;
  }
  painter.setBrush(kind_ == MarkKind::Novel ? QBrush(t.text2, Qt::BDiagPattern)
                                            : QBrush(Qt::NoBrush));
  painter.setPen(QPen(t.text2, 1.5, kind_ == MarkKind::NoData ? Qt::DotLine : Qt::SolidLine));
  painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3);
  if (kind_ == MarkKind::Novel && width() > 20) {
    QFont font = theme_.font(Theme::Text::CardTitle, 650);
    font.setPixelSize(width() * 2 / 3);
    painter.setFont(font);
    painter.setPen(t.text);
    painter.drawText(rect(), Qt::AlignCenter, QStringLiteral("?"));
  }
}

ElidedLabel::ElidedLabel(const QString& text, const char* role, QWidget* parent)
    : QLabel(text, parent) {
  setProperty("role", QLatin1String(role));
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

QSize ElidedLabel::minimumSizeHint() const {
  return {std::min(QLabel::sizeHint().width(), 40), QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(palette().color(foregroundRole()));
  painter.setFont(font());
  const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, width());
  setToolTip(shown == text() ? QString() : text());
  painter.drawText(contentsRect(), static_cast<int>(alignment()) | Qt::TextSingleLine, shown);
}

}  // namespace ui
