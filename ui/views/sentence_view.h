#pragma once
// SentenceView: a rule as a sentence whose slots can be filled otherwise: by typing straight through
// them or from their lists. What a slot then says is read again as a whole sentence; what is not
// understood is marked and nothing changes.

#include <QComboBox>
#include <QLineEdit>
#include <QWheelEvent>
#include <QWidget>
#include <functional>
#include <vector>

#include "app/sentence.h"

namespace ui {

/// One slot: as wide as its text.
class SlotBox final : public QComboBox {
  Q_OBJECT

 public:
  SlotBox(const app::Piece& piece, QWidget* parent);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }
  void setNotUnderstood(const QString& why);
  /// The person has typed something that is not yet taken.
  bool isBeingFilled() const { return lineEdit()->hasFocus() && currentText() != shown_; }

 Q_SIGNALS:
  /// The person is done with it.
  void filled(const QString& text);

 protected:
  void focusOutEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void wheelEvent(QWheelEvent* event) override { event->ignore(); }

 private:
  void done();

  QString shown_;
  QString tip_;
};

class SentenceView final : public QWidget {
  Q_OBJECT

 public:
  /// `problemOf` says why a sentence is none, or nothing where it is one.
  explicit SentenceView(std::function<QString(const std::string&)> problemOf,
                        QWidget* parent = nullptr);

  /// Rebuilds only where the sentence differs; the slot with the keyboard keeps it.
  void show(const app::Sentence& sentence);
  using QWidget::show;
  /// What Tab reaches in it, in the order of the sentence.
  std::vector<QWidget*> controls() const;

 Q_SIGNALS:
  /// The whole sentence with the slot filled, understood.
  void edited(const QString& sentence);
  /// Its controls are new ones.
  void rebuilt();

 private:
  void build();
  void addWord(const QString& word);
  void addSlot(std::size_t index);
  void addExtra(std::size_t index);
  void addAtPrevious(QWidget* sign);
  void fill(std::size_t index, const QString& text, SlotBox* box);

  std::function<QString(const std::string&)> problemOf_;
  app::Sentence sentence_;
};

}  // namespace ui
