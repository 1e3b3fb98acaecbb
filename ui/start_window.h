#pragma once
// StartWindow: the first start, and what is shown when a project could not be opened: one sentence
// and ways to begin.

#include <QWidget>

#include "ui/theme.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;

namespace ui {

/// Where a broker is and how to log in. `certificate` is the file of its authority, or empty.
struct BrokerChoice {
  QString url;
  QString user;
  QString password;
  QString certificate;
};

class StartWindow final : public QWidget {
  Q_OBJECT

 public:
  explicit StartWindow(const Theme& theme, QWidget* parent = nullptr);
  /// What went wrong, as one sentence for a person; empty: nothing.
  void setTrouble(const QString& sentence);
  /// Shows the form for a broker, filled with what is known.
  void askForBroker(const BrokerChoice& known);
  QSize sizeHint() const override { return {1024, 700}; }

 Q_SIGNALS:
  void simulationWanted();
  void microphoneWanted();
  void brokerWanted(const ui::BrokerChoice& choice);
  void projectWanted(const QString& file);

 private:
  QWidget* makeChoices();
  QWidget* makeBrokerForm();
  void connectToBroker();
  void chooseProject();

  const Theme& theme_;
  QLabel* trouble_;
  QStackedLayout* stack_;
  QLineEdit* url_ = nullptr;
  QLineEdit* user_ = nullptr;
  QLineEdit* password_ = nullptr;
  QLineEdit* certificate_ = nullptr;
};

}  // namespace ui
