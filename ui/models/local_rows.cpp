#include "ui/models/local_rows.h"

#include <QCoreApplication>
#include <algorithm>

#include "hubs/topic_channel.h"
#include "sensors/microphone_driver.h"

namespace ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("local", text); }

std::vector<LocalSetting> settingsOf(const sensors::LocalSource& source,
                                     const std::vector<base::ParamSpec>& specs) {
  std::vector<LocalSetting> settings;
  for (const base::ParamSpec& spec : specs) {
    if (spec.type != base::ParamType::Enum) continue;
    LocalSetting setting{.spec = spec,
                         .title = QString::fromStdString(spec.title.empty() ? spec.name
                                                                             : spec.title)};
    const auto kept = source.params.find(spec.name);
    const base::ParamValue value = kept == source.params.end() ? spec.defaultValue : kept->second;
    for (std::size_t i = 0; i < spec.options.size(); ++i) {
      setting.options.push_back(valueText(spec, spec.options[i]));
      if (base::sameValue(spec.options[i], value)) setting.chosen = static_cast<int>(i);
    }
    settings.push_back(std::move(setting));
  }
  return settings;
}

}  // namespace

std::vector<LocalRow> localRows(const app::Snapshot& snapshot) {
  std::vector<LocalRow> rows;
  for (const app::LocalSourceView& view : snapshot.locals) {
    LocalRow row{.source = view.source,
                 .name = QString::fromStdString(view.source.name),
                 .kind = QString::fromStdString(view.kindTitle)};
    const auto stream =
        std::find_if(snapshot.sources.begin(), snapshot.sources.end(),
                     [&](const app::SourceView& s) { return s.info.id == view.source.id; });
    const bool heard = stream != snapshot.sources.end() && stream->counts.blocks > 0;
    if (!view.trouble.empty()) {
      row.tone = view.held ? Tone::Waiting : Tone::Refused;
      row.state = QString::fromStdString(view.trouble);
    } else if (!heard) {
      row.tone = Tone::Waiting;
      row.state = view.source.kind == hubs::kTopicKind ? tr("connected, nothing sent yet") : tr("opening…");
    } else {
      row.tone = stream->silent ? Tone::Waiting : Tone::Fine;
      row.state = stream->silent ? tr("silent") : tr("sends");
    }
    const auto kind =
        std::find_if(snapshot.localKinds.begin(), snapshot.localKinds.end(),
                     [&](const app::LocalKindView& k) { return k.kind == view.source.kind; });
    if (kind != snapshot.localKinds.end()) row.settings = settingsOf(view.source, kind->params);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<DeviceRow> deviceRows(const app::LocalSearch& search, const app::Snapshot& snapshot) {
  std::vector<DeviceRow> rows;
  for (const sensors::LocalDevice& device : search.devices) {
    DeviceRow row{.source = {.kind = search.kind, .device = device.device, .name = device.name},
                  .name = QString::fromStdString(device.name),
                  .detail = QString::fromStdString(device.detail),
                  .level = device.level,
                  .levelText = device.level < 0
                                   ? QString()
                                   : tr("%1 dB").arg(qRound((device.level - 1) * 60)),
                  .state = QString::fromStdString(device.trouble)};
    const std::string id = sensors::localId(search.kind, device.device);
    const bool used = std::any_of(snapshot.locals.begin(), snapshot.locals.end(),
                                  [&](const auto& l) { return l.source.id == id; });
    if (used) {
      row.canAdd = false;
      row.state = tr("in use already");
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

QString searchWords(const app::LocalSearch& search, const QString& kind) {
  if (!search.ready) return tr("Looking…");
  return search.devices.empty()
             ? tr("I find no %1 on this computer. Plug one in and look again.").arg(kind.toLower())
             : QString();
}

sensors::LocalSource usualMicrophone() {
  return {.kind = "microphone",
          .device = sensors::SoundDriver::kUsual,
          .name = tr("Microphone").toStdString()};
}

}  // namespace ui
