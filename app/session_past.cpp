// What the Past page does with a Session: to any step of the undo list, to any former model.

#include <algorithm>

#include "app/lineage.h"
#include "app/session_parts.h"

namespace app {

namespace {

/// By when it was: a number says nothing to a person.
std::string textOfForgetting(const ProjectStore& store, std::int64_t recording) {
  if (const auto all = store.recordings()) {
    for (const Recording& one : *all) {
      if (one.id == recording)
        return "Recording of " + base::dateTimeText(one.span.begin) + " forgotten";
    }
  }
  return "Recording forgotten";
}

/// As it was kept when it began to serve. Nothing where that cannot be read.
std::optional<FormerModel> formerModel(const ProjectStore& store,
                                       const learners::LearnerMap& learners, TaskId task,
                                       const std::string& hash) {
  const auto rows = store.deployments();
  if (!rows) return std::nullopt;
  const auto row = std::find_if(rows->rbegin(), rows->rend(), [&](const DeploymentRow& r) {
    return r.ensembleHash == hash && r.task == task;
  });
  if (row == rows->rend()) return std::nullopt;
  const auto bytes = store.blob(hash);
  if (!bytes) return std::nullopt;
  const auto ensemble = learners::Ensemble::decode(*bytes, learners);
  if (!ensemble) return std::nullopt;
  FormerModel former{.hash = hash, .version = row->version, .ensemble = *ensemble, .learnt = {}};
  for (const LearntExample& one : lineageOf(*row).learnt) former.learnt.insert(one.id);
  return former;
}

}  // namespace

void Session::compareCheck(const std::string& ensembleHash) {
  impl_->director->post([impl = impl_.get(), ensembleHash] {
    // A model may be large and a disk slow. The last choice comes last, also where it is none.
    impl->past->post([impl, ensembleHash, task = impl->front->id()] {
      auto former = ensembleHash.empty()
                        ? std::nullopt
                        : formerModel(*impl->store, impl->registry.learners, task, ensembleHash);
      impl->director->post([impl, ensembleHash, task, former = std::move(former)] {
        if (impl->front->id() != task) return;
        if (!former && !ensembleHash.empty()) {
          impl->notice(NoticeView::Kind::Warning, "That model is no longer in the project.");
        }
        impl->check->compareWith(former);
      });
    });
  });
}

void Session::goToStep(std::int64_t command) {
  impl_->director->post([impl = impl_.get(), command] {
    EditList& edits = impl->teaching->edits();
    while (edits.newest() > command) {
      const auto edit = edits.undo();
      impl->undone(edit, false);
      if (!edit || !*edit) return;
    }
    while (edits.newest() < command && edits.canRedo()) {
      const auto edit = edits.redo();
      impl->undone(edit, true);
      if (!edit || !*edit) return;
    }
  });
}

void Session::goBackToModel(const std::string& ensembleHash) {
  impl_->director->post([impl = impl_.get(), ensembleHash] {
    TaskDesk* of = impl->front;
    if (const auto rows = impl->store->deployments()) {
      const auto row = std::find_if(rows->rbegin(), rows->rend(), [&](const DeploymentRow& r) {
        return r.ensembleHash == ensembleHash;
      });
      if (row != rows->rend()) of = impl->taskDesk(row->task);
    }
    if (!of || !of->isAtWork()) return;
    Lessons& lessons = of->lessons();
    const std::string before = lessons.servingHash();
    if (before == ensembleHash) return;
    const auto done = lessons.goBackTo(ensembleHash);
    if (!done) return impl->report(done);
    const std::string text =
        "Model " + std::to_string(lessons.model().version) + " serves again";
    const auto kept = impl->teaching->edits().keep({ServeModel{before, ensembleHash, of->id()}, text});
    if (!kept) impl->notice(NoticeView::Kind::Error, kept.error().message);
  });
}

void Session::forgetRecording(std::int64_t recording) {
  impl_->director->post([impl = impl_.get(), recording] {
    const auto done = impl->teaching->edits().perform(
        {ForgetRecording{recording}, textOfForgetting(*impl->store, recording)});
    if (!done) return impl->notice(NoticeView::Kind::Warning, done.error().message);
    impl->teaching->reload();
    impl->library->refresh();
    impl->lessons->restored();
  });
}

}  // namespace app
