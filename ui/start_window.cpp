#include "ui/start_window.h"

#include <QFileDialog>
#include <QKeyEvent>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "app/topic_desk.h"
#include "hubs/mqtt_bus.h"
#include "ui/models/starter_rows.h"
#include "ui/views/basics.h"
#include "ui/views/broker_picker.h"
#include "ui/views/overlays.h"

namespace ui {
namespace {

enum Page { kChoices, kDevices, kBusy };
constexpr int kPullMs = 200;
constexpr int kWide = 920;

QLabel* makeAbout(const QString& text, const char* role, QWidget* parent) {
  auto* about = makeText(text, role, parent);
  about->setWordWrap(true);
  about->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  return about;
}

/// Between two stretches: a layout that aligns would ask what wraps for its height at the whole
/// width, and cut it.
QHBoxLayout* inTheMiddle(QWidget* widget) {
  auto* row = tightLayout<QHBoxLayout>(nullptr);
  row->addStretch();
  row->addWidget(widget);
  row->addStretch();
  return row;
}

}  // namespace

StartWindow::StartWindow(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setWindowTitle(tr("Mimosa"));
  setMinimumSize(1000, 640);
  auto* column = tightLayout<QVBoxLayout>(this, 0, {24, 24, 24, 24});
  column->addStretch(2);
  column->addWidget(makeHead());
  column->addSpacing(18);
  trouble_ = makeText({}, "warn", this);
  trouble_->setWordWrap(true);
  trouble_->setAlignment(Qt::AlignHCenter);
  trouble_->setTextFormat(Qt::PlainText);
  trouble_->setFixedWidth(kWide - 200);
  trouble_->hide();
  column->addLayout(inTheMiddle(trouble_));
  column->addSpacing(12);
  auto* host = new QWidget(this);
  stack_ = new QStackedLayout(host);
  stack_->addWidget(makeChoices());
  stack_->addWidget(makeDevices());
  stack_->addWidget(makeBusy());
  host->setFixedWidth(kWide);
  column->addLayout(inTheMiddle(host));
  column->addStretch(3);
  timer_.setInterval(kPullMs);
  connect(&timer_, &QTimer::timeout, this, &StartWindow::showFound);
  new FocusRing(theme, this);
  first_->setFocus();
}

StartWindow::~StartWindow() = default;

void StartWindow::paintIcon(QLabel* picture, const QString& icon, int edge,
                            QColor Tokens::*colour) {
  const auto paint = [this, picture, icon, edge, colour] {
    picture->setPixmap(Theme::icon(icon, theme_.tokens().*colour)
                           .pixmap(QSize(edge, edge), devicePixelRatioF()));
  };
  paint();
  connect(&theme_, &Theme::changed, picture, paint);
}

QWidget* StartWindow::makeHead() {
  auto* head = new QWidget(this);
  auto* column = tightLayout<QVBoxLayout>(head);
  auto* picture = new QLabel(head);
  paintIcon(picture, QStringLiteral("teach"), 48, &Tokens::accent);
  column->addWidget(picture, 0, Qt::AlignHCenter);
  column->addSpacing(12);
  column->addWidget(
      makeText(tr("Show me something. I will learn to recognise it."), "welcome", head), 0,
      Qt::AlignHCenter);
  column->addSpacing(6);
  column->addWidget(makeText(tr("Nothing leaves this computer."), "certainty", head), 0,
                    Qt::AlignHCenter);
  return head;
}

QWidget* StartWindow::makeChoices() {
  auto* page = new QWidget(this);
  auto* column = tightLayout<QVBoxLayout>(page, 20);
  auto* row = tightLayout<QHBoxLayout>(nullptr, 16);
  const auto add = [&](const QString& icon, const QString& title, const QString& text,
                       const char* role, auto slot) {
    auto* card = makeFrame("card", page);
    auto* inner = tightLayout<QVBoxLayout>(card, 8, {16, 16, 16, 16});
    auto* picture = new QLabel(card);
    paintIcon(picture, icon, 28, &Tokens::text2);
    inner->addWidget(picture);
    inner->addWidget(makeAbout(text, "muted", card), 1);
    auto* button = makeButton(title, text, role, card);
    connect(button, &QPushButton::clicked, this, slot);
    inner->addWidget(button);
    row->addWidget(card, 1);
    return button;
  };
  first_ = add(QStringLiteral("play"), tr("Try the simulated house"),
      tr("Rooms, devices and people who boil water and open doors. Teach it from the beginning "
         "without owning a single sensor."),
      "accent", &StartWindow::simulationWanted);
  add(QStringLiteral("hub"), tr("Connect my devices"),
      tr("This computer's microphone, or what your home's MQTT broker hears: Zigbee, Tasmota, "
         "ESPHome, Shelly, sensors you built."),
      "", [this] { askForBroker({}); });
  add(QStringLiteral("folder"), tr("Open"),
      tr("A project you made before, or one somebody gave you. It is one file."), "",
      &StartWindow::chooseProject);
  column->addLayout(row);
  column->addWidget(makeStarters());
  return page;
}

QWidget* StartWindow::makeStarters() {
  auto* host = new QWidget(this);
  auto* column = tightLayout<QVBoxLayout>(host, 8);
  column->addWidget(makeText(tr("Or begin with a project that answers already. The simulated house "
                                "plays it to you; look, correct it, add to it."),
                             "muted", host));
  auto* row = tightLayout<QHBoxLayout>(nullptr, 12);
  for (const StarterRow& starter : starterRows()) {
    auto* card = makeFrame("card", host);
    auto* inner = tightLayout<QVBoxLayout>(card, 6, {12, 12, 12, 12});
    auto* picture = new QLabel(card);
    paintIcon(picture, starter.icon, 20, &Tokens::text2);
    inner->addWidget(picture);
    inner->addWidget(makeAbout(starter.about, "secondary", card), 1);
    auto* button = makeButton(starter.title, starter.about, "", card);
    connect(button, &QPushButton::clicked, this,
            [this, id = starter.id] { Q_EMIT starterWanted(id); });
    inner->addWidget(button);
    row->addWidget(card, 1);
  }
  column->addLayout(row);
  return host;
}

QWidget* StartWindow::makeDevices() {
  auto* page = new QWidget(this);
  auto* column = tightLayout<QVBoxLayout>(page, 12);
  auto* line = tightLayout<QHBoxLayout>(nullptr, 12);
  auto* back = makeButton(tr("Back (Esc)"), tr("Back to the ways to begin"), "", page);
  connect(back, &QPushButton::clicked, this, [this] { goTo(kChoices); });
  line->addWidget(back);
  line->addStretch();
  auto* mic = makeButton(tr("Use this computer's microphone"),
                         tr("Enough to begin with: it hears the kettle, the tap, the door"), "",
                         page);
  connect(mic, &QPushButton::clicked, this, &StartWindow::microphoneWanted);
  line->addWidget(mic);
  column->addLayout(line);
  auto* card = makeFrame("card", page);
  auto* inner = tightLayout<QVBoxLayout>(card, 8, {16, 16, 16, 16});
  picker_ = new BrokerPicker(card);
  connect(picker_, &BrokerPicker::lookWanted, this, &StartWindow::look);
  connect(picker_, &BrokerPicker::left, this, [this] { goTo(kChoices); });
  connect(picker_, &BrokerPicker::brokerChosen, this, [this](const std::string& broker) {
    Q_EMIT brokerWanted({.url = QString::fromStdString(broker)});
  });
  connect(picker_, &BrokerPicker::loginWanted, this, [this](const app::BrokerLogin& login) {
    if (const auto options = hubs::parseBrokerUrl(login.url); !options) {
      setTrouble(QString::fromStdString(options.error().message));
      return;
    }
    Q_EMIT brokerWanted({.url = QString::fromStdString(login.url),
                         .user = QString::fromStdString(login.user),
                         .password = QString::fromStdString(login.password),
                         .certificate = QString::fromStdString(login.certificate)});
  });
  inner->addWidget(picker_);
  column->addWidget(card, 1);
  return page;
}

QWidget* StartWindow::makeBusy() {
  auto* page = new QWidget(this);
  auto* column = tightLayout<QVBoxLayout>(page, 16);
  busy_ = makeAbout(makingText(), "certainty", page);
  busy_->setAlignment(Qt::AlignHCenter);
  column->addWidget(busy_);
  auto* stop = makeButton(tr("Stop (Esc)"), tr("Back to the ways to begin"), "", page);
  connect(stop, &QPushButton::clicked, this, &StartWindow::leaveWanted);
  column->addWidget(stop, 0, Qt::AlignHCenter);
  column->addStretch();
  return page;
}

void StartWindow::setTrouble(const QString& sentence) {
  trouble_->setText(sentence);
  trouble_->setVisible(!sentence.isEmpty());
}

QString StartWindow::makingText() {
  return tr(
      "The simulated house plays a few minutes, fast, to have something to learn from. About "
      "ten seconds…");
}

void StartWindow::setMaking(bool making) {
  busy_->setText(makingText());
  goTo(making ? kBusy : kChoices);
}

void StartWindow::setLooking() {
  busy_->setText(tr("The project is opened to look at. That may take as long as a copy of it…"));
  goTo(kBusy);
}

void StartWindow::goTo(int page) {
  setTrouble({});
  stack_->setCurrentIndex(page);
  if (page == kChoices) {
    first_->setFocus();
  }
  if (page != kDevices) {
    timer_.stop();
    finder_.reset();
  }
}

void StartWindow::askForBroker(const BrokerChoice& known, const QString& trouble) {
  goTo(kDevices);
  setTrouble(trouble);
  showFound();
  if (known.url.isEmpty()) {
    picker_->focusFirst();
    return;
  }
  picker_->ask({.url = known.url.toStdString(),
                .user = known.user.toStdString(),
                .password = {},
                .certificate = known.certificate.toStdString()});
}

void StartWindow::look() {
  finder_ = std::make_unique<hubs::BrokerFinder>(hubs::usualPlan());
  timer_.start();
  showFound();
}

void StartWindow::showFound() {
  app::TopicDeskView view;
  view.networks = hubs::networksAround(hubs::ownAddresses());
  if (finder_) {
    const hubs::FinderState state = finder_->state();
    view.looked = true;
    view.looking = !state.done;
    view.progress = state.progress;
    for (const hubs::FoundBroker& found : state.found) {
      view.brokers.push_back({.broker = found.address,
                              .address = found.address,
                              .name = found.name,
                              .login = found.login,
                              .isEncrypted = found.isEncrypted});
    }
    if (state.done) {
      timer_.stop();
    }
  }
  picker_->show(view);
}

void StartWindow::chooseProject() {
  const QString file = QFileDialog::getOpenFileName(this, tr("Open a project"), {},
                                                    tr("Mimosa projects (*.mimosa)"));
  if (!file.isEmpty()) {
    Q_EMIT projectWanted(file);
  }
}

void StartWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && stack_->currentIndex() == kDevices) {
    goTo(kChoices);
  } else if (event->key() == Qt::Key_Escape && stack_->currentIndex() == kBusy) {
    Q_EMIT leaveWanted();
  } else if (auto* button = qobject_cast<QPushButton*>(focusWidget());
             button != nullptr &&
             (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
    button->click();
  } else {
    QWidget::keyPressEvent(event);
  }
}

}  // namespace ui
