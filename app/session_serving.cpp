// Which model answers, and on which computer it is trained and served.

#include <algorithm>

#include "app/session_parts.h"

namespace app {

decltype(Lessons::Outside::adapt) Session::Impl::adapter() const {
  const auto program = options.programs / "mimosa-worker";
  std::shared_ptr<TrainingChild> child = std::filesystem::exists(program)
                                             ? makeProcessChild(program, 0)
                                             : makeThreadChild(registry.learners);
  return [child, folder = options.workFolder / "correction", all = registry.learners](
             const AdaptationJob& job, std::stop_token stop) {
    return adaptInChild(*child, folder, job, all, stop);
  };
}

Trainer* Session::Impl::currentTrainer() {
  const std::string wanted = taskSettings().trainOn;
  const bool remote = !wanted.empty() && mayWorkOn(wanted);
  if (remote && trainerWorker != wanted) {
    trainer = workers->trainerOn(wanted);
    trainerWorker = wanted;
  } else if (!remote) {
    const auto all = workers->workers();
    const auto local =
        std::find_if(all.begin(), all.end(), [](const WorkerView& w) { return w.local; });
    const std::string id = local == all.end() ? std::string() : local->id;
    if (!trainer || trainerWorker != id) {
      trainer = options.startWorker && !id.empty() ? workers->trainerOn(id)
                                                   : makeInProcessTrainer(registry.learners);
      trainerWorker = id;
    }
  }
  return trainer.get();
}

void Session::Impl::serve(const learners::EnsemblePtr& ensemble, int version,
                          const std::vector<sensors::FrameSpec>& specs) {
  {
    std::lock_guard lock(mutex);
    servingHash = ensemble ? ensemble->hash() : std::string();
  }
  library->setModel(ensemble, version, taskSettings(), specs);
  if (!ensemble) {
    task->serve({});
    return;
  }
  if (specs != watched) {
    watched = specs;
    task->watch(specs, taskSettings().window.hop);
  }
  std::string worker = taskSettings().serveOn;
  if (!worker.empty() && !mayWorkOn(worker)) worker.clear();
  deployedOn = worker;
  if (worker.empty()) return serveHere(ensemble, version);

  std::string name = worker;
  for (const WorkerView& w : workers->workers()) {
    if (w.id == worker) name = w.name;
  }
  const std::string hash = ensemble->hash();
  workers->deploy(worker, "main", ensemble, [=, this](const base::Result<void>& done) {
    director->post([=, this] {
      if (deployedOn != worker || !lessons->serving() || lessons->serving()->hash() != hash) return;
      if (!done) {
        notice(NoticeView::Kind::Warning, name + " does not serve: " + done.error().message +
                                              " This computer answers instead.");
        return serveHere(ensemble, version);
      }
      task->serve({.ensemble = ensemble,
                   .version = version,
                   .place = name,
                   .memberTitles = memberTitles(*ensemble),
                   .ask = [this, hash](const sensors::Frame& frame, Serving::Reply reply) {
                     workers->predict("main", hash, frame, std::chrono::seconds(2),
                                      std::move(reply));
                   }});
    });
  });
}

void Session::Impl::serveHere(const learners::EnsemblePtr& ensemble, int version) {
  task->serve({.ensemble = ensemble,
               .version = version,
               .place = "this program",
               .memberTitles = memberTitles(*ensemble)});
}

std::vector<std::string> Session::Impl::memberTitles(const learners::Ensemble& ensemble) const {
  std::vector<std::string> titles;
  for (const auto& member : ensemble.content().members) {
    const auto found = registry.learners.find(std::string(member.model->kind()));
    titles.push_back(found == registry.learners.end() ? std::string(member.model->kind())
                                                      : found->second->title());
  }
  return titles;
}

}  // namespace app
