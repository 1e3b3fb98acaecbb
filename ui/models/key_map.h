#pragma once
// KeyMap: which keys an action has: those of the table, or those a person gave it instead. Two
// actions never have the same keys, and keys with a fixed meaning are never given away.

#include <QKeySequence>
#include <QList>
#include <QStringList>
#include <map>
#include <optional>

#include "ui/models/actions.h"

namespace ui {

/// GUI thread. A value.
class KeyMap {
 public:
  QList<QKeySequence> keys(ActionId id) const;
  /// The keys as people read them.
  QString text(ActionId id) const;
  /// Keys that are held or belong to one control stay as they are. Of keys typed after one another
  /// the first may be another plain key.
  static bool isChangeable(ActionId id);
  /// Its one key without Ctrl, Alt or Shift; 0 where it has none.
  int plainKey(ActionId id) const;
  bool isChanged(ActionId id) const { return changed_.contains(id); }

  /// Gives `id` the keys `keys` alone. Returns why not, as a sentence for a person.
  std::optional<QString> change(ActionId id, const QKeySequence& keys);
  /// Back to the table's keys. Returns why not: somebody else has them now.
  std::optional<QString> reset(ActionId id);

  /// "Undo=Ctrl+J", one per changed action, for keeping.
  QStringList toTexts() const;
  /// Lines that make no sense, or would give one key twice, are left out.
  static KeyMap fromTexts(const QStringList& texts);

 private:
  /// Who has one of `keys`, other than `id`.
  const ActionSpec* ownerOf(const QList<QKeySequence>& keys, ActionId id) const;

  std::map<ActionId, QKeySequence> changed_;
};

}  // namespace ui
