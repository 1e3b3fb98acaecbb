#include "ui/models/key_map.h"

#include <algorithm>

namespace ui {
namespace {

QList<QKeySequence> standardKeys(const ActionSpec& spec) {
  return QKeySequence::listFromString(QString::fromUtf8(spec.keys), QKeySequence::PortableText);
}

QString told(const char* text) { return QCoreApplication::translate("KeyMap", text); }

/// Why no action can have these keys, whoever has them now.
std::optional<QString> fixedMeaning(const QKeySequence& keys) {
  if (keys.isEmpty()) {
    return told(QT_TRANSLATE_NOOP("KeyMap", "That is no key by itself. Press one more."));
  }
  const auto first = keys[0];
  const Qt::Key key = first.key();
  const Qt::KeyboardModifiers with = first.keyboardModifiers() & ~Qt::KeypadModifier;
  const bool digit = key >= Qt::Key_0 && key <= Qt::Key_9;
  if (digit && (with == Qt::NoModifier || with == Qt::ShiftModifier ||
                with == (Qt::ControlModifier | Qt::AltModifier))) {
    return told(QT_TRANSLATE_NOOP("KeyMap", "Numbers are your labels. Choose another key."));
  }
  static constexpr Qt::Key kFixed[] = {Qt::Key_Escape, Qt::Key_Return, Qt::Key_Enter,
                                       Qt::Key_Tab,    Qt::Key_Left,   Qt::Key_Right,
                                       Qt::Key_Up,     Qt::Key_Down,   Qt::Key_Space};
  if (with == Qt::NoModifier &&
      std::find(std::begin(kFixed), std::end(kFixed), key) != std::end(kFixed)) {
    return told(QT_TRANSLATE_NOOP("KeyMap", "%1 moves and presses everywhere. Choose another key."))
        .arg(keys.toString(QKeySequence::NativeText));
  }
  return std::nullopt;
}

QString taken(const QString& keys, const ActionSpec& owner) {
  return told(QT_TRANSLATE_NOOP("KeyMap", "%1 is taken by “%2”. Choose another key."))
      .arg(keys, nameOf(owner));
}

}  // namespace

QList<QKeySequence> KeyMap::keys(ActionId id) const {
  const auto found = changed_.find(id);
  return found != changed_.end() ? QList<QKeySequence>{found->second}
                                 : standardKeys(actionSpec(id));
}

QString KeyMap::text(ActionId id) const {
  const auto found = changed_.find(id);
  const QString usual = keysText(actionSpec(id));
  if (found == changed_.end()) {
    return usual;
  }
  const QString own = found->second.toString(QKeySequence::NativeText);
  // "C, then 1–9 or 0": what follows stays.
  const bool isPrefix = actionSpec(id).owner == KeyOwner::Prefix;
  return isPrefix ? own + usual.mid(usual.indexOf(QLatin1Char(','))) : own;
}

bool KeyMap::isChangeable(ActionId id) {
  const KeyOwner owner = actionSpec(id).owner;
  return owner == KeyOwner::Shortcut || owner == KeyOwner::Prefix;
}

int KeyMap::plainKey(ActionId id) const {
  const QList<QKeySequence> all = keys(id);
  const bool one = !all.isEmpty() && all.front().count() == 1 &&
                   all.front()[0].keyboardModifiers() == Qt::NoModifier;
  return one ? all.front()[0].key() : 0;
}

const ActionSpec* KeyMap::ownerOf(const QList<QKeySequence>& wanted, ActionId id) const {
  for (const ActionSpec& spec : actionTable()) {
    if (spec.id == id) {
      continue;
    }
    for (const QKeySequence& has : keys(spec.id)) {
      if (wanted.contains(has)) {
        return &spec;
      }
    }
  }
  return nullptr;
}

std::optional<QString> KeyMap::change(ActionId id, const QKeySequence& wanted) {
  if (!isChangeable(id)) {
    return told(QT_TRANSLATE_NOOP("KeyMap", "This key stays as it is."));
  }
  if (auto fixed = fixedMeaning(wanted)) {
    return fixed;
  }
  const bool plain = wanted.count() == 1 && wanted[0].keyboardModifiers() == Qt::NoModifier;
  if (actionSpec(id).owner == KeyOwner::Prefix && !plain) {
    return told(QT_TRANSLATE_NOOP("KeyMap", "One key by itself, please: another follows it."));
  }
  if (const ActionSpec* owner = ownerOf({wanted}, id)) {
    return taken(wanted.toString(QKeySequence::NativeText), *owner);
  }
  changed_[id] = wanted;
  return std::nullopt;
}

std::optional<QString> KeyMap::reset(ActionId id) {
  if (const ActionSpec* owner = ownerOf(standardKeys(actionSpec(id)), id)) {
    return taken(keysText(actionSpec(id)), *owner);
  }
  changed_.erase(id);
  return std::nullopt;
}

QStringList KeyMap::toTexts() const {
  QStringList texts;
  for (const auto& [id, keys] : changed_) {
    texts << QString::fromUtf8(actionSpec(id).name) + QLatin1Char('=') +
                 keys.toString(QKeySequence::PortableText);
  }
  return texts;
}

KeyMap KeyMap::fromTexts(const QStringList& texts) {
  KeyMap map;
  for (const QString& text : texts) {
    const qsizetype at = text.indexOf(QLatin1Char('='));
    for (const ActionSpec& spec : actionTable()) {
      if (at > 0 && text.left(at) == QString::fromUtf8(spec.name)) {
        map.change(spec.id, QKeySequence::fromString(text.mid(at + 1), QKeySequence::PortableText));
      }
    }
  }
  return map;
}

}  // namespace ui
