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
      .keep =
          [this](const ImportedRecordings& imported, const std::string& text) {
            auto kept = std::make_shared<std::promise<base::Result<void>>>();
            auto done = kept->get_future();
            director->post(
                [this, imported, text, kept] { kept->set_value(keepFromFiles(imported, text)); });
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

base::Result<void> Session::Impl::keepFromFiles(const ImportedRecordings& imported,
                                                const std::string& text) {
  const TaskSettings before = taskSettings();
  auto kept = keepImported(*store, *edits, before.id, imported, text);
  if (!kept) return kept;
  for (const sensors::SourceInfo& source : imported.sources) sources.declare(source);
  library->refresh();
  const TaskSettings after = taskSettings();
  if (toJson(after) != toJson(before)) taskChanged(before, after);
  teaching->reload();
  lessons->taught();
  changed();
  return kept;
}

ImportDesk& Session::imports() const { return *impl_->imports; }

}  // namespace app
