#include "ui/held_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScrollArea>
#include <algorithm>

#include "ui/models/held_words.h"
#include "ui/views/basics.h"

namespace ui {
namespace {

constexpr int kMostLines = 6;  ///< what is longer scrolls

}  // namespace

HeldBar::HeldBar(const Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme) {
  setProperty("role", "bar");
  setAccessibleName(tr("From elsewhere"));
  auto* row = tightLayout<QHBoxLayout>(this, 12, {24, 6, 16, 6});
  icon_ = new QLabel(this);
  icon_->setFixedSize(20, 20);
  scroll_ = new QScrollArea(this);
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->setFocusPolicy(Qt::NoFocus);
  scroll_->setAccessibleName(tr("All that it would do; arrows show the rest"));
  text_ = makeText({}, "", this);
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::PlainText);
  text_->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  scroll_->setWidget(text_);
  scroll_->viewport()->setAutoFillBackground(false);
  text_->setAutoFillBackground(false);
  let_ = makeButton(tr("Let it"),
                    tr("All that is said here may be done on this computer, from now on"), "", this);
  notNow_ = makeButton(tr("Not now"), tr("Nothing of it is done; a line here reminds of it"),
                       "quiet", this);
  open_ = makeButton(tr("What?"), tr("Says again what is held back, and lets you allow it"), "small",
                     this);
  row->addWidget(icon_);
  row->addWidget(scroll_, 1);
  row->addWidget(open_);
  row->addWidget(let_);
  row->addWidget(notNow_);
  connect(let_, &QPushButton::clicked, this, [this] { Q_EMIT wanted(intent::LetProject{}); });
  connect(notNow_, &QPushButton::clicked, this, [this] {
    putAway_ = whole_;
    arrange();
  });
  connect(open_, &QPushButton::clicked, this, [this] {
    putAway_.clear();
    arrange();
  });
  hide();
}

void HeldBar::show(const app::Held& held) {
  const QString whole = heldText(held);
  if (whole == whole_) {
    return;
  }
  whole_ = whole;
  brief_ = heldShort(held);
  setVisible(!whole_.isEmpty());
  arrange();
}

void HeldBar::arrange() {
  const bool away = whole_ == putAway_;
  setTextIfNew(text_, away ? brief_ : whole_);
  setRole(text_, away ? "secondary" : "");
  setAccessibleDescription(whole_);
  let_->setVisible(!away);
  notNow_->setVisible(!away);
  open_->setVisible(away);
  const QColor colour = theme_.tokens().warn;
  icon_->setPixmap(Theme::icon(QStringLiteral("warning"), colour)
                       .pixmap(away ? QSize(14, 14) : QSize(20, 20), devicePixelRatioF()));
  layout()->activate();
  const int wide = std::max(scroll_->width(), 200);
  const int most = kMostLines * text_->fontMetrics().lineSpacing() + 6;
  const int high = text_->heightForWidth(wide);
  scroll_->setFixedHeight(std::clamp(high, 22, most));
  scroll_->setFocusPolicy(high > most ? Qt::StrongFocus : Qt::NoFocus);  // to be read by key, too
}

void HeldBar::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  arrange();
}

void HeldBar::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) {
    arrange();
  }
}

}  // namespace ui
