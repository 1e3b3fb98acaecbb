// Teaching: examples that are changed after they were shown, as the Label page does.

#include <algorithm>

#include "app/teaching.h"

namespace app {

namespace {

using learners::Demonstration;

base::Result<Recording> recordingOf(const ProjectStore& store, std::int64_t id) {
  auto all = store.recordings();
  if (!all) return all.error();
  for (const Recording& recording : *all) {
    if (recording.id == id) return recording;
  }
  return base::Error{base::ErrorCode::NotFound, "That recording is no longer there."};
}

}  // namespace

base::Result<void> Teaching::revise(const std::vector<std::int64_t>& replaced,
                                    const std::vector<Demonstration>& placed,
                                    const std::string& text) {
  ReviseExamples edit;
  for (const std::int64_t id : replaced) {
    const auto found =
        std::find_if(examples_.begin(), examples_.end(), [&](const auto& e) { return e.id == id; });
    if (found == examples_.end()) return base::invalid("That example is no longer there.");
    edit.before.push_back(*found);
  }
  const auto done = edits_->inTransaction([&]() -> base::Result<void> {
    edit.after = placed;
    for (Demonstration& example : edit.after) {
      if (label(example.label) == nullptr) return base::invalid("That label is no longer there.");
      const auto recording = example.recording == 0 ? recorder_.keep(example.span)
                                                    : recordingOf(store_, example.recording);
      if (!recording) return recording.error();
      example.recording = recording->id;
      if (!recording->span.isEmpty()) {
        example.span = base::intersection(example.span, recording->span);
      }
      if (example.span.isEmpty()) return base::invalid("Nothing was recorded at that time.");
      const bool keepsId =
          std::find(replaced.begin(), replaced.end(), example.id) != replaced.end();
      if (!keepsId) {
        const auto id = store_.addDemonstration(example);
        if (!id) return id.error();
        example.id = *id;
      } else if (auto changed = store_.updateDemonstration(example); !changed) {
        return changed;
      }
    }
    for (const Demonstration& example : edit.before) {
      const bool stays = std::any_of(edit.after.begin(), edit.after.end(),
                                     [&](const auto& e) { return e.id == example.id; });
      if (stays) continue;
      if (auto removed = store_.removeDemonstration(example.id); !removed) return removed;
    }
    const auto kept = edits_->keep({edit, text});
    return kept ? base::Result<void>() : kept.error();
  });
  reload();
  return done;
}

base::Result<void> Teaching::reject(learners::LabelId of, const base::TimeSpan& span) {
  const learners::Label* what = label(of);
  const auto done = edits_->perform(
      {RejectProposal{of, span}, "It was not " + (what ? what->name : std::string("that"))});
  return done ? base::Result<void>() : done.error();
}

}  // namespace app
