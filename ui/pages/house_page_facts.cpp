// What the House page says at the right about the chosen node.

#include <QVBoxLayout>

#include "ui/inspector.h"
#include "ui/models/house_rows.h"
#include "ui/models/quality_words.h"
#include "ui/pages/house_page.h"
#include "ui/views/basics.h"

namespace ui {

void HousePage::buildFacts() {
  facts_ = new QWidget(this);
  auto* column = tightLayout<QVBoxLayout>(facts_, 8, {16, 14, 16, 16});
  factsTitle_ = new ElidedLabel({}, "section", facts_);
  nodeFacts_ = new FactList(theme_, facts_);
  streamFacts_ = new FactList(theme_, facts_);
  complaint_ = makeText({}, "secondary-warn", facts_);
  complaint_->setTextFormat(Qt::PlainText);
  complaint_->setWordWrap(true);
  column->addWidget(factsTitle_);
  column->addWidget(nodeFacts_);
  column->addSpacing(4);
  streamsTitle_ = makeText(tr("Streams"), "section", facts_);
  column->addWidget(streamsTitle_);
  column->addWidget(streamFacts_);
  column->addWidget(complaint_);
  column->addStretch();
  facts_->hide();
}

void HousePage::showFacts() {
  const hubs::NodeView* node = chosenNode();
  setTextIfNew(factsTitle_, node != nullptr ? nodeName(*node) : tr("No node"));
  std::vector<FactList::Fact> facts;
  std::vector<FactList::Fact> streams;
  QString complaint;
  if (node != nullptr) {
    const hubs::About& about = node->device.about;
    const auto text = [](const std::string& s) {
      return s.empty() ? QStringLiteral("–") : QString::fromStdString(s);
    };
    facts = {{tr("Room"), text(about.room)},
             {tr("Model"), text(about.model)},
             {tr("Firmware"), text(about.firmware)},
             {tr("State"), node->device.online ? tr("online") : tr("away")}};
    const auto sources = sourcesOf(*snapshot_, node->device.id);
    if (!sources.empty()) {
      facts.push_back({tr("Clock"), offsetText(sources.front()->counts.clockOffset)});
    }
    facts.push_back({tr("Settings asked"), tr("version %1").arg(node->desiredVersion)});
    for (const app::SourceView* source : sources) {
      for (const sensors::Finding& finding : feed_.quality(source->info.id).findings) {
        complaint += QStringLiteral("%1: %2\n").arg(sourceName(*source, nodeName(*node)),
                                                    findingSentence(finding));
      }
      streams.push_back({sourceName(*source, nodeName(*node)), rateText(*source)});
    }
    if (about.thumbnails) {
      streams.push_back({tr("Pictures"), tr("on this card")});
    }
    if (streams.empty()) {
      streams.push_back({tr("None"), {}});
    }
    if (node->badMessages > 0) {
      complaint += tr("%1 messages could not be read. The last: %2")
                      .arg(node->badMessages)
                      .arg(QString::fromStdString(node->lastComplaint));
    }
  }
  streamsTitle_->setVisible(node != nullptr);
  nodeFacts_->show(std::move(facts));
  streamFacts_->show(std::move(streams));
  setTextIfNew(complaint_, complaint.trimmed());
  complaint_->setVisible(!complaint.isEmpty());
}

}  // namespace ui
