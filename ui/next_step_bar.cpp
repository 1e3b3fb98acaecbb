#include "ui/next_step_bar.h"

#include <QHBoxLayout>

#include "ui/models/local_rows.h"
#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {

NextStepBar::NextStepBar(const Theme&, QWidget* parent) : QFrame(parent) {
  setProperty("role", "card");
  setMinimumHeight(52);
  auto* row = tightLayout<QHBoxLayout>(this, 8, {16, 8, 16, 8});
  sentence_ = makeText({}, "", this);
  sentence_->setTextFormat(Qt::RichText);
  sentence_->setWordWrap(true);
  sentence_->setAccessibleName(tr("Next step"));
  second_ =
      makeButton(tr("Drop it"), tr("Throws the new model away; the present one stays"), "", this);
  button_ = makeButton({}, tr("The next step (Enter)"), "accent", this);
  row->addWidget(sentence_, 1);
  row->addWidget(second_);
  row->addWidget(button_);
  connect(button_, &QPushButton::clicked, this, &NextStepBar::press);
  connect(second_, &QPushButton::clicked, this,
          [this] { Q_EMIT wanted(intent::UseKeptAside{false}); });
  other_ = makeButton(tr("Other ways to begin"),
                      tr("A broker, the simulated house, or another project"), "", this);
  row->insertWidget(1, other_);
  connect(other_, &QPushButton::clicked, this, &NextStepBar::otherStartWanted);
}

void NextStepBar::show(const app::Snapshot& snapshot, base::Time now,
                       const std::optional<Countdown>& count) {
  step_ = app::nextStep(snapshot);
  recording_ = snapshot.recording.active;
  counting_ = count.has_value();
  words::NextStepWords words;
  if (count) {
    const QString name = count->label.toHtmlEscaped();
    words.sentence =
        count->seconds > 0
            ? tr("<b>%1</b>, %2 of %3: get ready, %4…")
                  .arg(name)
                  .arg(count->round)
                  .arg(count->rounds)
                  .arg(count->seconds)
            : tr("<b>%1</b>, %2 of %3: now!").arg(name).arg(count->round).arg(count->rounds);
    words.button = tr("Stop (Enter)");
  } else if (recording_) {
    const app::RecordingView& r = snapshot.recording;
    const QString name = words::recordingName(r).toHtmlEscaped();
    const base::Duration left = r.planned - (now - r.since);
    words.sentence = r.labelName.empty()
                         ? tr("Recording without a label. Hold a number to say what it is, or say "
                              "it later. R ends it, Esc twice throws it away.")
                     : r.planned.count() > 0
                         ? tr("Recording <b>%1</b>, %2 left.")
                               .arg(name, words::duration(std::max(left, base::Duration{0})))
                         : tr("Recording <b>%1</b>. Let go or press Esc to keep it, Esc twice to "
                              "throw it away.")
                               .arg(name);
    if (const QString silent = words::silentWhileRecording(snapshot); !silent.isEmpty()) {
      words.sentence += QLatin1Char(' ') + silent.toHtmlEscaped();
    }
    if (!r.trouble.empty()) {
      words.sentence += QLatin1Char(' ') + QString::fromStdString(r.trouble).toHtmlEscaped();
    }
    words.button = tr("Stop (Enter)");
  } else {
    words = words::nextStep(step_, snapshot);
  }
  setTextIfNew(sentence_, words.sentence);
  sentence_->setAccessibleDescription(
      QString(words.sentence).remove(QStringLiteral("<b>")).remove(QStringLiteral("</b>")));
  button_->setVisible(!words.button.isEmpty());
  if (button_->text() != words.button) {
    button_->setText(words.button);
    button_->setAccessibleName(words.button);
  }
  other_->setVisible(!recording_ && !counting_ && step_.kind == app::NextStep::Kind::Connect);
  second_->setVisible(!recording_ && !counting_ &&
                      step_.kind == app::NextStep::Kind::DecideKeptAside);
}

void NextStepBar::press() {
  if (!button_->isVisible()) {
    return;
  }
  if (recording_ || counting_) {
    Q_EMIT stopWanted();
    return;
  }
  using Kind = app::NextStep::Kind;
  switch (step_.kind) {
    case Kind::ListenBackground:
      Q_EMIT wanted(intent::ListenToBackground{std::chrono::seconds(10)});
      break;
    case Kind::AddLabel:
    case Kind::AddSecondLabel:
      Q_EMIT newLabelWanted();
      break;
    case Kind::RecordFirst:
    case Kind::RecordMore:
    case Kind::ImproveWeakest:
      Q_EMIT recordWanted(step_.label);
      break;
    case Kind::DecideKeptAside:
      Q_EMIT wanted(intent::UseKeptAside{true});
      break;
    case Kind::Connect:
      Q_EMIT wanted(intent::AddLocal{usualMicrophone()});
      break;
    case Kind::WaitForModel:
    case Kind::TryIt:
      break;
  }
}

}  // namespace ui
