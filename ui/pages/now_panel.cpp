#include "ui/pages/now_panel.h"

#include <QAccessible>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/views/basics.h"
#include "ui/views/certainty_view.h"
#include "ui/views/heard_list.h"
#include "ui/views/key_line.h"
#include "ui/views/steps_view.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kLow = 270;  ///< a panel without room for everything
constexpr std::int64_t kSpeakEveryNs = 3'000'000'000;

/// Labels with a number key but `without`: the `most` likeliest ones, in the order of their keys.
std::vector<const app::LabelCard*> likeliest(const app::Snapshot& snapshot,
                                             const std::optional<app::Answer>& answer,
                                             learners::LabelId without, std::size_t most) {
  std::vector<const app::LabelCard*> cards;
  for (const app::LabelCard& card : snapshot.cards) {
    if (!card.label.background && card.label.key > 0 && card.label.id != without) {
      cards.push_back(&card);
    }
  }
  const auto share = [&answer](const app::LabelCard* card) {
    for (std::size_t i = 0; answer && i < answer->labels.size(); ++i) {
      if (answer->labels[i].id == card->label.id && i < answer->prediction.probabilities.size()) {
        return answer->prediction.probabilities[i];
      }
    }
    return 0.F;
  };
  if (cards.size() > most) {
    std::stable_sort(cards.begin(), cards.end(),
                     [&](const auto* a, const auto* b) { return share(a) > share(b); });
    cards.resize(most);
    std::sort(cards.begin(), cards.end(),
              [](const auto* a, const auto* b) { return a->label.key < b->label.key; });
  }
  return cards;
}

}  // namespace

NowPanel::NowPanel(const Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme) {
  setProperty("role", "card");
  setAccessibleName(tr("Now"));
  auto* column = tightLayout<QVBoxLayout>(this, 0, {20, 12, 20, 12});

  auto* head = tightLayout<QHBoxLayout>(nullptr, 12);
  mark_ = new LabelMark(theme, 26, this);
  headline_ = new ElidedLabel({}, "answer", this);
  headline_->setFixedHeight(50);
  headline_->setAlignment(Qt::AlignVCenter);
  head->addWidget(mark_);
  head->addWidget(headline_, 1);
  column->addLayout(head);

  middle_ = makeFrame("", this);
  auto* grid = tightLayout<QGridLayout>(middle_, 0);
  grid->setHorizontalSpacing(28);
  grid->setColumnStretch(0, 4);
  grid->setColumnStretch(1, 6);
  auto* left = tightLayout<QVBoxLayout>(nullptr, 4);
  auto* certainty = tightLayout<QHBoxLayout>(nullptr, 6);
  word_ = makeText({}, "certainty", this);
  figures_ = new FigureLabel("certainty", this);
  certainty->addWidget(word_);
  certainty->addWidget(figures_);
  certainty->addStretch();
  left->addLayout(certainty);
  left->addSpacing(4);
  auto* agree = tightLayout<QHBoxLayout>(nullptr, 8);
  dots_ = new AgreementDots(theme, this);
  agreement_ = new ElidedLabel({}, "muted", this);
  agree->addWidget(dots_, 0, Qt::AlignVCenter);
  agree->addWidget(agreement_, 1);
  left->addLayout(agree);
  calibration_ = new ElidedLabel({}, "muted", this);
  left->addWidget(calibration_);
  quick_ = new ElidedLabel({}, "muted", this);
  left->addWidget(quick_);
  left->addSpacing(2);
  help_ = new KeyLine(theme, this);
  connect(help_, &KeyLine::keyClicked, this, &NowPanel::keyClicked);
  left->addWidget(help_);
  left->addStretch(1);
  grid->addLayout(left, 0, 0);
  bars_ = new CertaintyView(theme, this);
  connect(bars_, &CertaintyView::wanted, this, &NowPanel::wanted);
  grid->addWidget(bars_, 0, 1, Qt::AlignTop);
  column->addWidget(middle_);
  column->addSpacing(4);
  steps_ = new StepsView(theme, this);
  column->addWidget(steps_);

  heard_ = new HeardList(theme, this);
  connect(heard_, &HeardList::picked, this, &NowPanel::spanPicked);
  column->addWidget(heard_, 1);

  lessonRow_ = makeFrame("", this);
  auto* lesson = tightLayout<QHBoxLayout>(lessonRow_, 8, {0, 8, 0, 0});
  lesson_ = makeText({}, "", lessonRow_);
  lesson_->setWordWrap(true);
  lesson_->setTextFormat(Qt::PlainText);
  undo_ = makeButton(tr("Undo"), tr("Takes the lesson back (Ctrl+Z)"), "", lessonRow_);
  lesson->addWidget(lesson_, 1);
  lesson->addWidget(undo_, 0, Qt::AlignVCenter);
  connect(undo_, &QPushButton::clicked, this, [this] { Q_EMIT wanted(intent::Undo{}); });
  column->addWidget(lessonRow_);
}

void NowPanel::show(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer,
                    const std::vector<app::RibbonSpan>& heard, base::Time now,
                    TeachKeys::Prefix prefix, base::Duration missedFor) {
  showHeadline(snapshot, answer, now);
  // Without data there is no answer that could be wrong, and no bar that could be long.
  const bool old = words::nothingComes(snapshot) && (!answer || answer->stale);
  const bool nothing =
      old || (answer && answer->prediction.state == learners::PredictionState::NoData);
  const std::optional<app::Answer> shown = nothing ? std::nullopt : answer;
  const bool asked = prefix != TeachKeys::Prefix::None;
  const bool onlyKeys = asked && height() < kLow;  // where room is short, the keys have it
  dots_->show(shown);
  dots_->setVisible(shown && !shown->prediction.memberLabel.empty() && !onlyKeys);
  const auto set = [](QLabel* label, const QString& text) {
    setTextIfNew(label, text);
    label->setVisible(!text.isEmpty());
  };
  set(agreement_, shown && !onlyKeys ? words::agreement(*shown) : QString());
  set(calibration_, nothing || onlyKeys ? QString() : words::calibration(snapshot, shown));
  set(quick_, onlyKeys ? QString() : words::quickModel(snapshot.model));
  showHelp(snapshot, shown, prefix, missedFor);
  bars_->show(snapshot, shown);
  bars_->updateGeometry();
  heard_->show(snapshot, heard, now);
  const bool taught = snapshot.model.version > 0;
  bars_->setVisible(!nothing);
  help_->setVisible(!nothing || asked);
  middle_->setVisible(taught || asked);
  heard_->setVisible(taught);
  steps_->setVisible(!taught && prefix == TeachKeys::Prefix::None);
  steps_->show(snapshot);
  showLesson(snapshot, onlyKeys);
}

void NowPanel::editLimits() { bars_->setFocus(Qt::ShortcutFocusReason); }

void NowPanel::showHeadline(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer,
                            base::Time now) {
  const words::Headline h = words::headline(snapshot, answer, now);
  using Kind = words::Headline::Kind;
  mark_->setVisible(h.kind != Kind::NoModel);
  mark_->setMark(h.kind == Kind::Novel    ? MarkKind::Novel
                 : h.kind == Kind::NoData ? MarkKind::NoData
                                          : MarkKind::Label,
                 h.kind == Kind::Label ? h.colour : 0);
  mark_->setDimmed(h.stale);
  const bool grey = h.stale || h.kind == Kind::NoModel || h.kind == Kind::NoData;
  setRole(headline_, grey ? "answer-muted" : "answer");
  const bool announce = headline_->text() != h.text;
  setTextIfNew(headline_, h.text);
  setRole(word_, h.word.isEmpty() ? "certainty" : "certainty-strong");
  setTextIfNew(word_, h.stale ? h.staleText : h.word);
  word_->setVisible(!word_->text().isEmpty());
  const QString figures = h.stale            ? QString()
                          : h.word.isEmpty() ? h.figures
                                             : QStringLiteral("· %1").arg(h.figures);
  if (figures_->text() != figures) {
    figures_->setText(figures);
    figures_->updateGeometry();
  }
  setAccessibleDescription(QStringLiteral("%1 %2 %3").arg(h.text, word_->text(), h.figures));
  // Screen readers hear a changed answer, at most every three seconds.
  if (announce && now.ns - spokenNs_ > kSpeakEveryNs) {
    spokenNs_ = now.ns;
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
  }
}

void NowPanel::showHelp(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer,
                        TeachKeys::Prefix prefix, base::Duration missedFor) {
  std::vector<KeyLine::Piece> pieces;
  const auto text = [&](const QString& t, int colour = -1) {
    pieces.push_back({t, false, colour});
  };
  const auto key = [&](const QString& k) { pieces.push_back({k, true, -1}); };
  const auto list = [&](bool withNothing, learners::LabelId without, std::size_t most) {
    for (const app::LabelCard* card : likeliest(snapshot, answer, without, most)) {
      key(QString::number(card->label.key));
      text(QString::fromStdString(card->label.name) + QLatin1Char(','), card->label.colour);
    }
    if (withNothing) {
      key(QStringLiteral("0"));
      text(tr("nothing."));
    } else if (!pieces.empty()) {
      pieces.back().text.replace(QLatin1Char(','), QLatin1Char('.'));
    }
  };
  learners::LabelId said = 0;
  if (answer && answer->prediction.state == learners::PredictionState::Known &&
      answer->prediction.label >= 0 && answer->prediction.label < std::ssize(answer->labels)) {
    said = answer->labels[static_cast<std::size_t>(answer->prediction.label)].id;
  }
  if (prefix == TeachKeys::Prefix::Correct) {
    text(tr("It was:"));
    list(true, 0, 9);
    key(names_.newLabel);
    text(tr("a new label."));
    key(tr("Esc"));
    text(tr("leave it."));
  } else if (prefix == TeachKeys::Prefix::Missed) {
    text(tr("You missed, in the last %1 (← →):").arg(words::duration(missedFor)));
    list(false, 0, 9);
    key(tr("Esc"));
    text(tr("leave it."));
  } else if (snapshot.model.version > 0) {
    text(tr("Wrong?"));
    key(names_.correct);
    text(tr("then"));
    list(true, said, height() < kLow ? 2 : 3);
    key(names_.missed);
    text(tr("you missed one."));
  }
  help_->setAsking(prefix != TeachKeys::Prefix::None);
  help_->setPieces(std::move(pieces));
}

void NowPanel::showLesson(const app::Snapshot& snapshot, bool away) {
  QString text = words::lesson(snapshot.lesson);
  if (!snapshot.model.trouble.empty()) {
    text += (text.isEmpty() ? QString() : QStringLiteral(" ")) +
            QString::fromStdString(snapshot.model.trouble);
  }
  setTextIfNew(lesson_, text);
  const bool aside = snapshot.lesson.stage == app::LessonView::Stage::KeptAside;
  setRole(lesson_, aside || !snapshot.model.trouble.empty() ? "warn" : "");
  undo_->setVisible(snapshot.lesson.command != 0 && snapshot.canUndo);
  lessonRow_->setVisible(!text.isEmpty() && !away);
}

void NowPanel::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  const bool low = height() < kLow;
  layout()->setContentsMargins(20, low ? 6 : 12, 20, low ? 6 : 12);
  lessonRow_->layout()->setContentsMargins(0, low ? 2 : 8, 0, 0);
}

}  // namespace ui
