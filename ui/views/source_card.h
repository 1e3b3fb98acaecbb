#pragma once
// SourceCard: how one source is read – its features, the part of its pictures, what stands in its
// gaps, whether it is learnt from while its numbers look wrong. Each change can be undone.

#include <QFrame>
#include <functional>
#include <vector>

#include "ui/intent.h"
#include "ui/models/source_choices.h"
#include "ui/theme.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QSpinBox;

namespace ui {

class SourceCard final : public QFrame {
  Q_OBJECT

 public:
  using Options = std::function<std::vector<app::ExtractorOption>(const std::string& source)>;

  SourceCard(const Theme& theme, Options options, QWidget* parent = nullptr);
  void show(const app::Snapshot& snapshot);
  using QFrame::show;
  /// Shows this source; nothing happens where it is unknown.
  void choose(const std::string& source);
  const std::string& chosen() const { return chosen_; }

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  /// Another source is shown from the next show() on.
  void chosenChanged();

 private:
  void showSources(const app::Snapshot& snapshot);
  void showChannels();
  void sendRegion();
  bool isBusy() const;

  const Theme& theme_;
  const Options options_;
  std::string chosen_;
  std::vector<std::string> sources_;
  SourceChoices shown_;
  QComboBox* source_;
  QComboBox* extractor_;
  QLabel* extractorWait_;
  QWidget* regionRow_;
  std::vector<QSpinBox*> region_;
  QLabel* gapsTitle_;
  QWidget* channelsHost_;
  QGridLayout* channels_;
  std::vector<QComboBox*> fills_;
  std::vector<QLabel*> channelNames_;
  QWidget* flagRow_;
  QLabel* flag_;
  QCheckBox* learn_;
};

}  // namespace ui
