#include "ui/translation.h"

#include <QAbstractButton>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <gtest/gtest.h>

#include "tests/ui/accessibility.h"
#include "tests/ui/application.h"
#include "tests/ui/sample_house.h"

namespace {

using ui::PageId;

constexpr PageId kPages[] = {PageId::Teach, PageId::Label, PageId::Check, PageId::Live,
                             PageId::House, PageId::Rules, PageId::Fleet, PageId::Past};

/// Every text 40 % longer and between brackets, as a language nobody speaks: what stays without
/// brackets never went through tr().
class PseudoTranslator final : public QTranslator {
 public:
  QString translate(const char*, const char* source, const char*, int) const override {
    const QString text = QString::fromUtf8(source);
    return QStringLiteral("⟦%1%2⟧").arg(text, QString(text.size() * 2 / 5, QChar(0x00B7)));
  }
  bool isEmpty() const override { return false; }
};

struct Pseudo : testing::Test {
  PseudoTranslator translator;
  void SetUp() override {
    QCoreApplication::installTranslator(&translator);
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
  }
  void TearDown() override {
    QCoreApplication::removeTranslator(&translator);
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
  }
};

TEST_F(Pseudo, TheWindowIsMirroredAndNoTextIsCut) {
  ui_test::Bench bench(sample::full(),
                       sample::answer(sample::full(), {0.01F, 0.91F, 0.05F, 0.03F}, 1));
  bench.window.resize(1440, 900);

  for (const PageId page : kPages) {
    bench.window.showPage(page);
    QApplication::processEvents();
    const QStringList cut = ui_test::cutTexts(bench.window);
    EXPECT_TRUE(cut.isEmpty()) << "page " << static_cast<int>(page) + 1 << ": "
                               << cut.join(QLatin1String(" | ")).toStdString();
  }
  if (const QString to = qEnvironmentVariable("MIMOSA_PICTURES"); !to.isEmpty()) {
    bench.window.showPage(PageId::Teach);
    QApplication::processEvents();
    bench.window.grab().save(to + QStringLiteral("/pseudo-right-to-left.png"));
  }
}

TEST_F(Pseudo, EveryButtonSpeaksTheLanguage) {
  ui_test::Bench bench(sample::full());

  for (const PageId page : kPages) {
    bench.window.showPage(page);
    QApplication::processEvents();
    for (const auto* button : bench.window.findChildren<QAbstractButton*>()) {
      static const QRegularExpression words(QStringLiteral("[A-Za-z]{4,}"));
      const QString tip = button->toolTip();
      if (button->isVisible() && words.match(tip).hasMatch()) {
        EXPECT_TRUE(tip.contains(QChar(0x27E6))) << tip.toStdString();
      }
    }
  }
}

QString write(const QTemporaryDir& folder, const QByteArray& content) {
  QFile file(folder.filePath(QStringLiteral("t.ts")));
  EXPECT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(content);
  return file.fileName();
}

TEST(TsTranslator, GivesWhatTheFileSaysAndNothingForTheRest) {
  const QTemporaryDir folder;
  ui::TsTranslator translator;

  ASSERT_TRUE(translator.read(write(folder, R"(<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS><TS version="2.1" language="de_DE"><context><name>Shop</name>
<message><source>Kettle &amp; tap</source><translation>Kessel &amp; Hahn</translation></message>
<message><source>Door</source><translation type="unfinished">Tor</translation></message>
<message numerus="yes"><source>%n example(s)</source><translation>
<numerusform>%n Beispiel</numerusform><numerusform>%n Beispiele</numerusform></translation></message>
</context></TS>)")));

  EXPECT_EQ(translator.translate("Shop", "Kettle & tap", nullptr, -1), "Kessel & Hahn");
  EXPECT_EQ(translator.translate("Shop", "Kettle & tap", "a comment", -1), "Kessel & Hahn");
  EXPECT_EQ(translator.translate("Shop", "%n example(s)", nullptr, 1), "%n Beispiel");
  EXPECT_EQ(translator.translate("Shop", "%n example(s)", nullptr, 3), "%n Beispiele");
  EXPECT_TRUE(translator.translate("Shop", "Door", nullptr, -1).isEmpty());
  EXPECT_EQ(translator.translate("Other", "Kettle & tap", nullptr, -1), "Kessel & Hahn");
  EXPECT_TRUE(translator.translate("Shop", "Window", nullptr, -1).isEmpty());
}

TEST(TsTranslator, RefusesADamagedFileWithItsLineAndKeepsWhatItHad) {
  const QTemporaryDir folder;
  ui::TsTranslator translator;

  const auto cut = translator.read(write(folder, "<TS><context>\n<name>A</name><message>"));
  const auto other = translator.read(write(folder, "<html></html>"));

  ASSERT_FALSE(cut);
  EXPECT_NE(cut.error().message.find("line 2"), std::string::npos) << cut.error().message;
  EXPECT_FALSE(other);
  EXPECT_FALSE(translator.read(folder.filePath("absent.ts")));
  EXPECT_TRUE(translator.isEmpty());
}

/// What a text promises to fill in: "%1", "%n".
QStringList placesOf(const QString& text) {
  static const QRegularExpression place(QStringLiteral("%L?[n1-9]"));
  QStringList places;
  auto all = place.globalMatch(text);
  while (all.hasNext()) {
    places << all.next().captured();
  }
  places.sort();
  places.removeDuplicates();
  return places;
}

TEST(Translations, TheWindowSpeaksGerman) {
  ui::TsTranslator german;
  ASSERT_TRUE(german.read(QStringLiteral(":/translations/de.ts")));
  QCoreApplication::installTranslator(&german);
  {
    ui_test::Bench bench(sample::full(),
                         sample::answer(sample::full(), {0.01F, 0.91F, 0.05F, 0.03F}, 1));
    bench.window.resize(1024, 700);
    QStringList cut;
    for (const PageId page : kPages) {
      bench.window.showPage(page);
      QApplication::processEvents();
      cut << ui_test::cutTexts(bench.window);
    }
    EXPECT_TRUE(cut.isEmpty()) << cut.join(QLatin1String(" | ")).toStdString();
    bench.window.showPage(PageId::Teach);
    const QString texts = ui_test::textsOf(bench.window);
    for (const char* text : {"Lehren", "6 Beispiele", "sicher", "Quellen 4 von 4"}) {
      bool button = false;
      for (const auto* b : bench.window.findChildren<QAbstractButton*>()) {
        button = button || b->text().contains(QString::fromUtf8(text));
      }
      EXPECT_TRUE(button || texts.contains(QString::fromUtf8(text))) << text;
    }
  }
  QCoreApplication::removeTranslator(&german);
}

TEST(Translations, EveryLanguageIsReadableAndFillsInWhatTheEnglishDoes) {
  for (const QString& language : ui::languages()) {
    QFile file(QStringLiteral(":/translations/%1.ts").arg(language));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QString all = QString::fromUtf8(file.readAll());
    static const QRegularExpression pair(
        QStringLiteral("<source>([^<]*)</source>(?:\\s*<comment>[^<]*</comment>)?\\s*"
                       "<translation>([^<]+)</translation>"));
    auto found = pair.globalMatch(all);
    int n = 0;
    while (found.hasNext()) {
      const auto match = found.next();
      EXPECT_EQ(placesOf(match.captured(1)), placesOf(match.captured(2)))
          << match.captured(1).toStdString();
      ++n;
    }
    EXPECT_TRUE(n > 300 || language == QLatin1String("en")) << language.toStdString();
    ui::TsTranslator translator;
    EXPECT_TRUE(translator.read(file.fileName()));
  }
}

}  // namespace
