#pragma once
// NodeCard: one node of the house at a glance: its name and room, its liveliest stream or its
// newest picture, how fast it sends, when it was last heard, what was lost. Pressing it chooses it.

#include <QAbstractButton>
#include <QImage>
#include <memory>
#include <optional>
#include <vector>

#include "ui/feed.h"
#include "ui/models/house_rows.h"
#include "ui/theme.h"
#include "ui/views/thumbnail.h"

namespace ui {

class NodeCard final : public QAbstractButton {
  Q_OBJECT

 public:
  static constexpr int kHeight = 146, kLeastWidth = 200, kMostWidth = 300;

  explicit NodeCard(const Theme& theme, QWidget* parent = nullptr);

  void show(const app::Snapshot& snapshot, const hubs::NodeView& node, base::Time now);
  using QWidget::show;
  /// Pulls the last minute of the liveliest channel.
  void pull(const Feed& feed, const app::Snapshot& snapshot, base::Time now);
  const std::string& node() const { return node_; }
  QSize sizeHint() const override { return {kLeastWidth, kHeight}; }

 Q_SIGNALS:
  /// An arrow key: to the card `steps` further.
  void moved(int steps);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Shown {
    std::string source;
    std::size_t channel = 0;
    sensors::SourceKind kind = sensors::SourceKind::Slow;
    double rate = 0;
    double declared = 0;
  };
  void choose(const Feed& feed, const app::Snapshot& snapshot, base::Time now);
  void paintWell(QPainter& painter, const QRectF& well) const;

  const Theme& theme_;
  std::string node_;
  bool online_ = false;
  NodeCardWords words_;
  std::optional<Shown> shown_;
  base::Time chosenAt_;
  std::vector<sensors::EnvelopeColumn> columns_;
  std::shared_ptr<const base::Bytes> encoded_;
  QImage picture_;
};

}  // namespace ui
