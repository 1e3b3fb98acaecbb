// How sources are read: what a person chose otherwise than usual.

#include "app/session_parts.h"

namespace app {

void Session::Impl::changeChoice(const std::string& source,
                                 const std::function<void(SourceChoice&)>& change,
                                 const std::string& text) {
  const TaskSettings before = taskSettings();
  TaskSettings after = before;
  SourceChoice& choice = after.choices[source];
  const SourceChoice former = choice;
  change(choice);
  if (choice == former) return;
  if (choice.isUsual()) after.choices.erase(source);
  changeTask([&](TaskSettings& settings) { settings.choices = after.choices; }, text);
  changed();
}

void Session::setFill(const std::string& source, const std::string& channel, sensors::Fill fill) {
  impl_->director->post([impl = impl_.get(), source, channel, fill] {
    const auto stream = impl->sources.find(source);
    if (!stream) return;
    const bool isUsual = fill == sensors::usualFill(*stream->info());
    const std::string what = fill == sensors::Fill::Missing ? "left open"
                             : fill == sensors::Fill::Hold  ? "held"
                                                            : "bridged";
    impl->changeChoice(
        source,
        [&](SourceChoice& choice) {
          for (const sensors::Channel& one : stream->info()->channels) {
            if (!channel.empty() && one.id != channel) continue;
            if (isUsual) {
              choice.fill.erase(one.id);
            } else {
              choice.fill[one.id] = fill;
            }
          }
        },
        "Gaps of " + stream->info()->name + (channel.empty() ? "" : " " + channel) + " are " + what);
  });
}

void Session::setExtractor(const std::string& source, const std::string& extractor) {
  impl_->director->post([impl = impl_.get(), source, extractor] {
    const auto stream = impl->sources.find(source);
    if (!stream) return;
    const sensors::SourceInfo info = *stream->info();
    if (!extractor.empty()) {
      const auto made = sensors::makeExtractor(impl->registry.extractors, extractor, info,
                                               impl->taskSettings().window);
      if (!made) return impl->notice(NoticeView::Kind::Warning, made.error().message + ".");
    }
    const bool isUsual = extractor == sensors::defaultExtractor(info);
    impl->changeChoice(
        source,
        [&](SourceChoice& choice) { choice.extractor = isUsual ? std::string() : extractor; },
        info.name + " is looked at otherwise");
  });
}

void Session::setLearnFlagged(const std::string& source, bool learn) {
  impl_->director->post([impl = impl_.get(), source, learn] {
    const auto stream = impl->sources.find(source);
    if (!stream) return;
    impl->changeChoice(
        source, [&](SourceChoice& choice) { choice.learnFlagged = learn; },
        stream->info()->name + (learn ? " is learnt from although it looks wrong"
                                      : " is learnt from only where it looks right"));
  });
}

std::vector<ExtractorOption> Session::extractors(const std::string& source) const {
  const auto stream = impl_->sources.find(source);
  if (!stream) return {};
  return impl_->menu->of(*stream->info(), snapshot()->task.window);
}

}  // namespace app
