#pragma once
// SourceCard: how one source is read – its features, the part of its pictures, what stands in its
// gaps, whether it is learnt from while its numbers look wrong. Each change can be undone.

#include <QFrame>
#include <functional>
#include <memory>
#include <vector>

#include "ui/intent.h"
#include "ui/models/source_choices.h"
#include "ui/theme.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ui {

class RegionView;

class SourceCard final : public QFrame {
  Q_OBJECT

 public:
  using Options = std::function<std::vector<app::ExtractorOption>(const std::string& source)>;

  /// What a camera sees; null where no picture has come.
  using Pictures =
      std::function<std::shared_ptr<const sensors::Image>(const std::string& source)>;

  SourceCard(const Theme& theme, Options options, Pictures pictures, QWidget* parent = nullptr);
  void show(const app::Snapshot& snapshot);
  using QFrame::show;
  /// Shows this source; nothing happens where it is unknown.
  void choose(const std::string& source);
  /// The newest picture; a few times a second.
  void pull();
  const std::string& chosen() const { return chosen_; }

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  /// Another source is shown from the next show() on.
  void chosenChanged();

 private:
  void showSources(const app::Snapshot& snapshot);
  QWidget* makeRegion();
  void showChannels();
  void sendTypedRegion();
  void sendRegion(const sensors::Region& region);
  bool isBusy() const;

  const Theme& theme_;
  const Options options_;
  const Pictures pictures_;
  std::string chosen_;
  std::vector<std::string> sources_;
  SourceChoices shown_;
  QComboBox* source_;
  QComboBox* extractor_;
  QLabel* extractorWait_;
  QWidget* regionRow_;
  std::vector<QSpinBox*> region_;
  QWidget* drawRow_;
  RegionView* draw_ = nullptr;
  QLabel* drawHint_ = nullptr;
  QPushButton* whole_ = nullptr;
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
