// "That was...": events of the last minutes that get their label afterwards.

#include "app/event_question.h"
#include "app/session_parts.h"

namespace app {

void Session::thatWas(learners::LabelId label) {
  impl_->director->post([impl = impl_.get(), label] { impl->thatWas(label); });
}

void Session::Impl::thatWas(learners::LabelId id) {
  const learners::Label* label = teaching->label(id);
  if (!label) return;
  const base::Time now = clock.now();
  auto answers = frontTask().between({now - Task::kRemember, now});
  // Ten minutes of sound are read and looked through: not on the thread that carries out commands.
  past->post([this, id, name = label->name, now, answers = std::move(answers),
              examples = teaching->examples()] {
    const auto found = findEvents(questionAbout(id, tape, answers, examples, now));
    if (found.empty()) {
      director->post([this, name] {
        notice(NoticeView::Kind::Info,
               "Nothing stands out in the last ten minutes that could be " + name + ".");
      });
      return;
    }
    EventProposal made{.label = id, .labelName = name};
    for (const FoundEvent& event : found) made.spans.push_back(event.span);
    {
      std::lock_guard lock(mutex);
      made.id = eventProposal.id + 1;
      eventProposal = std::move(made);
    }
    changed();
  });
}

EventProposal Session::eventProposal() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->eventProposal;
}

}  // namespace app
