#pragma once
// A list of page Past: rows of words with a time or a number at the right, each leading to a thing.

#include <QListWidget>
#include <vector>

#include "ui/models/past_rows.h"
#include "ui/theme.h"

class QVBoxLayout;

namespace ui {

struct PastListRow {
  QString left;
  QString right;
  bool faint = false;
  bool strong = false;
  PastTarget target;
};

/// `theme` must outlive it.
QListWidget* makePastList(const Theme& theme, const QString& name, const QString& tip,
                          QWidget* parent);
/// Fills a list without losing where it is scrolled to; what was chosen stays chosen, wherever it
/// is now.
void fillPastList(QListWidget* list, const std::vector<PastListRow>& rows);
PastTarget targetOf(const QListWidgetItem* item);
/// `list` takes all the room there is; where it is hidden, what stands above it stays at the top.
void addToFill(QVBoxLayout* column, QWidget* list);

}  // namespace ui
