#pragma once
// Theme: the one table of colours, sizes and fonts; nothing else in the program names a colour.
// Two themes, light and dark, chosen at start and switchable while running.

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QString>

class QApplication;

namespace ui {

enum class ThemeKind { Light, Dark };

/// One theme's colours; see visual.md for what each is for.
struct Tokens {
  QColor bg, surface, sunk, border, text, text2, accent, onAccent, rec, ok, warn, grid;
  QColor background;  ///< the grey of the background label
  QColor labels[8];   ///< by Label::colour 1..8
};

/// Sizes in logical pixels at scale 1.
namespace size {
inline constexpr int kGap1 = 4, kGap2 = 8, kGap3 = 12, kGap4 = 16, kGap6 = 24;
inline constexpr int kTopBar = 48, kStatus = 28, kRail = 72, kInspector = 300, kStrip = 250;
inline constexpr int kButton = 32, kRadius = 8, kSmallRadius = 4, kButtonRadius = 6;
}  // namespace size

/// The theme in force. One per QApplication; GUI thread only.
class Theme final : public QObject {
  Q_OBJECT

 public:
  /// Installs palette, font and style sheet on the application.
  Theme(QApplication& application, ThemeKind kind);

  ThemeKind kind() const { return kind_; }
  const Tokens& tokens() const;
  void setKind(ThemeKind kind);

  /// Colour of a label by Label::colour; 0 is the background's grey.
  QColor labelColour(int colour) const;
  /// "●", "▲", ... by Label::colour; "○" for the background.
  static QString labelShape(int colour);

  enum class Text { Axis, Secondary, Body, CardTitle, PageTitle, Certainty, Answer };
  /// Inter where installed, else the system's sans; tabular figures where the font has them.
  QFont font(Text text, int weight = 400) const;

  /// An icon of resources/icons by name ("teach"), drawn in `colour`.
  static QIcon icon(const QString& name, const QColor& colour);

 Q_SIGNALS:
  void changed();

 private:
  void install();

  QApplication& application_;
  ThemeKind kind_;
};

const Tokens& tokensOf(ThemeKind kind);
/// WCAG contrast ratio of two opaque colours, 1..21.
double contrast(const QColor& a, const QColor& b);

}  // namespace ui
