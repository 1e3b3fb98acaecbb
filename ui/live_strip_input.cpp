// What mouse and keys mean on the live strip.

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPushButton>
#include <QWheelEvent>
#include <algorithm>

#include "ui/live_strip.h"

namespace ui {
namespace {

constexpr base::Duration kLeastMark = std::chrono::milliseconds(300);

}  // namespace

void LiveStrip::emitMark(const QPoint& at) {
  if (mark_ && mark_->length() >= kLeastMark) {
    Q_EMIT spanMarked(*mark_, at);
  } else {
    clearMark();
  }
}

void LiveStrip::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    return;
  }
  if (proposal_) {
    endProposal();  // a person who marks a span needs none proposed
  }
  if (event->position().y() < kTopEdge) {
    resizeFrom_ = qRound(event->globalPosition().y()) + height();
  } else if (event->position().x() >= plotRect().left()) {
    dragFrom_ = timeAt(event->position().x());
    if (!end_) {
      end_ = edge_;  // the picture stands still while a span is marked
    }
  }
}

void LiveStrip::mouseMoveEvent(QMouseEvent* event) {
  setCursor(event->position().y() < kTopEdge ? Qt::SizeVerCursor : Qt::ArrowCursor);
  if (resizeFrom_) {
    Q_EMIT heightWanted(*resizeFrom_ - qRound(event->globalPosition().y()));
  } else if (dragFrom_) {
    const base::Time to = timeAt(event->position().x());
    mark_ = base::TimeSpan{std::min(*dragFrom_, to), std::max(*dragFrom_, to)};
    tick();
  }
}

void LiveStrip::mouseReleaseEvent(QMouseEvent* event) {
  resizeFrom_.reset();
  if (!dragFrom_) {
    return;
  }
  dragFrom_.reset();
  if (!now_->isVisible()) {
    end_.reset();
  }
  emitMark(mapToGlobal(QPoint(qRound(event->position().x()), 0)));
}

void LiveStrip::wheelEvent(QWheelEvent* event) {
  const QPoint turn = event->angleDelta();
  const int steps = turn.y() != 0 ? turn.y() : -turn.x();
  goBack(base::fromSeconds(steps / 120.0 * 5));
}

void LiveStrip::keyPressEvent(QKeyEvent* event) {
  if (proposalKey(*event)) {
    return;
  }
  constexpr base::Duration kStep = std::chrono::milliseconds(500);
  const bool shift = event->modifiers() & Qt::ShiftModifier;
  const bool left = event->key() == Qt::Key_Left;
  if (left || event->key() == Qt::Key_Right) {
    if (shift || mark_) {
      base::TimeSpan mark = mark_.value_or(base::TimeSpan{edge_ - kStep * 2, edge_});
      const base::Duration by = left ? -kStep : kStep;
      mark.begin = std::min(mark.begin + by, shift ? mark.end - kStep : edge_);
      if (!shift) {
        mark.end = std::min(mark.end + by, edge_);
      }
      if (!end_) {
        end_ = edge_;
        now_->show();
      }
      setMark(mark);
    } else {
      goBack(left ? std::chrono::seconds(5) : -std::chrono::seconds(5));
    }
  } else if (event->key() == Qt::Key_Home) {
    goBack(kKept);
  } else if (event->key() == Qt::Key_End) {
    backToNow();
  } else if (event->key() == Qt::Key_Escape && mark_) {
    clearMark();
  } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && mark_) {
    emitMark(mapToGlobal(QPoint(qRound(xAt(mark_->end)), 0)));
  } else {
    QFrame::keyPressEvent(event);
  }
}

}  // namespace ui
