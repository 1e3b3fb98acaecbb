// What to do next, as the bar on page Teach says it.

#include <QCoreApplication>

#include "ui/words.h"

namespace ui::words {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("words", text); }

QString bold(const QString& name) { return QStringLiteral("<b>%1</b>").arg(name.toHtmlEscaped()); }
QString bold(const std::string& name) { return bold(QString::fromStdString(name)); }

}  // namespace

NextStepWords nextStep(const app::NextStep& step, const app::Snapshot& snapshot) {
  const QString name = bold(step.labelName);
  const QString plainName = QString::fromStdString(step.labelName);
  const app::LabelCard* card = findCard(snapshot, step.label);
  const QString key = card != nullptr ? QString::number(card->label.key) : QStringLiteral("1");
  using Kind = app::NextStep::Kind;
  switch (step.kind) {
    case Kind::Connect: {
      if (!snapshot.locals.empty()) {
        const std::string& trouble = snapshot.locals.front().trouble;
        return {trouble.empty() ? tr("Opening %1…").arg(QString::fromStdString(
                                      snapshot.locals.front().source.name).toHtmlEscaped())
                                : QString::fromStdString(trouble).toHtmlEscaped(),
                {}};
      }
      return {tr("I hear and see nothing yet. Devices on %1 appear by themselves.")
                  .arg(snapshot.brokerText.starts_with("mqtt")
                           ? QString::fromStdString(snapshot.brokerText).toHtmlEscaped()
                           : tr("my private broker")),
              tr("Use this computer's microphone (Enter)")};
    }
    case Kind::ListenBackground:
      if (onlySees(snapshot)) {
        return {tr("First, 10 seconds without anything happening, so that I know what nothing "
                   "looks like."),
                tr("Watch 10 s (Enter)")};
      }
      return {tr("First, 10 quiet seconds so that I know what nothing sounds like."),
              tr("Listen 10 s (Enter)")};
    case Kind::AddLabel:
      return {tr("What shall I recognise? Give it a name."), tr("New label (Enter)")};
    case Kind::AddSecondLabel:
      return {tr("I need something to compare with. Add a second label."), tr("New label (Enter)")};
    case Kind::RecordFirst:
      return {tr("Do next: hold %1 while %2 happens.").arg(bold(key), name),
              tr("Record %1 (Enter)").arg(plainName)};
    case Kind::RecordMore: {
      const int have = card != nullptr ? card->enabled : 0;
      if (snapshot.model.version == 0) {
        const QString more = step.count == 1 ? tr("One more of %1 and I can start.").arg(name)
                             : step.count == 2
                                 ? tr("Two more of %1 and I can start.").arg(name)
                                 : tr("%1 more of %2 and I can start.").arg(step.count).arg(name);
        return {tr("%1 You have %2 of %3.").arg(more).arg(have).arg(have + step.count),
                tr("Record %1 (Enter)").arg(plainName)};
      }
      return {step.count == 1 ? tr("Do next: record %1 once more.").arg(name)
                              : tr("Do next: record %1 %2 more times.").arg(name).arg(step.count),
              tr("Record %1 (Enter)").arg(plainName)};
    }
    case Kind::WaitForModel:
      return {tr("I am learning. Do one of them and watch what I say."), {}};
    case Kind::TryIt:
      return {tr("Do one of them and watch what I say. Correct me where I am wrong."), {}};
    case Kind::ImproveWeakest:
      return {step.count > 1 ? tr("Do next: record %1 %2 more times. I know it least well.")
                                   .arg(name)
                                   .arg(step.count)
                             : tr("Do next: record %1 once more. I know it least well.").arg(name),
              tr("Record %1 (Enter)").arg(plainName)};
    case Kind::DecideKeptAside:
      return {QString::fromStdString(snapshot.model.keptAside).toHtmlEscaped(),
              tr("Use anyway (Enter)")};
  }
  return {};
}

}  // namespace ui::words
