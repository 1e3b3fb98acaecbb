#include "ui/pages/label_card.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/views/basics.h"
#include "ui/views/thumbnail.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kLongestName = 60;

}  // namespace

ExampleButton::ExampleButton(const Theme& theme, QWidget* parent)
    : QAbstractButton(parent), theme_(theme) {
  setFocusPolicy(Qt::TabFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setMinimumSize(32, 32);
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
  showEmpty();
}

void ExampleButton::show(const app::Example& example, int colour, double range,
                         const QImage& picture) {
  const learners::Demonstration& d = example.demonstration;
  if (id_ == d.id && enabled_ == d.enabled && colour_ == colour && gapped_ == example.gapped &&
      range_ == range && columns_.size() == example.thumbnail.size() &&
      picture_.cacheKey() == picture.cacheKey()) {
    return;
  }
  id_ = d.id;
  enabled_ = d.enabled;
  colour_ = colour;
  gapped_ = example.gapped;
  range_ = range;
  columns_ = example.thumbnail;
  picture_ = picture;
  setEnabled(true);
  setCursor(Qt::PointingHandCursor);
  const QString length = words::duration(d.span.length());
  QString text = tr("Example of %1, %2 at %3")
                     .arg(length,
                          picture.isNull() ? QString::fromStdString(example.thumbnailChannel)
                                           : tr("the camera"),
                          words::clock(d.span.begin));
  if (!d.enabled) {
    text += tr(", switched off");
  }
  if (gapped_) {
    text += tr(", with a gap");
  }
  setAccessibleName(text);
  setToolTip(tr("%1. D switches it off or on, Del removes it.").arg(text));
  update();
}

void ExampleButton::showEmpty() {
  if (id_ == 0 && !isEnabled()) {
    return;
  }
  id_ = 0;
  columns_.clear();
  picture_ = {};
  setEnabled(false);
  unsetCursor();
  setAccessibleName(tr("No example yet"));
  setToolTip({});
  update();
}

void ExampleButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  painter.setPen(underMouse() && isEnabled() ? QPen(t.text2, 1) : QPen(Qt::NoPen));
  painter.setBrush(t.sunk);
  painter.drawRoundedRect(box, size::kSmallRadius, size::kSmallRadius);
  if (id_ == 0) {
    return;
  }
  painter.setOpacity(enabled_ ? 1.0 : 0.35);
  if (picture_.isNull()) {
    paintThumbnail(painter, box.adjusted(3, 4, -3, -4), columns_, theme_.labelColour(colour_),
                   range_);
  } else {
    paintPicture(painter, box.adjusted(1, 1, -1, -1));
  }
  painter.setOpacity(1);
  if (!enabled_) {
    painter.setPen(QPen(t.text2, 1.5));
    painter.drawLine(box.bottomLeft() + QPointF(4, -4), box.topRight() + QPointF(-4, 4));
  }
  if (gapped_) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.rec);
    painter.drawRect(QRectF(box.right() - 5, box.top() + 3, 2, 8));
  }
}

/// The middle of the picture fills the box, as wide or high as it takes.
void ExampleButton::paintPicture(QPainter& painter, const QRectF& box) const {
  QSizeF part = box.size();
  part.scale(picture_.size(), Qt::KeepAspectRatio);
  QRectF from(QPointF(), part);
  from.moveCenter(QRectF(picture_.rect()).center());
  QPainterPath rounded;
  rounded.addRoundedRect(box, size::kSmallRadius, size::kSmallRadius);
  painter.save();
  painter.setClipPath(rounded);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(box, picture_, from);
  painter.restore();
}

LabelCard::LabelCard(const Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme) {
  setProperty("role", "card");
  auto* column = tightLayout<QVBoxLayout>(this, 0, {12, 7, 12, 3});

  auto* head = tightLayout<QHBoxLayout>(nullptr, 8);
  mark_ = new LabelMark(theme, 12, this);
  name_ = new ElidedLabel({}, "card-title", this);
  nameEdit_ = new QLineEdit(this);
  nameEdit_->setMaxLength(kLongestName);
  nameEdit_->setAccessibleName(tr("Name of the label"));
  nameEdit_->setToolTip(tr("Enter keeps the name, Esc leaves it as it was"));
  nameStack_ = new QStackedLayout;
  nameStack_->addWidget(name_);
  nameStack_->addWidget(nameEdit_);
  key_ = new KeyCap(theme, {}, this);
  head->addWidget(mark_);
  head->addLayout(nameStack_, 1);
  head->addWidget(key_);
  column->addLayout(head);
  column->addSpacing(2);

  examples_ = makeFrame("", this);
  auto* row = tightLayout<QHBoxLayout>(examples_, 4);
  for (int i = 0; i < kThumbnails; ++i) {
    auto* thumbnail = new ExampleButton(theme, examples_);
    connect(thumbnail, &QAbstractButton::clicked, this,
            [this, thumbnail] { Q_EMIT exampleChosen(thumbnail->example()); });
    thumbnails_.push_back(thumbnail);
    row->addWidget(thumbnail);
  }
  column->addWidget(examples_);
  column->addStretch(1);

  auto* foot = tightLayout<QHBoxLayout>(nullptr, 4);
  count_ = new FigureLabel("secondary", this);
  hold_ = makeButton({}, tr("Records as long as it is held; the second before is kept too"), "hold",
                     this);
  connect(hold_, &QPushButton::pressed, this, &LabelCard::holdPressed);
  connect(hold_, &QPushButton::released, this, [this] {
    if (by_ == RecordBy::Hold) {
      Q_EMIT wanted(intent::StopRecording{});
    }
  });
  foot->addWidget(count_);
  foot->addStretch(1);
  foot->addWidget(hold_);
  foot->setContentsMargins(0, 0, -8, 0);  // the button's own edge shows when pointed at
  column->addLayout(foot);

  connect(nameEdit_, &QLineEdit::editingFinished, this, [this] { endRenaming(true); });
  onEnterAndEscape(nameEdit_, this, [this](bool keep) { endRenaming(keep); });
}

void LabelCard::holdPressed() {
  if (by_ == RecordBy::Sticky && recording_) {
    Q_EMIT wanted(intent::StopRecording{});
  } else {
    Q_EMIT wanted(intent::StartRecording{label_, base::Duration{0}});
  }
}

void LabelCard::setCompact(bool compact) {
  compact_ = compact;
  examples_->setVisible(!compact);
  const int side = compact ? 8 : 12;
  layout()->setContentsMargins(side, 7, side, 3);
}

void LabelCard::show(const app::LabelCard& card, Mark mark, base::Duration recordingSo, RecordBy by,
                     const ThumbnailRanges& ranges, const Pictures& pictures) {
  by_ = by;
  recording_ = mark == Mark::Recording;
  const learners::Label& label = card.label;
  const int colour = label.background ? 0 : label.colour;
  label_ = label.id;
  background_ = label.background;
  wholeName_ = QString::fromStdString(label.name);
  setAccessibleName(wholeName_);
  mark_->setMark(MarkKind::Label, colour);
  setTextIfNew(name_, wholeName_);
  const QString key = label.key >= 0 ? QString::number(label.key) : QString();
  key_->setKey(key);
  key_->setVisible(label.key >= 0);

  const std::size_t n = card.examples.size();
  for (std::size_t i = 0; i < thumbnails_.size(); ++i) {
    const std::size_t from = n > thumbnails_.size() ? n - thumbnails_.size() : 0;
    if (from + i < n) {
      const app::Example& example = card.examples[from + i];
      const auto range = ranges.find(example.thumbnailChannel);
      thumbnails_[i]->show(example, colour, range == ranges.end() ? 0 : range->second,
                           pictures ? pictures(example) : QImage());
    } else {
      thumbnails_[i]->showEmpty();
    }
  }
  QString count;
  if (mark == Mark::Recording) {
    count = QStringLiteral("● %1").arg(words::stopwatch(recordingSo));
  } else if (label.background) {
    count = words::duration(base::fromSeconds(card.seconds));
  } else if (compact_) {
    count = QString::number(card.enabled);
  } else if (n == static_cast<std::size_t>(card.enabled)) {
    count = words::examples(card.enabled);
  } else {
    count = tr("%1 of %2 used").arg(card.enabled).arg(n);
  }
  if (count_->text() != count) {
    count_->setText(count);
    count_->updateGeometry();
  }
  setRole(count_, mark == Mark::Recording ? "rec-small" : "secondary");
  const QString verb = by == RecordBy::Hold ? tr("hold") : tr("press");
  const QString hold = label.key >= 0    ? QStringLiteral("%1 %2").arg(verb, key)
                       : furtherKey_ > 0 ? tr("Ctrl+Alt+%1").arg(furtherKey_)
                                         : verb;
  if (hold_->text() != hold) {
    hold_->setText(hold);
    hold_->setAccessibleName(tr("Record %1 while held").arg(wholeName_));
  }
  setRole(this, mark == Mark::Recording ? "card-recording"
                : mark == Mark::Chosen  ? "card-chosen"
                                        : "card");
  setAccessibleDescription(mark == Mark::Recording ? tr("recording, %1").arg(count)
                                                   : words::examples(card.enabled));
}

void LabelCard::startRenaming() {
  nameEdit_->setText(wholeName_);
  nameEdit_->selectAll();
  nameStack_->setCurrentWidget(nameEdit_);
  nameEdit_->setFocus();
}

void LabelCard::endRenaming(bool keep) {
  if (nameStack_->currentWidget() != nameEdit_) {
    return;
  }
  const QString name = nameEdit_->text().trimmed();
  nameStack_->setCurrentWidget(name_);
  if (keep && !name.isEmpty() && name != wholeName_) {
    Q_EMIT wanted(intent::RenameLabel{label_, name});
  }
  Q_EMIT editingDone();
}

void LabelCard::mousePressEvent(QMouseEvent*) { Q_EMIT chosen(label_); }

void LabelCard::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu(this);
  menu.addAction(tr("Rename (F2)"), this, &LabelCard::startRenaming);
  if (!background_) {
    menu.addAction(tr("Remove %1").arg(wholeName_), this,
                   [this] { Q_EMIT wanted(intent::RemoveLabel{label_}); });
  }
  menu.exec(event->globalPos());
}

ThumbnailRanges thumbnailRanges(const app::Snapshot& snapshot) {
  ThumbnailRanges ranges;
  for (const app::LabelCard& card : snapshot.cards) {
    for (const app::Example& example : card.examples) {
      double& range = ranges[example.thumbnailChannel];
      range = std::max(range, thumbnailRange(example.thumbnail));
    }
  }
  return ranges;
}

NewLabelCard::NewLabelCard(const Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme) {
  auto* outer = tightLayout<QVBoxLayout>(this, 0, {12, 4, 12, 4});
  stack_ = new QStackedLayout;
  outer->addLayout(stack_);

  auto* idle = new QWidget(this);
  auto* column = tightLayout<QVBoxLayout>(idle, 6);
  button_ = makeButton(tr("New label"), tr("Adds something to recognise (N)"), "quiet", idle);
  const auto paint = [this] {
    button_->setIcon(Theme::icon(QStringLiteral("plus"), theme_.tokens().text2));
  };
  paint();
  connect(&theme, &Theme::changed, button_, paint);
  button_->setIconSize({18, 18});
  column->addStretch();
  column->addWidget(button_, 0, Qt::AlignCenter);
  key_ = new KeyCap(theme, QStringLiteral("N"), idle);
  column->addWidget(key_, 0, Qt::AlignCenter);
  column->addStretch();
  stack_->addWidget(idle);

  auto* editing = new QWidget(this);
  auto* fields = tightLayout<QVBoxLayout>(editing, 8);
  edit_ = new QLineEdit(editing);
  edit_->setMaxLength(kLongestName);
  edit_->setPlaceholderText(tr("Kettle, Door, Tap…"));
  edit_->setAccessibleName(tr("Name of the new label"));
  edit_->setToolTip(tr("Enter adds the label, Esc leaves it"));
  fields->addStretch();
  fields->addWidget(edit_);
  hint_ = makeText(tr("Enter adds it, Esc leaves it"), "axis", editing);
  fields->addWidget(hint_);
  fields->addStretch();
  stack_->addWidget(editing);

  connect(button_, &QPushButton::clicked, this, [this] { startEditing(); });
  connect(edit_, &QLineEdit::editingFinished, this, [this] {
    if (edit_->text().trimmed().isEmpty()) {  // left without a word
      endEditing(false);
    }
  });
  onEnterAndEscape(edit_, this, [this](bool keep) { endEditing(keep); });
}

void NewLabelCard::setCompact(bool compact) {
  key_->setVisible(!compact);
  hint_->setVisible(!compact);
}

void NewLabelCard::startEditing(std::optional<base::Time> correcting) {
  correcting_ = correcting;
  setTextIfNew(
      hint_, correcting ? tr("What was it? Enter teaches it") : tr("Enter adds it, Esc leaves it"));
  edit_->clear();
  stack_->setCurrentIndex(1);
  edit_->setFocus();
}

void NewLabelCard::endEditing(bool keep) {
  if (stack_->currentIndex() == 0) {
    return;
  }
  const QString name = edit_->text().trimmed();
  stack_->setCurrentIndex(0);
  if (keep && !name.isEmpty()) {
    Q_EMIT wanted(correcting_ ? Intent(intent::CorrectToNew{name, *correcting_})
                              : Intent(intent::AddLabel{name}));
  }
  Q_EMIT editingDone();
}

void NewLabelCard::mousePressEvent(QMouseEvent*) {
  if (stack_->currentIndex() == 0) {
    startEditing();
  }
}

void NewLabelCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QPen pen(theme_.tokens().background, 1);
  pen.setDashPattern({4, 4});
  painter.setPen(pen);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::kRadius,
                          size::kRadius);
}

}  // namespace ui
