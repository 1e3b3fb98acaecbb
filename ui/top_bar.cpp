#include "ui/top_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPixmap>

#include "ui/views/basics.h"
#include "ui/views/task_switch.h"
#include "ui/words.h"

namespace ui {
namespace {

/// A dot, filled or as a ring, so that the state is not told by colour alone; with a gap to the
/// text beside it.
QIcon dotIcon(const QColor& colour, bool filled) {
  constexpr int kScale = 3;
  QPixmap picture(14 * kScale, 10 * kScale);
  picture.setDevicePixelRatio(kScale);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(colour, 1.5));
  painter.setBrush(filled ? QBrush(colour) : QBrush(Qt::NoBrush));
  painter.drawEllipse(QRectF(1.5, 1.5, 7, 7));
  return QIcon(picture);
}

}  // namespace

TopBar::TopBar(const Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme) {
  setProperty("role", "bar");
  setFixedHeight(size::kTopBar);
  auto* row = tightLayout<QHBoxLayout>(this, 8, {10, 0, 16, 0});

  project_ = makeButton({}, tr("Project; press to rename it"), "project", this);
  projectEdit_ = new QLineEdit(this);
  projectEdit_->setAccessibleName(tr("Project name"));
  projectEdit_->setToolTip(tr("Enter keeps the name, Esc leaves it as it was"));
  projectEdit_->setFixedWidth(220);
  projectEdit_->hide();
  connect(project_, &QPushButton::clicked, this, &TopBar::startRenaming);
  connect(projectEdit_, &QLineEdit::editingFinished, this, [this] { endRenaming(true); });
  onEnterAndEscape(projectEdit_, this, [this](bool keep) { endRenaming(keep); });
  row->addWidget(project_);
  row->addWidget(projectEdit_);

  tasks_ = new TaskSwitch(this);
  connect(tasks_, &TaskSwitch::wanted, this, &TopBar::wanted);
  connect(tasks_, &TaskSwitch::editingDone, this, &TopBar::editingDone);
  row->addWidget(tasks_);

  saved_ = new FigureLabel("secondary", this);
  saved_->setToolTip(tr("Everything is saved by itself; this is when it last was"));
  row->addSpacing(8);
  row->addWidget(saved_);
  row->addStretch(1);

  recordingDot_ = makeText(QStringLiteral("●"), "rec", this);
  recordingName_ = makeText({}, "rec", this);
  recordingName_->setTextFormat(Qt::PlainText);
  recordingTime_ = new FigureLabel("rec", this);
  recordingTime_->reserve(QStringLiteral("00:00"));
  recordingRows_ = new FigureLabel("secondary", this);
  for (QLabel* part : {recordingDot_, recordingName_, static_cast<QLabel*>(recordingTime_),
                       static_cast<QLabel*>(recordingRows_)}) {
    row->addWidget(part);
    part->hide();
  }
  row->addStretch(1);

  sources_ = makeButton({}, tr("Sources that send, of those used; press for the House page"),
                        "pill", this);
  connect(sources_, &QPushButton::clicked, this, &TopBar::sourcesPressed);
  model_ = makeButton({}, tr("The model that answers; press for its facts"), "pill", this);
  connect(model_, &QPushButton::clicked, this, &TopBar::modelPressed);
  auto* commands =
      makeButton(QStringLiteral("Ctrl K"), tr("Search all commands (Ctrl+K)"), "pill", this);
  commands->setAccessibleName(tr("Search all commands"));
  connect(commands, &QPushButton::clicked, this, &TopBar::commandsPressed);
  themeButton_ = makeIconButton(theme, QStringLiteral("moon"), tr("Light or dark"),
                                tr("Light or dark (Ctrl+Shift+D)"), this);
  connect(themeButton_, &QPushButton::clicked, this, &TopBar::themePressed);
  auto* panel = makeIconButton(theme, QStringLiteral("panel"), tr("Facts"),
                               tr("Show or hide the facts at the right (Ctrl+I)"), this);
  connect(panel, &QPushButton::clicked, this, &TopBar::inspectorPressed);
  for (QWidget* part : {sources_, model_, commands}) {
    row->addWidget(part);
  }
  row->addSpacing(-4);
  row->addWidget(themeButton_);
  row->addSpacing(-8);
  row->addWidget(panel);
  connect(&theme, &Theme::changed, this, &TopBar::repaintThemeButton);
  repaintThemeButton();
}

void TopBar::show(const app::Snapshot& snapshot, base::Time now) {
  const QString name =
      snapshot.projectName.empty() ? tr("My house") : QString::fromStdString(snapshot.projectName);
  const QString shown = fontMetrics().elidedText(name, Qt::ElideRight, 230);
  if (project_->text() != shown) {
    project_->setText(shown);
    project_->setAccessibleName(tr("Project %1").arg(name));
  }
  project_->setProperty("whole", name);
  tasks_->show(snapshot, width() < 1200);
  setTextIfNew(saved_, snapshot.readOnly ? tr("Read only")
                       : snapshot.savedAt.ns == 0
                           ? QString()
                           : tr("Saved %1").arg(words::clock(snapshot.savedAt)));
  saved_->updateGeometry();

  const app::RecordingView& recording = snapshot.recording;
  if (recording.active) {
    const QString label = words::recordingName(recording);
    const base::Duration so = now - recording.since;
    setTextIfNew(recordingName_, tr("Recording %1")
                                     .arg(recordingName_->fontMetrics().elidedText(
                                         label, Qt::ElideRight, width() >= 1200 ? 180 : 130)));
    setTextIfNew(recordingTime_,
                 recording.planned.count() > 0
                     ? tr("%1 of %2").arg(words::stopwatch(so), words::stopwatch(recording.planned))
                     : words::stopwatch(so));
    setTextIfNew(
        recordingRows_,
        recording.storedRows == 0
            ? QString()
            : tr("%1 samples kept").arg(words::number(static_cast<double>(recording.storedRows))));
    recordingTime_->updateGeometry();
    recordingRows_->updateGeometry();
    recordingName_->setAccessibleDescription(
        tr("Recording %1, %2").arg(label, words::duration(so)));
  }
  for (QLabel* part : {recordingDot_, recordingName_, static_cast<QLabel*>(recordingTime_)}) {
    part->setVisible(recording.active);
  }
  recordingRows_->setVisible(recording.active && width() >= 1200);
  saved_->setVisible(!recording.active || width() >= 1200);

  int used = 0;
  int sending = 0;
  for (const app::SourceView& source : snapshot.sources) {
    used += source.used ? 1 : 0;
    sending += source.used && !source.silent ? 1 : 0;
  }
  setPill(sources_, words::sourcesState(snapshot),
          used == 0         ? Lamp::Off
          : sending == used ? Lamp::Fine
                            : Lamp::Attention);
  const app::ModelView& model = snapshot.model;
  const bool busy =
      model.phase == app::ModelPhase::Training || model.phase == app::ModelPhase::Updating;
  setPill(model_, words::modelState(model),
          !model.trouble.empty() || !model.keptAside.empty() ? Lamp::Attention
          : busy                                             ? Lamp::Waiting
          : model.version > 0                                ? Lamp::Fine
                                                             : Lamp::Off);
}

void TopBar::setPill(QPushButton* pill, const QString& text, Lamp lamp) {
  const int state = static_cast<int>(lamp) * 2 + (theme_.kind() == ThemeKind::Dark ? 1 : 0);
  if (pill->text() == text && pill->property("state").toInt() == state) {
    return;
  }
  const Tokens& t = theme_.tokens();
  const QColor colour = lamp == Lamp::Fine        ? t.ok
                        : lamp == Lamp::Waiting   ? t.accent
                        : lamp == Lamp::Attention ? t.warn
                                                  : t.text2;
  pill->setProperty("state", state);
  pill->setText(text);
  pill->setAccessibleName(text);
  pill->setIconSize({14, 10});
  pill->setIcon(dotIcon(colour, lamp == Lamp::Fine || lamp == Lamp::Attention));
}

void TopBar::startRenaming() {
  projectEdit_->setText(project_->property("whole").toString());
  project_->hide();
  projectEdit_->show();
  projectEdit_->selectAll();
  projectEdit_->setFocus();
}

void TopBar::endRenaming(bool keep) {
  if (!projectEdit_->isVisible()) {
    return;
  }
  const QString name = projectEdit_->text().trimmed();
  projectEdit_->hide();
  project_->show();
  if (keep && !name.isEmpty() && name != project_->property("whole").toString()) {
    Q_EMIT wanted(intent::SetProjectName{name});
  }
  Q_EMIT editingDone();
}

void TopBar::repaintThemeButton() {
  themeButton_->setIcon(Theme::icon(
      theme_.kind() == ThemeKind::Light ? QStringLiteral("moon") : QStringLiteral("sun"),
      theme_.tokens().text2));
}

}  // namespace ui
