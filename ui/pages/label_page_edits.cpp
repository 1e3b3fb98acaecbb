// What a person decides on the Label page: labels, proposals, cuts and moves.

#include <algorithm>

#include "ui/pages/label_facts.h"
#include "ui/pages/label_page.h"
#include "ui/words.h"

namespace ui {

void LabelPage::labelAs(const app::LabelCard& card) {
  const QString name = QString::fromStdString(card.label.name);
  if (scene_.proposal) {
    acceptProposal(&card);
    return;
  }
  if (scene_.mark && !scene_.mark->isEmpty()) {
    revise(markAs(card.label.id, *scene_.mark, *scene_.contents, name));
    scene_.cursor = scene_.mark->begin;
    scene_.mark.reset();
    markFrom_.reset();
    decided();
    redraw();
    return;
  }
  const auto chosen = std::find_if(scene_.said.begin(), scene_.said.end(),
                                   [&](const auto& d) { return d.id == scene_.selected; });
  if (chosen != scene_.said.end() && chosen->label != card.label.id) {
    revise(relabel(scene_.said, chosen->id, card.label.id, name));
  }
}

void LabelPage::acceptProposal(const app::LabelCard* as) {
  const Proposal proposal = scene_.proposals[*scene_.proposal];
  const app::LabelCard* card = as != nullptr ? as : words::findCard(*snapshot_, proposal.label);
  if (card == nullptr) {
    return;
  }
  const QString name = QString::fromStdString(card->label.name);
  intent::ReviseExamples revision = markAs(card->label.id, proposal.span, *scene_.contents, name);
  if (proposal.why == Proposal::Why::Disagrees) {  // what was said there gives way
    revision.text = tr("It was %1").arg(name);
    for (const learners::Demonstration& d : scene_.said) {
      const base::Duration both = base::intersection(d.span, proposal.span).length();
      if (d.label != card->label.id && both * 2 >= d.span.length()) {
        revision.replaced.push_back(d.id);
      }
    }
  }
  if (proposal.why == Proposal::Why::Broken && proposal.insteadOf != 0) {
    const auto cut = cutOut(scene_.said, proposal.span, proposal.insteadOf);
    revision.replaced = cut.replaced;
    revision.placed.insert(revision.placed.end(), cut.placed.begin(), cut.placed.end());
  }
  revise(revision);
  decided();
  // The next one at once; the decided one leaves the list with the next snapshot.
  scene_.proposals.erase(scene_.proposals.begin() + static_cast<std::ptrdiff_t>(*scene_.proposal));
  scene_.proposal.reset();
  nextProposalFrom(proposal.span.begin);
}

void LabelPage::rejectProposal() {
  if (!scene_.proposal) {
    return;
  }
  const Proposal proposal = scene_.proposals[*scene_.proposal];
  Q_EMIT wanted(intent::RejectProposal{proposal.label, proposal.span});
  decided();
  scene_.proposals.erase(scene_.proposals.begin() + static_cast<std::ptrdiff_t>(*scene_.proposal));
  scene_.proposal.reset();
  nextProposalFrom(proposal.span.begin);
}

void LabelPage::nextProposalFrom(base::Time t) {
  play(false);
  chooseProposal(nextProposal(scene_.proposals, t));
}

void LabelPage::goToEvent(int direction) {
  play(false);
  std::vector<base::TimeSpan> events = scene_.events;
  if (events.empty()) {  // those in sight
    const auto& edges = view_->energyEdges();
    for (std::size_t i = 0; i + 1 < edges.size(); i += 2) {
      events.push_back({edges[i], edges[i + 1]});
    }
  }
  const auto event = nextEvent(events, scene_.said, scene_.cursor, direction);
  if (!event) {
    return;
  }
  select(0);
  scene_.proposal.reset();
  markFrom_.reset();
  scene_.mark = *event;
  scene_.cursor = event->begin;
  scene_.range.reveal(*event);
  redraw();
}

void LabelPage::goToLabel(int direction) {
  play(false);
  if (const auto id = neighbour(scene_.said, scene_.cursor, direction)) {
    for (const learners::Demonstration& d : scene_.said) {
      if (d.id == *id) {
        scene_.cursor = d.span.begin;
        scene_.range.reveal(d.span);
      }
    }
    select(*id);
  }
}

void LabelPage::splitHere() {
  const std::int64_t id =
      scene_.selected != 0 ? scene_.selected : exampleAt(scene_.said, scene_.cursor).value_or(0);
  if (const auto revision = split(scene_.said, id, scene_.cursor)) {
    revise(*revision);
  }
}

void LabelPage::join() {
  if (const auto revision = joinWithNext(scene_.said, scene_.selected)) {
    revise(*revision);
  }
}

void LabelPage::trim() {
  if (scene_.mark) {
    scene_.mark = view_->trimmed(*scene_.mark);
    redraw();
    return;
  }
  for (const learners::Demonstration& d : scene_.said) {
    if (d.id == scene_.selected) {
      const base::TimeSpan to = view_->trimmed(d.span);
      if (to != d.span) {
        revise(setSpan(scene_.said, d.id, to));
      }
      return;
    }
  }
}

void LabelPage::nudge(base::Duration by) {
  if (scene_.mark) {
    scene_.mark = base::TimeSpan{scene_.mark->begin + by, scene_.mark->end + by};
    redraw();
  } else if (scene_.selected != 0) {
    revise(moveBy(scene_.said, scene_.selected, by));
  } else {
    moveCursor(scene_.cursor + by);
  }
}

void LabelPage::findSimilar() {
  for (const learners::Demonstration& d : scene_.said) {
    if (d.id == scene_.selected && feed_.library.findSimilar) {
      similar_ = Similar{.label = d.label, .answer = {}};
      feed_.library.findSimilar(d.span, d.recording, scene_.range.whole());
      update();
    }
  }
}

void LabelPage::labelSimilar(bool all) {
  if (!similar_ || !similar_->answer) {
    return;
  }
  const app::LabelCard* card = words::findCard(*snapshot_, similar_->label);
  intent::ReviseExamples revision;
  for (const app::SimilarSpan& found : similar_->answer->spans) {
    const bool open = std::any_of(scene_.proposals.begin(), scene_.proposals.end(),
                                  [&](const Proposal& p) { return p.span == found.span; });
    if (open && (all || found.telling)) {
      revision.placed.push_back(
          {.label = similar_->label, .span = found.span, .recording = found.recording});
    }
  }
  revision.text =
      tr("%n similar one(s) labelled %1", nullptr, static_cast<int>(revision.placed.size()))
          .arg(card != nullptr ? QString::fromStdString(card->label.name) : QString());
  revise(revision);
  leaveSimilar();
}

void LabelPage::leaveSimilar() {
  if (similar_) {
    similar_.reset();
    update();
  }
}

}  // namespace ui
