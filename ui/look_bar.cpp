#include "ui/look_bar.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <algorithm>

#include "ui/views/basics.h"

namespace ui {

LookBar::LookBar(const Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme) {
  setProperty("role", "bar");
  setAccessibleName(tr("To look at only"));
  auto* row = tightLayout<QHBoxLayout>(this, 12, {24, 6, 16, 6});
  icon_ = new QLabel(this);
  icon_->setFixedSize(20, 20);
  text_ = makeText({}, "", this);
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::PlainText);
  save_ = makeButton(tr("Save a copy…"),
                     tr("Writes all of the project into another file and goes on there"), "accent",
                     this);
  row->addWidget(icon_);
  row->addWidget(text_, 1);
  row->addWidget(save_);
  connect(save_, &QPushButton::clicked, this, &LookBar::askForName);
  hide();
}

void LookBar::askForName() {
  const QFileInfo file(project_);
  auto* dialog = new QFileDialog(this, tr("Save a copy"), QDir::homePath(),
                                 tr("Mimosa projects (*.mimosa)"));
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("mimosa"));
  // A file that is there is never written over: the session says so, and nobody asks before.
  dialog->setOption(QFileDialog::DontConfirmOverwrite);
  dialog->selectFile(tr("%1 copy.mimosa").arg(file.completeBaseName()));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& name) {
    awaited_ = name;
    isTried_ = true;
    asked_ = newest_;
    save_->setEnabled(false);
    Q_EMIT wanted(intent::SaveCopy{name.toStdString()});
  });
  dialog->open();
}

void LookBar::show(const app::Snapshot& snapshot) {
  project_ = QString::fromStdString(snapshot.projectFile);
  setVisible(snapshot.readOnly);
  if (!snapshot.readOnly) {
    return;
  }
  setTextIfNew(text_, tr("%1 You can look at everything; nothing is changed, recorded or sent.")
                          .arg(QString::fromStdString(snapshot.lookOnly)));
  const QColor colour = theme_.tokens().warn;
  if (icon_->property("look").toString() != colour.name()) {
    icon_->setProperty("look", colour.name());
    icon_->setPixmap(Theme::icon(QStringLiteral("warning"), colour)
                         .pixmap(QSize(20, 20), devicePixelRatioF()));
  }
  // What goes wrong since a copy was asked for is said in a notice; then another name can be
  // chosen.
  for (const app::NoticeView& notice : snapshot.notices) {
    newest_ = std::max(newest_, notice.time);
    isTried_ = isTried_ && !(notice.kind == app::NoticeView::Kind::Error && notice.time > asked_);
  }
  save_->setEnabled(!isTried_);
  if (const QString saved = QString::fromStdString(snapshot.savedCopy);
      !saved.isEmpty() && saved == awaited_) {
    awaited_.clear();
    Q_EMIT copyReady(saved);
  }
}

}  // namespace ui
