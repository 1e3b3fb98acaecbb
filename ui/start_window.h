#pragma once
// StartWindow: the first start, and what is shown when a project could not be opened: one sentence,
// three ways to begin, and projects that work already.

#include <QTimer>
#include <QWidget>
#include <memory>

#include "ui/theme.h"

class QLabel;
class QPushButton;
class QStackedLayout;

namespace hubs {
class BrokerFinder;
}
namespace app {
struct BrokerLogin;
}

namespace ui {

class BrokerPicker;

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
  ~StartWindow() override;

  /// What went wrong, as one sentence for a person; empty: nothing.
  void setTrouble(const QString& sentence);
  /// Shows the person's own devices, with what is known of their broker and what is wrong with it.
  void askForBroker(const BrokerChoice& known, const QString& trouble = {});
  /// A project to begin with is being made: says so, and offers to leave it.
  void setMaking(bool making);
  /// A project is being copied to be looked at: says so, and offers to leave it; setMaking(false)
  /// ends it.
  void setLooking();
  QSize sizeHint() const override { return {1024, 700}; }

 Q_SIGNALS:
  void simulationWanted();
  void microphoneWanted();
  void brokerWanted(const ui::BrokerChoice& choice);
  void projectWanted(const QString& file);
  /// A project to begin with, by its id.
  void starterWanted(const QString& id);
  /// What takes a while is wanted no longer.
  void leaveWanted();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QWidget* makeHead();
  QWidget* makeChoices();
  QWidget* makeStarters();
  QWidget* makeDevices();
  QWidget* makeBusy();
  static QString makingText();
  void goTo(int page);
  void look();
  void showFound();
  void chooseProject();
  void paintIcon(QLabel* picture, const QString& icon, int edge, QColor Tokens::*colour);

  const Theme& theme_;
  QLabel* trouble_;
  QLabel* busy_ = nullptr;  ///< what is waited for
  QStackedLayout* stack_;
  QPushButton* first_ = nullptr;
  BrokerPicker* picker_ = nullptr;
  std::unique_ptr<hubs::BrokerFinder> finder_;  ///< while one looks
  QTimer timer_;
};

}  // namespace ui
