#include "ui/views/param_editor.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <algorithm>

#include "ui/views/basics.h"

namespace ui {
namespace {

constexpr int kFieldWidth = 92;

class ChoiceBox final : public QComboBox {
 public:
  ChoiceBox(const Theme& theme, QWidget* parent) : QComboBox(parent), theme_(theme) {
    setFocusPolicy(Qt::StrongFocus);
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
  }

 protected:
  void wheelEvent(QWheelEvent* event) override { event->ignore(); }
  void paintEvent(QPaintEvent* event) override {
    QComboBox::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme_.tokens().text2, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF tip(width() - 14.0, height() / 2.0 + 2.5);
    painter.drawPolyline(QPolygonF({tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)}));
  }

 private:
  const Theme& theme_;
};

/// A line that is settled with Enter or by leaving it, and given up with Esc.
class ValueField final : public QLineEdit {
 public:
  ValueField(base::ParamSpec spec, ParamEditor::Ask ask, QWidget* parent)
      : QLineEdit(parent), spec_(std::move(spec)), ask_(std::move(ask)) {
    setPlaceholderText(QStringLiteral("–"));
    if (spec_.type != base::ParamType::Text) {
      setAlignment(Qt::AlignRight);
      setInputMethodHints(Qt::ImhFormattedNumbersOnly);
    }
  }

  void setValue(const std::optional<base::ParamValue>& value,
                const std::optional<base::ParamValue>& startFrom) {
    startFrom_ = value ? value : startFrom;
    const QString text = value ? QString::fromStdString(base::toText(*value)) : QString();
    if (text == settled_) {
      return;
    }
    settled_ = text;
    if (!isTyping()) {
      setText(text);
    }
  }

 protected:
  bool event(QEvent* event) override {
    if (event->type() == QEvent::ShortcutOverride) {
      auto* key = static_cast<QKeyEvent*>(event);
      // With nothing of its own to take back, the window's undo is meant.
      if ((key->matches(QKeySequence::Undo) && !isUndoAvailable()) ||
          (key->matches(QKeySequence::Redo) && !isRedoAvailable())) {
        event->ignore();
        return true;
      }
      if (key->key() == Qt::Key_Escape && isTyping()) {
        event->accept();
        return true;
      }
    }
    return QLineEdit::event(event);
  }

  void keyPressEvent(QKeyEvent* event) override {
    const bool number = spec_.type != base::ParamType::Text;
    switch (event->key()) {
      case Qt::Key_Return:
      case Qt::Key_Enter:
        settle();
        selectAll();
        return;
      case Qt::Key_Escape:
        setText(settled_);
        selectAll();
        return;
      case Qt::Key_Up:
      case Qt::Key_Down:
        if (number) {
          step(event->key() == Qt::Key_Up ? 1 : -1);
          return;
        }
        break;
      default:
        break;
    }
    QLineEdit::keyPressEvent(event);
  }

  void focusOutEvent(QFocusEvent* event) override {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) {
      // Later: a window that is being closed takes the keyboard away too, and asks for nothing.
      QMetaObject::invokeMethod(
          this, [this] { settle(); }, Qt::QueuedConnection);
    }
  }

 private:
  bool isTyping() const { return hasFocus() && text() != shown_; }

  void setText(const QString& text) {
    shown_ = text;
    QLineEdit::setText(text);
  }

  void step(int steps) {
    const auto typed = typedValue(spec_, text());
    const base::ParamValue from = typed ? *typed : startFrom_.value_or(spec_.defaultValue);
    QLineEdit::setText(QString::fromStdString(base::toText(steppedValue(spec_, from, steps))));
  }

  void settle() {
    if (text() == settled_) {
      return;
    }
    const auto value = typedValue(spec_, text());
    if (!value) {
      setText(settled_);  // no number at all: as it was
      return;
    }
    settled_ = QString::fromStdString(base::toText(*value));
    setText(settled_);
    ask_(*value);
  }

  base::ParamSpec spec_;
  ParamEditor::Ask ask_;
  std::optional<base::ParamValue> startFrom_;
  QString settled_;
  QString shown_;
};

class FieldEditor final : public ParamEditor {
 public:
  FieldEditor(const ParamRow& row, Ask ask, QWidget* parent) : ParamEditor(parent) {
    auto* line = tightLayout<QHBoxLayout>(this, 6);
    field_ = new ValueField(row.spec, std::move(ask), this);
    const bool text = row.spec.type == base::ParamType::Text;
    field_->setFixedWidth(text ? kFieldWidth + 40 : kFieldWidth);
    line->addWidget(field_);
    const QString unit = QString::fromStdString(row.spec.unit);
    if (!unit.isEmpty() && unit != QStringLiteral("1")) {
      line->addWidget(makeText(unit, "secondary", this));
    }
    line->addStretch();
  }

  void show(const ParamRow& row) override { field_->setValue(row.asked, row.reported); }
  QWidget* control() override { return field_; }

 private:
  ValueField* field_;
};

class ChoiceEditor final : public ParamEditor {
 public:
  ChoiceEditor(const Theme& theme, const ParamRow& row, Ask ask, QWidget* parent)
      : ParamEditor(parent), options_(row.spec.options) {
    auto* line = tightLayout<QHBoxLayout>(this);
    box_ = makeChoiceBox(theme, this);
    box_->setMinimumWidth(kFieldWidth);
    box_->setPlaceholderText(QStringLiteral("–"));
    for (const base::ParamValue& option : options_) {
      box_->addItem(valueText(row.spec, option));
    }
    box_->setCurrentIndex(-1);
    line->addWidget(box_);
    line->addStretch();
    QObject::connect(box_, &QComboBox::activated, this, [this, ask = std::move(ask)](int index) {
      if (index >= 0 && index < std::ssize(options_)) {
        ask(options_[static_cast<std::size_t>(index)]);
      }
    });
  }

  void show(const ParamRow& row) override {
    int index = -1;
    for (std::size_t i = 0; row.asked && i < options_.size(); ++i) {
      if (base::sameValue(options_[i], *row.asked)) {
        index = static_cast<int>(i);
      }
    }
    if (box_->placeholderText() != row.askedText) {
      box_->setPlaceholderText(row.askedText);  // also of a value that is no option
    }
    if (box_->currentIndex() != index && !box_->view()->isVisible()) {
      box_->setCurrentIndex(index);
    }
  }
  QWidget* control() override { return box_; }

 private:
  std::vector<base::ParamValue> options_;
  QComboBox* box_;
};

/// On or off; where nothing was asked it lies as the device says, with "–" beside it.
class Switch final : public QAbstractButton {
 public:
  Switch(const Theme& theme, QWidget* parent) : QAbstractButton(parent), theme_(theme) {
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setFixedSize(kFieldWidth, 32);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& t = theme_.tokens();
    const bool asked = text() != QStringLiteral("–");
    const QRectF track(1.5, height() / 2.0 - 9.5, 36, 19);
    const bool lit = isChecked() && asked;
    painter.setPen(QPen(lit ? t.accent : t.text2, 1.5));
    painter.setBrush(lit ? t.accent : t.surface);
    painter.drawRoundedRect(track, 9.5, 9.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(lit ? t.onAccent : t.text2);
    const double x = isChecked() ? track.right() - 9.5 : track.left() + 9.5;
    painter.drawEllipse(QPointF(x, track.center().y()), 5.5, 5.5);
    painter.setPen(asked ? t.text : t.text2);
    painter.setFont(font());
    painter.drawText(QRectF(46, 0, width() - 46, height()), Qt::AlignVCenter, text());
  }

 private:
  const Theme& theme_;
};

class SwitchEditor final : public ParamEditor {
 public:
  SwitchEditor(const Theme& theme, const ParamRow& row, Ask ask, QWidget* parent)
      : ParamEditor(parent), spec_(row.spec) {
    auto* line = tightLayout<QHBoxLayout>(this);
    switch_ = new Switch(theme, this);
    line->addWidget(switch_);
    line->addStretch();
    QObject::connect(switch_, &QAbstractButton::clicked, this,
                     [this, ask = std::move(ask)](bool on) {
                       switch_->setText(valueText(spec_, on));
                       ask(on);
                     });
  }

  void show(const ParamRow& row) override {
    const auto held = row.asked ? row.asked : row.reported;
    switch_->setChecked(held && base::toNumber(*held) != 0);
    if (switch_->text() != row.askedText) {
      switch_->setText(row.askedText);
    }
  }
  QWidget* control() override { return switch_; }

 private:
  base::ParamSpec spec_;
  Switch* switch_;
};

}  // namespace

QComboBox* makeChoiceBox(const Theme& theme, QWidget* parent) {
  return new ChoiceBox(theme, parent);
}

ParamEditor* makeParamEditor(const Theme& theme, const ParamRow& row, ParamEditor::Ask ask,
                             QWidget* parent) {
  ParamEditor* editor = nullptr;
  switch (row.spec.type) {
    case base::ParamType::Bool:
      editor = new SwitchEditor(theme, row, std::move(ask), parent);
      break;
    case base::ParamType::Enum:
      editor = new ChoiceEditor(theme, row, std::move(ask), parent);
      break;
    case base::ParamType::Int:
    case base::ParamType::Float:
    case base::ParamType::Text:
      editor = new FieldEditor(row, std::move(ask), parent);
      break;
  }
  QWidget* control = editor->control();
  control->setObjectName(QString::fromStdString(row.spec.name));
  control->setAccessibleName(row.title);
  control->setAccessibleDescription(row.help);
  control->setToolTip(row.help);
  editor->show(row);
  return editor;
}

}  // namespace ui
