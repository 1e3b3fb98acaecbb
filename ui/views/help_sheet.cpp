#include "ui/views/help_sheet.h"

#include <QFile>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTableWidget>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextList>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/views/basics.h"
#include "ui/views/command_search.h"

namespace ui {
namespace {

constexpr QSize kHelpRoom(920, 660);

struct Topic {
  const char* name;
  const char* title;
};
constexpr Topic kTopics[] = {
    {"first-minute", QT_TRANSLATE_NOOP("HelpSheet", "The first minute")},
    {"teach", QT_TRANSLATE_NOOP("HelpSheet", "Teach")},
    {"label", QT_TRANSLATE_NOOP("HelpSheet", "Label")},
    {"check", QT_TRANSLATE_NOOP("HelpSheet", "Check")},
    {"live", QT_TRANSLATE_NOOP("HelpSheet", "Live")},
    {"house", QT_TRANSLATE_NOOP("HelpSheet", "House")},
    {"rules", QT_TRANSLATE_NOOP("HelpSheet", "Rules")},
    {"fleet", QT_TRANSLATE_NOOP("HelpSheet", "Fleet")},
    {"past", QT_TRANSLATE_NOOP("HelpSheet", "Past")},
    {"certainty", QT_TRANSLATE_NOOP("HelpSheet", "How sure is sure?")},
    {"privacy", QT_TRANSLATE_NOOP("HelpSheet", "What leaves this computer")},
    {"keys", QT_TRANSLATE_NOOP("HelpSheet", "All keys")},
};

/// The text in the person's language where there is one, else in English.
QString textOf(const QString& topic) {
  const QString language = QLocale().name().section(QLatin1Char('_'), 0, 0);
  for (const QString& folder :
       {QStringLiteral(":/help/%1/").arg(language), QStringLiteral(":/help/")}) {
    QFile file(folder + topic + QStringLiteral(".md"));
    if (file.open(QIODevice::ReadOnly)) {
      return QString::fromUtf8(file.readAll());
    }
  }
  return {};
}

/// Air between paragraphs and lines; Markdown brings none. Headings as large as page titles.
void layOut(QTextDocument& document, const Theme& theme) {
  for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
    QTextCursor cursor(block);
    QTextBlockFormat format = block.blockFormat();
    const bool item = block.textList() != nullptr;
    format.setLineHeight(135, QTextBlockFormat::ProportionalHeight);
    format.setTopMargin(0);
    format.setBottomMargin(item ? size::kGap1 : size::kGap3);
    cursor.setBlockFormat(format);
    if (format.headingLevel() > 0) {
      cursor.select(QTextCursor::BlockUnderCursor);
      QTextCharFormat title;
      title.setFont(theme.font(Theme::Text::PageTitle, 650));
      cursor.mergeCharFormat(title);
    }
  }
}

bool isModifier(int key) {
  return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt ||
         key == Qt::Key_Meta || key == Qt::Key_AltGr;
}

}  // namespace

HelpSheet::HelpSheet(const Theme& theme, QWidget* window)
    : Sheet(tr("Help and keys"), window), theme_(theme) {
  setFocusPolicy(Qt::StrongFocus);
  auto* column = tightLayout<QVBoxLayout>(this, size::kGap3, {24, 20, 24, 20});
  auto* head = tightLayout<QHBoxLayout>(nullptr, size::kGap2);
  head->addWidget(makeText(tr("Help"), "page-title", this));
  head->addStretch(1);
  auto* close = makeButton(tr("Close (Esc)"), tr("Goes back to the window"), "quiet", this);
  head->addWidget(close);
  column->addLayout(head);

  auto* middle = tightLayout<QHBoxLayout>(nullptr, size::kGap6);
  list_ = new QListWidget(this);
  list_->setAccessibleName(tr("Topics"));
  list_->setToolTip(tr("Arrows choose a topic"));
  list_->setFixedWidth(190);
  for (const QString& topic : topics()) {
    const auto* found = std::find_if(std::begin(kTopics), std::end(kTopics), [&](const Topic& t) {
      return topic == QLatin1String(t.name);
    });
    auto* item = new QListWidgetItem(tr(found->title), list_);
    item->setData(Qt::UserRole, topic);
  }
  middle->addWidget(list_);
  stack_ = new QStackedLayout;
  text_ = new QTextBrowser(this);
  text_->setAccessibleName(tr("Help"));
  text_->setToolTip(tr("Arrows scroll the text"));
  text_->setFrameShape(QFrame::NoFrame);
  text_->setOpenLinks(false);
  stack_->addWidget(text_);
  stack_->addWidget(makeKeys());
  middle->addLayout(stack_, 1);
  column->addLayout(middle, 1);

  connect(close, &QPushButton::clicked, this, &HelpSheet::leave);
  connect(list_, &QListWidget::currentRowChanged, this, &HelpSheet::showTopic);
  connect(text_, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
    const auto at = topics().indexOf(link.path().section(QLatin1Char('.'), 0, 0));
    if (at >= 0) {
      list_->setCurrentRow(static_cast<int>(at));
    }
  });
}

QStringList HelpSheet::topics() {
  QStringList names;
  for (const Topic& topic : kTopics) {
    const QString name = QLatin1String(topic.name);
    if (name == QLatin1String("keys") || QFile::exists(QStringLiteral(":/help/%1.md").arg(name))) {
      names << name;
    }
  }
  return names;
}

QWidget* HelpSheet::makeKeys() {
  auto* page = new QWidget(this);
  auto* column = tightLayout<QVBoxLayout>(page, size::kGap2);
  column->addWidget(makeText(tr("Numbers are labels unless a text field has the keyboard. "
                                "Everything can be undone."),
                             "muted", page));
  filter_ = new QLineEdit(page);
  filter_->setPlaceholderText(tr("Find a command or a key"));
  filter_->setAccessibleName(tr("Find a command or a key"));
  filter_->setToolTip(tr("Shows the commands whose name or keys have these words"));
  column->addWidget(filter_);
  table_ = new QTableWidget(0, 2, page);
  table_->setProperty("role", "keys");
  table_->setAccessibleName(tr("All keys"));
  table_->setToolTip(tr("Arrows choose a command, Enter changes its keys"));
  table_->setHorizontalHeaderLabels({tr("What it does"), tr("Keys")});
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(size::kButton);
  table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  table_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setTabKeyNavigation(false);
  table_->setShowGrid(false);
  table_->installEventFilter(this);
  column->addWidget(table_, 1);
  auto* foot = tightLayout<QHBoxLayout>(nullptr, size::kGap2);
  said_ = makeText({}, "secondary", page);
  said_->setWordWrap(true);
  foot->addWidget(said_, 1);
  auto* change =
      makeButton(tr("Change (Enter)"), tr("Gives the chosen command other keys"), "", page);
  auto* standard =
      makeButton(tr("Standard"), tr("Gives the chosen command its first keys back"), "", page);
  foot->addWidget(change);
  foot->addWidget(standard);
  column->addLayout(foot);
  connect(filter_, &QLineEdit::textChanged, this, &HelpSheet::fillKeys);
  connect(change, &QPushButton::clicked, this, &HelpSheet::beginChange);
  connect(standard, &QPushButton::clicked, this, &HelpSheet::reset);
  return page;
}

void HelpSheet::open(const QString& topic, const KeyMap& keys) {
  keys_ = keys;
  listening_ = false;
  said_->clear();
  const auto at = std::max<qsizetype>(0, topics().indexOf(topic));
  list_->setCurrentRow(static_cast<int>(at));
  showTopic(static_cast<int>(at));
  appear();
  list_->setFocus();
}

void HelpSheet::pull() { place(kHelpRoom); }

void HelpSheet::showTopic(int row) {
  if (row < 0) {
    return;
  }
  const QString topic = list_->item(row)->data(Qt::UserRole).toString();
  if (topic == QLatin1String("keys")) {
    fillKeys();
    stack_->setCurrentIndex(1);
    return;
  }
  text_->document()->setDefaultFont(theme_.font(Theme::Text::Body));
  text_->document()->setDocumentMargin(0);
  text_->setMarkdown(textOf(topic));
  layOut(*text_->document(), theme_);
  text_->verticalScrollBar()->setValue(0);
  stack_->setCurrentIndex(0);
}

void HelpSheet::fillKeys() {
  const auto before = chosen();
  table_->setRowCount(0);
  for (const ActionSpec& spec : actionTable()) {
    const QString name = nameOf(spec);
    const QString keys = keys_.text(spec.id);
    if (!matchesQuery(name + QLatin1Char(' ') + keys, filter_->text())) {
      continue;
    }
    const int row = table_->rowCount();
    table_->insertRow(row);
    auto* what = new QTableWidgetItem(name);
    what->setToolTip(tipOf(spec));
    what->setData(Qt::UserRole, static_cast<int>(spec.id));
    auto* which = new QTableWidgetItem(keys_.isChanged(spec.id) ? keys + tr(" (yours)") : keys);
    if (!KeyMap::isChangeable(spec.id)) {
      which->setForeground(theme_.tokens().text2);
      which->setToolTip(tr("This key stays as it is."));
    }
    table_->setItem(row, 0, what);
    table_->setItem(row, 1, which);
    if (spec.id == before) {
      table_->setCurrentCell(row, 0);
    }
  }
  if (table_->currentRow() < 0 && table_->rowCount() > 0) {
    table_->setCurrentCell(0, 0);
  }
}

std::optional<ActionId> HelpSheet::chosen() const {
  const int row = table_->currentRow();
  if (row < 0 || table_->item(row, 0) == nullptr) {
    return std::nullopt;
  }
  return static_cast<ActionId>(table_->item(row, 0)->data(Qt::UserRole).toInt());
}

void HelpSheet::beginChange() {
  const auto id = chosen();
  if (!id) {
    return;
  }
  if (!KeyMap::isChangeable(*id)) {
    said_->setText(tr("This key stays as it is."));
    return;
  }
  listening_ = true;
  said_->setText(tr("Press the new keys for “%1”, or Esc.").arg(nameOf(actionSpec(*id))));
  table_->setFocus();
}

void HelpSheet::take(const QKeySequence& keys) {
  listening_ = false;
  const auto id = chosen();
  if (!id) {
    return;
  }
  if (const auto why = keys_.change(*id, keys)) {
    said_->setText(*why);
    return;
  }
  said_->setText(tr("“%1” now has %2.").arg(nameOf(actionSpec(*id)), keys_.text(*id)));
  fillKeys();
  Q_EMIT keysChanged(keys_);
}

void HelpSheet::reset() {
  const auto id = chosen();
  if (!id) {
    return;
  }
  if (const auto why = keys_.reset(*id)) {
    said_->setText(*why);
    return;
  }
  said_->setText(tr("“%1” now has %2.").arg(nameOf(actionSpec(*id)), keys_.text(*id)));
  fillKeys();
  Q_EMIT keysChanged(keys_);
}

bool HelpSheet::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    event->accept();  // while help is open, no key does what it does in the window
    return true;
  }
  return Sheet::event(event);
}

bool HelpSheet::eventFilter(QObject* watched, QEvent* event) {
  if (watched == table_ && event->type() == QEvent::KeyPress) {
    auto* key = static_cast<QKeyEvent*>(event);
    if (listening_) {
      if (key->key() == Qt::Key_Escape) {
        listening_ = false;
        said_->clear();
      } else if (!isModifier(key->key())) {
        take(QKeySequence(key->modifiers() | static_cast<Qt::Key>(key->key())));
      }
      return true;
    }
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
      beginChange();
      return true;
    }
  }
  return Sheet::eventFilter(watched, event);
}

}  // namespace ui
