#include "ui/views/broker_picker.h"

#include <QFormLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/views/basics.h"

namespace ui {

BrokerPicker::BrokerPicker(QWidget* parent) : QWidget(parent) {
  auto* column = tightLayout<QVBoxLayout>(this, size::kGap2);
  auto* line = tightLayout<QHBoxLayout>(nullptr, size::kGap3);
  look_ = makeButton(tr("Look for brokers"), {}, "accent", this);
  connect(look_, &QPushButton::clicked, this, &BrokerPicker::lookWanted);
  words_ = makeText({}, "muted", this);
  words_->setWordWrap(true);
  line->addWidget(look_, 0, Qt::AlignTop);
  line->addWidget(words_, 1);
  column->addLayout(line);
  list_ = new QListWidget(this);
  list_->setAccessibleName(tr("Brokers"));
  list_->setToolTip(tr("Arrows choose a broker, Enter listens to it"));
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setProperty("role", "card");
  connect(list_, &QListWidget::itemClicked, this, &BrokerPicker::choose);
  list_->hide();  // until there is one
  column->addWidget(list_, 100);
  column->addWidget(makeFields());
  column->addStretch(1);
}

QWidget* BrokerPicker::makeFields() {
  auto* card = makeFrame("well", this);
  auto* inner = tightLayout<QVBoxLayout>(card, size::kGap2, {16, 14, 16, 14});
  inner->addWidget(makeText(tr("Or type where it is"), "section", card));
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
    onEnterAndEscape(edit, this, [this](bool keep) {
      if (keep) {
        logIn();
      } else {
        Q_EMIT left();
      }
    });
    return edit;
  };
  url_ = field(tr("Address"), QStringLiteral("mqtt://homeassistant.local:1883"),
               tr("mqtt:// or, encrypted, mqtts://, then the name and the port of the broker"));
  user_ = field(tr("User name"), {}, tr("As the broker knows you; empty where it asks for none"));
  password_ = field(tr("Password"), {}, tr("Kept in a file only you can read, not in the project"));
  password_->setEchoMode(QLineEdit::Password);
  certificate_ = field(tr("Certificate"), tr("file of its authority; empty: the usual ones"),
                       tr("A PEM file, for mqtts:// only"));
  inner->addLayout(form);
  auto* go = makeButton(tr("Listen (Enter)"), tr("Logs in and shows what the broker sends"), "",
                        card);
  connect(go, &QPushButton::clicked, this, &BrokerPicker::logIn);
  inner->addWidget(go, 0, Qt::AlignRight);
  return card;
}

void BrokerPicker::show(const app::TopicDeskView& view) {
  look_->setEnabled(!view.looking);
  look_->setToolTip(lookTip(view));
  setTextIfNew(words_, lookWords(view));
  auto rows = brokerRows(view);
  if (rows == rows_ && list_->count() == static_cast<int>(rows.size())) {
    return;
  }
  const int before = list_->currentRow();
  rows_ = std::move(rows);
  list_->clear();
  for (const BrokerRow& row : rows_) {
    auto* item = new QListWidgetItem(list_);
    item->setSizeHint({100, 34});
    item->setData(Qt::AccessibleTextRole, row.title + QStringLiteral(", ") + row.detail);
    auto* host = new QWidget(list_);
    auto* line = tightLayout<QHBoxLayout>(host, size::kGap3, {8, 0, 8, 0});
    line->addWidget(makeText(row.title, "", host));
    line->addWidget(new ElidedLabel(row.detail, "secondary", host), 1);
    list_->setItemWidget(item, host);
  }
  list_->setVisible(!rows_.empty());
  list_->setCurrentRow(std::min(std::max(before, 0), list_->count() - 1));
}

void BrokerPicker::ask(const app::BrokerLogin& known) {
  url_->setText(QString::fromStdString(known.url));
  user_->setText(QString::fromStdString(known.user));
  certificate_->setText(QString::fromStdString(known.certificate));
  password_->clear();
  (known.url.empty()    ? url_
   : known.user.empty() ? user_
                        : password_)
      ->setFocus(Qt::TabFocusReason);
}

void BrokerPicker::focusFirst() {
  (list_->count() == 0 ? static_cast<QWidget*>(look_) : list_)->setFocus(Qt::TabFocusReason);
}

void BrokerPicker::choose() {
  const int at = list_->currentRow();
  if (at < 0 || at >= static_cast<int>(rows_.size())) {
    return;
  }
  const BrokerRow row = rows_[static_cast<std::size_t>(at)];
  if (row.needsLogin) {
    ask({.url = row.broker});
  } else {
    Q_EMIT brokerChosen(row.broker);
  }
}

void BrokerPicker::logIn() {
  const std::string url = url_->text().trimmed().toStdString();
  if (url.empty()) {
    url_->setFocus(Qt::TabFocusReason);
    return;
  }
  Q_EMIT loginWanted({.url = url,
                      .user = user_->text().trimmed().toStdString(),
                      .password = password_->text().toStdString(),
                      .certificate = certificate_->text().trimmed().toStdString()});
  password_->clear();
}

void BrokerPicker::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && list_->hasFocus()) {
    choose();
    return;
  }
  QWidget::keyPressEvent(event);
}

}  // namespace ui
