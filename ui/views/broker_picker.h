#pragma once
// BrokerPicker: brokers to choose from, a button that looks for them, and fields for one that is
// typed. What is chosen is told; nothing is opened here.

#include <QWidget>
#include <vector>

#include "app/topic_desk.h"
#include "ui/models/topic_rows.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace ui {

class BrokerPicker final : public QWidget {
  Q_OBJECT

 public:
  explicit BrokerPicker(QWidget* parent = nullptr);

  void show(const app::TopicDeskView& view);
  using QWidget::show;
  /// Fills the fields with what is known and puts the keyboard where something is missing.
  void ask(const app::BrokerLogin& known);
  /// The keyboard to the list, or to the button that fills it.
  void focusFirst();

 Q_SIGNALS:
  void lookWanted();
  /// One that needs no further login.
  void brokerChosen(const std::string& broker);
  void loginWanted(const app::BrokerLogin& login);
  void left();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QWidget* makeFields();
  void choose();
  void logIn();

  std::vector<BrokerRow> rows_;
  QPushButton* look_;
  QLabel* words_;
  QListWidget* list_;
  QLineEdit* url_ = nullptr;
  QLineEdit* user_ = nullptr;
  QLineEdit* password_ = nullptr;
  QLineEdit* certificate_ = nullptr;
};

}  // namespace ui
