#pragma once
// Translation: the window's texts in another language, read from Qt Linguist's own .ts files, which
// are compiled in under ":/translations".

#include <QCoreApplication>
#include <QHash>
#include <QStringList>
#include <QTranslator>

#include "sensors/base/result.h"

namespace ui {

/// A translator whose texts come from a .ts file: what lupdate writes and Linguist edits is what
/// runs, with no compiled form between. Unfinished, vanished and obsolete texts are left out, so
/// that the English one is shown.
class TsTranslator final : public QTranslator {
  Q_OBJECT

 public:
  using QTranslator::QTranslator;

  /// Errors: Io where the file cannot be read; Corrupt with the line where it is no .ts file.
  base::Result<void> read(const QString& file);

  QString translate(const char* context, const char* source, const char* comment,
                    int n) const override;
  bool isEmpty() const override { return texts_.isEmpty(); }

 private:
  /// By context, source and comment, and once more by source alone: texts of free functions stand
  /// under another context in the file than they are asked for with. One form, or one for each
  /// number the language tells apart.
  QHash<QByteArray, QStringList> texts_;
};

/// The languages there are texts for: "de", "en". English is written in the code; its file holds
/// what depends on a number.
QStringList languages();
/// Installs the texts of `language` ("de", "de_AT"), English where there are none. Widgets made
/// afterwards speak it, from right to left where it is written so.
/// Errors: as TsTranslator::read.
base::Result<void> speak(const QString& language, QCoreApplication& application);

}  // namespace ui
