#include "ui/start_window.h"

#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "hubs/mqtt_bus.h"
#include "ui/views/basics.h"
#include "ui/views/overlays.h"

namespace ui {

StartWindow::StartWindow(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setWindowTitle(tr("Mimosa"));
  setMinimumSize(920, 520);
  auto* column = tightLayout<QVBoxLayout>(this, 0, {24, 24, 24, 24});
  column->addStretch(2);
  auto* picture = new QLabel(this);
  const auto paint = [this, picture] {
    picture->setPixmap(Theme::icon(QStringLiteral("teach"), theme_.tokens().accent)
                           .pixmap(QSize(56, 56), devicePixelRatioF()));
  };
  paint();
  connect(&theme, &Theme::changed, picture, paint);
  column->addWidget(picture, 0, Qt::AlignHCenter);
  column->addSpacing(16);
  column->addWidget(
      makeText(tr("Show me something. I will learn to recognise it."), "welcome", this), 0,
      Qt::AlignHCenter);
  column->addSpacing(6);
  column->addWidget(makeText(tr("Nothing leaves this computer."), "certainty", this), 0,
                    Qt::AlignHCenter);
  column->addSpacing(24);
  trouble_ = makeText({}, "warn", this);
  trouble_->setWordWrap(true);
  trouble_->setAlignment(Qt::AlignHCenter);
  trouble_->setTextFormat(Qt::PlainText);
  trouble_->setFixedWidth(620);
  trouble_->hide();
  column->addWidget(trouble_, 0, Qt::AlignHCenter);
  column->addSpacing(12);
  auto* host = new QWidget(this);
  stack_ = new QStackedLayout(host);
  stack_->addWidget(makeChoices());
  stack_->addWidget(makeBrokerForm());
  host->setFixedSize(872, 210);
  column->addWidget(host, 0, Qt::AlignHCenter);
  column->addStretch(3);
  new FocusRing(theme, this);
}

QWidget* StartWindow::makeChoices() {
  auto* choices = new QWidget(this);
  auto* row = tightLayout<QHBoxLayout>(choices, 16);
  const auto add = [&](const QString& icon, const QString& title, const QString& text,
                       const char* role, auto slot) {
    auto* card = makeFrame("card", choices);
    auto* column = tightLayout<QVBoxLayout>(card, 8, {16, 16, 16, 16});
    auto* picture = new QLabel(card);
    const auto paint = [this, picture, icon] {
      picture->setPixmap(
          Theme::icon(icon, theme_.tokens().text2).pixmap(QSize(28, 28), devicePixelRatioF()));
    };
    paint();
    connect(&theme_, &Theme::changed, picture, paint);
    column->addWidget(picture);
    auto* about = makeText(text, "muted", card);
    about->setWordWrap(true);
    column->addWidget(about, 1, Qt::AlignTop);
    auto* button = makeButton(title, text, role, card);
    connect(button, &QPushButton::clicked, this, slot);
    column->addWidget(button);
    row->addWidget(card, 1);
  };
  add(QStringLiteral("play"), tr("Try the simulated house"),
      tr("Rooms, devices and people who boil water and open doors. Teach it without owning a "
         "single sensor."),
      "accent", &StartWindow::simulationWanted);
  add(QStringLiteral("mic"), tr("Use my microphone"),
      tr("This computer's microphone is enough to begin with: it hears the kettle, the tap, the "
         "door."),
      "", &StartWindow::microphoneWanted);
  add(QStringLiteral("hub"), tr("Connect my devices"),
      tr("Your home's MQTT broker: its address, a user name and a password are all I need."), "",
      [this] { askForBroker({}); });
  add(QStringLiteral("folder"), tr("Open"),
      tr("A project you made before, or one somebody gave you. It is one file."), "",
      &StartWindow::chooseProject);
  return choices;
}

QWidget* StartWindow::makeBrokerForm() {
  auto* card = makeFrame("card", this);
  auto* column = tightLayout<QVBoxLayout>(card, 8, {16, 16, 16, 16});
  auto* form = new QFormLayout;
  form->setHorizontalSpacing(16);
  form->setVerticalSpacing(6);
  form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
  form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
  const auto field = [&](const QString& name, const QString& hint, const QString& tip) {
    auto* edit = new QLineEdit(card);
    edit->setPlaceholderText(hint);
    edit->setToolTip(tip);
    edit->setAccessibleName(name);
    auto* label = makeText(name, "muted", card);
    label->setBuddy(edit);
    form->addRow(label, edit);
    connect(edit, &QLineEdit::returnPressed, this, &StartWindow::connectToBroker);
    return edit;
  };
  url_ = field(tr("Address"), QStringLiteral("mqtts://homeassistant.local:8883"),
               tr("mqtt:// or, encrypted, mqtts://, then the name and the port of the broker"));
  user_ = field(tr("User name"), {}, tr("As the broker knows you; empty where it asks for none"));
  password_ = field(tr("Password"), {}, tr("Kept in a file only you can read, not in the project"));
  password_->setEchoMode(QLineEdit::Password);
  certificate_ = field(tr("Certificate"), tr("file of its authority, for mqtts:// only"),
                       tr("A PEM file; not needed with mqtt://"));
  column->addLayout(form, 1);
  auto* buttons = tightLayout<QHBoxLayout>(nullptr, 8);
  auto* back = makeButton(tr("Back"), tr("Back to the ways to begin"), "", card);
  auto* go = makeButton(tr("Connect"), tr("Connects to this broker (Enter)"), "accent", card);
  connect(back, &QPushButton::clicked, this, [this] {
    setTrouble({});
    stack_->setCurrentIndex(0);
  });
  connect(go, &QPushButton::clicked, this, &StartWindow::connectToBroker);
  buttons->addStretch();
  buttons->addWidget(back);
  buttons->addWidget(go);
  column->addLayout(buttons);
  return card;
}

void StartWindow::setTrouble(const QString& sentence) {
  trouble_->setText(sentence);
  trouble_->setVisible(!sentence.isEmpty());
}

void StartWindow::askForBroker(const BrokerChoice& known) {
  url_->setText(known.url);
  user_->setText(known.user);
  certificate_->setText(known.certificate);
  stack_->setCurrentIndex(1);
  (known.url.isEmpty() ? url_ : password_)->setFocus();
}

void StartWindow::connectToBroker() {
  const QString url = url_->text().trimmed();
  if (const auto options = hubs::parseBrokerUrl(url.toStdString()); !options) {
    setTrouble(QString::fromStdString(options.error().message));
    url_->setFocus();
    return;
  }
  Q_EMIT brokerWanted({.url = url,
                       .user = user_->text().trimmed(),
                       .password = password_->text(),
                       .certificate = certificate_->text().trimmed()});
}

void StartWindow::chooseProject() {
  const QString file = QFileDialog::getOpenFileName(this, tr("Open a project"), {},
                                                    tr("Mimosa projects (*.mimosa)"));
  if (!file.isEmpty()) {
    Q_EMIT projectWanted(file);
  }
}

}  // namespace ui
