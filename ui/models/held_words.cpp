#include "ui/models/held_words.h"

#include <QCoreApplication>
#include <QStringList>
#include <array>
#include <utility>

namespace ui {
namespace {

using Kind = app::HeldThing::Kind;

constexpr int kLongestWord = 40;

QString tr(const char* text) { return QCoreApplication::translate("held", text); }

/// All of it in one line: nothing is left out of what a person allows. What a file could use to
/// make it look otherwise is gone, and what has no spaces can be broken.
QString line(const std::string& text) {
  QString plain;
  int run = 0;
  for (const QChar c : QString::fromStdString(text).simplified()) {
    if (c.category() == QChar::Other_Format || c.category() == QChar::Other_Control) {
      continue;
    }
    run = c.isSpace() ? 0 : run + 1;
    if (run > kLongestWord && !c.isLowSurrogate()) {
      plain += QChar(0x200B);  // a place to break that has no width
      run = 1;
    }
    plain += c;
  }
  return plain;
}

QString ruleText(const std::string& sentence) {
  const QString text = line(sentence);
  return text.endsWith(QLatin1Char('.')) ? text.chopped(1) : text;
}

QString named(const app::HeldThing& thing) {
  const QString name = line(thing.name);
  const QString detail = line(thing.detail);
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
