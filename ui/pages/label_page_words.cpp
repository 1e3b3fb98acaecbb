// What the Label page says about what is shown and chosen.

#include <QComboBox>
#include <QPushButton>
#include <algorithm>

#include "ui/pages/label_facts.h"
#include "ui/pages/label_page.h"
#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

QString originText(const learners::Demonstration& d) {
  using learners::Origin;
  switch (d.origin) {
    case Origin::Correction:
      return LabelPage::tr("you, as a correction");
    case Origin::Missed:
      return LabelPage::tr("you, after it was missed");
    case Origin::Background:
      return LabelPage::tr("listening to the room");
    case Origin::Import:
      return LabelPage::tr("an import");
    default:
      return d.author.empty() ? LabelPage::tr("you") : QString::fromStdString(d.author);
  }
}

}  // namespace

void LabelPage::showWords() {
  const auto n = static_cast<int>(scene_.proposals.size());
  const bool any = choice_ >= 0;
  about_->setText(any ? tr("%1 · %2 · %3")
                            .arg(words::duration(scene_.range.whole().length()),
                                 tr("%n track(s)", nullptr, static_cast<int>(scene_.tracks.size())),
                                 tr("%n label(s)", nullptr, static_cast<int>(scene_.said.size())))
                      : QString());
  QString left;
  if (isPlaying()) {
    left = tr("Playing. Hold a number to label; Space stops.");
  } else if (markFrom_) {
    left = tr("Marking. Enter ends it.");
  } else if (scene_.mark) {
    left = tr("%1 marked. A number labels it.").arg(words::duration(scene_.mark->length()));
  } else if (scene_.proposal && *scene_.proposal < scene_.proposals.size() &&
             !scene_.proposals[*scene_.proposal].reason.empty()) {
    left = QString::fromStdString(scene_.proposals[*scene_.proposal].reason);
  } else if (any && !heard_.complete) {
    left = tr("Listening to it…");
  } else if (n > 0) {
    left = tr("%n left, about %1", nullptr, n)
               .arg(words::duration(pace_.forThe(static_cast<std::size_t>(n))));
  } else if (any && snapshot_->model.version > 0) {
    left = tr("All done. 0 doubtful events here.");
  }
  left_->setText(left);
  left_->setToolTip(left);
  next_->setEnabled(n > 0);
  const bool chosen = scene_.selected != 0;
  split_->setEnabled(chosen);
  join_->setEnabled(chosen);
  alike_->setEnabled(chosen);

  LabelFacts::Facts facts;
  for (const learners::Demonstration& d : scene_.said) {
    if (d.id != scene_.selected) {
      continue;
    }
    const app::LabelCard* card = words::findCard(*snapshot_, d.label);
    facts.name = card != nullptr ? QString::fromStdString(card->label.name) : tr("Label");
    facts.rows.emplace_back(facts.name, words::duration(d.span.length()));
    facts.rows.emplace_back(tr("From"), originText(d));
    QString said = tr("nothing yet");
    base::Duration most{0};
    for (const app::HeardSpan& h : scene_.heard) {
      const base::Duration part = base::intersection(h.span, d.span).length();
      const app::LabelCard* of = words::findCard(*snapshot_, h.label);
      if (part > most && of != nullptr) {
        most = part;
        said =
            tr("%1, %2").arg(QString::fromStdString(of->label.name), words::percent(h.certainty));
      }
    }
    facts.rows.emplace_back(tr("Model said"), said);
    facts.rows.emplace_back(tr("Used"),
                            d.enabled ? tr("yes, D leaves it out") : tr("no, D uses it"));
    for (const app::StoredRecording& stored : scene_.contents->recordings) {
      if (stored.recording.id == d.recording && stored.recording.gapped) {
        facts.rows.emplace_back(tr("Watch out"), tr("samples are missing in it"));
      }
    }
  }
  facts_->show(facts);
  facts_->choose(scene_.selected);

  similarBar_->setVisible(similar_.has_value());
  if (similar_) {
    const bool ready = similar_->answer.has_value();
    const app::LabelCard* card = words::findCard(*snapshot_, similar_->label);
    const QString name = card != nullptr ? QString::fromStdString(card->label.name) : QString();
    similarFew_->setVisible(ready && n > 3);
    similarAll_->setVisible(ready && n > 0);
    similarAll_->setText(n > 3 ? tr("Label all %1 (Shift+Enter)").arg(n)
                               : tr("Label all %1 (Enter)").arg(n));
    similarText_->setText(
        !ready   ? tr("Looking for stretches like this %1…").arg(name)
        : n == 0 ? tr("Nothing else here is like this %1.").arg(name)
        : n > 3  ? tr("%n stretches are like this %1. They are nearly the same; 3 of them teach as "
                       "much as all.",
                      nullptr, n)
                      .arg(name)
                : tr("%n stretch(es) are like this %1.", nullptr, n).arg(name));
  }
}

}  // namespace ui
