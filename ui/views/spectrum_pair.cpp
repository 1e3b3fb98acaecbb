#include "ui/views/spectrum_pair.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kTitle = 18;
constexpr int kPicture = 64;
constexpr int kBetween = 6;
constexpr int kAgainMs = 150;

}  // namespace

QImage spectrumImage(const Tokens& tokens, const app::StoredSpectrum& spectrum) {
  constexpr auto kBands = static_cast<int>(app::StoredSpectrum::kBands);
  const auto columns = static_cast<int>(spectrum.levels.size()) / kBands;
  QImage image(columns, kBands, QImage::Format_RGB32);
  const QColor& quiet = tokens.surface;
  const QColor& loud = tokens.accent;
  std::array<QRgb, 256> shades{};
  for (int i = 0; i < 256; ++i) {
    const double share = std::pow(i / 255.0, 1.5);
    const auto mix = [&](int from, int to) { return qRound(from + (to - from) * share); };
    shades[static_cast<std::size_t>(i)] =
        qRgb(mix(quiet.red(), loud.red()), mix(quiet.green(), loud.green()),
             mix(quiet.blue(), loud.blue()));
  }
  for (int band = 0; band < kBands; ++band) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(kBands - 1 - band));
    for (int x = 0; x < columns; ++x) {
      line[x] = shades[spectrum.levels[static_cast<std::size_t>(x * kBands + band)]];
    }
  }
  return image;
}

SpectrumPair::SpectrumPair(const Theme& theme, LibraryFeed library, QWidget* parent)
    : QWidget(parent), theme_(theme), library_(std::move(library)) {
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  setSizePolicy(policy);
  again_.setSingleShot(true);
  again_.setInterval(kAgainMs);
  connect(&again_, &QTimer::timeout, this, qOverload<>(&QWidget::update));
  setVisible(false);
}

std::vector<const SpectrumPair::Part*> SpectrumPair::parts() const {
  std::vector<const Part*> all;
  for (const auto* part : {&kept_, &now_}) {
    if (*part) {
      all.push_back(&**part);
    }
  }
  return all;
}

void SpectrumPair::show(const std::optional<Part>& kept, const std::optional<Part>& now) {
  if (kept == kept_ && now == now_) {
    return;
  }
  kept_ = kept;
  now_ = now;
  QStringList names;
  for (const Part* part : parts()) {
    names << tr("%1, %2").arg(part->title, words::duration(part->span.length()));
  }
  setAccessibleName(tr("Sound of %1").arg(names.join(QStringLiteral("; "))));
  setToolTip(tr("Log-mel, dB: low tones below, high tones above; both on one time scale"));
  setVisible(library_.spectrum && !names.isEmpty());
  updateGeometry();
  update();
}

QSize SpectrumPair::sizeHint() const {
  const auto n = static_cast<int>(parts().size());
  return {240, n * (kTitle + kPicture) + std::max(0, n - 1) * kBetween};
}

void SpectrumPair::paintEvent(QPaintEvent*) {
  if (!library_.spectrum) {
    return;
  }
  const Tokens& t = theme_.tokens();
  QPainter painter(this);
  painter.setFont(theme_.font(Theme::Text::Axis));
  base::Duration longest{1};
  for (const Part* part : parts()) {
    longest = std::max(longest, part->span.length());
  }
  int y = 0;
  for (const Part* part : parts()) {
    painter.setPen(t.text2);
    drawFigures(painter, QRectF(0, y, width(), kTitle), part->title, Qt::AlignLeft);
    drawFigures(painter, QRectF(0, y, width(), kTitle), words::duration(part->span.length()),
                Qt::AlignRight);
    y += kTitle;
    const double share = base::toSeconds(part->span.length()) / base::toSeconds(longest);
    const int wide = std::max(1, qRound(width() * share));
    const app::StoredSpectrum spectrum =
        library_.spectrum(part->source, part->span, static_cast<std::size_t>(wide));
    painter.fillRect(QRect(0, y, width(), kPicture), t.sunk);
    painter.drawImage(QRect(0, y, wide, kPicture), spectrumImage(t, spectrum));
    if (!spectrum.complete) {
      again_.start();
    }
    y += kPicture + kBetween;
  }
}

}  // namespace ui
