#include "ui/views/local_card.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QShortcut>
#include <QVBoxLayout>

#include "ui/views/basics.h"
#include "ui/views/param_editor.h"
#include "ui/views/row_table.h"

namespace ui {
namespace {

bool sameKinds(const std::vector<app::LocalKindView>& a, const std::vector<app::LocalKindView>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.kind == y.kind; });
}

bool sameRows(const std::vector<LocalRow>& a, const std::vector<LocalRow>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.source == y.source && x.settings.size() == y.settings.size();
  });
}

}  // namespace

LocalCard::LocalCard(const Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme) {
  setProperty("role", "card");
  auto* column = tightLayout<QVBoxLayout>(this, 8, {16, 14, 16, 14});
  buttons_ = tightLayout<QHBoxLayout>(nullptr, 8);
  buttons_->addWidget(makeText(tr("Chosen by you"), "card-title", this));
  none_ = makeText(tr("No microphone, camera or broker is used."), "muted", this);
  buttons_->addWidget(none_);
  buttons_->addStretch(1);
  column->addLayout(buttons_);
  table_ = new RowTable(theme,
                        {{tr("device"), Qt::AlignLeft, 2, 110},
                         {tr("settings"), Qt::AlignLeft, 0, 0},
                         {tr("state"), Qt::AlignLeft, 4, 150},
                         {{}, Qt::AlignRight, 0, 0}},
                        40, this);
  table_->setAccessibleName(tr("Devices of this computer"));
  column->addWidget(table_);

  picker_ = makeFrame("well", this);
  auto* inner = tightLayout<QVBoxLayout>(picker_, 6, {12, 10, 12, 10});
  auto* head = tightLayout<QHBoxLayout>(nullptr, 8);
  pickerTitle_ = makeText({}, "section", picker_);
  head->addWidget(pickerTitle_);
  pickerWords_ = makeText({}, "muted", picker_);
  head->addWidget(pickerWords_, 1);
  auto* close = makeButton(tr("Close"), tr("Closes the list of devices (Esc)"), "", picker_);
  close->setAccessibleName(tr("Close the list of devices"));
  connect(close, &QPushButton::clicked, this, [this] { look({}); });
  auto* escape = new QShortcut(Qt::Key_Escape, picker_, [this] { look({}); });
  escape->setContext(Qt::WidgetWithChildrenShortcut);
  head->addWidget(close);
  inner->addLayout(head);
  deviceTable_ = new RowTable(theme,
                              {{tr("device"), Qt::AlignLeft, 3, 120},
                               {tr("has"), Qt::AlignLeft, 2, 90},
                               {tr("how loud"), Qt::AlignLeft, 0, 140},
                               {tr("state"), Qt::AlignLeft, 3, 80},
                               {{}, Qt::AlignRight, 0, 0}},
                              38, picker_);
  deviceTable_->setAccessibleName(tr("Devices that were found"));
  inner->addWidget(deviceTable_);
  address_ = new QLineEdit(picker_);
  address_->setPlaceholderText(tr("or its address, for example rtsp://hall-camera/stream"));
  address_->setAccessibleName(tr("Address of the device"));
  address_->setToolTip(tr("Type where it is and press Enter"));
  onEnterAndEscape(address_, this, [this](bool keep) {
    const std::string typed = address_->text().trimmed().toStdString();
    if (keep && !typed.empty()) {
      Q_EMIT wanted(intent::AddLocal{{.kind = looking_, .device = typed}});
    }
    look({});
  });
  inner->addWidget(address_);
  picker_->hide();
  column->addWidget(picker_);
}

void LocalCard::show(const app::Snapshot& snapshot) {
  snapshot_.locals = snapshot.locals;
  snapshot_.localKinds = snapshot.localKinds;
  snapshot_.sources = snapshot.sources;
  showKinds(snapshot.localKinds);
  showRows(localRows(snapshot));
}

void LocalCard::showKinds(const std::vector<app::LocalKindView>& kinds) {
  setVisible(!kinds.empty());
  if (sameKinds(kinds, kinds_)) return;
  kinds_ = kinds;
  while (buttons_->count() > 3) delete buttons_->takeAt(3)->widget();
  for (const app::LocalKindView& kind : kinds_) {
    const QString title = QString::fromStdString(kind.title).toLower();
    auto* add = makeButton(tr("Add %1").arg(title),
                           tr("Shows what this computer has, to choose a %1 from").arg(title), "",
                           this);
    connect(add, &QPushButton::clicked, this,
            [this, id = kind.kind] { look(looking_ == id ? std::string() : id); });
    buttons_->addWidget(add, 0, Qt::AlignRight);
  }
  auto* topics = makeButton(tr("Add a value of a broker"),
                            tr("Zigbee, Tasmota, ESPHome, Shelly …: finds your home's broker and "
                               "what it hears (Ctrl+B)"),
                            "", this);
  connect(topics, &QPushButton::clicked, this, &LocalCard::topicsWanted);
  buttons_->addWidget(topics, 0, Qt::AlignRight);
}

void LocalCard::showRows(std::vector<LocalRow> rows) {
  none_->setVisible(rows.empty());
  table_->setVisible(!rows.empty());
  for (const auto* box : table_->findChildren<QComboBox*>()) {
    if (box->view()->isVisible()) return;  // a person is choosing; the next snapshot comes soon
  }
  if (!sameRows(rows, rows_)) {
    table_->cutTo(0);
    rows_ = std::move(rows);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      auto* remove = makeButton(tr("Remove"), tr("Stops using it; what was taught stays"), "",
                                table_);
      remove->setAccessibleName(tr("Remove %1").arg(rows_[i].name));
      connect(remove, &QPushButton::clicked, this,
              [this, i] { Q_EMIT wanted(intent::RemoveLocal{rows_[i].source.id}); });
      auto* name = new ElidedLabel({}, "", table_);
      table_->addRow({name, makeSettings(i), new ToneText(ToneText::Lines::Many), remove});
      setTextIfNew(name, rows_[i].name);
    }
  } else {
    rows_ = std::move(rows);
  }
  for (int i = 0; i < std::ssize(rows_); ++i) {
    const LocalRow& row = rows_[static_cast<std::size_t>(i)];
    static_cast<ToneText*>(table_->cell(i, 2))->show(row.tone, row.state);
  }
}

QWidget* LocalCard::makeSettings(std::size_t row) {
  auto* host = new QWidget(table_);
  auto* line = tightLayout<QHBoxLayout>(host, 6);
  for (const LocalSetting& setting : rows_[row].settings) {
    QComboBox* box = makeChoiceBox(theme_, host);
    for (const QString& option : setting.options) box->addItem(option);
    box->setCurrentIndex(setting.chosen);
    box->setAccessibleName(tr("%1: %2").arg(rows_[row].name, setting.title));
    box->setToolTip(QStringLiteral("%1. %2").arg(setting.title,
                                                 QString::fromStdString(setting.spec.help)));
    connect(box, &QComboBox::activated, this, [this, row, spec = setting.spec](int at) {
      sensors::LocalSource changed = rows_[row].source;
      changed.params[spec.name] = spec.options.at(static_cast<std::size_t>(at));
      Q_EMIT wanted(intent::ChangeLocal{std::move(changed)});
    });
    line->addWidget(box);
  }
  return host;
}

void LocalCard::look(const std::string& kind) {
  if (kind == looking_) return;
  looking_ = kind;
  deviceTable_->cutTo(0);
  devices_.clear();
  picker_->setVisible(isLooking());
  deviceTable_->hide();
  for (const app::LocalKindView& known : kinds_) {
    if (known.kind != kind) continue;
    setTextIfNew(pickerTitle_, QString::fromStdString(known.title));
    address_->clear();
    address_->setVisible(known.byAddress);
  }
  if (isLooking()) setTextIfNew(pickerWords_, tr("Looking…"));
  Q_EMIT wanted(intent::LookFor{looking_});
}

void LocalCard::pull(const app::LocalSearch& search) {
  if (!isLooking() || search.kind != looking_) return;
  setTextIfNew(pickerWords_, searchWords(search, pickerTitle_->text()));
  const std::vector<DeviceRow> rows = deviceRows(search, snapshot_);
  deviceTable_->setVisible(!rows.empty());
  deviceTable_->cutTo(static_cast<int>(rows.size()));
  devices_.resize(std::min(devices_.size(), rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i >= devices_.size()) addDevice(i);
    Device& device = devices_[i];
    device.row = rows[i];
    const int at = static_cast<int>(i);
    setTextIfNew(static_cast<QLabel*>(deviceTable_->cell(at, 0)), rows[i].name);
    setTextIfNew(static_cast<QLabel*>(deviceTable_->cell(at, 1)), rows[i].detail);
    auto* level = static_cast<LoadBar*>(deviceTable_->cell(at, 2));
    level->show(rows[i].level, rows[i].levelText);
    level->setAccessibleName(tr("How loud it is at %1: %2").arg(rows[i].name, rows[i].levelText));
    setTextIfNew(static_cast<QLabel*>(deviceTable_->cell(at, 3)), rows[i].state);
    device.use->setEnabled(rows[i].canAdd);
    device.use->setAccessibleName(tr("Use %1").arg(rows[i].name));
  }
}

void LocalCard::addDevice(std::size_t at) {
  auto* use = makeButton(tr("Use"), tr("Listens to it from now on; can be undone"), "", picker_);
  connect(use, &QPushButton::clicked, this, [this, at] {
    if (at >= devices_.size()) return;
    Q_EMIT wanted(intent::AddLocal{devices_[at].row.source});
    look({});
  });
  deviceTable_->addRow({new ElidedLabel({}), new ElidedLabel({}), new LoadBar(theme_),
                        new ElidedLabel({}), use});
  devices_.push_back({{}, use});
}

void LocalCard::hideEvent(QHideEvent* event) {
  QFrame::hideEvent(event);
  look({});  // nobody listens at microphones behind a page that is not shown
}

}  // namespace ui
