#include "ui/views/placement_card.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QVBoxLayout>

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

void PlacementCard::show(const app::Snapshot& snapshot) {
  setTextIfNew(sentence_, placementSentence(snapshot));
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
