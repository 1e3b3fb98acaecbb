#pragma once
// The style under the sheet: Fusion, with check boxes whose frame is seen in both themes.

class QStyle;

namespace ui {

struct Tokens;

/// For QApplication::setStyle(), which takes it over. `tokens` must outlive it.
QStyle* makeStyle(const Tokens& tokens);

}  // namespace ui
