#pragma once
// Ribbon: draws one block of the "heard" or the "you" ribbon, and finds where the two contradict.

#include <vector>

#include "app/snapshot.h"
#include "ui/theme.h"

class QPainter;
class QRectF;

namespace ui {

enum class RibbonKind { Heard, Said };

/// `lane`: the ribbon's whole height at the block's place. Height is certainty; below the limit an
/// outline only; dotted where data were imputed or missing.
void paintRibbonBlock(QPainter& painter, const Theme& theme, const QRectF& lane,
                      const app::RibbonSpan& block, const std::vector<app::LabelCard>& cards,
                      RibbonKind kind);

/// Where what was said first contradicts what was heard, for at least half a second; at most one
/// per thing said, oldest first.
std::vector<base::Time> mismatches(const std::vector<app::RibbonSpan>& heard,
                                   const std::vector<app::RibbonSpan>& said);

}  // namespace ui
