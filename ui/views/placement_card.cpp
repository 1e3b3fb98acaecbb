#include "ui/views/placement_card.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <cmath>

#include "ui/views/basics.h"
#include "ui/views/param_editor.h"

namespace ui {

PlacementCard::PlacementCard(const Theme& theme, QWidget* parent) : QFrame(parent) {
  setProperty("role", "card");
  auto* column = tightLayout<QVBoxLayout>(this, 8, {16, 14, 16, 14});
  column->addWidget(makeText(tr("Where the work is done"), "card-title", this));
  sentence_ = makeText({}, "", this);
  sentence_->setWordWrap(true);
  column->addWidget(sentence_);
  why_ = makeText({}, "secondary", this);
  why_->setWordWrap(true);
  why_->setTextFormat(Qt::PlainText);
  column->addWidget(why_);

  auto* grid = tightLayout<QGridLayout>(nullptr, 8);
  grid->setHorizontalSpacing(12);
  const auto choice = [&](int row, const QString& name, const QString& tip, Choice& to) {
    grid->addWidget(makeText(name, "muted", this), row, 0);
    to.box = makeChoiceBox(theme, this);
    to.box->setAccessibleName(name);
    to.box->setAccessibleDescription(tip);
    to.box->setToolTip(tip);
    to.box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    to.box->setMinimumContentsLength(14);
    grid->addWidget(to.box, row, 1);
  };
  choice(0, tr("Train on"), tr("The computer that learns from your examples"), train_);
  choice(1, tr("Answer from"), tr("The computer that says what is happening"), serve_);
  buildAnswering(theme, *grid);
  grid->setColumnStretch(1, 1);
  column->addLayout(grid);
  connect(train_.box, &QComboBox::activated, this, [this](int at) {
    Q_EMIT wanted(intent::TrainOn{train_.places.at(static_cast<std::size_t>(at)).worker});
  });
  connect(serve_.box, &QComboBox::activated, this, [this](int at) {
    Q_EMIT wanted(intent::ServeOn{serve_.places.at(static_cast<std::size_t>(at)).worker});
  });

  auto* line = tightLayout<QHBoxLayout>(nullptr, 8);
  join_ = makeText({}, "secondary", this);
  join_->setWordWrap(true);
  auto* copy = makeButton(tr("Copy"), tr("Copies the command"), "", this);
  copy->setAccessibleName(tr("Copy the command"));
  connect(copy, &QPushButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(command_->text()); });
  line->addWidget(join_, 1);
  line->addWidget(copy, 0, Qt::AlignBottom);
  column->addLayout(line);
  auto* well = makeFrame("well", this);
  auto* inner = tightLayout<QHBoxLayout>(well, 0, {8, 8, 8, 8});
  command_ = makeText({}, "secondary", well);
  command_->setTextFormat(Qt::PlainText);
  command_->setWordWrap(true);
  command_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  command_->setAccessibleName(tr("Command that starts a worker"));
  inner->addWidget(command_, 1);
  column->addWidget(well);
  column->addStretch();
}

/// With which models, and how steadily.
void PlacementCard::buildAnswering(const Theme& theme, QGridLayout& grid) {
  const QString with = tr("Answer with");
  grid.addWidget(makeText(with, "muted", this), 2, 0);
  members_ = makeChoiceBox(theme, this);
  members_->setAccessibleName(with);
  members_->setToolTip(tr("All models are right most often; three answer sooner"));
  members_->addItem(tr("all models"));
  members_->addItem(tr("the three fastest"));
  grid.addWidget(members_, 2, 1);
  connect(members_, &QComboBox::activated, this, [this](int at) {
    Q_EMIT wanted(intent::SetMemberPolicy{at == 1 ? learners::MemberPolicy::LowLatency
                                                  : learners::MemberPolicy::BestEffort});
  });

  const QString steady = tr("Quick or steady");
  grid.addWidget(makeText(steady, "muted", this), 3, 0);
  auto* line = tightLayout<QHBoxLayout>(nullptr, 8);
  steadiness_ = new QSlider(Qt::Horizontal, this);
  steadiness_->setRange(0, kSteadySteps);
  steadiness_->setPageStep(1);
  steadiness_->setAccessibleName(steady);
  steadiness_->setToolTip(tr("Steady answers wait for more evidence before they change"));
  steadyWords_ = makeText({}, "secondary", this);
  line->addWidget(steadiness_, 1);
  line->addWidget(steadyWords_);
  grid.addLayout(line, 3, 1);
  connect(steadiness_, &QSlider::valueChanged, this,
          [this](int step) { setTextIfNew(steadyWords_, steadinessWords(step)); });
  // Each step of a key counts, and the end of a drag.
  connect(steadiness_, &QSlider::actionTriggered, this, [this] {
    if (!steadiness_->isSliderDown()) {
      askSteadiness(steadiness_->sliderPosition());
    }
  });
  connect(steadiness_, &QSlider::sliderReleased, this,
          [this] { askSteadiness(steadiness_->value()); });
}

void PlacementCard::askSteadiness(int step) {
  Q_EMIT wanted(intent::SetSteadiness{static_cast<float>(step) / kSteadySteps});
}

void PlacementCard::show(const app::Snapshot& snapshot) {
  if (!members_->view()->isVisible()) {
    members_->setCurrentIndex(snapshot.task.policy == learners::MemberPolicy::LowLatency ? 1 : 0);
  }
  const int step = static_cast<int>(std::lround(snapshot.task.steadiness * kSteadySteps));
  if (!steadiness_->isSliderDown() && steadiness_->value() != step) {
    const QSignalBlocker blocker(steadiness_);
    steadiness_->setValue(step);
  }
  setTextIfNew(steadyWords_, steadinessWords(steadiness_->value()));
  setTextIfNew(sentence_, placementSentence(snapshot));
  setTextIfNew(why_, placementReason(snapshot));
  why_->setVisible(!why_->text().isEmpty());
  show(train_, placeChoices(snapshot, snapshot.task.trainOn), snapshot.task.trainOn);
  show(serve_, placeChoices(snapshot, snapshot.task.serveOn), snapshot.task.serveOn);
  const JoinWords join = joinWords(snapshot);
  setTextIfNew(join_, join.sentence);
  setTextIfNew(command_, join.command);
}

void PlacementCard::show(Choice& choice, std::vector<PlaceChoice> places,
                         const std::string& chosen) {
  if (choice.box->view()->isVisible()) {
    return;  // a person is choosing; the next snapshot comes soon
  }
  if (places != choice.places) {
    choice.places = std::move(places);
    choice.box->clear();
    for (const PlaceChoice& place : choice.places) {
      choice.box->addItem(place.text);
    }
  }
  int index = 0;
  for (std::size_t i = 0; i < choice.places.size(); ++i) {
    if (choice.places[i].worker == chosen) {
      index = static_cast<int>(i);
    }
  }
  if (choice.box->currentIndex() != index) {
    choice.box->setCurrentIndex(index);
  }
}

}  // namespace ui
