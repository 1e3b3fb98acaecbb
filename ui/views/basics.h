#pragma once
// The small parts every page is made of: cards, texts, buttons, key caps, steady figures, label
// marks. All take their colours from the Theme and follow it when it changes.

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <functional>

#include "ui/theme.h"

class QComboBox;
class QLineEdit;
class QScrollArea;

namespace ui {

/// A QFrame with a style sheet role: "card", "bar", "well", "line".
QFrame* makeFrame(const char* role, QWidget* parent = nullptr);
/// A label with a style sheet role: "axis", "secondary", "section", "card-title", ...
QLabel* makeText(const QString& text, const char* role = "", QWidget* parent = nullptr);
/// A button with a role ("", "accent", "quiet", "pill", "record"), a tooltip and an accessible
/// name. Buttons take focus by Tab alone, so that Enter stays with the next step after a click.
QPushButton* makeButton(const QString& text, const QString& tip, const char* role = "",
                        QWidget* parent = nullptr);
/// A square quiet button that shows an icon of resources/icons in the theme's second text colour.
QPushButton* makeIconButton(const Theme& theme, const QString& icon, const QString& name,
                            const QString& tip, QWidget* parent = nullptr);
/// Calls `then` when a person ends typing with Enter (keep) or Esc (leave). As shortcuts, because a
/// key press that a line edit leaves alone would climb on to the window, where Enter starts the
/// next step and Esc stops a recording.
void onEnterAndEscape(QLineEdit* edit, QObject* context,
                      const std::function<void(bool keep)>& then);
/// A place to scroll up and down in, without a ground of its own; Tab goes past it.
QScrollArea* makeScroll(QWidget* parent);
/// Puts `body` into it, without a ground of its own either.
void setScrolled(QScrollArea* scroll, QWidget* body);
/// Changes the role of a widget and restyles it.
void setRole(QWidget* widget, const char* role);
/// Sets text only where it differs: a label that is set anew is laid out anew.
void setTextIfNew(QLabel* label, const QString& text);
/// Fills a box only where its entries differ, and leaves one alone that is open. `tips`: of the
/// entries, may be fewer.
void fillChoices(QComboBox* box, const QStringList& names, int chosen,
                 const QStringList& tips = {});
/// No margins, the given gap.
template <class Layout>
Layout* tightLayout(QWidget* parent, int gap = 0, const QMargins& margins = {}) {
  auto* layout = new Layout(parent);
  layout->setContentsMargins(margins);
  layout->setSpacing(gap);
  return layout;
}

/// The colour, let through: alpha in [0, 1].
QColor pale(QColor colour, double alpha);

/// Draws text whose digits all have the width of the widest one, so that running numbers stand
/// still. Returns its width.
double drawFigures(QPainter& painter, const QRectF& rect, const QString& text,
                   Qt::Alignment alignment);
double figuresWidth(const QFontMetricsF& metrics, const QString& text);

/// A label for running numbers. Plain text only.
class FigureLabel final : public QLabel {
  Q_OBJECT

 public:
  explicit FigureLabel(const char* role = "", QWidget* parent = nullptr);
  /// The widest text it will hold: its width never changes below that.
  void reserve(const QString& widest);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString widest_;
};

/// A key as it looks on a keyboard: "1", "C", "Enter".
class KeyCap final : public QWidget {
  Q_OBJECT

 public:
  KeyCap(const Theme& theme, const QString& key, QWidget* parent = nullptr);
  void setKey(const QString& key);
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  QString key_;
};

/// The shape of a label (by Label::colour; 0: the background's ring) inside `box`.
void paintLabelShape(QPainter& painter, const QRectF& box, int colour, const QColor& fill);

/// How a mark stands for a state that is no label.
enum class MarkKind { Label, Novel, NoData };

/// The shape of a label as a widget.
class LabelMark final : public QWidget {
  Q_OBJECT

 public:
  LabelMark(const Theme& theme, int edge, QWidget* parent = nullptr);
  void setMark(MarkKind kind, int colour = 0);
  void setDimmed(bool dimmed);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  MarkKind kind_ = MarkKind::Label;
  int colour_ = 0;
  bool dimmed_ = false;
};

/// One line of text that ends in "…" where it does not fit; the whole text is its tooltip.
class ElidedLabel final : public QLabel {
  Q_OBJECT

 public:
  explicit ElidedLabel(const QString& text, const char* role = "", QWidget* parent = nullptr);
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace ui
