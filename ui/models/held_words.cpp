#include "ui/models/held_words.h"

#include <QCoreApplication>
#include <QStringList>
#include <array>
#include <utility>

namespace ui {
namespace {

using Kind = app::HeldThing::Kind;

constexpr int kLongestName = 60;
constexpr int kLongestRule = 240;

QString tr(const char* text) { return QCoreApplication::translate("held", text); }

QString cut(const std::string& text, int longest) {
  const QString line = QString::fromStdString(text).simplified();
  return line.size() <= longest ? line : line.left(longest - 1) + QStringLiteral("…");
}

QString ruleText(const std::string& sentence) {
  QString text = cut(sentence, kLongestRule);
  return text.endsWith(QLatin1Char('.')) ? text.chopped(1) : text;
}

QString named(const app::HeldThing& thing) {
  const QString name = cut(thing.name, kLongestName);
  const QString detail = cut(thing.detail, kLongestName);
  switch (thing.kind) {
    case Kind::Set:
      return tr("%1 on %2").arg(detail, name);
    case Kind::Follow:
      return QStringLiteral("“%1”").arg(ruleText(thing.name));
    default:
      return detail.isEmpty() || detail == name ? name
                                                : QStringLiteral("%1 (%2)").arg(name, detail);
  }
}

/// "listen to A and B"
QString deeds(Kind kind, const QStringList& what) {
  QString list = what.mid(0, what.size() - 1).join(QStringLiteral(", "));
  list = list.isEmpty() ? what.last() : tr("%1 and %2").arg(list, what.last());
  switch (kind) {
    case Kind::Listen:
      return tr("listen to %1").arg(list);
    case Kind::Watch:
      return tr("watch %1").arg(list);
    case Kind::Use:
      return tr("use %1").arg(list);
    case Kind::Set:
      return tr("set %1").arg(list);
    case Kind::Follow:
      return what.size() == 1 ? tr("follow the rule %1").arg(list)
                              : tr("follow the rules %1").arg(list);
    case Kind::Work:
      return tr("let %1 work for it").arg(list);
    case Kind::Tell:
      return tr("tell your hub what it hears");
  }
  return {};
}

}  // namespace

QString heldText(const app::Held& held) {
  constexpr std::array kOrder = {Kind::Listen, Kind::Watch, Kind::Use, Kind::Set,
                                 Kind::Follow, Kind::Work,  Kind::Tell};
  QStringList parts;
  for (const Kind kind : kOrder) {
    QStringList what;
    for (const app::HeldThing& thing : held.things) {
      if (thing.kind == kind) {
        what << named(thing);
      }
    }
    if (!what.isEmpty()) {
      parts << deeds(kind, what);
    }
  }
  if (parts.isEmpty()) {
    return {};
  }
  const QString all = parts.join(QStringLiteral("; "));
  return held.isProject ? tr("This project is from elsewhere. It would %1.").arg(all)
                        : tr("A part of this project is from elsewhere. It would %1.").arg(all);
}

QString heldShort(const app::Held& held) {
  const auto n = std::ssize(held.things);
  return n == 0   ? QString()
         : n == 1 ? tr("One thing that this project would do here is held back.")
                  : tr("%1 things that this project would do here are held back.").arg(n);
}

}  // namespace ui
