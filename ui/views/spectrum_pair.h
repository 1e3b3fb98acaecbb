#pragma once
// SpectrumPair: the log-mel spectra of two examples, one above the other on one time scale, so that
// they can be compared. Sound that was not read yet appears when it is there.

#include <QTimer>
#include <QWidget>
#include <optional>

#include "ui/feed.h"
#include "ui/theme.h"

namespace ui {

/// A picture of `spectrum`, one pixel a column and band, low bands at the bottom: the theme's
/// surface where it is quiet, its accent where it is loud.
QImage spectrumImage(const Tokens& tokens, const app::StoredSpectrum& spectrum);

/// GUI thread. `theme` must outlive it.
class SpectrumPair final : public QWidget {
  Q_OBJECT

 public:
  struct Part {
    QString title;  ///< "11-18 14:02 · Kettle"
    std::string source;
    base::TimeSpan span;
    friend bool operator==(const Part&, const Part&) = default;
  };

  SpectrumPair(const Theme& theme, LibraryFeed library, QWidget* parent = nullptr);
  /// `kept` may be missing; where both are, the widget shows nothing.
  void show(const std::optional<Part>& kept, const std::optional<Part>& now);
  using QWidget::show;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::vector<const Part*> parts() const;

  const Theme& theme_;
  LibraryFeed library_;
  std::optional<Part> kept_;
  std::optional<Part> now_;
  QTimer again_;  ///< runs while sound is being read
};

}  // namespace ui
