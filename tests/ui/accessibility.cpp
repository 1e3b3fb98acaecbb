#include "tests/ui/accessibility.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSet>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/views/basics.h"

namespace ui_test {
namespace {

bool isControl(const QWidget* widget) {
  if (qobject_cast<const QScrollBar*>(widget) != nullptr) {
    return false;  // what scrolls follows the focus
  }
  return qobject_cast<const QAbstractButton*>(widget) != nullptr ||
         qobject_cast<const QLineEdit*>(widget) != nullptr ||
         qobject_cast<const QComboBox*>(widget) != nullptr ||
         qobject_cast<const QAbstractSlider*>(widget) != nullptr ||
         qobject_cast<const QAbstractSpinBox*>(widget) != nullptr ||
         (widget->focusPolicy() & Qt::TabFocus) != 0;
}

/// Parts of a composed control, such as the field inside a spin box, count with their owner.
bool isPart(const QWidget* widget) {
  for (const QWidget* p = widget->parentWidget(); p != nullptr; p = p->parentWidget()) {
    if (qobject_cast<const QAbstractSpinBox*>(p) != nullptr ||
        qobject_cast<const QComboBox*>(p) != nullptr) {
      return true;
    }
  }
  return widget->objectName().startsWith(QLatin1String("qt_"));
}

QList<QWidget*> controlsOf(const QWidget& root) {
  QList<QWidget*> found;
  for (QWidget* widget : root.findChildren<QWidget*>()) {
    if (widget->isVisibleTo(&root) && widget->isEnabled() && isControl(widget) && !isPart(widget)) {
      found << widget;
    }
  }
  return found;
}

QString nameOf(const QWidget* widget) {
  if (!widget->accessibleName().isEmpty()) {
    return widget->accessibleName();
  }
  if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) {
    return button->text();
  }
  return {};
}

QString describe(const QWidget* widget) {
  const QString name = nameOf(widget);
  const QWidget* parent = widget->parentWidget();
  return QStringLiteral("%1 \"%2\" in %3")
      .arg(QLatin1String(widget->metaObject()->className()), name,
           parent != nullptr ? QLatin1String(parent->metaObject()->className()) : QLatin1String());
}

double linear(double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); }
double encoded(double v) {
  v = std::clamp(v, 0.0, 1.0);
  return v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

Vector times(const Matrix& m, const Vector& v) {
  Vector r{};
  for (std::size_t i = 0; i < 3; ++i) {
    r[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
  }
  return r;
}

constexpr Matrix kToLms = {
    {{17.8824, 43.5161, 4.11935}, {3.45565, 27.1554, 3.86714}, {0.0299566, 0.184309, 1.46709}}};
constexpr Matrix kFromLms = {{{0.0809444479, -0.130504409, 0.116721066},
                              {-0.0102485335, 0.0540193266, -0.113614708},
                              {-0.000365296938, -0.00412161469, 0.693511405}}};

}  // namespace

QStringList namelessControls(const QWidget& root) {
  QStringList faults;
  for (const QWidget* control : controlsOf(root)) {
    if (nameOf(control).trimmed().isEmpty()) {
      faults << QStringLiteral("no name: ") + describe(control);
    } else if (control->toolTip().isEmpty() &&
               qobject_cast<const QAbstractButton*>(control) != nullptr) {
      faults << QStringLiteral("no tooltip: ") + describe(control);
    }
  }
  return faults;
}

QStringList unreachableControls(QWidget& root) {
  QSet<const QWidget*> reached;
  const QWidget* at = &root;
  int steps = 0;
  constexpr int kMost = 100'000;
  do {
    reached.insert(at);
    at = at->nextInFocusChain();
  } while (at != &root && ++steps < kMost);
  QStringList faults;
  if (steps == kMost) {
    faults << QStringLiteral("Tab never comes back to where it began");
  }
  for (const QWidget* control : controlsOf(root)) {
    const bool byTab = (control->focusPolicy() & Qt::TabFocus) != 0;
    const bool viaOwner = control->focusProxy() != nullptr;
    if ((!byTab && !viaOwner) || !reached.contains(control)) {
      faults << QStringLiteral("not reached by Tab: ") + describe(control);
    }
  }
  return faults;
}

QStringList jumpsOfTab(QWidget& root) {
  QStringList faults;
  const QList<QWidget*> controls = controlsOf(root);
  const QSet<QWidget*> wanted(controls.begin(), controls.end());
  QWidget* before = nullptr;
  for (QWidget* at = root.nextInFocusChain(); at != &root; at = at->nextInFocusChain()) {
    if (!wanted.contains(at)) {
      continue;
    }
    if (before != nullptr && before->parentWidget() == at->parentWidget()) {
      const QRect a = before->geometry();
      const QRect b = at->geometry();
      if (b.bottom() < a.top()) {
        faults << QStringLiteral("Tab goes up from %1 to %2").arg(describe(before), describe(at));
      }
    }
    before = at;
  }
  return faults;
}

QStringList smallTargets(const QWidget& root) {
  QStringList faults;
  for (const QWidget* control : controlsOf(root)) {
    if (qobject_cast<const QAbstractButton*>(control) == nullptr) {
      continue;
    }
    if (control->height() < 32 || control->width() < 32) {
      faults << QStringLiteral("%1x%2: %3")
                    .arg(control->width())
                    .arg(control->height())
                    .arg(describe(control));
    }
  }
  return faults;
}

QStringList cutTexts(const QWidget& root) {
  QStringList cut;
  for (const auto* label : root.findChildren<QLabel*>()) {
    if (!label->isVisible() || label->text().isEmpty() ||
        qobject_cast<const ui::ElidedLabel*>(label) != nullptr) {
      continue;
    }
    if (label->wordWrap()) {
      const int high = label->heightForWidth(label->width());
      if (label->height() < high - 1) {
        cut << QStringLiteral("%1 (%2 of %3 high)")
                   .arg(label->text())
                   .arg(label->height())
                   .arg(high);
      }
      continue;
    }
    if (label->width() < label->sizeHint().width() - 1 ||
        label->height() < label->fontMetrics().height() - 2) {
      cut << QStringLiteral("%1 (%2 of %3)")
                 .arg(label->text())
                 .arg(label->width())
                 .arg(label->sizeHint().width());
    }
  }
  for (const auto* button : root.findChildren<QPushButton*>()) {
    if (button->isVisible() && !button->text().isEmpty() &&
        button->width() < button->sizeHint().width() - 1) {
      cut << button->text();
    }
  }
  return cut;
}

QStringList faintColours(const ui::Tokens& t) {
  QStringList faults;
  const auto check = [&](const char* what, const QColor& colour, const char* where,
                         const QColor& ground, double least) {
    const double found = ui::contrast(colour, ground);
    if (found < least) {
      faults << QStringLiteral("%1 on %2: %3 of %4")
                    .arg(QLatin1String(what), QLatin1String(where))
                    .arg(found, 0, 'f', 2)
                    .arg(least, 0, 'f', 1);
    }
  };
  const std::pair<const char*, QColor> grounds[] = {
      {"bg", t.bg}, {"surface", t.surface}, {"sunk", t.sunk}};
  const std::pair<const char*, QColor> texts[] = {{"text", t.text},     {"text2", t.text2},
                                                  {"accent", t.accent}, {"rec", t.rec},
                                                  {"ok", t.ok},         {"warn", t.warn}};
  for (const auto& [where, ground] : grounds) {
    for (const auto& [what, colour] : texts) {
      check(what, colour, where, ground, 4.5);
    }
  }
  check("onAccent", t.onAccent, "accent", t.accent, 4.5);
  for (const QColor& label : t.labels) {
    check("label", label, "surface", t.surface, 3.0);
  }
  check("background label", t.background, "surface", t.surface, 3.0);
  return faults;
}

QColor seenWith(ColourVision vision, const QColor& colour) {
  const Vector rgb = {linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())};
  if (vision == ColourVision::Achromatopsia) {
    const auto grey =
        static_cast<float>(encoded(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]));
    return QColor::fromRgbF(grey, grey, grey);
  }
  Vector lms = times(kToLms, rgb);
  switch (vision) {
    case ColourVision::Protanopia:
      lms[0] = 2.02344 * lms[1] - 2.52581 * lms[2];
      break;
    case ColourVision::Deuteranopia:
      lms[1] = 0.494207 * lms[0] + 1.24827 * lms[2];
      break;
    default:
      lms[2] = lms[0] * -0.395913 + lms[1] * 0.801109;
      break;
  }
  const Vector seen = times(kFromLms, lms);
  return QColor::fromRgbF(static_cast<float>(encoded(seen[0])),
                          static_cast<float>(encoded(seen[1])),
                          static_cast<float>(encoded(seen[2])));
}

QImage seenWith(ColourVision vision, const QImage& picture) {
  QImage seen = picture.convertToFormat(QImage::Format_RGB32);
  for (int y = 0; y < seen.height(); ++y) {
    for (int x = 0; x < seen.width(); ++x) {
      seen.setPixelColor(x, y, seenWith(vision, seen.pixelColor(x, y)));
    }
  }
  return seen;
}

QStringList marksAlike(const std::vector<QImage>& pictures, const QStringList& names,
                       double least) {
  QStringList alike;
  for (std::size_t a = 0; a < pictures.size(); ++a) {
    for (std::size_t b = a + 1; b < pictures.size(); ++b) {
      int differ = 0;
      for (int y = 0; y < pictures[a].height(); ++y) {
        for (int x = 0; x < pictures[a].width(); ++x) {
          const double one = pictures[a].pixelColor(x, y).lightnessF();
          const double other = pictures[b].pixelColor(x, y).lightnessF();
          differ += std::abs(one - other) > 0.1 ? 1 : 0;
        }
      }
      if (differ < least * pictures[a].width() * pictures[a].height()) {
        alike << QStringLiteral("%1 and %2")
                     .arg(names[static_cast<int>(a)], names[static_cast<int>(b)]);
      }
    }
  }
  return alike;
}

}  // namespace ui_test
