#pragma once
// KeyLine: a sentence with key caps in it ("Wrong? [C] then [2] Tap"), wrapping like text; each cap
// can also be clicked.

#include <QWidget>
#include <vector>

#include "ui/theme.h"

namespace ui {

class KeyLine final : public QWidget {
  Q_OBJECT

 public:
  explicit KeyLine(const Theme& theme, QWidget* parent = nullptr);

  /// A piece of text, or a key cap. Text pieces are broken at spaces.
  struct Piece {
    QString text;
    bool key = false;
    int colour = -1;  ///< a label's mark before the text; -1: none
    friend bool operator==(const Piece&, const Piece&) = default;
  };
  void setPieces(std::vector<Piece> pieces);
  /// The sentence in accent colour: the person is asked for a key.
  void setAsking(bool asking);

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void keyClicked(const QString& key);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;

 private:
  struct Placed {
    QRectF rect;
    Piece piece;
  };
  std::vector<Placed> place(double width) const;
  void fit();

  const Theme& theme_;
  std::vector<Piece> pieces_;
  bool asking_ = false;
};

}  // namespace ui
