#pragma once
// CheckPage: how good the model in service is, in charts that each open to the examples behind them;
// and what would be left of it in a worse house.

#include "app/check_desk.h"
#include "ui/charts/bars_chart.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/lines_chart.h"
#include "ui/charts/matrix_chart.h"
#include "ui/charts/ribbons_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/feed.h"
#include "ui/models/check_charts.h"
#include "ui/pages/page.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QStackedLayout;

namespace ui {

class CheckExamples;

class CheckPage final : public Page {
  Q_OBJECT

 public:
  CheckPage(const Theme& theme, Feed feed, QWidget* parent = nullptr);

  void showSnapshot(const app::SnapshotPtr& snapshot) override;
  void tick(base::Time now) override;
  bool handleKey(const QKeyEvent& event) override;
  bool handleEnter() override;
  QWidget* facts() override;

  /// Writes every chart as SVG and CSV into a folder. Returns how many files were written.
  int exportTo(const QString& folder) const;
  /// The keyboard goes to the limit of the answers that are shown. False where none is.
  bool editLimits();
  MatrixChart* confusion() const { return confusion_; }
  CheckExamples* examples() const { return examples_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  /// One card, and how its chart is made.
  struct Place {
    ChartCard* card;
    app::CheckPart part;
    std::function<void(const app::CheckReport&)> draw;
    int share;  ///< of a row of twelve, where there is room
  };

  // check_page_build.cpp: what it is made of.
  void buildHead(QLayout* column);
  void buildCards();
  void buildScores();
  void buildFurther();
  void buildWhatIf();
  ChartCard* place(Chart* chart, const QString& name, app::CheckPart part, int share,
                   std::function<void(const app::CheckReport&)> draw);
  QComboBox* choice(const QString& name, const QString& tip);

  void showView(const app::CheckView& view);
  void showHead(const app::CheckView& view);
  void redraw();
  void drawNext();
  void drawPlace(const Place& place);
  void fillChoices();
  void open(const Behind& behind);
  void connectLimit(LinesChart* chart);
  void showLimits();
  void drawLimits();
  void send(const std::optional<LimitEdit::Wanted>& limit);
  check::LimitShown limit() const;
  void arrange();
  void fillCompared();
  /// Hash of the model that was chosen to compare with; empty: none.
  QString chosenRival() const;
  void drawMap();
  void exportAll();
  const app::CheckRival* rival() const;

  const Theme& theme_;
  Feed feed_;
  app::SnapshotPtr snapshot_;
  app::CheckView view_;
  std::shared_ptr<const app::SkewView> skew_;     ///< as it is drawn
  std::shared_ptr<const app::MapTrails> trails_;  ///< as they are drawn
  std::vector<Place> places_;
  std::vector<std::size_t> toDraw_;
  QTimer* drawing_;
  LimitEdit edit_;      ///< of the limit the chosen answers have
  app::OwnLimits own_;  ///< of the labels, by a person
  int columns_ = 0;
  bool wide_ = false;  ///< two models stand side by side
  QWidget* lastChart_ = nullptr;

  QLabel* title_;
  QLabel* subtitle_;
  QLabel* doing_;
  QProgressBar* progress_;
  QPushButton* stop_;
  QComboBox* compare_;
  QPushButton* export_;
  QStackedLayout* middle_;
  QWidget* empty_;
  QLabel* emptyText_;
  QPushButton* emptyButton_;
  QScrollArea* scroll_;
  QWidget* host_;
  QGridLayout* grid_;
  MatrixChart* confusion_;
  BarsChart* perLabel_;
  QPushButton* precision_;
  LinesChart* reliability_;
  LinesChart* coverage_;
  QComboBox* coverageOf_;
  QComboBox* daysOf_;
  ScatterChart* map_;
  QComboBox* mapKind_;
  QPushButton* trail_;
  LinesChart* whatIf_;
  QComboBox* whatIfKind_;
  QPushButton* tryIt_;
  CheckExamples* examples_;
};

}  // namespace ui
