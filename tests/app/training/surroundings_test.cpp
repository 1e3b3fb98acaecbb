#include "app/training/surroundings.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace {

using std::filesystem::create_directories;
using std::filesystem::create_directory_symlink;

struct Surroundings : testing::Test {
  std::filesystem::path sys =
      std::filesystem::temp_directory_path() / ("mimosa-sys-" + std::to_string(getpid()));
  void SetUp() override { create_directories(sys); }
  void TearDown() override { std::filesystem::remove_all(sys); }
  void card(const char* name, const char* driver) {
    create_directories(sys / "drivers" / driver);
    create_directories(sys / "class" / "drm" / name / "device");
    create_directory_symlink(sys / "drivers" / driver,
                             sys / "class" / "drm" / name / "device" / "driver");
  }
};

TEST_F(Surroundings, AGraphicsProcessorIsOneThatComputes) {
  create_directories(sys / "class" / "drm" / "card0");
  EXPECT_EQ(app::hasGpu(sys), false) << "a display alone";

  card("renderD128", "vgem");
  EXPECT_EQ(app::hasGpu(sys), false) << "a virtual one";

  card("renderD129", "amdgpu");
  EXPECT_EQ(app::hasGpu(sys), true);
}

TEST_F(Surroundings, WhereTheSystemListsNothingNothingIsKnown) {
  EXPECT_EQ(app::hasGpu(sys), std::nullopt);
}

TEST(Near, TheSameComputerIsNear) { EXPECT_EQ(app::isNear("127.0.0.1"), true); }

TEST(Near, ANameNobodyKnowsSaysNothing) { EXPECT_EQ(app::isNear("no such host!"), std::nullopt); }

TEST(InHouse, APersonsWordWinsAndTheBrokerCountsOnlyWhereTheWorkbenchIsNearIt) {
  EXPECT_EQ(app::inHouse("house", std::nullopt), true);
  EXPECT_EQ(app::inHouse("elsewhere", true), false);
  EXPECT_EQ(app::inHouse("near", true), true);
  EXPECT_EQ(app::inHouse("far", true), false);
  EXPECT_EQ(app::inHouse("near", false), std::nullopt);
  EXPECT_EQ(app::inHouse("", true), std::nullopt);
}

}  // namespace
