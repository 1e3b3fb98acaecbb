// What a person can do with a Session. Every command is posted to the session's thread.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/session_parts.h"
#include "hubs/codec.h"

namespace app {

namespace {

constexpr auto kCorrectionReach = std::chrono::seconds(4);

std::string nameOf(const Teaching& teaching, learners::LabelId id) {
  const learners::Label* label = teaching.label(id);
  return label ? label->name : std::string("it");
}

}  // namespace

// ---- recording -----------------------------------------------------------------------------

void Session::Impl::startRecording(learners::LabelId label, base::Duration length) {
  const auto started = teaching->start(label, taskSettings().window.length, length);
  if (!started) return notice(NoticeView::Kind::Error, started.error().message);
  const std::int64_t serial = ++recordingSerial;
  if (length.count() > 0) {
    director->postAt(clock.now() + length, [this, serial] {
      if (serial == recordingSerial) stopRecording();
    });
  }
  changed();
}

void Session::Impl::stopRecording() {
  if (!teaching->isRecording()) return;
  if (teaching->release()) {
    const std::int64_t serial = recordingSerial;
    director->postAt(clock.now() + Teaching::kTail, [this, serial] {
      if (serial == recordingSerial) finishRecording();
    });
  }
  changed();
}

void Session::Impl::finishRecording() {
  const auto kept = teaching->finish();
  if (!kept) {
    notice(NoticeView::Kind::Error, kept.error().message);
  } else if (*kept) {
    lessons->taught();
  }
  changed();
}

// ---- corrections ---------------------------------------------------------------------------

void Session::Impl::learnFrom(learners::LabelId label, const base::TimeSpan& span,
                              learners::Origin origin, base::Time pressed) {
  const std::vector<learners::Demonstration> old = teaching->examples();
  const std::string what =
      teaching->label(label) && teaching->label(label)->background
          ? std::string("that was nothing")
          : (origin == learners::Origin::Missed ? "you missed " : "that was ") +
                nameOf(*teaching, label);
  const auto kept =
      teaching->keepSpan(label, span, origin, lessons->servingHash(), "Correction: " + what);
  if (!kept) return notice(NoticeView::Kind::Warning, kept.error().message);
  lessons->corrected(what, teaching->edits().newest(), pressed, old);
}

/// What was answered last when the key was pressed; nothing where that was too long ago.
std::optional<Answer> Session::Impl::answerAt(base::Time pressed) const {
  const base::Duration fresh = 2 * taskSettings().window.hop + std::chrono::seconds(1);
  std::optional<Answer> newest;
  for (Answer& answer : frontTask().between({pressed - fresh, pressed})) {
    if (answer.answered <= pressed && pressed - answer.prediction.span.end <= fresh) {
      newest = std::move(answer);
    }
  }
  return newest;
}

void Session::Impl::correct(learners::LabelId label, base::Time pressed) {
  const auto answer = answerAt(pressed);
  const base::Duration window = taskSettings().window.length;
  if (!answer)
    return missed(label, std::max<base::Duration>(std::chrono::seconds(3), window), pressed);
  const base::Time end = answer->prediction.span.end;
  const auto reach = std::max<base::Duration>(kCorrectionReach, window);
  learnFrom(label, {std::max(answer->since, end - reach), end}, learners::Origin::Correction,
            pressed);
}

void Session::Impl::missed(learners::LabelId label, base::Duration length, base::Time pressed) {
  learnFrom(label, {pressed - std::max(length, taskSettings().window.length), pressed},
            learners::Origin::Missed, pressed);
}

// ---- undo ----------------------------------------------------------------------------------

void Session::Impl::undone(const base::Result<std::optional<Edit>>& edit, bool forward) {
  if (!edit) return notice(NoticeView::Kind::Error, edit.error().message);
  if (!*edit) return;
  if ((*edit)->isGone) {
    notice(NoticeView::Kind::Warning, (*edit)->text + ": passed over, what it was about is gone.");
    return changed();
  }
  const EditValue& value = (*edit)->value;
  // First: a task that is gone learns nothing from its labels being gone.
  if (std::holds_alternative<AddTask>(value) || std::holds_alternative<RemoveTask>(value)) {
    teaching->reload();  // what is being recorded about it is no example any more
    followTasks();
  }
  std::vector<TaskDesk*> touched;
  for (TaskDesk* of : desksAtWork()) {
    if (of->reload()) touched.push_back(of);
  }
  if (const auto* ask = std::get_if<AskParam>(&value)) {
    askAgain(*ask, forward);
  } else if (const auto* change = std::get_if<ChangeTask>(&value)) {
    taskChanged(change->before, change->after);
    if (TaskDesk* of = taskDesk(change->after.id)) {
      of->lessons().restored();
      touched.assign(1, of);
    }
  } else if (const auto* local = std::get_if<ChangeLocal>(&value)) {
    trustLocalsAgain(forward ? local->before : local->after,
                     forward ? local->after : local->before);
    followLocals();
    for (const TaskSettings& task : local->tasksAfter) {
      if (TaskDesk* of = taskDesk(task.id)) of->lessons().restored();
    }
  } else if (const auto* model = std::get_if<ServeModel>(&value)) {
    if (TaskDesk* of = taskDesk(model->task)) {
      report(of->lessons().goBackTo(forward ? model->after : model->before));
      touched.assign(1, of);
    }
  } else if (const auto* rule = std::get_if<ChangeRule>(&value)) {
    trustRuleAgain(forward ? rule->before : rule->after, forward ? rule->after : rule->before);
    reloadRules();
  } else if (const auto* imported = std::get_if<BringIn>(&value)) {
    const auto& from = forward ? imported->tasksBefore : imported->tasksAfter;
    const auto& to = forward ? imported->tasksAfter : imported->tasksBefore;
    for (std::size_t i = 0; i < std::min(from.size(), to.size()); ++i) taskChanged(from[i], to[i]);
    library->refresh();
  } else if (std::holds_alternative<ForgetRecording>(value) ||
             std::holds_alternative<KeepRecording>(value)) {
    library->refresh();
  }
  // What was taken back is seen: where it is another task's, that one comes to the front.
  if (touched.size() == 1 && touched.front()->isAtWork()) setFront(*touched.front());
  changed();
}

// ---- the public face -----------------------------------------------------------------------

void Session::addLabel(const std::string& name) {
  impl_->director->post([impl = impl_.get(), name] {
    if (const auto id = impl->teaching->addLabel(name); !id) {
      impl->notice(NoticeView::Kind::Warning, id.error().message);
    }
    impl->changed();
  });
}

void Session::renameLabel(learners::LabelId id, const std::string& name) {
  impl_->director->post([impl = impl_.get(), id, name] {
    impl->report(impl->teaching->renameLabel(id, name));
    impl->changed();
  });
}

void Session::removeLabel(learners::LabelId id) {
  impl_->director->post([impl = impl_.get(), id] {
    impl->report(impl->teaching->removeLabel(id));
    impl->lessons->restored();
  });
}

void Session::startRecording(learners::LabelId label, base::Duration length) {
  impl_->director->post(
      [impl = impl_.get(), label, length] { impl->startRecording(label, length); });
}

void Session::startFreeRecording() {
  impl_->director->post([impl = impl_.get()] {
    const auto started = impl->teaching->startFree(impl->taskSettings().window.length);
    if (!started) return impl->notice(NoticeView::Kind::Error, started.error().message);
    ++impl->recordingSerial;
    impl->changed();
  });
}

void Session::stopRecording() {
  impl_->director->post([impl = impl_.get()] { impl->stopRecording(); });
}

void Session::discardRecording() {
  impl_->director->post([impl = impl_.get()] {
    ++impl->recordingSerial;
    impl->report(impl->teaching->discard());
    impl->changed();
  });
}

void Session::listenToBackground(base::Duration length) {
  impl_->director->post([impl = impl_.get(), length] {
    const auto label = impl->teaching->backgroundLabel();
    if (!label) return impl->notice(NoticeView::Kind::Error, label.error().message);
    impl->startRecording(*label, length);
  });
}

void Session::labelSpan(learners::LabelId label, const base::TimeSpan& span) {
  impl_->director->post([impl = impl_.get(), label, span] {
    // A window must fit into what is labelled.
    const auto wide = widened(span, impl->taskSettings().window.length, impl->clock.now());
    const auto kept = impl->teaching->keepSpan(label, wide, learners::Origin::Person, {},
                                               nameOf(*impl->teaching, label) + " labelled");
    if (!kept) return impl->notice(NoticeView::Kind::Warning, kept.error().message);
    impl->lessons->taught();
  });
}

void Session::reviseExamples(const std::vector<std::int64_t>& replaced,
                             const std::vector<learners::Demonstration>& placed,
                             const std::string& text) {
  impl_->director->post([impl = impl_.get(), replaced, placed, text] {
    const auto done = impl->teaching->revise(replaced, placed, text);
    if (!done) return impl->notice(NoticeView::Kind::Warning, done.error().message);
    impl->lessons->taught();
  });
}

void Session::rejectProposal(learners::LabelId label, const base::TimeSpan& span) {
  impl_->director->post([impl = impl_.get(), label, span] {
    impl->report(impl->teaching->reject(label, span));
    impl->changed();
  });
}

Library& Session::library() { return *impl_->library; }

void Session::setExampleEnabled(std::int64_t demonstration, bool enabled) {
  impl_->director->post([impl = impl_.get(), demonstration, enabled] {
    impl->report(impl->teaching->setEnabled(demonstration, enabled));
    impl->lessons->restored();
  });
}

void Session::removeExample(std::int64_t demonstration) {
  impl_->director->post([impl = impl_.get(), demonstration] {
    impl->report(impl->teaching->remove(demonstration));
    impl->lessons->restored();
  });
}

void Session::correct(learners::LabelId label) {
  impl_->director->post(
      [impl = impl_.get(), label, pressed = now()] { impl->correct(label, pressed); });
}

void Session::correctToNew(const std::string& name, base::Time pressed) {
  impl_->director->post([impl = impl_.get(), name, pressed] {
    learners::LabelId label = 0;
    for (const learners::Label& known : impl->teaching->labels()) {
      if (known.name == name) label = known.id;
    }
    if (label == 0) {
      const auto made = impl->teaching->addLabel(name);
      if (!made) return impl->notice(NoticeView::Kind::Warning, made.error().message);
      label = *made;
    }
    impl->correct(label, pressed);
    impl->changed();
  });
}

void Session::missed(learners::LabelId label, base::Duration length) {
  impl_->director->post([impl = impl_.get(), label, length, pressed = now()] {
    impl->missed(label, length, pressed);
  });
}

void Session::undo() {
  impl_->director->post([impl = impl_.get()] {
    // What is on trial is no step of the list yet; taking it back is its end.
    if (const auto trial = impl->trials.newest()) return impl->endTrial(trial->node, trial->param);
    impl->undone(impl->teaching->edits().undo(), false);
  });
}

void Session::redo() {
  impl_->director->post(
      [impl = impl_.get()] { impl->undone(impl->teaching->edits().redo(), true); });
}

void Session::trainNow() {
  impl_->director->post([impl = impl_.get()] { impl->lessons->trainNow(); });
}

void Session::setTrainingPaused(bool paused) {
  impl_->director->post([impl = impl_.get(), paused] {
    impl->changeTask([paused](TaskSettings& task) { task.trainingPaused = paused; },
                     paused ? "Training paused" : "Training resumed");
  });
}

void Session::useKeptAside(bool use) {
  impl_->director->post([impl = impl_.get(), use] { impl->lessons->useKeptAside(use); });
}

void Session::askParam(const std::string& node, const std::string& param,
                       const base::ParamValue& value) {
  impl_->director->post([impl = impl_.get(), node, param, value] {
    AskParam edit{.node = node, .param = param, .after = value};
    for (const hubs::NodeView& view : impl->nodes->nodes()) {
      const auto status = view.params.find(param);
      if (view.device.id != node || status == view.params.end()) continue;
      // A device keeps what it was last asked for, so its former value has to be asked for again.
      edit.before = status->second.asked ? status->second.asked : status->second.reported;
    }
    if (const auto trial = impl->trials.end(node, param)) {
      edit.before = trial->before;
      impl->saveTrials();
    }
    if (const auto asked = impl->nodes->ask(node, param, value); !asked) return impl->report(asked);
    if (edit.before) impl->allow({settingDeed(node, param, *edit.before)});
    impl->rememberDevice(node);
    const auto kept =
        impl->teaching->edits().keep({edit, param + " set to " + base::toText(value)});
    if (!kept) impl->notice(NoticeView::Kind::Error, kept.error().message);
    impl->changed();
  });
}

void Session::act(const std::string& node, const std::string& activity, bool on) {
  impl_->director->post([impl = impl_.get(), node, activity, on] {
    impl->nodes->command(node, "act", nlohmann::json{{"activity", activity}, {"on", on}}.dump(),
                         [impl, activity](const base::Result<std::string>& reply) {
                           if (reply) return;
                           impl->director->post([impl, message = reply.error().message] {
                             impl->notice(NoticeView::Kind::Warning, message);
                           });
                         });
  });
}

void Session::dismissNotice(std::int64_t id) {
  impl_->director->post([impl = impl_.get(), id] {
    std::erase_if(impl->notices, [&](const NoticeView& n) { return n.id == id; });
    impl->changed();
  });
}

void Session::setProjectName(const std::string& name) {
  impl_->director->post([impl = impl_.get(), name] {
    impl->report(impl->store->setMeta("name", name));
    impl->changed();
  });
}

}  // namespace app
