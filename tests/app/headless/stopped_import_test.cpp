// What is in a project after somebody ended an import.

#include <gtest/gtest.h>

#include "app/project/importers/importers.h"
#include "tests/app/headless/import_files.h"
#include "tests/support/temp_project.h"

namespace app {
namespace {

using support::wavBytes;
using support::writeFile;

class StoppedImport : public testing::Test {
 protected:
  std::filesystem::path path(const std::string& name) const { return project_.folder() / name; }

  support::TempProject project_;
  std::unique_ptr<ProjectStore> store_ = project_.open();
};

TEST_F(StoppedImport, KeepsWholeFilesAndNothingOfTheOneAtWork) {
  std::string text = "t_ms,ax,activity\n";
  for (int i = 0; i < 9000; ++i) text += std::to_string(i * 50) + ",1,A\n";
  writeFile(path("first.csv"), text);
  writeFile(path("second.csv"), text);
  std::stop_source stop;

  const auto report = importStream(*store_, {.files = {path("first.csv"), path("second.csv")}},
                                   {.progress =
                                        [&](const std::string& file, double done) {
                                          if (file == "first.csv" && done >= 0.5)
                                            stop.request_stop();
                                        },
                                    .stop = stop.get_token()});

  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, base::ErrorCode::Cancelled);
  EXPECT_NE(report.error().message.find("The file before this one is in the project."),
            std::string::npos)
      << report.error().message;
  EXPECT_EQ(store_->recordings()->size(), 1U);
}

TEST_F(StoppedImport, OfAFolderOfClipsLeavesNothingAndSaysSo) {
  for (const char* name : {"clips/one.wav", "clips/two.wav", "clips/three.wav"}) {
    writeFile(path(name), wavBytes({0.1F, 0.1F}, 16000));
  }
  writeFile(path("clips/meta.csv"), "filename,label\none.wav,dog\ntwo.wav,cat\nthree.wav,owl\n");
  std::stop_source stop;

  const auto report =
      importClips(*store_, {.folder = path("clips")},
                  {.progress = [&](const std::string&, double) { stop.request_stop(); },
                   .stop = stop.get_token()});

  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, base::ErrorCode::Cancelled);
  EXPECT_EQ(report.error().message, "The import was stopped. Nothing was brought in.");
  EXPECT_TRUE(store_->recordings()->empty());
  EXPECT_TRUE(store_->labels()->empty());
}

}  // namespace
}  // namespace app
