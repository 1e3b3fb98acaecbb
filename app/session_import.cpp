// Recordings that come from files while a session is open.

#include <future>

#include "app/import_desk.h"
#include "app/session_parts.h"

namespace app {

ImportDesk::Outside Session::Impl::importOutside() {
  return {
      .store = *store,
      .folder = options.workFolder,
      .tools = {.camera = options.programs.empty() ? std::filesystem::path()
                                                   : options.programs / "mimosa-camera"},
      .front =
          [this] {
            std::lock_guard lock(mutex);
            return front->id();
          },
      .keep =
          [this](TaskId task, const ImportedRecordings& imported, const std::string& text) {
            auto kept = std::make_shared<std::promise<base::Result<void>>>();
            auto done = kept->get_future();
            director->post([this, task, imported, text, kept] {
              kept->set_value(keepFromFiles(task, imported, text));
            });
            return done.get();
          },
      .changed = [this] { changed(); },
      .ended =
          [this](const ImportView& view) { director->post([this, view] { importEnded(view); }); }};
}

void Session::Impl::importEnded(const ImportView& view) {
  const std::size_t n = view.report.recordings;
  std::string text = n == 0   ? "No recording was brought in."
                     : n == 1 ? "One recording was brought in."
                              : std::to_string(n) + " recordings were brought in.";
  if (!view.troubles.empty()) text += " " + view.troubles.front();
  notice(view.troubles.empty() ? NoticeView::Kind::Info : NoticeView::Kind::Warning, text);
  changed();
}

base::Result<void> Session::Impl::keepFromFiles(TaskId task, const ImportedRecordings& imported,
                                                const std::string& text) {
  TaskDesk* of = taskDesk(task);
  if (!of || !of->isAtWork()) {
    return base::Error{base::ErrorCode::NotFound, "The task these were for is no longer there."};
  }
  const TaskSettings before = of->settings();
  auto kept = keepImported(*store, *edits, task, imported, text);
  if (!kept) return kept;
  for (const sensors::SourceInfo& source : imported.sources) sources.declare(source);
  library->refresh();
  const TaskSettings after = of->settings();
  if (toJson(after) != toJson(before)) taskChanged(before, after);
  of->teaching().reload();
  of->lessons().taught();
  changed();
  return kept;
}

ImportDesk& Session::imports() const { return *impl_->imports; }

}  // namespace app
