#include "sensors/jpeg_header.h"

#include <gtest/gtest.h>

#include "tests/support/pictures.h"

namespace {

using sensors::jpegSize;
using sensors::PictureSize;

TEST(JpegHeader, TellsTheSizeWithoutDecoding) {
  const base::Bytes jpeg = support::jpegOf(support::plain(123, 45, {1, 2, 3}));

  EXPECT_EQ(jpegSize(jpeg).value(), (PictureSize{123, 45}));
  EXPECT_FALSE(jpegSize(jpeg, {.bytes = 100}).ok());
  EXPECT_FALSE(jpegSize(jpeg, {.side = 100}).ok());
  EXPECT_FALSE(jpegSize(jpeg, {.pixels = 123 * 45 - 1}).ok());
}

TEST(JpegHeader, EveryCutAndEveryChangedByteIsAnsweredWithoutHarm) {
  const base::Bytes jpeg = support::jpegOf(support::plain(16, 16, {1, 2, 3}));
  for (std::size_t i = 0; i < jpeg.size(); ++i) {
    const base::Bytes cut(jpeg.begin(), jpeg.begin() + static_cast<std::ptrdiff_t>(i));
    static_cast<void>(jpegSize(cut));
    base::Bytes changed = jpeg;
    changed[i] ^= 0xff;
    static_cast<void>(jpegSize(changed));
  }

  EXPECT_FALSE(jpegSize({}).ok());
  EXPECT_FALSE(jpegSize(base::Bytes(100, 0xff)).ok());
}

}  // namespace
