#include "app/check_desk.h"

#include <algorithm>

namespace app {
namespace {

using Phase = CheckView::Phase;

constexpr auto kTellPause = std::chrono::milliseconds(100);

std::set<CheckPart> usualParts() {
  return {CheckPart::Scores, CheckPart::Map,    CheckPart::Leaks, CheckPart::Labels,
          CheckPart::Curve,  CheckPart::Stages, CheckPart::Drift};
}

}  // namespace

CheckDesk::CheckDesk(const ProjectStore& store, DatasetBuilder& builder,
                     const learners::LearnerMap& learners, std::uint64_t seed,
                     std::function<void()> changed)
    : store_(store),
      builder_(builder),
      learners_(learners),
      seed_(seed),
      changed_(std::move(changed)),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

CheckDesk::~CheckDesk() {
  thread_.request_stop();
  const std::lock_guard lock(mutex_);
  job_.request_stop();
}

void CheckDesk::setSubject(CheckSubject subject) {
  {
    const std::lock_guard lock(mutex_);
    if (subject.name == subject_.name) return;
    if (subject.settings.id != subject_.settings.id) view_.report = nullptr;
    subject_ = std::move(subject);
    job_.request_stop();
    job_ = {};
    stopped_ = false;
    open_.clear();
    if (subject_.ensemble) {
      openParts();
    } else {
      view_ = {.phase = Phase::NoModel};
    }
  }
  wake_.notify_all();
  changed_();
}

/// What is to be made of a new subject; nothing that the last report has already.
void CheckDesk::openParts() {
  const bool back = view_.report && reportName_ == subject_.name;
  view_.outdated = view_.report && !back;
  if (!back || view_.report->partsDone < kUsualCheckParts) open_ = usualParts();
  const bool beside =
      back && view_.report->rival && former_ && view_.report->rival->ensembleHash == former_->hash;
  if (former_ && !beside) open_.insert(CheckPart::Rival);
  if (open_.empty()) {
    view_.phase = Phase::Ready;
  } else if (watching_) {
    view_.phase = Phase::Working;
  }
}

void CheckDesk::watch(bool watching) {
  {
    const std::lock_guard lock(mutex_);
    if (watching_ == watching) return;
    watching_ = watching;
  }
  wake_.notify_all();
  changed_();
}

bool CheckDesk::isWatched() const {
  const std::lock_guard lock(mutex_);
  return watching_;
}

void CheckDesk::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    job_.request_stop();
    job_ = {};
    if (view_.phase == Phase::Working) view_.phase = Phase::Stopped;
  }
  changed_();
}

void CheckDesk::resume() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = false;
    if (view_.phase == Phase::Failed) open_ = usualParts();
  }
  wake_.notify_all();
}

void CheckDesk::ask(CheckPart part) {
  {
    const std::lock_guard lock(mutex_);
    if (!subject_.ensemble) return;
    open_.insert(part);
    stopped_ = false;
  }
  wake_.notify_all();
}

void CheckDesk::compareWith(std::optional<FormerModel> former) {
  {
    const std::lock_guard lock(mutex_);
    former_ = std::move(former);
    open_.erase(CheckPart::Rival);
    if (former_ && subject_.ensemble) {
      open_.insert(CheckPart::Rival);
      stopped_ = false;
    }
    if (view_.phase == Phase::Working && view_.doing == CheckPart::Rival) {
      job_.request_stop();
      job_ = {};
    }
  }
  wake_.notify_all();
}

CheckView CheckDesk::view() const {
  const std::lock_guard lock(mutex_);
  return view_;
}

bool CheckDesk::hasWork() const {
  return watching_ && !stopped_ && subject_.ensemble && !open_.empty();
}

void CheckDesk::run(std::stop_token stop) {
  for (;;) {
    CheckSubject subject;
    std::stop_token job;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [this] { return hasWork(); }) || stop.stop_requested()) return;
      subject = subject_;
      job = job_.get_token();
      view_.phase = Phase::Working;
      view_.progress = 0;
      view_.trouble.clear();
    }
    changed_();
    work(subject, job);
    changed_();
  }
}

void CheckDesk::work(const CheckSubject& subject, std::stop_token stop) {
  const auto made = makeParts(subject, stop);
  const std::lock_guard lock(mutex_);
  if (subject_.name != subject.name) return;  // given up for something else
  if (made) {
    view_.phase = Phase::Ready;
    return;
  }
  if (made.error().code == base::ErrorCode::Cancelled) return;
  open_.clear();
  view_.phase =
      made.error().code == base::ErrorCode::NotFound ? Phase::NoTestData : Phase::Failed;
  view_.trouble = made.error().message;
  view_.report = nullptr;
  view_.outdated = false;
}

void CheckDesk::progressed(double done) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    view_.progress = done;
    if (now - toldAt_ < kTellPause) return;
    toldAt_ = now;
  }
  changed_();
}

void CheckDesk::publish(std::shared_ptr<CheckReport> report) {
  {
    const std::lock_guard lock(mutex_);
    if (examName_ != subject_.name) return;  // given up meanwhile
    view_.report = std::move(report);
    reportName_ = examName_;
    view_.outdated = false;
  }
  changed_();
}

base::Result<void> CheckDesk::begin(const CheckSubject& subject, std::stop_token stop) {
  auto data = builder_.build(subject.settings, {.stop = stop, .progress = [this](double done) {
                                                  progressed(0.1 * done);
                                                }});
  if (!data) return data.error();
  const CheckInput input{.data = *data,
                         .ensemble = subject.ensemble,
                         .version = subject.version,
                         .learners = &learners_,
                         .seed = seed_};
  auto exam = examOf(input, {.seed = seed_, .stop = stop, .progress = [this](double done) {
                               progressed(0.1 + 0.3 * done);
                             }});
  if (!exam) return exam.error();
  data_ = *data;
  exam_ = std::move(*exam);
  examName_ = subject.name;
  draft_ = std::make_shared<CheckReport>(scoresOf(input, *exam_));
  if (stop.stop_requested()) return base::Error{base::ErrorCode::Cancelled, {}};
  publish(std::make_shared<CheckReport>(*draft_));
  return {};
}

base::Result<void> CheckDesk::makeWhatIf(const CheckSubject& subject,
                                         const learners::TrainingContext& how) {
  const auto sources = store_.sources();
  if (!sources) return sources.error();
  auto made = whatIf(builder_, subject.settings, *sources, *exam_, *data_, how, {.seed = seed_});
  draft_->troubles.erase(CheckPart::WhatIf);
  if (made) {
    draft_->whatIf = std::move(*made);
  } else if (made.error().code == base::ErrorCode::Cancelled) {
    return made.error();
  } else {
    draft_->troubles[CheckPart::WhatIf] = made.error().message;
  }
  return {};
}

base::Result<void> CheckDesk::makeRival(const CheckInput& input,
                                        const learners::TrainingContext& how) {
  std::optional<FormerModel> former;
  {
    const std::lock_guard lock(mutex_);
    former = former_;
  }
  draft_->rival.reset();
  draft_->troubles.erase(CheckPart::Rival);
  if (!former) return {};
  auto made = askRival(*draft_, input, *former, how);
  if (made) {
    draft_->rival = std::move(*made);
  } else if (made.error().code == base::ErrorCode::Cancelled) {
    return made.error();
  } else {
    draft_->troubles[CheckPart::Rival] = made.error().message;
  }
  const std::lock_guard lock(mutex_);
  if (!former_) draft_->rival.reset();  // no longer wanted
  return {};
}

base::Result<void> CheckDesk::makeParts(const CheckSubject& subject, std::stop_token stop) {
  for (;;) {
    CheckPart part;
    double before = 0;
    double share = 0;
    {
      const std::lock_guard lock(mutex_);
      if (stop.stop_requested()) return base::Error{base::ErrorCode::Cancelled, {}};
      if (open_.empty()) return {};
      if (examName_ != subject.name) open_.merge(usualParts());
      part = *open_.begin();
      share = 0.6 / kUsualCheckParts;
      before = std::max(0.4, 1 - share * static_cast<double>(open_.size()));
      view_.doing = part;
    }
    changed_();
    if (part == CheckPart::Scores) {
      if (const auto begun = begin(subject, stop); !begun) return begun;
    } else {
      const learners::TrainingContext how{.seed = seed_, .stop = stop, .progress = [&](double done) {
                                            progressed(before + share * done);
                                          }};
      const CheckInput input{.data = data_,
                             .ensemble = subject.ensemble,
                             .version = subject.version,
                             .learners = &learners_,
                             .seed = seed_};
      {
        const std::lock_guard lock(mutex_);
        if (!stop.stop_requested()) open_.erase(part);  // unless it is asked for anew meanwhile
      }
      const auto made = part == CheckPart::WhatIf  ? makeWhatIf(subject, how)
                        : part == CheckPart::Rival ? makeRival(input, how)
                                                   : addPart(*draft_, part, input, how);
      if (!made) {
        const std::lock_guard lock(mutex_);
        if (subject_.name == subject.name) open_.insert(part);
        return made;
      }
      publish(std::make_shared<CheckReport>(*draft_));
    }
    const std::lock_guard lock(mutex_);
    if (part == CheckPart::Scores && !stop.stop_requested()) open_.erase(part);
  }
}

}  // namespace app
