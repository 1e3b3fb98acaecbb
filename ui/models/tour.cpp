#include "ui/models/tour.h"

#include <QCoreApplication>
#include <algorithm>
#include <limits>
#include <utility>

namespace ui {
namespace {

constexpr int kEnough = 3;           ///< examples of a label
constexpr double kQuietSeconds = 5;  ///< of background
constexpr int kGap = 14;             ///< between a card and what it points at

QString tr(const char* text) { return QCoreApplication::translate("tour", text); }

int correctionsOf(const app::Snapshot& snapshot) {
  int n = 0;
  for (const app::LabelCard& card : snapshot.cards) {
    n += static_cast<int>(
        std::count_if(card.examples.begin(), card.examples.end(), [](const app::Example& e) {
          return e.demonstration.origin == learners::Origin::Correction ||
                 e.demonstration.origin == learners::Origin::Missed;
        }));
  }
  return n;
}

int labelsWith(const app::Snapshot& snapshot, int examples) {
  return static_cast<int>(std::count_if(
      snapshot.cards.begin(), snapshot.cards.end(),
      [&](const auto& card) { return !card.label.background && card.enabled >= examples; }));
}

bool hasQuiet(const app::Snapshot& snapshot) {
  return std::any_of(snapshot.cards.begin(), snapshot.cards.end(), [](const auto& card) {
    return card.label.background && card.enabled > 0 && card.seconds >= kQuietSeconds;
  });
}

qint64 areaOf(const QRect& rect) {
  return rect.isEmpty() ? 0 : qint64{rect.width()} * rect.height();
}

bool isActable(const app::Snapshot& snapshot) {
  return std::any_of(snapshot.nodes.begin(), snapshot.nodes.end(),
                     [](const auto& node) { return !node.device.about.activities.empty(); });
}

}  // namespace

bool TourProgress::isDone(const app::Snapshot& snapshot,
                          const std::optional<app::Answer>& answer) const {
  switch (step_) {
    case TourStep::Listen:
      return hasQuiet(snapshot);
    case TourStep::Name:
      return labelsWith(snapshot, 0) > 0;
    case TourStep::Record:
      return labelsWith(snapshot, kEnough) > 0;
    case TourStep::Second:
      return labelsWith(snapshot, kEnough) > 1;
    case TourStep::Answer:
      return snapshot.model.version > 0 && answer && !answer->stale &&
             answer->prediction.state != learners::PredictionState::NoData;
    case TourStep::Correct:
      return correctionsOf(snapshot) > before_;
    case TourStep::Undo:
      return correctionsOf(snapshot) < before_;
    case TourStep::Done:
      break;
  }
  return false;
}

void TourProgress::follow(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer) {
  while (isDone(snapshot, answer)) {
    step_ = static_cast<TourStep>(static_cast<int>(step_) + 1);
    before_ = correctionsOf(snapshot);
  }
  // What was taken back while it is still to be done stays to be done.
  if (step_ == TourStep::Correct) {
    before_ = std::min(before_, correctionsOf(snapshot));
  }
}

TourWords tourWords(TourStep step, const app::Snapshot& snapshot, const KeyMap& keys,
                    bool onTeach) {
  const auto key = [&](ActionId id) { return keys.text(id); };
  TourWords words;
  words.place = tr("Step %1 of %2").arg(static_cast<int>(step) + 1).arg(kTourSteps);
  if (!onTeach && step != TourStep::Done) {
    words.title = tr("Look around");
    words.text = tr("The tour goes on at the page Teach (%1).").arg(key(ActionId::PageTeach));
    return words;
  }
  const QString act =
      isActable(snapshot)
          ? tr(" Press something in the row “Act in this house” first, so that there "
               "is something to hear.")
          : QString();
  switch (step) {
    case TourStep::Listen:
      words.title = tr("Ten quiet seconds");
      words.text = tr("First I need to know what nothing sounds like. Press Enter and let it be "
                      "quiet. This line always says what to do next.");
      break;
    case TourStep::Name:
      words.title = tr("Name something");
      words.text = tr("Press %1, type a name – Kettle, for example – and press Enter.")
                       .arg(key(ActionId::NewLabel));
      break;
    case TourStep::Record:
      words.title = tr("Show it three times");
      words.text = tr("Hold the key of its number while it happens. The second before counts as "
                      "well.") +
                   act;
      break;
    case TourStep::Second:
      words.title = tr("And something else");
      words.text = tr("I need something to compare with: %1 for a second name, then show that "
                      "three times too. Learning starts by itself.")
                       .arg(key(ActionId::NewLabel)) +
                   act;
      break;
    case TourStep::Answer:
      words.title = tr("Wait for the first answer");
      words.text = tr("Here I say what I hear, how sure I am, and how many models agree. It takes "
                      "a few seconds.");
      break;
    case TourStep::Correct:
      words.title = tr("Tell me I am wrong");
      words.text = tr("Press %1, then the number of what it really was, or 0 for nothing. Try it "
                      "even if I am right: you take it back in a moment.")
                       .arg(key(ActionId::Correct).section(QLatin1Char(','), 0, 0));
      break;
    case TourStep::Undo:
      words.title = tr("Take it back");
      words.text = tr("Everything can be undone, learning too. Press %1.").arg(key(ActionId::Undo));
      break;
    case TourStep::Done:
      words.title = tr("That was all");
      words.text = tr("You know the loop: show, see, correct. %1 explains every page, %2 finds every "
                      "command, also this tour.")
                       .arg(key(ActionId::Help), key(ActionId::Commands));
      break;
  }
  return words;
}

TourAnchor tourAnchor(TourStep step, bool onTeach) {
  if (step == TourStep::Done) {
    return TourAnchor::Help;
  }
  if (!onTeach) {
    return TourAnchor::Rail;
  }
  switch (step) {
    case TourStep::Name:
      return TourAnchor::NewLabel;
    case TourStep::Record:
      return TourAnchor::FirstCard;
    case TourStep::Second:
      return TourAnchor::LastCard;
    case TourStep::Answer:
    case TourStep::Correct:
      return TourAnchor::Now;
    case TourStep::Undo:
      return TourAnchor::Lesson;
    default:
      return TourAnchor::NextStep;
  }
}

QPoint placeBeside(const QRect& anchor, const QSize& size, const QRect& room,
                   Qt::LayoutDirection direction, const std::vector<QRect>& needed) {
  const auto inside = [&](QPoint at) {
    at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - size.width())));
    at.setY(std::clamp(at.y(), room.top(), std::max(room.top(), room.bottom() - size.height())));
    return at;
  };
  const bool leftward = direction == Qt::RightToLeft;
  const int along = leftward ? anchor.right() - size.width() + 1 : anchor.left();
  const QPoint right(anchor.right() + kGap, anchor.top());
  const QPoint left(anchor.left() - kGap - size.width(), anchor.top());
  std::vector<QPoint> places = {QPoint(along, anchor.bottom() + kGap),
                                QPoint(along, anchor.top() - kGap - size.height()),
                                leftward ? left : right, leftward ? right : left};
  for (const QRect& rect : needed) {
    places.emplace_back(along, std::max(rect.bottom(), anchor.bottom()) + kGap);
  }
  const QRect around = anchor.adjusted(-kGap, -kGap, kGap, kGap);
  const auto hides = [&](const QRect& card) {
    qint64 hidden = areaOf(card & around);
    for (const QRect& rect : needed) hidden += areaOf(card & rect);
    return hidden;
  };
  for (const QPoint& place : places) {
    const QRect card(inside(place), size);
    if (room.contains(card) && !card.intersects(anchor) &&
        std::none_of(needed.begin(), needed.end(),
                     [&](const QRect& rect) { return card.intersects(rect); })) {
      return card.topLeft();
    }
  }
  // No room right beside it: the whole window is tried.
  constexpr int kStep = 8;
  QPoint best = inside(places[0]);
  auto least = std::pair(std::numeric_limits<qint64>::max(), 0);
  for (int y = room.top(); y <= std::max(room.top(), room.bottom() - size.height()); y += kStep) {
    for (int x = room.left(); x <= std::max(room.left(), room.right() - size.width()); x += kStep) {
      const QRect card(QPoint(x, y), size);
      const std::pair cost(hides(card), (card.center() - anchor.center()).manhattanLength());
      if (cost < least) {
        least = cost;
        best = card.topLeft();
      }
    }
  }
  return best;
}

}  // namespace ui
