#include "ui/pages/live_page.h"

#include <QAccessible>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

#include "ui/models/task_rows.h"
#include "ui/views/basics.h"
#include "ui/views/happening_view.h"

namespace ui {
namespace {

constexpr double kWordMm = 12;    ///< height of the word's capitals, at least
constexpr double kDetailMm = 5;   ///< of the certainty and the time
constexpr base::Duration kLookBack = std::chrono::minutes(10);
constexpr double kMostScale = 4;  ///< of the word on a large screen

/// A font whose capitals are `pixels` high.
QFont fontOfCapitals(const Theme& theme, double pixels, int weight) {
  QFont font = theme.font(Theme::Text::Answer, weight);
  font.setPixelSize(1000);
  const double share = QFontMetricsF(font).capHeight() / 1000;
  font.setPixelSize(std::max(8, qRound(pixels / (share > 0.3 ? share : 0.7))));
  return font;
}

QString detailOf(const words::Headline& h) {
  if (h.stale) {
    return h.staleText;
  }
  return h.word.isEmpty() ? h.figures : QStringLiteral("%1 · %2").arg(h.word, h.figures);
}

}  // namespace

struct LiveFace::Measures {
  QFont word;
  QFont detail;
  FittedText text;
  double capitals = 0;  ///< height in pixels
  double lineStep = 0;
};

LiveFace::LiveFace(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setAccessibleName(tr("What the house does now"));
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LiveFace::show(const words::Headline& headline) {
  headline_ = headline;
  setAccessibleDescription(QStringLiteral("%1 %2").arg(headline.text, detailOf(headline)));
  update();
}

LiveFace::Measures LiveFace::measure() const {
  const double dots = screen() != nullptr ? screen()->physicalDotsPerInchY() : 96;
  const double least = pixelsOf(kWordMm, dots);
  const QFont leastFont = fontOfCapitals(theme_, least, 650);
  const QFontMetricsF metrics(leastFont);
  // Room for the mark and its gap at the left, two lines of details below.
  const double width = std::max(80.0, this->width() - 48.0 - 1.7 * least);
  const double most = std::clamp(height() / (6.0 * least), 1.0, kMostScale);
  Measures m;
  m.text = fitText(headline_.text, width / (most > 1 ? 1.1 : 1.0), most,
                   [&](const QString& t) { return metrics.horizontalAdvance(t); });
  m.capitals = least * m.text.scale;
  m.word = fontOfCapitals(theme_, m.capitals, 650);
  m.detail = fontOfCapitals(
      theme_, std::max(pixelsOf(kDetailMm, dots), std::min(m.capitals * 0.4, height() / 12.0)),
      450);
  m.lineStep = m.capitals * 1.7;
  const double detailWidth = figuresWidth(QFontMetricsF(m.detail), detailOf(headline_));
  if (detailWidth > width) {
    m.detail.setPixelSize(std::max(8, static_cast<int>(m.detail.pixelSize() * width / detailWidth)));
  }
  return m;
}

double LiveFace::capitalsMillimetres() const {
  const double dots = screen() != nullptr ? screen()->physicalDotsPerInchY() : 96;
  return kWordMm * measure().capitals / pixelsOf(kWordMm, dots);
}

void LiveFace::paintMark(QPainter& painter, const QRectF& box) const {
  using Kind = words::Headline::Kind;
  const Tokens& t = theme_.tokens();
  if (headline_.kind == Kind::Label || headline_.kind == Kind::Background) {
    const int colour = headline_.kind == Kind::Label ? headline_.colour : 0;
    paintLabelShape(painter, box, colour,
                    headline_.stale ? t.background : theme_.labelColour(colour));
    return;
  }
  const bool novel = headline_.kind == Kind::Novel;
  painter.setBrush(novel ? QBrush(t.grid) : QBrush(Qt::NoBrush));
  painter.setPen(QPen(t.text2, box.width() / 14, novel ? Qt::SolidLine : Qt::DotLine));
  painter.drawRoundedRect(box, box.width() / 8, box.width() / 8);
  QFont font = theme_.font(Theme::Text::Answer, 650);
  font.setPixelSize(std::max(8, qRound(box.height() * 0.7)));
  painter.setFont(font);
  painter.setPen(t.text);
  painter.drawText(box, Qt::AlignCenter, novel ? QStringLiteral("?") : QStringLiteral("–"));
}

void LiveFace::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  const Measures m = measure();
  const QFontMetricsF word(m.word);
  const QFontMetricsF detail(m.detail);
  double widest = figuresWidth(detail, detailOf(headline_));
  for (const QString& line : m.text.lines) {
    widest = std::max(widest, word.horizontalAdvance(line));
  }
  const bool hasMark = headline_.kind != words::Headline::Kind::NoModel;
  const double mark = hasMark ? m.capitals : 0;
  const double gap = hasMark ? m.capitals * 0.5 : 0;
  const double left = std::max(16.0, (width() - mark - gap - widest) / 2);
  const auto lines = static_cast<double>(m.text.lines.size());
  const double detailGap = detail.capHeight() * 1.6;
  const double tall = m.capitals + (lines - 1) * m.lineStep + detailGap + detail.capHeight();
  double base = std::max(m.capitals, (height() - tall) / 2 + m.capitals);
  if (hasMark) {
    paintMark(painter, QRectF(left, base - m.capitals, mark, mark));
  }
  const bool grey = headline_.stale || headline_.kind == words::Headline::Kind::NoData;
  painter.setFont(m.word);
  painter.setPen(grey ? t.text2 : t.text);
  for (const QString& line : m.text.lines) {
    painter.drawText(QPointF(left + mark + gap, base), line);
    base += m.lineStep;
  }
  base += -m.lineStep + detailGap + detail.capHeight();
  painter.setFont(m.detail);
  painter.setPen(headline_.stale ? t.warn : t.text);
  const QRectF row(left + mark + gap, base - detail.ascent(), width(), detail.height());
  drawFigures(painter, row, detailOf(headline_), Qt::AlignLeft | Qt::AlignVCenter);
}

LivePage::LivePage(const Theme& theme, Feed feed, QWidget* parent)
    : Page(parent), feed_(std::move(feed)) {
  setAccessibleName(tr("Live"));
  auto* column = tightLayout<QVBoxLayout>(this, 12, {24, 16, 24, 14});
  face_ = new LiveFace(theme, this);
  column->addWidget(face_, 1);

  empty_ = new QWidget(this);
  auto* middle = tightLayout<QVBoxLayout>(empty_, 16);
  auto* text = makeText(tr("I can show the signal, but I have not learnt anything yet."), "welcome",
                        empty_);
  text->setAlignment(Qt::AlignHCenter);
  text->setWordWrap(true);
  teach_ = makeButton(tr("Go to Teach"), tr("Shows the page where labels are recorded (Enter)"),
                      "accent", empty_);
  connect(teach_, &QPushButton::clicked, this, [this] { Q_EMIT pageWanted(PageId::Teach); });
  middle->addStretch();
  middle->addWidget(text);
  middle->addWidget(teach_, 0, Qt::AlignHCenter);
  middle->addStretch();
  column->addWidget(empty_, 1);

  others_ = makeText({}, "welcome", this);
  others_->setTextFormat(Qt::PlainText);
  others_->setAlignment(Qt::AlignHCenter);
  others_->setWordWrap(true);
  column->addWidget(others_);
  happened_ = new HappeningView(theme, this);
  connect(happened_, &HappeningView::picked, this, &LivePage::momentWanted);
  happened_->hide();
  column->addWidget(happened_);
  foot_ = makeText({}, "secondary", this);
  foot_->setAlignment(Qt::AlignRight);
  column->addWidget(foot_);
}

void LivePage::showSnapshot(const app::SnapshotPtr& snapshot) {
  snapshot_ = snapshot;
  const bool learnt = snapshot->model.version > 0;
  face_->setVisible(learnt);
  empty_->setVisible(!learnt);
  tick(feed_.now());
}

void LivePage::tick(base::Time now) {
  if (!snapshot_) {
    return;
  }
  setTextIfNew(foot_, window()->isFullScreen()
                          ? tr("%1 · F11 or Esc: back to the window")
                                .arg(QString::fromStdString(snapshot_->projectName))
                          : tr("F11: on the whole screen, for a tablet on the wall"));
  // From across a room rows are too small; there the word has the screen to itself.
  happened_->setVisible(snapshot_->model.version > 0 && !window()->isFullScreen());
  if (happened_->isVisible()) {
    happened_->show(happeningRows(feed_.happenings({now - kLookBack, now}), *snapshot_,
                                  feed_.latestOf, now, HappeningView::kMost));
  }
  const QStringList others = otherAnswers(taskRows(*snapshot_, feed_.latestOf));
  setTextIfNew(others_, others.join(QLatin1Char('\n')));
  others_->setVisible(!others.isEmpty());
  if (snapshot_->model.version == 0) {
    return;
  }
  const words::Headline headline = words::headline(*snapshot_, feed_.latest(), now);
  face_->show(headline);
  // The seconds run on in the picture; a screen reader hears only what changes.
  if (speech_.due(headline.text + (headline.stale ? tr(", no answer") : headline.word), now)) {
    QAccessibleEvent event(face_, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
  }
}

bool LivePage::handleEnter() {
  if (!snapshot_ || snapshot_->model.version > 0) {
    return false;
  }
  teach_->click();
  return true;
}

}  // namespace ui
