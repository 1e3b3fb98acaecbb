#pragma once
// What a window owes to people who cannot see well, hear or use a mouse, as checks a test can run
// over any widget. Each returns its faults as sentences, nothing where all is well.

#include <QColor>
#include <QImage>
#include <QStringList>
#include <QWidget>

#include "ui/theme.h"

namespace ui_test {

/// Controls without a name for a screen reader, or without a tooltip that says what they do.
QStringList namelessControls(const QWidget& root);

/// Visible controls that Tab does not reach from `root`, and Tab that never comes back.
QStringList unreachableControls(QWidget& root);

/// Steps of Tab that jump back upwards within one parent: the order people read in is kept.
QStringList jumpsOfTab(QWidget& root);

/// Controls smaller than 32 px in the direction a finger could miss them.
QStringList smallTargets(const QWidget& root);

/// Texts that do not fit where they stand, wrapped ones too low for their lines; labels that end in
/// "…" by design are left out.
QStringList cutTexts(const QWidget& root);

/// Pairs of tokens that lie on each other with too little contrast (WCAG 2: text 4.5, marks 3).
QStringList faintColours(const ui::Tokens& tokens);

enum class ColourVision { Protanopia, Deuteranopia, Tritanopia, Achromatopsia };
/// The colour as a person with that vision sees it; Viénot, Brettel and Mollon 1999 for the first
/// two, Brettel's plane at 485/660 nm for the third, luminance alone for the last.
QColor seenWith(ColourVision vision, const QColor& colour);
QImage seenWith(ColourVision vision, const QImage& picture);

/// Two marks of `pictures` that look alike: fewer than `least` of the pixels of either differ in
/// lightness by a tenth. [names] in the order of the pictures.
QStringList marksAlike(const std::vector<QImage>& pictures, const QStringList& names, double least);

}  // namespace ui_test
