// Files that are dropped on the window, and the sheet that takes them.

#include <QDragEnterEvent>
#include <QMimeData>

#include "ui/main_window.h"
#include "ui/views/import_sheet.h"

namespace ui {
namespace {

QStringList droppedFiles(const QMimeData& data) {
  QStringList paths;
  for (const QUrl& url : data.urls()) {
    if (url.isLocalFile()) {
      paths << url.toLocalFile();
    }
  }
  return paths;
}

}  // namespace

void MainWindow::makeImports() {
  imports_ = new ImportSheet(theme_, feed_.imports, this);
  setAcceptDrops(true);
  connect(imports_, &ImportSheet::closed, this, [this] { setFocus(); });
  connect(imports_, &ImportSheet::recordingsWanted, this, [this] { showPage(PageId::Label); });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  const bool takes = imports_->canTake() && !droppedFiles(*event->mimeData()).isEmpty();
  takes ? event->acceptProposedAction() : event->ignore();
}

void MainWindow::dropEvent(QDropEvent* event) {
  const QStringList paths = droppedFiles(*event->mimeData());
  if (imports_->canTake() && !paths.isEmpty()) {
    event->setDropAction(Qt::CopyAction);  // the files stay where they are
    event->accept();
    imports_->take(paths);
  }
}

}  // namespace ui
