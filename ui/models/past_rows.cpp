#include "ui/models/past_rows.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <map>
#include <set>

#include "ui/words.h"

namespace ui {
namespace {

using Kind = PastTarget::Kind;

QString tr(const char* text, int n = -1) {
  return QCoreApplication::translate("past", text, nullptr, n);
}

QString modelName(int version) { return tr("Model %1").arg(version); }

QString labelName(const app::Snapshot& snapshot, learners::LabelId id) {
  const app::LabelCard* card = words::findCard(snapshot, id);
  return card != nullptr ? QString::fromStdString(card->label.name) : tr("a removed label");
}

QString scoreOf(const app::ModelLineage& model) {
  return model.heldOut ? tr("%1 held out").arg(words::percent(model.accuracy))
                       : tr("not yet tested");
}

/// The examples that fit, in the order of their labels.
template <class Fits>
std::vector<const learners::Demonstration*> examplesWhere(const app::Snapshot& snapshot,
                                                          Fits fits) {
  std::vector<const learners::Demonstration*> found;
  for (const app::LabelCard& card : snapshot.cards) {
    for (const app::Example& example : card.examples) {
      if (fits(example.demonstration)) {
        found.push_back(&example.demonstration);
      }
    }
  }
  return found;
}

const learners::Demonstration* findExample(const app::Snapshot& snapshot, std::int64_t id) {
  const auto found = examplesWhere(snapshot, [id](const auto& d) { return d.id == id; });
  return found.empty() ? nullptr : found.front();
}

const app::StoredRecording* findRecording(const app::LibraryContents& contents, std::int64_t id) {
  for (const app::StoredRecording& stored : contents.recordings) {
    if (stored.recording.id == id) {
      return &stored;
    }
  }
  return nullptr;
}

/// The recording an example was learnt from; 0 where it is not known any more.
std::int64_t recordingOf(const app::LearntExample& learnt, const app::LibraryContents& contents,
                         const app::Snapshot& snapshot) {
  if (const auto* example = findExample(snapshot, learnt.id)) {
    return example->recording;
  }
  for (const app::StoredRecording& stored : contents.recordings) {
    if (stored.recording.span.begin <= learnt.span.begin &&
        learnt.span.end <= stored.recording.span.end) {
      return stored.recording.id;
    }
  }
  return 0;
}

QString byWhom(const learners::Demonstration& d) {
  using learners::Origin;
  if (!d.author.empty()) {
    return QString::fromStdString(d.author);
  }
  return d.origin == Origin::Import       ? tr("an import")
         : d.origin == Origin::Background ? tr("listening to the room")
         : d.origin == Origin::Correction ? tr("you, as a correction")
                                          : tr("you");
}

/// Each model once, oldest first.
std::vector<const app::ModelLineage*> eachModel(const app::LibraryContents& contents) {
  std::vector<const app::ModelLineage*> all;
  std::set<std::string> seen;
  for (const auto& model : contents.models) {
    if (!model->hash.empty() && seen.insert(model->hash).second) {
      all.push_back(model.get());
    }
  }
  return all;
}

/// Adds a row per model for which `learnt` holds, and says how many there are.
template <class Test>
void addModels(PastFacts& facts, const app::LibraryContents& contents, Test learnt) {
  int count = 0;
  for (const app::ModelLineage* model : eachModel(contents)) {
    const auto n = std::count_if(model->learnt.begin(), model->learnt.end(), learnt);
    if (n > 0) {
      ++count;
      facts.rows.push_back({modelName(model->version),
                            tr("learnt from it"),
                            {.kind = Kind::Model, .hash = model->hash}});
    }
  }
  facts.sentence =
      count == 0 ? tr("No model learnt from it.") : tr("%n model(s) learnt from it.", count);
}

PastFacts factsOfStep(std::int64_t id, const app::LibraryContents& contents) {
  PastFacts facts;
  const auto steps = pastSteps(contents.commands, {});
  const auto step =
      std::find_if(steps.begin(), steps.end(), [&](const PastStep& s) { return s.id == id; });
  if (step == steps.end()) {
    return facts;
  }
  facts.title = step->text;
  facts.sentence = step->undone ? tr("This was taken back.") : tr("This holds.");
  facts.rows.push_back({tr("When"), pastTime(step->time, {}), {}});
  facts.rows.push_back(
      {tr("The project as it was then"), tr("look"), {.kind = Kind::Moment, .id = step->time.ns}});
  const auto later = std::count_if(steps.begin(), steps.end(),
                                   [&](const PastStep& s) { return s.id > id && !s.undone; });
  if (step->undone) {
    facts.action = tr("Do again up to here");
  } else if (later > 0) {
    facts.rows.push_back({tr("Later steps"), QString::number(later), {}});
    facts.action = tr("Undo to here");
  }
  if (!facts.action.isEmpty()) {
    facts.intent = intent::GoToStep{id};
  }
  return facts;
}

PastFacts factsOfModel(const std::string& hash, const app::LibraryContents& contents,
                       const app::Snapshot& snapshot) {
  PastFacts facts;
  const app::ModelLineage* model = nullptr;
  for (const app::ModelLineage* one : eachModel(contents)) {
    model = one->hash == hash ? one : model;
  }
  if (model == nullptr) {
    return facts;
  }
  facts.title = modelName(model->version);
  for (const ServedModel& served : servedModels(contents)) {
    if (served.hash == hash) {
      facts.rows.push_back(
          {tr("Served"),
           served.to ? pastSpan(served.from, *served.to, {})
                     : tr("since %1").arg(pastTime(served.from, {})),
           {}});
    }
  }
  if (!model->worker.empty()) {
    facts.rows.push_back({tr("Trained on"), QString::fromStdString(model->worker), {}});
  }
  facts.rows.push_back({tr("Score"), scoreOf(*model), {}});
  std::map<std::int64_t, std::map<learners::LabelId, int>> byRecording;
  for (const app::LearntExample& learnt : model->learnt) {
    ++byRecording[recordingOf(learnt, contents, snapshot)][learnt.label];
  }
  facts.sentence = model->learnt.empty()
                       ? tr("What it learnt from was not kept.")
                       : tr("Learnt from %1 in %2.")
                             .arg(words::examples(static_cast<int>(model->learnt.size())),
                                  tr("%n recording(s)", static_cast<int>(byRecording.size())));
  for (const auto& [id, labels] : byRecording) {
    QStringList parts;
    for (const auto& [label, n] : labels) {
      parts << tr("%1 %2").arg(QString::number(n), labelName(snapshot, label));
    }
    const app::StoredRecording* stored = findRecording(contents, id);
    facts.rows.push_back(
        {stored != nullptr ? pastTime(stored->recording.span.begin, {}) : tr("a former recording"),
         parts.join(QStringLiteral(", ")),
         {.kind = stored != nullptr ? Kind::Recording : Kind::None, .id = id}});
  }
  if (hash != snapshot.model.hash) {
    facts.action = tr("Serve it again");
    facts.intent = intent::GoBackToModel{hash};
  }
  return facts;
}

PastFacts factsOfRecording(std::int64_t id, const app::LibraryContents& contents,
                           const app::Snapshot& snapshot) {
  PastFacts facts;
  const app::StoredRecording* stored = findRecording(contents, id);
  if (stored == nullptr) {
    return facts;
  }
  const base::TimeSpan span = stored->recording.span;
  facts.title = tr("Recording of %1").arg(pastTime(span.begin, {}));
  facts.rows.push_back({tr("Length"), words::duration(span.length()), {}});
  facts.rows.push_back({tr("Sources"), QString::number(stored->sources.size()), {}});
  if (stored->recording.gapped) {
    facts.rows.push_back({tr("Watch out"), tr("samples are missing in it"), {}});
  }
  for (const auto* d : examplesWhere(snapshot, [id](const auto& e) { return e.recording == id; })) {
    facts.rows.push_back({labelName(snapshot, d->label),
                          tr("%1, by %2").arg(words::duration(d->span.length()), byWhom(*d)),
                          {.kind = Kind::Example, .id = d->id}});
  }
  addModels(facts, contents, [&](const app::LearntExample& learnt) {
    return recordingOf(learnt, contents, snapshot) == id;
  });
  facts.sentence += QLatin1Char(' ') +
                    tr("Forgotten, it is gone with all that was said in it, and I learn anew from "
                       "what is left. Until the project is closed, undo brings it back.");
  facts.action = tr("Forget this recording");
  facts.intent = intent::ForgetRecording{id};
  return facts;
}

PastFacts factsOfExample(std::int64_t id, const app::LibraryContents& contents,
                         const app::Snapshot& snapshot) {
  PastFacts facts;
  const learners::Demonstration* d = findExample(snapshot, id);
  if (d == nullptr) {
    return facts;
  }
  facts.title = labelName(snapshot, d->label);
  facts.rows.push_back({tr("When"), pastTime(d->span.begin, {}), {}});
  facts.rows.push_back({tr("Length"), words::duration(d->span.length()), {}});
  facts.rows.push_back({tr("By"), byWhom(*d), {}});
  if (const app::StoredRecording* stored = findRecording(contents, d->recording)) {
    facts.rows.push_back({tr("Recording"),
                          pastTime(stored->recording.span.begin, {}),
                          {.kind = Kind::Recording, .id = d->recording}});
  }
  addModels(facts, contents, [&](const app::LearntExample& learnt) { return learnt.id == id; });
  return facts;
}

}  // namespace

QString saidIn(std::int64_t recording, const app::Snapshot& snapshot) {
  constexpr qsizetype kMost = 2;
  QStringList names;
  for (const auto* d :
       examplesWhere(snapshot, [&](const auto& e) { return e.recording == recording; })) {
    if (const QString name = labelName(snapshot, d->label); !names.contains(name)) {
      names << name;
    }
  }
  return names.size() <= kMost
             ? names.join(QStringLiteral(", "))
             : tr("%1 and %2 more").arg(names.front()).arg(names.size() - 1);
}

std::vector<ServedModel> servedModels(const app::LibraryContents& contents) {
  std::vector<ServedModel> served;
  std::optional<base::Time> until;
  for (auto model = contents.models.rbegin(); model != contents.models.rend(); ++model) {
    const app::ModelLineage& m = **model;
    if (!m.hash.empty()) {
      served.push_back({.hash = m.hash,
                        .name = modelName(m.version),
                        .from = m.since,
                        .to = until,
                        .examples = static_cast<int>(m.learnt.size()),
                        .score = scoreOf(m)});
    }
    until = m.since;
  }
  return served;
}

std::vector<PastTrouble> pastTroubles(const app::LibraryContents& contents,
                                      const app::Snapshot& snapshot) {
  std::vector<PastTrouble> all;
  for (const app::NoticeView& notice : snapshot.notices) {
    if (notice.kind != app::NoticeView::Kind::Info) {
      all.push_back(
          {QString::fromStdString(notice.text), notice.time, notice.count, {}});
    }
  }
  for (const app::PastMistake& mistake : contents.mistakes) {
    const QString was = labelName(snapshot, mistake.label);
    if (QString::fromStdString(mistake.said) == was) {
      continue;  // it was right, and a person said so
    }
    const QString text =
        mistake.version == 0 ? tr("Nobody answered, it was %1").arg(was)
        : mistake.said.empty()
            ? tr("%1 missed %2").arg(modelName(mistake.version), was)
            : tr("%1 said %2 %3, it was %4")
                  .arg(modelName(mistake.version), QString::fromStdString(mistake.said),
                       words::percent(static_cast<double>(mistake.certainty)), was);
    all.push_back(
        {text, mistake.span.end, 1, {.kind = Kind::Example, .id = mistake.example}});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.time > b.time; });
  return all;
}

PastFacts pastFacts(base::Time moment, const std::optional<app::PastState>& state) {
  PastFacts facts;
  facts.title = tr("As it was at %1").arg(pastTime(moment, {}));
  if (!state) {
    facts.sentence = tr("Reading…");
    return facts;
  }
  if (!state->trouble.empty()) {
    facts.sentence = QString::fromStdString(state->trouble);
    return facts;
  }
  facts.sentence = tr("To look at only; nothing changes by it.");
  if (state->skipped > 0) {
    facts.sentence += QLatin1Char(' ') + tr("%n step(s) could not be taken back: what they changed "
                                            "was forgotten for good.",
                                            static_cast<int>(state->skipped));
  }
  facts.rows.push_back(
      {tr("Model"), state->modelVersion > 0 ? modelName(state->modelVersion) : tr("none"), {}});
  for (const learners::Label& label : state->labels) {
    const auto n = std::count_if(state->examples.begin(), state->examples.end(),
                                 [&](const auto& d) { return d.label == label.id; });
    facts.rows.push_back(
        {QString::fromStdString(label.name), words::examples(static_cast<int>(n)), {}});
  }
  return facts;
}

PastFacts pastFacts(const PastTarget& target, const app::LibraryContents& contents,
                    const app::Snapshot& snapshot) {
  switch (target.kind) {
    case Kind::Step:
      return factsOfStep(target.id, contents);
    case Kind::Model:
      return factsOfModel(target.hash, contents, snapshot);
    case Kind::Recording:
      return factsOfRecording(target.id, contents, snapshot);
    case Kind::Example:
      return factsOfExample(target.id, contents, snapshot);
    case Kind::Moment:
    case Kind::None:
      break;
  }
  return {};
}

}  // namespace ui
