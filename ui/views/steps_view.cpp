#include "ui/views/steps_view.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr double kQuietSeconds = 8;  ///< where the next step stops asking for background
constexpr int kEnough = 3;

QString tr(const char* text) { return QCoreApplication::translate("steps", text); }

}  // namespace

std::vector<TeachingStep> teachingSteps(const app::Snapshot& snapshot) {
  double quiet = 0;
  std::vector<int> counts;
  for (const app::LabelCard& card : snapshot.cards) {
    if (card.label.background) {
      quiet = card.seconds;
    } else {
      counts.push_back(card.enabled);
    }
  }
  std::sort(counts.rbegin(), counts.rend());
  counts.resize(std::max<std::size_t>(counts.size(), 2));
  const auto of = [](int n) { return tr("%1 of %2").arg(std::min(n, kEnough)).arg(kEnough); };
  const app::ModelView& model = snapshot.model;
  const bool training =
      model.phase == app::ModelPhase::Training || model.phase == app::ModelPhase::Updating;
  return {{words::onlySees(snapshot) ? tr("Watch the room while nothing happens")
                                     : tr("Listen to the room while nothing happens"),
           tr("%1 of 10 s").arg(std::min(10.0, quiet), 0, 'f', 0), quiet >= kQuietSeconds},
          {tr("Add a label (N) and hold its number while it happens, three times"), of(counts[0]),
           counts[0] >= kEnough},
          {tr("Do the same with a second label"), of(counts[1]), counts[1] >= kEnough},
          {tr("I learn by myself. Do one of them again and watch what I say"),
           training ? words::percent(model.progress) : QString(), model.version > 0}};
}

StepsView::StepsView(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  setAccessibleName(tr("How teaching goes"));
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StepsView::show(const app::Snapshot& snapshot) {
  steps_ = teachingSteps(snapshot);
  QStringList spoken;
  for (const TeachingStep& step : steps_) {
    spoken << QStringLiteral("%1, %2").arg(step.text, step.done ? tr("done") : step.progress);
  }
  setAccessibleDescription(spoken.join(QStringLiteral("; ")));
  update();
}

void StepsView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  const double high =
      std::min<double>(kRow, height() / std::max(1.0, static_cast<double>(steps_.size())));
  bool next = true;  // the first step that is not done is the one to do
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const TeachingStep& step = steps_[i];
    const bool current = next && !step.done;
    next = next && step.done;
    const QRectF row(0, static_cast<double>(i) * high, width(), high);
    const QRectF circle(1, row.center().y() - 11, 22, 22);
    if (step.done) {
      Theme::icon(QStringLiteral("check"), t.ok).paint(&painter, circle.toRect());
    } else {
      painter.setPen(QPen(current ? t.accent : t.background, 1.5));
      painter.setBrush(Qt::NoBrush);
      painter.drawEllipse(circle.adjusted(1, 1, -1, -1));
      painter.setFont(theme_.font(Theme::Text::Secondary, 650));
      painter.setPen(current ? t.accent : t.text2);
      painter.drawText(circle, Qt::AlignCenter, QString::number(i + 1));
    }
    painter.setFont(theme_.font(Theme::Text::CardTitle, current ? 650 : 400));
    painter.setPen(current ? t.text : t.text2);
    const double progress = 90;
    const QFontMetricsF metrics(painter.font());
    const double room = std::min(row.width() - 34 - progress, 560.0);
    painter.drawText(QRectF(34, row.top(), room, high), Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(step.text, Qt::ElideRight, room));
    painter.setFont(theme_.font(Theme::Text::Body));
    painter.setPen(t.text2);
    if (!step.done) {
      drawFigures(painter, QRectF(34 + room, row.top(), progress, high), step.progress,
                  Qt::AlignRight);
    }
  }
}

}  // namespace ui
