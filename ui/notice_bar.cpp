#include "ui/notice_bar.h"

#include <QHBoxLayout>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {

NoticeBar::NoticeBar(const Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme) {
  setProperty("role", "bar");
  setAccessibleName(tr("Message"));
  auto* row = tightLayout<QHBoxLayout>(this, 12, {24, 5, 16, 5});
  icon_ = new QLabel(this);
  icon_->setFixedSize(20, 20);
  text_ = makeText({}, "", this);
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::PlainText);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  more_ = makeText({}, "secondary", this);
  close_ = makeIconButton(theme, QStringLiteral("close"), tr("Put away"),
                          tr("Puts this message away"), this);
  connect(close_, &QPushButton::clicked, this, &NoticeBar::putAway);
  row->addWidget(icon_);
  row->addWidget(text_, 1);
  row->addWidget(more_);
  row->addWidget(close_);
  hide();
}

void NoticeBar::putAway() {
  if (shown_ == kRecovery) {
    recoveryRead_ = true;
    hide();
  } else {
    Q_EMIT wanted(intent::DismissNotice{shown_});
  }
}

void NoticeBar::show(const app::Snapshot& snapshot, base::Time now) {
  using Kind = app::NoticeView::Kind;
  const app::NoticeView* newest = nullptr;
  int waiting = 0;
  for (const app::NoticeView& notice : snapshot.notices) {
    if (notice.kind == Kind::Info && now - notice.time > kInfoLife) {
      continue;
    }
    newest = &notice;
    ++waiting;
  }
  // Until it was read, a crash is told whatever else there is to tell.
  app::NoticeView recovery{.kind = Kind::Warning, .text = {}, .time = now, .id = kRecovery};
  if (snapshot.recovered && !recoveryRead_) {
    recovery.text = tr("I closed unexpectedly the last time. Everything you had said by then is "
                       "here; of the signals at most one second is missing.")
                        .toStdString();
    newest = &recovery;
    ++waiting;
  }
  setVisible(newest != nullptr);
  if (newest == nullptr) {
    shown_ = kNothing;
    return;
  }
  QString text = QString::fromStdString(newest->text);
  if (newest->count > 1) {
    text += tr(" (%1 times, last at %2)").arg(newest->count).arg(words::clock(newest->time));
  }
  setTextIfNew(text_, text);
  setTextIfNew(more_, waiting > 1 ? tr("%1 more").arg(waiting - 1) : QString());
  setAccessibleDescription(text);
  shown_ = newest->id;
  const Tokens& t = theme_.tokens();
  const QColor colour = newest->kind == Kind::Error     ? t.rec
                        : newest->kind == Kind::Warning ? t.warn
                                                        : t.accent;
  const QString look =
      newest->kind == Kind::Info ? QStringLiteral("check") : QStringLiteral("warning");
  if (icon_->property("look").toString() != look + colour.name()) {
    icon_->setProperty("look", look + colour.name());
    icon_->setPixmap(Theme::icon(look, colour).pixmap(QSize(20, 20), devicePixelRatioF()));
  }
}

}  // namespace ui
