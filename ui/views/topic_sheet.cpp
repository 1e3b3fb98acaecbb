#include "ui/views/topic_sheet.h"

#include <QLineEdit>
#include <QLocale>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/views/basics.h"
#include "ui/views/broker_picker.h"
#include "ui/views/topic_tree_view.h"

namespace ui {
namespace {

constexpr QSize kTopicRoom(1000, 720);
constexpr std::size_t kMostAtOnce = 100;  ///< topics a turn: the window must not stand still

QLineEdit* makeField(const QString& name, const QString& hint, const QString& tip,
                     QWidget* parent) {
  auto* edit = new QLineEdit(parent);
  edit->setPlaceholderText(hint);
  edit->setToolTip(tip);
  edit->setAccessibleName(name);
  return edit;
}

}  // namespace

TopicSheet::TopicSheet(const Theme& theme, TopicsFeed feed, std::function<base::Time()> now,
                       QWidget* window)
    : Sheet(tr("Values of your devices"), window),
      theme_(theme),
      feed_(std::move(feed)),
      now_(std::move(now)) {
  auto* column = tightLayout<QVBoxLayout>(this, size::kGap3, {24, 20, 24, 20});
  auto* head = tightLayout<QHBoxLayout>(nullptr, size::kGap2);
  title_ = makeText(tr("Values of your devices"), "page-title", this);
  line_ = new ElidedLabel({}, "muted", this);
  head->addWidget(title_);
  head->addWidget(line_, 1);
  auto* close = makeButton(tr("Close (Esc)"), tr("Goes back to the window"), "quiet", this);
  connect(close, &QPushButton::clicked, this, &TopicSheet::leave);
  head->addWidget(close);
  column->addLayout(head);
  trouble_ = makeText({}, "warn", this);
  trouble_->setTextFormat(Qt::PlainText);
  trouble_->setWordWrap(true);
  trouble_->hide();
  column->addWidget(trouble_);
  auto* host = new QWidget(this);
  stack_ = new QStackedLayout(host);
  stack_->addWidget(makeBrokers());
  stack_->addWidget(makeTopics());
  column->addWidget(host, 1);
}

QWidget* TopicSheet::makeBrokers() {
  auto* page = new QWidget(this);
  auto* column = tightLayout<QVBoxLayout>(page, size::kGap2);
  auto* about = makeText(tr("What your home's MQTT broker hears – Zigbee, Tasmota, ESPHome, Shelly, "
                            "Home Assistant – can be listened to as well. First the broker, then "
                            "the value."),
                         "muted", page);
  about->setWordWrap(true);
  column->addWidget(about);
  brokers_ = new BrokerPicker(page);
  connect(brokers_, &BrokerPicker::lookWanted, this, [this] { feed_.look(); });
  connect(brokers_, &BrokerPicker::brokerChosen, this,
          [this](const std::string& broker) { feed_.listenTo(broker, "#"); });
  connect(brokers_, &BrokerPicker::loginWanted, this,
          [this](const app::BrokerLogin& login) { feed_.listenWith(login, "#"); });
  connect(brokers_, &BrokerPicker::left, this, &TopicSheet::leave);
  column->addWidget(brokers_, 1);
  return page;
}

QWidget* TopicSheet::makeTopics() {
  auto* page = new QWidget(this);
  auto* column = tightLayout<QVBoxLayout>(page, size::kGap2);
  auto* top = tightLayout<QHBoxLayout>(nullptr, size::kGap2);
  filter_ = makeField(tr("Find a topic or a value"), tr("Find a topic or a value"),
                      tr("Shows the topics that have these words"), page);
  connect(filter_, &QLineEdit::textChanged, this,
          [this](const QString& words) { tree_->find(words); });
  onEnterAndEscape(filter_, this, [this](bool keep) { keep ? tree_->setFocus() : leave(); });
  top->addWidget(filter_, 1);
  auto* other = makeButton(tr("Other broker"), tr("Back to the brokers"), "", page);
  connect(other, &QPushButton::clicked, this, &TopicSheet::backToBrokers);
  top->addWidget(other);
  column->addLayout(top);
  tree_ = new TopicTreeView(page);
  connect(tree_, &TopicTreeView::choiceChanged, this, &TopicSheet::showChoice);
  connect(tree_, &TopicTreeView::useWanted, this, &TopicSheet::use);
  column->addWidget(tree_, 1);
  hint_ = makeText({}, "muted", page);
  hint_->setWordWrap(true);
  column->addWidget(hint_);

  choice_ = makeFrame("well", page);
  auto* inner = tightLayout<QVBoxLayout>(choice_, size::kGap2, {16, 12, 16, 12});
  auto* fields = tightLayout<QHBoxLayout>(nullptr, size::kGap2);
  const auto add = [&](const QString& name, const QString& tip, int width) {
    auto* label = makeText(name, "muted", choice_);
    QLineEdit* edit = makeField(name, {}, tip, choice_);
    label->setBuddy(edit);
    if (width > 0) {
      edit->setFixedWidth(width);
    }
    fields->addWidget(label);
    fields->addWidget(edit, width > 0 ? 0 : 1);
    onEnterAndEscape(edit, this, [this](bool keep) { keep ? use() : tree_->setFocus(); });
    return edit;
  };
  name_ = add(tr("Name"), tr("What you call it"), 0);
  unit_ = add(tr("Unit"), tr("°C, W, lx …; empty where there is none"), 64);
  from_ = add(tr("from"), tr("Smallest value to expect; empty where unknown"), 64);
  to_ = add(tr("to"), tr("Largest value to expect; empty where unknown"), 64);
  inner->addLayout(fields);
  wrong_ = makeText({}, "warn", choice_);
  wrong_->setWordWrap(true);
  wrong_->hide();
  inner->addWidget(wrong_);
  for (QLineEdit* edit : {from_, to_}) {
    connect(edit, &QLineEdit::textChanged, wrong_, &QWidget::hide);
  }
  auto* foot = tightLayout<QHBoxLayout>(nullptr, size::kGap3);
  reading_ = new ElidedLabel({}, "muted", choice_);
  foot->addWidget(reading_, 1);
  use_ = makeButton(tr("Make it a channel (Enter)"),
                    tr("Listens to it from now on, in this project; can be undone"), "accent",
                    choice_);
  connect(use_, &QPushButton::clicked, this, &TopicSheet::use);
  foot->addWidget(use_);
  inner->addLayout(foot);
  choice_->hide();
  column->addWidget(choice_);
  return page;
}

void TopicSheet::open() {
  if (!feed_.view) {
    return;
  }
  appear();
  if (view_.browsing.empty()) {
    brokers_->focusFirst();
  }
}

void TopicSheet::pull() {
  place(kTopicRoom);
  view_ = feed_.view();
  const QString trouble = troubleWords(view_);
  setTextIfNew(trouble_, trouble);
  trouble_->setVisible(!trouble.isEmpty());
  const bool heard = !view_.browsing.empty() && view_.link.state == hubs::LinkState::Online;
  const int page = heard ? 1 : 0;
  if (stack_->currentIndex() != page) {
    stack_->setCurrentIndex(page);
    heard ? tree_->setFocus(Qt::TabFocusReason) : brokers_->focusFirst();
  }
  if (!heard) {
    setTextIfNew(line_, view_.browsing.empty() || !trouble.isEmpty() ? QString()
                                                                      : tr("Connecting…"));
    return brokers_->show(view_);
  }
  if (shownBroker_ != view_.browsing) {
    shownBroker_ = view_.browsing;
    revision_ = 0;
    tree_->forgetAll();
  }
  const auto changed = feed_.changedSince(revision_, kMostAtOnce);
  if (!changed.empty()) {
    revision_ = changed.back()->revision;
    tree_->take(changed);
  }
  if (snapshot_) {
    tree_->refresh(now_(), *snapshot_, view_.browsing);
  }
  setTextIfNew(line_, totalsWords(view_));
  setTextIfNew(hint_, view_.totals.topics == 0
                          ? tr("Connected. Nothing was sent yet; many sensors speak only when "
                               "something changes.")
                          : tr("Choose a value: with the arrows, or click it."));
  hint_->setVisible(choice_->isHidden());
  showChoice();
}

void TopicSheet::showChoice() {
  const auto chosen = tree_->chosen();
  choice_->setVisible(chosen.has_value());
  if (!chosen) {
    proposed_.reset();
    return;
  }
  const auto next = proposedChannel(view_.browsing, *chosen->topic, chosen->pointer);
  const bool same = proposed_ && proposed_->topic == next.topic &&
                    proposed_->pointer == next.pointer && proposed_->broker == next.broker;
  if (!same) {
    name_->setText(QString::fromStdString(next.name));
    unit_->setText(QString::fromStdString(next.unit));
    const bool known = next.min != next.max;
    from_->setText(known ? QLocale().toString(next.min) : QString());
    to_->setText(known ? QLocale().toString(next.max) : QString());
    const bool numeric = next.as == hubs::LeafKind::Number;
    for (QLineEdit* edit : {unit_, from_, to_}) {
      edit->setEnabled(numeric);
    }
  }
  if (!same) {  // the fields below may have come up over it
    QTimer::singleShot(0, tree_, [this] { tree_->scrollToItem(tree_->currentItem()); });
  }
  proposed_ = next;
  for (const hubs::TopicLeaf& leaf : chosen->topic->leaves) {
    if (leaf.last.pointer == chosen->pointer) {
      setTextIfNew(reading_, readingText(next, leaf));
    }
  }
  const bool used = snapshot_ && isChannel(*snapshot_, next);
  use_->setEnabled(!used);
  use_->setText(used ? tr("It is a channel") : tr("Make it a channel (Enter)"));
}

std::optional<std::pair<double, double>> TopicSheet::typedRange() const {
  const QString least = from_->text().trimmed();
  const QString most = to_->text().trimmed();
  if (!from_->isEnabled() || (least.isEmpty() && most.isEmpty())) {
    return std::pair(0.0, 0.0);
  }
  bool fromOk = false;
  bool toOk = false;
  const double from = QLocale().toDouble(least, &fromOk);
  const double to = QLocale().toDouble(most, &toOk);
  return fromOk && toOk && from < to ? std::optional(std::pair(from, to)) : std::nullopt;
}

void TopicSheet::use() {
  if (!proposed_ || !use_->isEnabled()) {
    return;
  }
  const auto range = typedRange();
  if (!range) {
    setTextIfNew(wrong_, tr("A range is two numbers, the smaller one first, or nothing at all."));
    wrong_->show();
    bool isNumber = false;
    QLocale().toDouble(from_->text().trimmed(), &isNumber);
    (isNumber ? to_ : from_)->setFocus(Qt::TabFocusReason);
    return;
  }
  hubs::TopicChannel channel = *proposed_;
  const QString name = name_->text().trimmed();
  if (!name.isEmpty()) {
    channel.name = name.toStdString();
  }
  if (channel.as == hubs::LeafKind::Number) {
    channel.unit = unit_->text().trimmed().toStdString();
    channel.min = range->first;
    channel.max = range->second;
  }
  Q_EMIT wanted(intent::AddLocal{hubs::localSourceOf(channel)});
  tree_->setFocus();
}

void TopicSheet::backToBrokers() {
  feed_.leave();
  shownBroker_.clear();
}

void TopicSheet::leaving() {
  feed_.leave();
  shownBroker_.clear();
}

}  // namespace ui
