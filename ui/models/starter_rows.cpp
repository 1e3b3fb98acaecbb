#include "ui/models/starter_rows.h"

#include <QCoreApplication>

#include "app/starters.h"

namespace ui {
namespace {

struct Words {
  const char* id;
  const char* title;
  const char* about;
};

#define TEXT(text) QT_TRANSLATE_NOOP("starters", text)
constexpr Words kWords[] = {
    {"activity", TEXT("Activity"), TEXT("Cooking, walking or sleeping? From five sensors at once.")},
    {"appliances", TEXT("Appliances"),
     TEXT("Kettle, blender or washing machine? From power and vibration.")},
    {"presence", TEXT("Presence"), TEXT("Is somebody there, awake or asleep? Without a microphone.")},
    {"sounds", TEXT("Sounds"), TEXT("Kettle, tap or door? From one microphone.")},
    {"camera", TEXT("Camera view"),
     TEXT("Does somebody walk by, or open the door? From what moves in the picture.")},
};
#undef TEXT

QString tr(const char* text) { return QCoreApplication::translate("starters", text); }

}  // namespace

std::vector<StarterRow> starterRows() {
  std::vector<StarterRow> rows;
  for (const app::Starter& starter : app::starters()) {
    StarterRow row{.id = QString::fromLatin1(starter.id),
                   .icon = QString::fromLatin1(starter.icon),
                   .title = QString::fromLatin1(starter.title),
                   .about = {}};
    for (const Words& words : kWords) {
      if (row.id == QLatin1String(words.id)) {
        row.title = tr(words.title);
        row.about = tr(words.about);
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace ui
