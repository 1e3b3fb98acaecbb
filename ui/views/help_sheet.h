#pragma once
// HelpSheet: help and keys over the window (F1, Ctrl+/). Texts are Markdown from resources/help,
// one file a topic; the last topic is the list of all keys, where each can be changed.

#include "ui/models/key_map.h"
#include "ui/theme.h"
#include "ui/views/sheet.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QStackedLayout;
class QTableWidget;
class QTextBrowser;

namespace ui {

class HelpSheet final : public Sheet {
  Q_OBJECT

 public:
  HelpSheet(const Theme& theme, QWidget* window);

  /// Opens at the topic of that name ("teach", "keys"); an unknown one opens the first.
  void open(const QString& topic, const KeyMap& keys);
  /// Topics by name, in the order of the list.
  static QStringList topics();
  void pull() override;

 Q_SIGNALS:
  /// A person gave an action other keys.
  void keysChanged(const ui::KeyMap& keys);

 protected:
  bool event(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makeKeys();
  void showTopic(int row);
  void fillKeys();
  void beginChange();
  void take(const QKeySequence& keys);
  void reset();
  std::optional<ActionId> chosen() const;

  const Theme& theme_;
  KeyMap keys_;
  bool listening_ = false;  ///< the next keys pressed belong to the chosen action
  QListWidget* list_;
  QStackedLayout* stack_;
  QTextBrowser* text_;
  QLineEdit* filter_ = nullptr;
  QTableWidget* table_ = nullptr;
  QLabel* said_ = nullptr;
};

}  // namespace ui
