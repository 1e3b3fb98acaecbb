#include "ui/live_strip.h"

#include <QKeyEvent>
#include <QPushButton>
#include <algorithm>
#include <cmath>

#include "ui/views/basics.h"
#include "ui/views/strip_plot.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr base::Duration kGap = std::chrono::milliseconds(500);
constexpr base::Duration kLate = std::chrono::milliseconds(1500);
constexpr base::Duration kChooseEvery = std::chrono::seconds(5);
constexpr base::Duration kRibbonsEvery = std::chrono::milliseconds(100);

base::Duration columnWidth(int columns) {
  return base::Duration(LiveStrip::kShown.count() / std::max(1, columns));
}

}  // namespace

LiveStrip::LiveStrip(const Theme& theme, Feed feed, std::size_t mostTracks, QWidget* parent)
    : QFrame(parent), theme_(theme), feed_(std::move(feed)), mostTracks_(mostTracks) {
  setProperty("role", "bar");
  setMouseTracking(true);
  setFocusPolicy(Qt::TabFocus);
  setAccessibleName(tr("Live strip"));
  proposalSeen_ = feed_.eventProposal().id;  // an old one was answered or forgotten
  plot_ = new StripPlot(theme, this);
  now_ = makeButton(tr("Back to now"), tr("The strip follows the present again (Ctrl+End)"),
                    "small", this);
  now_->hide();
  connect(now_, &QPushButton::clicked, this, &LiveStrip::backToNow);
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LiveStrip::showSnapshot(const app::SnapshotPtr& snapshot) {
  snapshot_ = snapshot;
  const base::Time now = feed_.now();
  for (const app::SourceView& source : snapshot->sources) {
    auto [before, isNew] = lostBefore_.try_emplace(source.info.id, source.counts.lostBlocks);
    if (!isNew && source.counts.lostBlocks > before->second) {
      losses_[source.info.id].push_back(now);
      before->second = source.counts.lostBlocks;
    }
  }
  for (auto& [id, times] : losses_) {
    std::erase_if(times, [now](base::Time t) { return now - t > kKept; });
  }
  // Sources that came or went show at once; which channel is liveliest is looked at now and then.
  const bool sourcesChanged = std::any_of(
      snapshot->sources.begin(), snapshot->sources.end(), [this](const app::SourceView& source) {
        return std::none_of(tracks_.begin(), tracks_.end(),
                            [&](const Track& t) { return t.source == source.info.id; });
      });
  if ((sourcesChanged && tracks_.size() < mostTracks_) || now - chosenAt_ > kChooseEvery) {
    chooseAgain();
  }
}

void LiveStrip::chooseAgain() {
  chosenAt_ = feed_.now();
  const base::TimeSpan span{chosenAt_ - kShown, chosenAt_};
  const auto shownNow = [this](const std::string& source, std::size_t channel) {
    return std::any_of(tracks_.begin(), tracks_.end(),
                       [&](const Track& t) { return t.source == source && t.channel == channel; });
  };
  const auto liveliness = [&](const std::string& source, std::size_t channel) {
    const sensors::EnvelopeColumn seen = extent(feed_.columns(source, channel, span, 60));
    double range = 0;
    for (const app::SourceView& view : snapshot_->sources) {
      if (view.info.id == source) {
        const sensors::Channel& c = view.info.channels[channel];
        range = c.max > c.min ? c.max - c.min : 1;
      }
    }
    const double lively = seen.isEmpty() ? 0 : (static_cast<double>(seen.max) - seen.min) / range;
    return shownNow(source, channel) ? lively * 3 + 1e-3 : lively;  // what is shown stays
  };
  std::vector<Track> tracks = chooseTracks(*snapshot_, liveliness, mostTracks_);
  plot_->setNothing(words::noTraces(*snapshot_));
  if (tracks == tracks_) {
    return;
  }
  tracks_ = std::move(tracks);
  rows_.assign(tracks_.size(), {});
  std::vector<bool> audio;
  QStringList spoken;
  for (const Track& track : tracks_) {
    audio.push_back(track.audio);
    spoken << QString::fromStdString(track.name);
  }
  setAccessibleDescription(spoken.join(QStringLiteral(", ")));
  layOut();
}

QRect LiveStrip::plotRect() const {
  const int bottom = height() - kAxis - 2 * kRibbon - 4;
  return {kNames, kTopEdge + 4, std::max(10, width() - kNames - kValues),
          std::max(4, bottom - kTopEdge - 8)};
}

QRect LiveStrip::ribbonRect(int row) const {
  const QRect plot = plotRect();
  return {plot.left(), height() - kAxis - (2 - row) * kRibbon, plot.width(), kRibbon};
}

std::vector<QRect> LiveStrip::telling() const {
  const int newest = plotRect().left() + plotRect().width() * 2 / 3;
  return {QRect(0, 0, kNames, height()), QRect(newest, 0, width() - newest, height())};
}

void LiveStrip::layOut() {
  plot_->setGeometry(plotRect());
  const auto fit = static_cast<std::size_t>(std::max(1, plotRect().height() / kLeastTrack));
  std::vector<bool> audio;
  for (std::size_t i = 0; i < std::min(fit, tracks_.size()); ++i) {
    audio.push_back(tracks_[i].audio);
  }
  plot_->setTracks(audio);
  now_->adjustSize();
  now_->move(plotRect().right() - now_->width() - 8, kTopEdge + 6);
  tick();
}

void LiveStrip::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  layOut();
}

base::TimeSpan LiveStrip::shown() const { return {edge_ - kShown, edge_}; }

base::Time LiveStrip::timeAt(double x) const {
  const QRect plot = plotRect();
  const double share = std::clamp((x - plot.left()) / plot.width(), 0.0, 1.0);
  return shown().begin + base::Duration(std::llround(share * static_cast<double>(kShown.count())));
}

double LiveStrip::xAt(base::Time t) const {
  const QRect plot = plotRect();
  const double share =
      static_cast<double>((t - shown().begin).count()) / static_cast<double>(kShown.count());
  return plot.left() + std::clamp(share, 0.0, 1.0) * plot.width();
}

void LiveStrip::takeProposal() {
  const app::EventProposal newest = feed_.eventProposal();
  if (newest.id == proposalSeen_) {
    return;
  }
  proposalSeen_ = newest.id;
  if (newest.spans.empty()) {
    return;
  }
  proposal_.emplace(newest, feed_.now());
  lookAtProposal();
  setFocus(Qt::OtherFocusReason);
}

void LiveStrip::lookAtProposal() {
  const base::TimeSpan& span = proposal_->span();
  const base::Time now = feed_.now();
  const base::Time edge = end_.value_or(now);
  const bool inside = span.begin >= edge - kShown && span.end <= edge;
  end_ = inside ? edge : std::min(now, span.end + kShown / 3);  // the picture stands still
  mark_ = span;
  now_->show();
  now_->raise();
}

void LiveStrip::endProposal() {
  proposal_.reset();
  mark_.reset();
  backToNow();
  Q_EMIT proposalClosed();
}

bool LiveStrip::proposalKey(const QKeyEvent& event) {
  if (!proposal_) {
    return false;
  }
  switch (proposal_->press(event.key(), event.modifiers())) {
    case ProposalEdit::Result::NotMine:
      return false;
    case ProposalEdit::Result::Changed:
      lookAtProposal();
      tick();
      return true;
    case ProposalEdit::Result::Accepted: {
      const ProposalEdit accepted = *proposal_;
      endProposal();
      Q_EMIT proposalAccepted(accepted.proposal().label, accepted.span());
      return true;
    }
    case ProposalEdit::Result::Dropped:
      endProposal();
      return true;
  }
  return false;
}

void LiveStrip::tick() {
  takeProposal();
  const int columns = qRound(plot_->width() * devicePixelRatioF());
  const base::Duration step = columnWidth(columns);
  // The edge moves in whole columns, so that a column keeps its samples while it travels.
  edge_ = base::floorTo(end_.value_or(feed_.now()), step) + step;
  const base::TimeSpan span{edge_ - step * columns, edge_};
  const std::size_t rows = std::min(
      rows_.size(), static_cast<std::size_t>(std::max(1, plotRect().height() / kLeastTrack)));
  const auto inColumns = [step](base::Duration d) {
    return static_cast<std::size_t>(std::max<std::int64_t>(2, d / step));
  };
  for (std::size_t i = 0; i < rows; ++i) {
    const Track& track = tracks_[i];
    const auto pulled =
        feed_.columns(track.source, track.channel, span, static_cast<std::size_t>(columns));
    const sensors::EnvelopeColumn seen = extent(pulled);
    rows_[i].range.follow(track, seen);
    auto gaps = findGaps(pulled, inColumns(kGap), inColumns(kLate));
    if (snapshot_) {
      fillGaps(gaps, pulled, fillOf(*snapshot_, track.source, track.channel),
               inColumns(snapshot_->task.window.length));
    }
    plot_->setColumns(i, pulled, rows_[i].range, std::move(gaps));
    std::vector<double> losses;
    for (const base::Time t : losses_[track.source]) {
      if (span.contains(t)) {
        losses.push_back(static_cast<double>((t - span.begin) / step));
      }
    }
    plot_->setLosses(i, std::move(losses));
    const auto newest = std::find_if(pulled.rbegin(), pulled.rend(),
                                     [](const auto& column) { return !column.isEmpty(); });
    rows_[i].value = newest == pulled.rend()
                         ? QString()
                         : words::reading((static_cast<double>(newest->min) + newest->max) / 2);
  }
  if (mark_) {
    const auto column = [&](base::Time t) {
      return static_cast<double>((t - span.begin).count()) / static_cast<double>(step.count());
    };
    plot_->setMark(std::max(0.0, column(mark_->begin)),
                   std::min<double>(columns, column(mark_->end)));
  } else {
    plot_->setMark(0, 0);
  }
  if (edge_ - ribbonsAt_ > kRibbonsEvery || edge_ < ribbonsAt_) {
    ribbonsAt_ = edge_;
    heard_ = feed_.heard(span);
    said_ = feed_.said(span);
  }
  plot_->draw();
  update();
}

void LiveStrip::backToNow() {
  end_.reset();
  now_->hide();
  tick();
}

void LiveStrip::goBack(base::Duration by) {
  const base::Time now = feed_.now();
  const base::Time oldest = now - kKept + kShown;
  const base::Time at = std::clamp(end_.value_or(now) - by, oldest, now);
  if (at >= now) {
    backToNow();
    return;
  }
  end_ = at;
  now_->show();
  now_->raise();
  tick();
}

void LiveStrip::clearMark() {
  mark_.reset();
  tick();
}

void LiveStrip::setMark(const base::TimeSpan& span) {
  mark_ = span;
  tick();
}

}  // namespace ui
