#include "ui/theme_style.h"

#include <QPainter>
#include <QProxyStyle>
#include <QStyleOption>

#include "ui/theme.h"

namespace ui {
namespace {

constexpr int kTickBox = 18;

class Style final : public QProxyStyle {
 public:
  explicit Style(const Tokens& tokens)
      : QProxyStyle(QStringLiteral("Fusion")), tokens_(tokens) {}

  int pixelMetric(PixelMetric metric, const QStyleOption* option,
                  const QWidget* widget) const override {
    return metric == PM_IndicatorWidth || metric == PM_IndicatorHeight
               ? kTickBox
               : QProxyStyle::pixelMetric(metric, option, widget);
  }

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override {
    if (element != PE_IndicatorCheckBox) {
      return QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
    const bool checked = option->state & State_On;
    const QColor ink = checked && (option->state & State_Enabled) ? tokens_.accent : tokens_.text2;
    const double edge = std::min(option->rect.width(), option->rect.height()) - 1;
    const QRectF box(option->rect.x() + 0.5, option->rect.y() + 0.5, edge, edge);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(ink, 1.5));
    painter->setBrush(checked ? ink : tokens_.surface);
    painter->drawRoundedRect(box, size::kSmallRadius, size::kSmallRadius);
    if (checked) {
      const auto at = [&](double x, double y) {
        return QPointF(box.x() + x * edge, box.y() + y * edge);
      };
      painter->setPen(QPen(tokens_.onAccent, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
      painter->setBrush(Qt::NoBrush);
      painter->drawPolyline(QPolygonF({at(0.24, 0.53), at(0.43, 0.72), at(0.78, 0.31)}));
    }
    painter->restore();
  }

 private:
  const Tokens& tokens_;
};

}  // namespace

QStyle* makeStyle(const Tokens& tokens) { return new Style(tokens); }

}  // namespace ui
