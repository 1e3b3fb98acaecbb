// A project that is only looked at, and copies to go on in.

#include "app/session_parts.h"

namespace app {

/// Opens what `options` name; a project to look at is read where it lies, or as a copy of now.
base::Result<void> Session::Impl::openStore() {
  if (options.lookOnly.empty()) {
    auto opened = ProjectStore::open(options.project);
    if (!opened) return opened.error();
    store = *std::move(opened);
    if (options.workFolder.empty()) options.workFolder = options.project.parent_path() / ".mimosa";
    return {};
  }
  auto opened = openToLook(options.project, options.stopOpening);
  if (!opened) return opened.error();
  look.emplace(*std::move(opened));
  store = std::move(look->store);
  options.workFolder = look->folder / "work";
  options.broker.reset();
  options.startWorker = options.startDemoHome = false;
  return {};
}

void Session::Impl::saveCopy(const std::filesystem::path& file) {
  if (copying.joinable() && copyRunning) {
    return notice(NoticeView::Kind::Warning, "A copy is being made already.");
  }
  copyRunning = true;
  copying = std::jthread([this, file](const std::stop_token& stop) {
    const auto done = copyProject(*store, file, stop);
    director->post([this, file, done] {
      copyRunning = false;
      if (!done) return report(done);
      savedCopy = file.string();
      notice(NoticeView::Kind::Info, "The copy is in " + file.string() + ".");
    });
  });
  changed();
}

void Session::saveCopy(const std::filesystem::path& file) {
  impl_->director->post([impl = impl_.get(), file] { impl->saveCopy(file); });
}

}  // namespace app
