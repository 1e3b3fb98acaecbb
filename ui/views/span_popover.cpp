#include "ui/views/span_popover.h"

#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {

SpanPopover::SpanPopover(const Theme& theme, const app::Snapshot& snapshot,
                         const base::TimeSpan& span, std::int64_t recording, QWidget* parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint), span_(span), recording_(recording) {
  setProperty("role", "popover");
  setAttribute(Qt::WA_DeleteOnClose);
  setAccessibleName(tr("What was it?"));
  auto* column = tightLayout<QVBoxLayout>(this, 6, {12, 12, 12, 12});
  column->addWidget(makeText(tr("What was it?"), "card-title", this));
  column->addWidget(makeText(tr("%1, %2 s long")
                                 .arg(words::clock(span.begin))
                                 .arg(base::toSeconds(span.length()), 0, 'f', 1),
                             "secondary", this));
  const auto add = [&](const app::LabelCard& card) {
    const QString name = QString::fromStdString(card.label.name);
    auto* button = makeButton({}, tr("It was %1").arg(name), "", this);
    button->setAccessibleName(name);
    button->setMinimumWidth(200);
    auto* row = tightLayout<QHBoxLayout>(button, 8, {10, 0, 8, 0});
    auto* mark = new LabelMark(theme, 12, button);
    mark->setMark(MarkKind::Label, card.label.background ? 0 : card.label.colour);
    row->addWidget(mark);
    row->addWidget(new ElidedLabel(card.label.background ? tr("nothing") : name, "", button), 1);
    if (card.label.key >= 0) {
      row->addWidget(new KeyCap(theme, QString::number(card.label.key), button));
      keys_.emplace_back(card.label.key, card.label.id);
    }
    for (auto* part : button->findChildren<QWidget*>()) {
      part->setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    connect(button, &QPushButton::clicked, this, [this, id = card.label.id] { choose(id); });
    column->addWidget(button);
  };
  for (const app::LabelCard& card : snapshot.cards) {
    if (!card.label.background) {
      add(card);
    }
  }
  for (const app::LabelCard& card : snapshot.cards) {
    if (card.label.background) {
      add(card);
    }
  }
  if (snapshot.cards.empty()) {
    column->addWidget(makeText(tr("There is no label yet. N adds one."), "muted", this));
  }
}

void SpanPopover::open(const QPoint& at) {
  adjustSize();
  const QRect window(parentWidget()->window()->mapToGlobal(QPoint(0, 0)),
                     parentWidget()->window()->size());
  const int x = std::clamp(at.x() - width() / 2, window.left() + 8,
                           std::max(window.left() + 8, window.right() - width() - 8));
  const int y = std::max(window.top() + 8, at.y() - height() - 4);
  move(x, y);
  show();
  setFocus();
}

void SpanPopover::choose(learners::LabelId label) {
  if (recording_ == 0) {
    Q_EMIT wanted(intent::LabelSpan{label, span_});
  } else {
    Q_EMIT wanted(
        intent::ReviseExamples{.replaced = {},
                               .placed = {{.label = label, .span = span_, .recording = recording_}},
                               .text = tr("Recording labelled")});
  }
  close();
}

void SpanPopover::keyPressEvent(QKeyEvent* event) {
  const int number = event->key() - Qt::Key_0;
  for (const auto& [key, label] : keys_) {
    if (key == number) {
      choose(label);
      return;
    }
  }
  QFrame::keyPressEvent(event);
  if (event->key() == Qt::Key_Escape) {
    close();
  }
}

void SpanPopover::closeEvent(QCloseEvent* event) {
  Q_EMIT closed();
  QFrame::closeEvent(event);
}

}  // namespace ui
