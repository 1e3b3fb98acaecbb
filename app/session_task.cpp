// What a person can set about the task: what it looks at, with what it answers, and where.

#include <algorithm>
#include <cmath>

#include "app/session_parts.h"

namespace app {

void Session::setSourceUsed(const std::string& source, bool used) {
  impl_->director->post([impl = impl_.get(), source, used] {
    impl->changeTask(
        [&](TaskSettings& settings) {
          if (settings.frames.empty()) {
            if (const auto known = impl->store->sources())
              settings.frames = frameSpecsFor(settings, *known);
          }
          std::erase_if(settings.frames, [&](const auto& f) { return f.source == source; });
          const auto known = impl->store->sources();
          if (!used || !known) return;
          TaskSettings all = settings;
          all.frames.clear();
          for (const sensors::FrameSpec& spec : frameSpecsFor(all, *known)) {
            if (spec.source == source) settings.frames.push_back(spec);
          }
        },
        source + (used ? " is used" : " is left out"));
  });
}

void Session::setWindow(const sensors::WindowSpec& window) {
  impl_->director->post([impl = impl_.get(), window] {
    impl->changeTask(
        [&](TaskSettings& settings) {
          settings.window = window;
          for (auto& frame : settings.frames) frame.window = window;
        },
        "Answers look at " + std::to_string(base::toSeconds(window.length)).substr(0, 4) + " s");
  });
}

void Session::trainOn(const std::string& worker) {
  impl_->director->post([impl = impl_.get(), worker] {
    if (!worker.empty()) impl->allow({workerDeed(worker)});
    impl->changeTask([&](TaskSettings& s) { s.trainOn = worker; }, "Train elsewhere");
  });
}

void Session::serveOn(const std::string& worker) {
  impl_->director->post([impl = impl_.get(), worker] {
    if (!worker.empty()) impl->allow({workerDeed(worker)});
    impl->changeTask([&](TaskSettings& s) { s.serveOn = worker; }, "Serve elsewhere");
  });
}

void Session::setMemberPolicy(learners::MemberPolicy policy) {
  impl_->director->post([impl = impl_.get(), policy] {
    impl->changeTask([&](TaskSettings& s) { s.policy = policy; },
                     policy == learners::MemberPolicy::LowLatency
                         ? "Answer with the three fastest models"
                         : "Answer with all models");
  });
}

void Session::setSteadiness(float steadiness) {
  impl_->director->post([impl = impl_.get(), steadiness] {
    impl->changeTask([&](TaskSettings& s) { s.steadiness = std::clamp(steadiness, 0.0F, 1.0F); },
                     "Answer " + std::string(steadiness > 0 ? "more steadily" : "quickly"));
  });
}

void Session::setLimit(learners::LabelId label, std::optional<float> certainty) {
  impl_->director->post([impl = impl_.get(), label, certainty] {
    const learners::Label* named = impl->teaching->label(label);
    if (!named && label != kEveryLabel) return;
    const OwnLimits limits =
        withLimit(impl->taskSettings().limits, impl->teaching->labels(), label, certainty);
    const auto percent = std::lround(certainty.value_or(0) * 100);
    const std::string name = named ? named->name : "Every label";
    impl->changeTask([&](TaskSettings& s) { s.limits = limits; },
                     certainty ? name + " is sure enough from " + std::to_string(percent) + " % on"
                               : name + " is sure enough as tested");
  });
}

}  // namespace app
