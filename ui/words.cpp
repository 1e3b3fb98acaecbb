#include "ui/words.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

namespace ui::words {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("words", text); }

QString silentSources(const app::Snapshot& snapshot) {
  QStringList names;
  for (const app::SourceView& source : snapshot.sources) {
    if (source.used && source.silent) {
      names << sourceName(snapshot, source.info);
    }
  }
  if (names.size() > 2) {
    return tr("%1 and %2 more").arg(names.front()).arg(names.size() - 1);
  }
  return names.join(tr(" and "));
}

double limitOf(const app::Answer& answer, int label) {
  return label >= 0 && label < std::ssize(answer.limits)
             ? static_cast<double>(answer.limits[static_cast<std::size_t>(label)])
             : kLimit;
}

QString labelName(const app::Answer& answer, int index) {
  if (index < 0 || index >= std::ssize(answer.labels)) {
    return tr("nothing");
  }
  return QString::fromStdString(answer.labels[static_cast<std::size_t>(index)].name);
}

}  // namespace

QString certaintyWord(double certainty, double limit) {
  if (certainty < limit) {
    return tr("not sure");
  }
  return certainty >= kSure ? tr("sure") : tr("fairly sure");
}

QString certaintyWord(const app::Answer& answer) {
  return certaintyWord(static_cast<double>(answer.prediction.certainty),
                       limitOf(answer, answer.prediction.label));
}

QString examples(int n) { return n == 1 ? tr("1 example") : tr("%1 examples").arg(n); }

bool nothingComes(const app::Snapshot& snapshot) {
  const auto isUsed = [](const app::SourceView& s) { return s.used; };
  const auto isHeard = [](const app::SourceView& s) { return s.used && !s.silent; };
  return std::any_of(snapshot.sources.begin(), snapshot.sources.end(), isUsed) &&
         std::none_of(snapshot.sources.begin(), snapshot.sources.end(), isHeard);
}

Headline headline(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer,
                  base::Time now) {
  Headline h;
  if (!answer) {
    const QString silent = silentSources(snapshot);
    if (snapshot.model.version > 0 && !silent.isEmpty()) {
      h.kind = Headline::Kind::NoData;
      h.text = tr("no data from %1").arg(silent);
    } else {
      h.text = snapshot.model.version > 0 ? tr("listening") : tr("nothing learnt yet");
    }
    return h;
  }
  const learners::Prediction& p = answer->prediction;
  if (answer->stale && nothingComes(snapshot)) {
    // What was answered last says nothing about now.
    h.kind = Headline::Kind::NoData;
    h.text = tr("no data from %1").arg(silentSources(snapshot));
    h.figures = tr("for %1").arg(duration(now - p.span.end));
    return h;
  }
  const QString since = tr("for %1").arg(duration(now - answer->since));
  switch (p.state) {
    case learners::PredictionState::NoData: {
      const QString silent = silentSources(snapshot);
      h.kind = Headline::Kind::NoData;
      h.text = silent.isEmpty() ? tr("no data") : tr("no data from %1").arg(silent);
      h.figures = since;
      break;
    }
    case learners::PredictionState::Novel:
      h.kind = Headline::Kind::Novel;
      h.text = tr("not something I know");
      h.figures = since;
      break;
    case learners::PredictionState::Background:
      h.kind = Headline::Kind::Background;
      h.text = tr("nothing happening");
      h.figures = since;
      break;
    case learners::PredictionState::Known:
      h.kind = Headline::Kind::Label;
      h.text = labelName(*answer, p.label);
      if (p.label >= 0 && p.label < std::ssize(answer->labels)) {
        h.colour = answer->labels[static_cast<std::size_t>(p.label)].colour;
      }
      h.word = certaintyWord(*answer);
      h.figures = QStringLiteral("%1 · %2").arg(percent(p.certainty), since);
      break;
  }
  if (answer->stale) {
    h.stale = true;
    h.staleText = tr("no answer for %1").arg(duration(now - p.span.end));
  }
  return h;
}

QString agreement(const app::Answer& answer) {
  const learners::Prediction& p = answer.prediction;
  if (p.state == learners::PredictionState::NoData) {
    return {};
  }
  if (p.memberLabel.empty()) {
    return tr("the quick check answered, the models were not asked");
  }
  const auto all = std::ssize(p.memberLabel);
  const auto agree = std::count(p.memberLabel.begin(), p.memberLabel.end(), p.label);
  if (p.voted >= 0 && p.voted != p.label) {
    const auto other = std::count(p.memberLabel.begin(), p.memberLabel.end(), p.voted);
    return tr("models disagree: %1 say %2, average says %3")
        .arg(other)
        .arg(labelName(answer, p.voted), labelName(answer, p.label));
  }
  if (all == 1) {
    return tr("one model answers");
  }
  return tr("%1 of %2 models agree").arg(agree).arg(all);
}

QString calibration(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer) {
  if (!answer || snapshot.model.version == 0) {
    return {};
  }
  if (!answer->prediction.calibrated || !snapshot.model.heldOut) {
    return tr("Not yet tested: record more examples.");
  }
  return tr("Tested on examples kept back: %1 were right.")
      .arg(percent(snapshot.model.heldOutAccuracy));
}

QString quickModel(const app::ModelView& model) {
  const int more = model.membersWanted - model.members;
  if (model.members < 1 || more < 1 || model.phase == app::ModelPhase::Ready) {
    return {};
  }
  return more == 1 ? tr("quick model · 1 more is still training")
                   : tr("quick model · %1 more are still training").arg(more);
}

QString modelState(const app::ModelView& model) {
  const QString name = tr("Model %1").arg(model.version);
  switch (model.phase) {
    case app::ModelPhase::Training:
      return tr("Training %1").arg(percent(model.progress));
    case app::ModelPhase::Updating:
      return model.version > 0 ? tr("%1 · updating").arg(name)
                               : tr("Training %1").arg(percent(model.progress));
    case app::ModelPhase::Paused:
      return model.version > 0 ? tr("%1 · training paused").arg(name) : tr("Training paused");
    case app::ModelPhase::None:
    case app::ModelPhase::Ready:
      break;
  }
  if (model.version == 0) {
    return tr("No model yet");
  }
  if (model.newExamples == 0) {
    return name;
  }
  return model.newExamples == 1 ? tr("%1 · 1 new example").arg(name)
                                : tr("%1 · %2 new examples").arg(name).arg(model.newExamples);
}

QString sourcesState(const app::Snapshot& snapshot) {
  int used = 0;
  int sending = 0;
  for (const app::SourceView& source : snapshot.sources) {
    used += source.used ? 1 : 0;
    sending += source.used && !source.silent ? 1 : 0;
  }
  return used == 0 ? tr("No sources") : tr("Sources %1 of %2").arg(sending).arg(used);
}

bool onlySees(const app::Snapshot& snapshot) {
  bool sees = false;
  for (const app::SourceView& source : snapshot.sources) {
    const bool counts = source.used && source.counts.blocks > 0;
    if (counts && source.info.kind != sensors::SourceKind::Picture) {
      return false;
    }
    sees = sees || counts;
  }
  return sees;
}

QString recordingName(const app::RecordingView& recording) {
  if (!recording.active) {
    return {};
  }
  return recording.labelName.empty() ? tr("without a label")
                                     : QString::fromStdString(recording.labelName);
}

QString silentWhileRecording(const app::Snapshot& snapshot) {
  const QString silent = silentSources(snapshot);
  const auto going = std::count_if(snapshot.sources.begin(), snapshot.sources.end(),
                                   [](const auto& s) { return s.used && !s.silent; });
  if (silent.isEmpty()) {
    return {};
  }
  return going > 0
             ? tr("%1: connected but silent. The recording goes on with the other %2.")
                   .arg(silent)
                   .arg(going)
             : tr("%1: connected but silent. Nothing is being recorded just now.").arg(silent);
}

QString lesson(const app::LessonView& lesson) {
  using Stage = app::LessonView::Stage;
  if (lesson.stage == Stage::None) {
    return {};
  }
  QString text = tr("Noted: %1.").arg(QString::fromStdString(lesson.what));
  switch (lesson.stage) {
    case Stage::None:
      break;
    case Stage::Learning:
      text += tr(" Learning…");
      break;
    case Stage::Failed:
      text += QLatin1Char(' ') + QString::fromStdString(lesson.trouble);
      break;
    case Stage::KeptAside:
      text += tr(" Learning… done, kept aside.");
      break;
    case Stage::Done:
      text += tr(" Learning… done, %1 s.").arg(lesson.seconds, 0, 'f', 1);
      break;
  }
  if ((lesson.stage == Stage::Done || lesson.stage == Stage::KeptAside) && lesson.comparable) {
    const int change = lesson.oldRightAfter - lesson.oldRightBefore;
    const QString of = tr("(%1 of %2)").arg(lesson.oldRightAfter).arg(lesson.oldTotal);
    if (change == 0) {
      text += tr(" Old examples: no change %1.").arg(of);
    } else if (change > 0) {
      text += tr(" Old examples: %1 more right %2.").arg(change).arg(of);
    } else {
      text += tr(" Old examples: %1 fewer right %2.").arg(-change).arg(of);
    }
    if (!lesson.trouble.empty()) {
      text += QLatin1Char(' ') + QString::fromStdString(lesson.trouble);
    }
  }
  return text;
}

QString noveltyWord(double novelty) {
  if (novelty > 0.5) {
    return tr("new");
  }
  return novelty > 0.3 ? tr("unusual") : tr("familiar");
}

QString noTraces(const app::Snapshot& snapshot) {
  if (snapshot.sources.empty()) {
    return tr("I hear and see nothing yet.");
  }
  const QString silent = silentSources(snapshot);
  return silent.isEmpty() ? tr("Pictures come. They have no trace here.")
                          : tr("no data from %1").arg(silent);
}

QString sourceName(const app::Snapshot& snapshot, const sensors::SourceInfo& source) {
  for (const hubs::NodeView& node : snapshot.nodes) {
    for (const hubs::StreamAbout& stream : node.device.about.streams) {
      if (source.id == node.device.id + "/" + stream.id && stream.name.size() > 3) {
        return QString::fromStdString(stream.name);
      }
    }
  }
  return QString::fromStdString(source.name.empty() ? source.id : source.name);
}

const app::LabelCard* findCard(const app::Snapshot& snapshot, learners::LabelId label) {
  for (const app::LabelCard& card : snapshot.cards) {
    if (card.label.id == label) {
      return &card;
    }
  }
  return nullptr;
}

const app::LabelCard* cardWithKey(const app::Snapshot& snapshot, int key) {
  int further = 9;
  for (const app::LabelCard& card : snapshot.cards) {
    if (card.label.key < 0 && !card.label.background) {
      if (++further == key) {
        return &card;
      }
      continue;
    }
    if (card.label.key == key && card.label.background == (key == 0)) {
      return &card;
    }
  }
  return nullptr;
}

}  // namespace ui::words
