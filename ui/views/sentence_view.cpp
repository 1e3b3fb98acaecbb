#include "ui/views/sentence_view.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>
#include <utility>

#include "ui/views/basics.h"
#include "ui/views/word_layout.h"

namespace ui {
namespace {

constexpr int kLine = 38;
constexpr int kGap = 5;

QString fromUtf8(const std::string& text) { return QString::fromStdString(text); }

bool samePieces(const app::Sentence& a, const app::Sentence& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.text == y.text && x.slot == y.slot && x.choices == y.choices;
  });
}

/// The words of a piece that is no slot.
QStringList wordsOf(const app::Piece& piece) {
  const bool plain = piece.slot == app::Piece::Slot::None || piece.slot == app::Piece::Slot::Extra;
  return plain ? fromUtf8(piece.text).split(QLatin1Char(' '), Qt::SkipEmptyParts) : QStringList();
}

/// True for a comma and the like, which belongs to the word before it.
bool isMark(const QString& word) { return QStringLiteral(",;.").contains(word); }

}  // namespace

SlotBox::SlotBox(const app::Piece& piece, QWidget* parent)
    : QComboBox(parent), shown_(fromUtf8(piece.text)) {
  setProperty("role", "slot");
  setEditable(true);
  setInsertPolicy(QComboBox::NoInsert);
  for (const std::string& choice : piece.choices) {
    addItem(fromUtf8(choice));
  }
  setCurrentIndex(findText(shown_));
  setEditText(shown_);
  lineEdit()->setCursorPosition(0);
  completer()->setCaseSensitivity(Qt::CaseInsensitive);
  tip_ = piece.choices.empty() ? tr("Type %1; Enter takes it").arg(fromUtf8(piece.hint))
                               : tr("Type or choose %1 (Alt+Down opens the list)")
                                     .arg(fromUtf8(piece.hint));
  setToolTip(tip_);
  setAccessibleName(fromUtf8(piece.hint));
  setMinimumHeight(32);
  view()->setMinimumWidth(view()->sizeHintForColumn(0) + 24);
  connect(this, &QComboBox::editTextChanged, this, [this] { updateGeometry(); });
  connect(this, &QComboBox::activated, this, [this] { done(); });
}

/// The box itself has the keyboard, not the line in it: a shortcut of the line would never be heard.
void SlotBox::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (!enter && event->key() != Qt::Key_Escape) {
    QComboBox::keyPressEvent(event);
    return;
  }
  if (!enter) {
    setEditText(shown_);
  }
  event->accept();
  lineEdit()->selectAll();
  done();
}

QSize SlotBox::sizeHint() const {
  QFont bold = font();
  bold.setWeight(QFont::Bold);  // the sheet writes it a little lighter
  const int text = QFontMetrics(bold).horizontalAdvance(currentText());
  return {std::max(24, text) + 44, 32};
}

void SlotBox::setNotUnderstood(const QString& why) {
  setProperty("role", why.isEmpty() ? "slot" : "slot-wrong");
  style()->unpolish(this);
  style()->polish(this);
  setToolTip(why.isEmpty() ? tip_ : why);
  setAccessibleDescription(why);
}

void SlotBox::focusOutEvent(QFocusEvent* event) {
  QComboBox::focusOutEvent(event);
  if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) {
    done();
  }
}

void SlotBox::done() {
  const QString text = currentText().trimmed();
  if (text == shown_.trimmed()) {
    setNotUnderstood({});
    return;
  }
  Q_EMIT filled(text);
}

SentenceView::SentenceView(std::function<QString(const std::string&)> problemOf, QWidget* parent)
    : QWidget(parent), problemOf_(std::move(problemOf)) {
  new WordLayout(this, kLine, kGap);
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void SentenceView::show(const app::Sentence& sentence) {
  if (samePieces(sentence, sentence_)) {
    return;
  }
  const auto boxes = findChildren<SlotBox*>();
  const bool filling = std::any_of(boxes.begin(), boxes.end(),
                                   [](const SlotBox* box) { return box->isBeingFilled(); });
  if (filling && app::plainText(sentence) == app::plainText(sentence_)) {
    return;  // only its lists differ; they can wait
  }
  // The slot at the same place has the keyboard afterwards.
  int place = -1;
  for (int i = 0; i < boxes.size(); ++i) {
    if (boxes[i]->hasFocus() || boxes[i]->lineEdit()->hasFocus()) {
      place = i;
    }
  }
  sentence_ = sentence;
  build();
  const auto fresh = findChildren<SlotBox*>();
  if (place >= 0 && !fresh.isEmpty()) {
    fresh[std::min<int>(place, static_cast<int>(fresh.size()) - 1)]->setFocus();
  }
}

void SentenceView::build() {
  while (QLayoutItem* item = layout()->takeAt(0)) {
    if (QWidget* old = item->widget()) {
      old->hide();
      old->setParent(nullptr);  // it may be the sender of what brought us here
      old->deleteLater();
    }
    delete item;
  }
  bool written = false;  // the comma of the piece at hand
  for (std::size_t i = 0; i < sentence_.size(); ++i) {
    const app::Piece& piece = sentence_[i];
    if (piece.slot == app::Piece::Slot::Extra) {
      // A comma stays at the word before it, also where something could be added between.
      const auto next = i + 1 < sentence_.size() ? wordsOf(sentence_[i + 1]) : QStringList();
      if (piece.text.empty() && !next.isEmpty() && isMark(next.front())) {
        addWord(next.front());
        written = true;
      }
      addExtra(i);
    } else if (piece.slot != app::Piece::Slot::None) {
      addSlot(i);
    } else {
      for (const QString& word : wordsOf(piece).mid(std::exchange(written, false) ? 1 : 0)) {
        addWord(word);
      }
    }
  }
  setAccessibleName(fromUtf8(app::plainText(sentence_)));
  updateGeometry();
  Q_EMIT rebuilt();
}

void SentenceView::addWord(const QString& word) {
  layout()->addWidget(makeText(word, "sentence", this));
  if (isMark(word)) {
    static_cast<WordLayout*>(layout())->keepLastAtPrevious();
  }
}

std::vector<QWidget*> SentenceView::controls() const {
  std::vector<QWidget*> all;
  for (int i = 0; i < layout()->count(); ++i) {
    QWidget* widget = layout()->itemAt(i)->widget();
    if (widget != nullptr && widget->focusPolicy() != Qt::NoFocus) {
      all.push_back(widget);
    }
  }
  return all;
}

void SentenceView::addSlot(std::size_t index) {
  auto* box = new SlotBox(sentence_[index], this);
  connect(box, &SlotBox::filled, this,
          [this, index, box](const QString& text) { fill(index, text, box); });
  layout()->addWidget(box);
}

void SentenceView::addExtra(std::size_t index) {
  const app::Piece& piece = sentence_[index];
  const QString hint = fromUtf8(piece.hint);
  if (!piece.text.empty()) {
    for (const QString& word : wordsOf(piece)) {
      addWord(word);
    }
    auto* away = makeButton(QStringLiteral("×"), tr("Takes out %1").arg(hint), "slot-extra", this);
    away->setAccessibleName(tr("Take out %1").arg(hint));
    connect(away, &QPushButton::clicked, this, [this, index] { fill(index, {}, nullptr); });
    addAtPrevious(away);
    return;
  }
  auto* more = makeButton(QStringLiteral("+"), tr("Adds %1").arg(hint), "slot-extra", this);
  more->setAccessibleName(tr("Add %1").arg(hint));
  if (piece.choices.size() == 1) {
    connect(more, &QPushButton::clicked, this, [this, index] {
      fill(index, fromUtf8(sentence_[index].choices.front()), nullptr);
    });
  } else {
    auto* menu = new QMenu(more);
    for (const std::string& choice : piece.choices) {
      connect(menu->addAction(fromUtf8(choice).trimmed()), &QAction::triggered, this,
              [this, index, choice] { fill(index, fromUtf8(choice), nullptr); });
    }
    more->setMenu(menu);
  }
  addAtPrevious(more);
}

/// A sign never begins a line: it would be read as belonging to what follows.
void SentenceView::addAtPrevious(QWidget* sign) {
  layout()->addWidget(sign);
  if (layout()->count() > 1) {
    static_cast<WordLayout*>(layout())->keepLastAtPrevious(kGap);
  }
}

void SentenceView::fill(std::size_t index, const QString& text, SlotBox* box) {
  const std::string whole = app::withSlot(sentence_, index, text.toStdString());
  const QString problem = problemOf_(whole);
  if (!problem.isEmpty()) {
    if (box != nullptr) {
      box->setNotUnderstood(problem);
    }
    return;
  }
  Q_EMIT edited(fromUtf8(whole));
}

}  // namespace ui
