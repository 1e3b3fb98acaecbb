#include "sensors/camera_passwords.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

TEST(CameraPasswords, AreKeptApartFromTheAddressForTheirOwnerOnly) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("mimosa-passwords-" + std::to_string(getpid()));
  const auto file = folder / "deep" / "camera-passwords";
  sensors::CameraPasswords passwords(file);

  EXPECT_EQ(passwords.keep("rtsp://anna:s3:cret@10.0.0.2/live").value(), "rtsp://10.0.0.2/live");
  EXPECT_EQ(passwords.keep("http://cam/pic.jpg").value(), "http://cam/pic.jpg");
  const sensors::CameraPasswords later(file);

  EXPECT_EQ(later.complete("rtsp://10.0.0.2/live"), "rtsp://anna:s3:cret@10.0.0.2/live");
  EXPECT_EQ(later.complete("http://cam/pic.jpg"), "http://cam/pic.jpg");
  EXPECT_EQ(later.complete("/dev/video0"), "/dev/video0");
  EXPECT_EQ(std::filesystem::status(file).permissions() & std::filesystem::perms::mask,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::filesystem::remove_all(folder);
}

}  // namespace
