#include "ui/charts/chart.h"

#include <QAccessible>
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QSvgGenerator>
#include <QTextDocument>
#include <QToolTip>
#include <cmath>

namespace ui {
namespace {

constexpr double kMargin = 16;
constexpr double kTitle = 26;
constexpr double kNote = 20;
constexpr double kAxisRoom = 40;  ///< below a plot, for its numbers and what they measure
const QSize kCopied(720, 440);

QString quoted(QString field) {
  const bool needs = field.contains(QLatin1Char(',')) || field.contains(QLatin1Char('"')) ||
                     field.contains(QLatin1Char('\n'));
  if (!needs) return field;
  field.replace(QLatin1String("\""), QLatin1String("\"\""));
  return QLatin1Char('"') + field + QLatin1Char('"');
}

QString quotedRow(const QStringList& fields) {
  QStringList parts;
  for (const QString& field : fields) parts << quoted(field);
  return parts.join(QLatin1Char(',')) + QLatin1String("\r\n");
}

}  // namespace

QString toCsv(const ChartTable& table) {
  QString text = quotedRow(table.columns);
  for (const QStringList& row : table.rows) text += quotedRow(row);
  return text;
}

int nextMark(const std::vector<QRectF>& boxes, int from, int key) {
  if (boxes.empty()) return -1;
  if (from < 0 || from >= static_cast<int>(boxes.size())) return 0;
  if (key == Qt::Key_Home) return 0;
  if (key == Qt::Key_End) return static_cast<int>(boxes.size()) - 1;
  const QPointF here = boxes[static_cast<std::size_t>(from)].center();
  const bool across = key == Qt::Key_Left || key == Qt::Key_Right;
  const double sign = key == Qt::Key_Left || key == Qt::Key_Up ? -1 : 1;
  int best = from;
  double least = 1e300;
  for (int i = 0; i < static_cast<int>(boxes.size()); ++i) {
    const QPointF way = boxes[static_cast<std::size_t>(i)].center() - here;
    const double along = sign * (across ? way.x() : way.y());
    const double off = std::abs(across ? way.y() : way.x());
    if (i == from || along < 0.5) continue;
    const double cost = along + 3 * off;
    if (cost < least) {
      least = cost;
      best = i;
    }
  }
  return best;
}

namespace chart {

std::vector<double> ticks(double low, double high, int most) {
  if (!(high > low) || most < 1) return {low};
  const double rough = (high - low) / most;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough * (1 - 1e-9)) {
      step = factor * power;
      break;
    }
  }
  std::vector<double> made;
  for (double at = std::ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step) {
    made.push_back(std::abs(at) < step * 1e-9 ? 0 : at);
  }
  return made;
}

QColor tinted(const QColor& surface, const QColor& colour, double share) {
  const auto part = [share](int from, int to) { return qRound(from + (to - from) * share); };
  return {part(surface.red(), colour.red()), part(surface.green(), colour.green()),
          part(surface.blue(), colour.blue())};
}

void hatch(QPainter& painter, const QRectF& rect, const QColor& colour, double step) {
  painter.save();
  painter.setClipRect(rect, Qt::IntersectClip);
  painter.setPen(QPen(colour, 1));
  painter.setRenderHint(QPainter::Antialiasing, true);
  for (double x = rect.left() - rect.height(); x < rect.right(); x += step) {
    painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
  }
  painter.restore();
}

}  // namespace chart

Chart::Chart(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  connect(&theme, &Theme::changed, this, [this] { update(); });
}

void Chart::valueChanged() {
  if (cursor_ >= static_cast<int>(marks())) cursor_ = -1;
  boxes_.clear();
  const ChartWords now = words();
  setAccessibleName(now.title);
  announce();
  update();
}

QString Chart::enterDoes() const {
  return tr("Arrow keys go through the chart; Enter opens the examples behind a mark.");
}

void Chart::announce() {
  const QString text = cursor_ >= 0 ? describe(static_cast<std::size_t>(cursor_))
                                    : words().note + QLatin1Char(' ') + enterDoes();
  if (text == accessibleDescription()) return;
  setAccessibleDescription(text);
  QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&changed);
}

void Chart::setCursorMark(int mark) {
  if (mark == cursor_ || mark >= static_cast<int>(marks())) return;
  cursor_ = mark;
  announce();
  update();
}

void Chart::open(std::size_t mark) {
  setCursorMark(static_cast<int>(mark));
  if (!ownOpen(mark)) Q_EMIT opened(behind(mark));
}

void Chart::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  boxes_ = paint(painter, QRectF(rect()));
  if (cursor_ < 0 || cursor_ >= static_cast<int>(boxes_.size())) return;
  const bool focused = hasFocus();
  painter.setPen(QPen(focused ? theme_.tokens().accent : theme_.tokens().text2, focused ? 2 : 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(boxes_[static_cast<std::size_t>(cursor_)].adjusted(-2, -2, 2, 2), 4, 4);
  if (!focused) return;
  // The words of the mark under the cursor, so that no pointer is needed to read them.
  const QString text = describe(static_cast<std::size_t>(cursor_));
  painter.setFont(theme_.font(Theme::Text::Secondary));
  const QFontMetricsF metrics(painter.font());
  const double most = rect().width() - 4.0 - 16;
  const QRectF lines = metrics.boundingRect(QRectF(0, 0, most, rect().height()),
                                            Qt::AlignCenter | Qt::TextWordWrap, text);
  const double width = std::ceil(lines.width()) + 16;
  const QRectF& box = boxes_[static_cast<std::size_t>(cursor_)];
  QRectF bubble(0, 0, width, std::ceil(lines.height()) + 8);
  bubble.moveCenter({box.center().x(), box.top() - 6 - bubble.height() / 2});
  // Three lines below a mark at the top would hide what is shown: they go down to the axis.
  const bool isHigh = bubble.height() > 2 * metrics.lineSpacing() + 8;
  if (bubble.top() < 0 && isHigh) bubble.moveBottom(rect().bottom() - kAxisRoom);
  if (bubble.top() < 0) bubble.moveTop(box.bottom() + 6);
  if (bubble.bottom() > rect().bottom()) bubble.moveBottom(rect().bottom());
  bubble.moveLeft(std::clamp(bubble.left(), 2.0, std::max(2.0, rect().width() - width - 2)));
  painter.setPen(QPen(theme_.tokens().border, 1));
  painter.setBrush(theme_.tokens().surface);
  painter.drawRoundedRect(bubble, 4, 4);
  painter.setPen(theme_.tokens().text);
  painter.drawText(bubble.adjusted(8, 0, -8, 0), Qt::AlignCenter | Qt::TextWordWrap, text);
}

void Chart::drawWhole(QPainter& painter, const QSizeF& size) const {
  const ChartWords now = words();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(QRectF(QPointF(0, 0), size), theme_.tokens().surface);
  QRectF area(kMargin, kMargin, size.width() - 2 * kMargin, size.height() - 2 * kMargin);
  painter.setPen(theme_.tokens().text);
  painter.setFont(theme_.font(Theme::Text::CardTitle, 650));
  painter.drawText(QRectF(area.left(), area.top(), area.width(), kTitle),
                   Qt::AlignLeft | Qt::AlignTop, now.title);
  painter.setPen(theme_.tokens().text2);
  painter.setFont(theme_.font(Theme::Text::Secondary));
  painter.drawText(QRectF(area.left(), area.bottom() - kNote, area.width(), kNote),
                   Qt::AlignLeft | Qt::AlignBottom, now.note);
  area.adjust(0, kTitle + 8, 0, -kNote - 8);
  [[maybe_unused]] const auto boxes = paint(painter, area);
}

QImage Chart::picture(const QSize& size, double ratio) const {
  QImage image(size * ratio, QImage::Format_RGB32);
  image.setDevicePixelRatio(ratio);
  QPainter painter(&image);
  drawWhole(painter, size);
  return image;
}

QByteArray Chart::svg(const QSize& size) const {
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(size);
  generator.setViewBox(QRect(QPoint(0, 0), size));
  generator.setTitle(words().title);
  generator.setDescription(words().note);
  QPainter painter(&generator);
  drawWhole(painter, size);
  painter.end();
  return buffer.data();
}

QMimeData* Chart::copy() const {
  auto* mime = new QMimeData;
  const QString csv = toCsv(table());
  mime->setImageData(picture(kCopied));
  mime->setData(QStringLiteral("image/svg+xml"), svg(kCopied));
  mime->setData(QStringLiteral("text/csv"), csv.toUtf8());
  mime->setText(csv);
  return mime;
}

int Chart::markAt(const QPointF& at) const {
  int best = -1;
  double least = 12;
  for (int i = 0; i < static_cast<int>(boxes_.size()); ++i) {
    const QRectF& box = boxes_[static_cast<std::size_t>(i)];
    if (box.contains(at) && box.width() * box.height() > 400) return i;
    const double off = QLineF(box.center(), at).length();
    if (box.contains(at) || off < least) {
      least = std::min(least, off);
      best = i;
    }
  }
  return best;
}

void Chart::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) {
    QApplication::clipboard()->setMimeData(copy());
    Q_EMIT copied();
    return;
  }
  if (boxes_.empty()) {  // not seen yet: it may be scrolled away
    QImage nowhere(size(), QImage::Format_RGB32);
    QPainter painter(&nowhere);
    boxes_ = paint(painter, QRectF(rect()));
  }
  if (ownKey(event)) return;
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
      if (const int next = nextMark(boxes_, cursor_, event->key()); next >= 0) setCursorMark(next);
      return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      if (cursor_ >= 0) return open(static_cast<std::size_t>(cursor_));
      break;
    default:
      break;
  }
  QWidget::keyPressEvent(event);
}

void Chart::mousePressEvent(QMouseEvent* event) {
  const int mark = event->button() == Qt::LeftButton ? markAt(event->position()) : -1;
  if (mark < 0) return QWidget::mousePressEvent(event);
  open(static_cast<std::size_t>(mark));
}

void Chart::focusInEvent(QFocusEvent* event) {
  if (cursor_ < 0 && event->reason() != Qt::MouseFocusReason && marks() > 0) setCursorMark(0);
  update();
  QWidget::focusInEvent(event);
}

void Chart::focusOutEvent(QFocusEvent* event) {
  update();
  QWidget::focusOutEvent(event);
}

bool Chart::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int mark = markAt(help->pos());
    if (mark >= 0) {
      // Names come from devices and files: they are read, not obeyed.
      const QString text = describe(static_cast<std::size_t>(mark));
      QToolTip::showText(help->globalPos(), Qt::mightBeRichText(text) ? text.toHtmlEscaped() : text,
                         this);
    } else {
      QToolTip::hideText();
    }
    return true;
  }
  return QWidget::event(event);
}

}  // namespace ui
