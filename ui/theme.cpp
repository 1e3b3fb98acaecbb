#include "ui/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QStyleFactory>
#include <QSvgRenderer>
#include <QToolTip>
#include <cmath>

#include "ui/theme_style.h"

// Outside any namespace, as the macro demands.
static void initResources() { Q_INIT_RESOURCE(resources); }

namespace ui {
namespace {

Tokens lightTokens() {
  return {.bg = "#F4F5F7",
          .surface = "#FFFFFF",
          .sunk = "#EDEFF2",
          .border = "#DADEE4",
          .text = "#1B1D21",
          .text2 = "#565E69",
          .accent = "#0B6BA8",
          .onAccent = "#FFFFFF",
          .rec = "#C4302B",
          .ok = "#007A5A",
          .warn = "#9A5B00",
          .grid = "#E6E9ED",
          .background = "#8A929C",
          .labels = {"#0072B2", "#D55E00", "#009E73", "#B4578F", "#8C5A2B", "#00788A", "#C4302B",
                     "#4A5A73"}};
}

Tokens darkTokens() {
  return {.bg = "#131518",
          .surface = "#1B1D21",
          .sunk = "#15171A",
          .border = "#343941",
          .text = "#E8EAED",
          .text2 = "#A3ABB6",
          .accent = "#4FB0E6",
          .onAccent = "#0B1015",
          .rec = "#FF6B5E",
          .ok = "#3CC49A",
          .warn = "#E6A23C",
          .grid = "#282C32",
          .background = "#7C848F",
          .labels = {"#56B4E9", "#E69F00", "#3CC49A", "#D68FBD", "#C99A6B", "#45C1D1", "#FF8A80",
                     "#9DB0CC"}};
}

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

/// Relative luminance as WCAG 2.2 defines it.
double luminance(const QColor& c) {
  return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

QColor mixed(const QColor& a, const QColor& b, double share) {
  const auto part = [share](int from, int to) { return qRound(from + (to - from) * share); };
  return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

/// The style sheet of the whole program; @name stands for a token.
constexpr const char* kSheet = R"(
* { font-size: 13px; }
QToolTip { background: @surface; color: @text; border: 1px solid @border; padding: 4px 8px; }
QLabel { background: transparent; color: @text; }
QLabel[role="axis"] { font-size: 11px; color: @text2; }
QLabel[role="secondary"] { font-size: 12px; color: @text2; }
QLabel[role="secondary-warn"] { font-size: 12px; color: @warn; }
QLabel[role="muted"] { color: @text2; }
QLabel[role="card-title"] { font-size: 14px; font-weight: 650; }
QLabel[role="page-title"] { font-size: 15px; font-weight: 650; }
QLabel[role="section"] { font-size: 12px; font-weight: 600; color: @text2; }
QLabel[role="strong"] { font-weight: 650; }
QLabel[role="certainty"] { font-size: 18px; color: @text2; }
QLabel[role="certainty-strong"] { font-size: 18px; font-weight: 650; }
QLabel[role="answer"] { font-size: 44px; font-weight: 650; }
QLabel[role="answer-muted"] { font-size: 44px; font-weight: 650; color: @text2; }
QLabel[role="ok"] { color: @ok; }
QLabel[role="warn"] { color: @warn; }
QLabel[role="rec"] { color: @rec; font-weight: 650; }
QLabel[role="rec-small"] { font-size: 12px; color: @rec; font-weight: 650; }
QLabel[role="welcome"] { font-size: 22px; font-weight: 650; }
QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 8px; }
QFrame[role="card-chosen"] {
  background: @surface; border: 1px solid @accent; border-radius: 8px; }
QFrame[role="card-recording"] {
  background: @surface; border: 2px solid @rec; border-radius: 8px; }
QFrame[role="bar"], QWidget[role="bar"] { background: @surface; }
QFrame[role="sunk"], QWidget[role="sunk"] { background: @sunk; }
QFrame[role="well"] { background: @sunk; border-radius: 4px; }
QFrame[role="edge"] { background: @border; border: none; }
QFrame[role="line"] { background: @grid; border: none; }
QFrame[role="popover"] { background: @surface; border: 1px solid @border; border-radius: 8px; }
QPushButton, QToolButton {
  background: @surface; color: @text; border: 1px solid @border; border-radius: 6px;
  padding: 0 11px; min-height: 30px; outline: none; }
QPushButton:hover, QToolButton:hover { background: @sunk; }
QPushButton:pressed, QToolButton:pressed { background: @grid; }
QPushButton:disabled, QToolButton:disabled { color: @text2; background: @sunk; }
QPushButton:checked, QToolButton:checked { background: @sunk; border-color: @accent; }
QPushButton[role="accent"] {
  background: @accent; color: @onAccent; border-color: @accent; font-weight: 650; padding: 0 15px; }
QPushButton[role="accent"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[role="accent"]:pressed { background: @accentPressed; border-color: @accentPressed; }
QPushButton[role="accent"]:disabled { background: @sunk; color: @text2; border-color: @border; }
QPushButton[role="record"] { color: @rec; border-color: @rec; font-weight: 650; }
QPushButton[role="quiet"], QToolButton[role="quiet"] {
  background: transparent; border-color: transparent; padding: 0 7px; color: @text2; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover {
  background: @sunk; color: @text; }
QPushButton[role="quiet"]:checked { background: @sunk; border-color: @accent; }
QPushButton[role="hold"] {
  background: transparent; border-color: transparent; padding: 0 7px; min-height: 30px;
  font-size: 12px; color: @text2; }
QPushButton[role="hold"]:hover { border-color: @border; color: @text; }
QPushButton[role="hold"]:pressed { background: @rec; color: @surface; border-color: @rec; }
QPushButton[role="small"] { min-height: 22px; font-size: 12px; }
QPushButton[role="pill"] {
  border-radius: 16px; padding: 0 14px; font-size: 12px; color: @text2; }
QPushButton[role="project"] {
  background: transparent; border-color: transparent; font-size: 15px; font-weight: 650;
  padding: 0 6px; text-align: left; }
QPushButton[role="project"]:hover { background: @sunk; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit {
  background: @surface; color: @text; border: 1px solid @border; border-radius: 6px;
  padding: 0 8px; min-height: 30px;
  selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus {
  border: 2px solid @accent; padding: 0 7px; min-height: 28px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
  background: @sunk; color: @text2; }
QComboBox[role="slot"], QComboBox[role="slot-wrong"] {
  background: @sunk; border: 1px solid @border; border-radius: 4px; padding: 0 6px;
  font-weight: 650; min-height: 28px; }
QComboBox[role="slot-wrong"] { border: 2px dashed @warn; color: @warn; }
QComboBox[role="slot"]:focus { border: 2px solid @accent; padding: 0 5px; min-height: 28px; }
QComboBox[role="slot"] QLineEdit, QComboBox[role="slot-wrong"] QLineEdit {
  background: transparent; border: none; padding: 0; font-weight: 650; min-height: 24px; }
QComboBox[role="slot-wrong"] QLineEdit { color: @warn; }
QPushButton[role="slot-extra"] {
  background: transparent; border-color: transparent; color: @text2; padding: 0; min-width: 30px;
  min-height: 30px; font-size: 15px; }
QPushButton[role="slot-extra"]:hover { border-color: @border; color: @text; }
QComboBox::drop-down { border: none; width: 20px; }
QSlider::groove:horizontal { background: @sunk; border: 1px solid @border; height: 4px; border-radius: 3px; }
QSlider::sub-page:horizontal { background: @accent; height: 4px; border-radius: 3px; }
QSlider::handle:horizontal { background: @surface; border: 2px solid @accent; width: 12px; height: 12px;
  margin: -6px 0; border-radius: 8px; }
QSlider::handle:horizontal:focus { background: @accent; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; outline: none; }
QCheckBox { spacing: 8px; min-height: 32px; background: transparent; }
QMenu { background: @surface; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 7px 24px 7px 12px; border-radius: 4px; }
QMenu::item:selected { background: @sunk; color: @text; }
QMenu::item:disabled { color: @text2; }
QMenu::separator { height: 1px; background: @grid; margin: 4px 8px; }
QListView, QTreeView, QTableView {
  background: @surface; color: @text; border: none; outline: none;
  gridline-color: @grid; selection-background-color: @sunk; selection-color: @text; }
QListView::item { padding: 0 8px; min-height: 32px; border-radius: 4px; }
QListView::item:selected { background: @sunk; color: @text; }
QTableWidget[role="keys"]::item { padding: 0 5px; }
QTreeView::item { min-height: 32px; }
QTreeView::item:selected { background: @sunk; color: @text; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section {
  background: @surface; color: @text2; border: none; border-bottom: 1px solid @grid;
  font-size: 12px; padding: 6px 8px; }
QScrollArea, QAbstractScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @text2; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @border; }
QSplitter::handle:hover { background: @accent; }
)";

QString sheetFor(const Tokens& t) {
  const std::pair<const char*, QColor> names[] = {
      // The longer name first: @text2 would otherwise lose its last letter to @text.
      {"@accentHover", mixed(t.accent, t.text, 0.15)},
      {"@accentPressed", mixed(t.accent, t.text, 0.3)},
      {"@accent", t.accent},
      {"@onAccent", t.onAccent},
      {"@surface", t.surface},
      {"@sunk", t.sunk},
      {"@border", t.border},
      {"@text2", t.text2},
      {"@text", t.text},
      {"@rec", t.rec},
      {"@ok", t.ok},
      {"@warn", t.warn},
      {"@grid", t.grid},
      {"@bg", t.bg},
  };
  QString sheet = QString::fromLatin1(kSheet);
  for (const auto& [name, colour] : names) {
    sheet.replace(QLatin1String(name), colour.name());
  }
  return sheet;
}

QPalette paletteFor(const Tokens& t) {
  QPalette palette;
  palette.setColor(QPalette::Window, t.bg);
  palette.setColor(QPalette::WindowText, t.text);
  palette.setColor(QPalette::Base, t.surface);
  palette.setColor(QPalette::AlternateBase, t.sunk);
  palette.setColor(QPalette::Text, t.text);
  palette.setColor(QPalette::PlaceholderText, t.text2);
  palette.setColor(QPalette::Button, t.surface);
  palette.setColor(QPalette::ButtonText, t.text);
  palette.setColor(QPalette::BrightText, t.rec);
  palette.setColor(QPalette::Highlight, t.accent);
  palette.setColor(QPalette::HighlightedText, t.onAccent);
  palette.setColor(QPalette::ToolTipBase, t.surface);
  palette.setColor(QPalette::ToolTipText, t.text);
  palette.setColor(QPalette::Link, t.accent);
  palette.setColor(QPalette::LinkVisited, t.accent);
  palette.setColor(QPalette::Light, t.surface);
  palette.setColor(QPalette::Midlight, t.grid);
  palette.setColor(QPalette::Mid, t.border);
  palette.setColor(QPalette::Dark, t.text2);
  palette.setColor(QPalette::Shadow, t.border);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, t.text2);
  }
  return palette;
}

/// Draws one SVG at whatever size and pixel ratio is asked for.
class SvgIcon final : public QIconEngine {
 public:
  explicit SvgIcon(QByteArray svg) : svg_(std::move(svg)) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    QSvgRenderer renderer(svg_);
    const double edge = std::min(rect.width(), rect.height());
    const QRectF square(rect.x() + (rect.width() - edge) / 2, rect.y() + (rect.height() - edge) / 2,
                        edge, edge);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setOpacity(mode == QIcon::Disabled ? 0.5 : 1.0);
    renderer.render(painter, square);
    painter->restore();
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap picture(size);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    return picture;
  }

  QIconEngine* clone() const override { return new SvgIcon(svg_); }

 private:
  QByteArray svg_;
};

QString sansFamily() {
  static const QString family =
      QFontDatabase::hasFamily(QStringLiteral("Inter"))
          ? QStringLiteral("Inter")
          : QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
  return family;
}

int pixelSize(Theme::Text text) {
  switch (text) {
    case Theme::Text::Axis:
      return 11;
    case Theme::Text::Secondary:
      return 12;
    case Theme::Text::Body:
      return 13;
    case Theme::Text::CardTitle:
      return 14;
    case Theme::Text::PageTitle:
      return 15;
    case Theme::Text::Certainty:
      return 18;
    case Theme::Text::Answer:
      return 44;
  }
  return 13;
}

}  // namespace

const Tokens& tokensOf(ThemeKind kind) {
  static const Tokens light = lightTokens();
  static const Tokens dark = darkTokens();
  return kind == ThemeKind::Light ? light : dark;
}

double contrast(const QColor& a, const QColor& b) {
  const double high = std::max(luminance(a), luminance(b));
  const double low = std::min(luminance(a), luminance(b));
  return (high + 0.05) / (low + 0.05);
}

Theme::Theme(QApplication& application, ThemeKind kind) : application_(application), kind_(kind) {
  initResources();
  install();
}

const Tokens& Theme::tokens() const { return tokensOf(kind_); }

void Theme::setKind(ThemeKind kind) {
  if (kind == kind_) {
    return;
  }
  kind_ = kind;
  install();
  Q_EMIT changed();
}

void Theme::install() {
  application_.setStyle(makeStyle(tokens()));
  application_.setFont(font(Text::Body));
  application_.setPalette(paletteFor(tokens()));
  QToolTip::setFont(font(Text::Secondary));
  application_.setStyleSheet(sheetFor(tokens()));
}

QColor Theme::labelColour(int colour) const {
  return colour < 1 ? tokens().background : tokens().labels[(colour - 1) % 8];
}

QString Theme::labelShape(int colour) {
  static const QString shapes[] = {QStringLiteral("●"), QStringLiteral("▲"), QStringLiteral("■"),
                                   QStringLiteral("◆"), QStringLiteral("▼"), QStringLiteral("✚"),
                                   QStringLiteral("★"), QStringLiteral("⬟")};
  return colour < 1 ? QStringLiteral("○") : shapes[(colour - 1) % 8];
}

QFont Theme::font(Text text, int weight) const {
  QFont font(sansFamily());
  font.setPixelSize(pixelSize(text));
  font.setWeight(static_cast<QFont::Weight>(weight));
  if (text == Text::Answer) {
    font.setLetterSpacing(QFont::PercentageSpacing, 98);
  }
  return font;
}

QIcon Theme::icon(const QString& name, const QColor& colour) {
  QFile file(QStringLiteral(":/icons/icon_%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) {
    return {};
  }
  QByteArray svg = file.readAll();
  svg.replace("currentColor", colour.name().toLatin1());
  return QIcon(new SvgIcon(svg));
}

}  // namespace ui
